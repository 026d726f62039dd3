package linge.legal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import linge.bot.knowledge.Cards;
import linge.bot.knowledge.Topic;
import linge.db.AuditLog;
import linge.db.Times;
import linge.shared.Caller;
import linge.shared.Refusal;
import linge.shared.Role;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cards written in this city: drafts that staff write, and those an administrator published, which join the shipped ones on
 * every node: at once by a hint over the event bus, at the latest when a node looks again.
 */
public final class LocalCards {

    private static final Logger log = LoggerFactory.getLogger(LocalCards.class);
    private static final String CHANGED = "linge.legal.cards";
    private static final long LOOK_AGAIN_MILLIS = 5_000;
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private static final String COLUMNS = "id, version, content, published_version, published, updated_at, updated_by";
    private static final String LIST =
            "SELECT " + COLUMNS + " FROM card_drafts ORDER BY updated_at DESC, id DESC LIMIT 300";
    private static final String FIND = "SELECT " + COLUMNS + " FROM card_drafts WHERE id = $1";
    private static final String OF_QUESTION = "SELECT " + COLUMNS + " FROM card_drafts WHERE question = $1";
    private static final String QUESTION = "SELECT question, nearest FROM legal_questions WHERE id = $1";
    private static final String ADD = """
            INSERT INTO card_drafts (question, content, updated_at, updated_by) VALUES ($1, $2, $3, $4)
            ON CONFLICT ON CONSTRAINT one_draft_a_question DO NOTHING""";
    private static final String CHANGE = """
            UPDATE card_drafts SET content = $3, version = version + 1, updated_at = $4, updated_by = $5
            WHERE id = $1 AND version = $2""";
    private static final String PUBLISH = """
            UPDATE card_drafts SET published = $3, published_version = version WHERE id = $1 AND version = $2""";
    private static final String DELETE = "DELETE FROM card_drafts WHERE id = $1 AND (published IS NULL OR $2)";
    private static final String PUBLISHED =
            "SELECT id, content->>'topic' AS topic, published FROM card_drafts WHERE published IS NOT NULL ORDER BY id";

    private final Vertx vertx;
    private final Pool db;
    private final Clock clock;
    private final Library library;
    /** What was last put into the library, to see whether anything changed. */
    private String known = "";

    private long lookingAgain;

    public LocalCards(Vertx vertx, Pool db, Clock clock, Library library) {
        this.vertx = vertx;
        this.db = db;
        this.clock = clock;
        this.library = library;
    }

    /** One draft. */
    private record Draft(
            long id,
            int version,
            CardContent content,
            @Nullable Integer publishedVersion,
            @Nullable String published,
            String updatedAt,
            String updatedBy) {

        static Draft of(Row row) {
            return new Draft(
                    row.getLong("id"),
                    row.getInteger("version"),
                    CardContent.of((JsonObject) row.getValue("content")),
                    row.getInteger("published_version"),
                    row.getString("published"),
                    Times.of(row, "updated_at").toString(),
                    row.getString("updated_by"));
        }

        String card() {
            return content.topic() + "-local-" + id;
        }
    }

    /** Follows what is published. */
    public void start() {
        vertx.eventBus().consumer(CHANGED, hint -> lookQuietly());
        lookingAgain = vertx.setPeriodic(1, LOOK_AGAIN_MILLIS, again -> lookQuietly());
    }

    void stop() {
        vertx.cancelTimer(lookingAgain);
    }

    private void lookQuietly() {
        look().onFailure(failure -> log.warn("could not look for cards of this city; those known stay", failure));
    }

    /** Puts the cards published now into the library. */
    Future<Void> look() {
        return db.query(PUBLISHED).execute().compose(rows -> {
            List<LocalFile.Card> cards = new ArrayList<>();
            StringBuilder all = new StringBuilder();
            for (Row row : rows) {
                // The topic may have been changed in the draft since: the published words say which it was.
                String words = row.getString("published");
                cards.add(LocalFile.Card.of(words));
                all.append(row.getLong("id")).append('\n').append(words);
            }
            return put(cards, all.toString());
        });
    }

    private Future<Void> put(List<LocalFile.Card> cards, String all) {
        synchronized (this) {
            if (all.equals(known)) {
                return Future.succeededFuture();
            }
        }
        return library.with(shelf -> LocalFile.join(cards))
                .compose(joined -> vertx.executeBlocking(() -> {
                    library.put(joined);
                    synchronized (this) {
                        known = all;
                    }
                    log.info("{} cards are in force, {} of this city", joined.size(), cards.size());
                    return null;
                }));
    }

    /** Schema {@code CardDraft}, the newest first. */
    Future<JsonArray> list() {
        return db.query(LIST).execute().compose(rows -> {
            List<Draft> drafts = new ArrayList<>();
            rows.forEach(row -> drafts.add(Draft.of(row)));
            return library.with(shelf -> {
                JsonArray items = new JsonArray();
                drafts.forEach(draft -> items.add(shown(draft)));
                return items;
            });
        });
    }

    /** The draft of a question, begun now if there is none. */
    Future<JsonObject> draftOf(long question, Caller.Staff who) {
        return db.preparedQuery(QUESTION).execute(Tuple.of(question)).compose(rows -> {
            if (rows.size() == 0) {
                throw Refusal.notFound("这个问题");
            }
            Row row = rows.iterator().next();
            return library.with(shelf -> begun(row.getString("question"), row.getString("nearest"), shelf.cards()))
                    .compose(content -> db.withTransaction(tx -> tx.preparedQuery(ADD)
                            .execute(Tuple.of(question, content.toJson(), Times.at(clock.instant()), who.name()))
                            .compose(added -> added.rowCount() == 0
                                    ? Future.succeededFuture()
                                    : noted(tx, who, "card.draft", content.title()))))
                    .compose(done -> db.preparedQuery(OF_QUESTION).execute(Tuple.of(question)))
                    .compose(found -> show(Draft.of(found.iterator().next())));
        });
    }

    /** The question as title and first way of asking; the nearest card's topic and roads to begin with. */
    private static CardContent begun(String question, @Nullable String nearest, Cards cards) {
        var near = nearest == null ? null : cards.find(nearest).orElse(null);
        String topic = near != null ? near.topic() : cards.topics().get(0).id();
        return new CardContent(
                question.length() <= 30
                        ? question
                        : question.substring(
                                0,
                                question.offsetByCodePoints(
                                        0, Math.min(30, question.codePointCount(0, question.length())))),
                topic,
                List.of(question),
                near == null
                        ? List.of()
                        : near.routes().stream().map(Enum::name).toList(),
                "",
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    Future<JsonObject> change(long id, int version, CardContent content, Caller.Staff who) {
        return find(id).compose(draft -> {
            if (draft.published() != null && who.role() != Role.ADMINISTRATOR) {
                throw Refusal.notAllowed("已发布的卡片由管理员修改。");
            }
            return db.withTransaction(tx -> tx.preparedQuery(CHANGE)
                            .execute(Tuple.of(id, version, content.toJson(), Times.at(clock.instant()), who.name()))
                            .compose(done -> stale(done.rowCount(), draft))
                            .compose(done -> noted(tx, who, "card.change", content.title())))
                    .compose(done -> find(id))
                    .compose(this::show);
        });
    }

    /** In force on every node at once; fails with {@code NOT_SENSIBLE} naming what is wrong with it. */
    Future<JsonObject> publish(long id, int version, Caller.Staff who) {
        return find(id).compose(draft -> {
            LocalDate today = LocalDate.ofInstant(clock.instant(), ZONE);
            return library.with(shelf -> draft.content().problems(draft.card(), today, Cards.shipped()))
                    .compose(problems -> {
                        if (!problems.isEmpty()) {
                            throw Refusal.notSensible("", String.join("；", problems));
                        }
                        return library.with(shelf -> file(draft, today));
                    })
                    .compose(file -> db.withTransaction(tx -> tx.preparedQuery(PUBLISH)
                            .execute(Tuple.of(id, version, file))
                            .compose(done -> stale(done.rowCount(), draft))
                            .compose(done -> noted(
                                    tx, who, "card.publish", draft.content().title()))))
                    .compose(done -> changed())
                    .compose(done -> find(id))
                    .compose(this::show);
        });
    }

    Future<Void> delete(long id, Caller.Staff who) {
        return find(id).compose(draft -> db.withTransaction(tx -> tx.preparedQuery(DELETE)
                        .execute(Tuple.of(id, who.role() == Role.ADMINISTRATOR))
                        .compose(done -> {
                            if (done.rowCount() == 0) {
                                throw Refusal.notAllowed("已发布的卡片由管理员删除。");
                            }
                            return noted(tx, who, "card.delete", draft.content().title());
                        }))
                .compose(done -> draft.published() == null ? Future.succeededFuture() : changed()));
    }

    private Future<Void> noted(SqlConnection tx, Caller.Staff who, String act, String title) {
        String subject = title.isBlank() ? "?" : title.length() <= 200 ? title : title.substring(0, 200);
        return AuditLog.write(tx, who, act, subject, new JsonObject(), clock.instant());
    }

    /** The draft as a file in the format of all cards. */
    Future<String> markdown(long id) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZONE);
        return find(id).compose(draft -> library.with(shelf -> file(draft, today)));
    }

    private static String file(Draft draft, LocalDate checked) {
        CardContent content = draft.content();
        String name = Cards.shipped().topic(content.topic()).map(Topic::name).orElse(content.topic());
        return CardContent.file(name, content.topic(), content.card(draft.card(), checked));
    }

    private Future<Void> changed() {
        return look().onSuccess(done -> vertx.eventBus().publish(CHANGED, ""));
    }

    private Future<Draft> find(long id) {
        return db.preparedQuery(FIND).execute(Tuple.of(id)).map(rows -> {
            if (rows.size() == 0) {
                throw Refusal.notFound("这份草稿");
            }
            return Draft.of(rows.iterator().next());
        });
    }

    private static Future<Void> stale(int changed, Draft draft) {
        return changed == 1
                ? Future.succeededFuture()
                : Future.failedFuture(Refusal.of(Refusal.Kind.STALE_VERSION, "这份草稿刚刚被别人改过，请看过再改。")
                        .with("version", draft.version()));
    }

    private Future<JsonObject> show(Draft draft) {
        return library.with(shelf -> shown(draft));
    }

    private JsonObject shown(Draft draft) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZONE);
        CardContent content = draft.content();
        return content.toJson()
                .put("id", draft.id())
                .put("card", draft.card())
                .put("version", draft.version())
                .put(
                        "topicName",
                        Cards.shipped().topic(content.topic()).map(Topic::name).orElse(content.topic()))
                .put("published", draft.published() != null)
                .put("changed", draft.published() != null && !Objects.equals(draft.publishedVersion(), draft.version()))
                .put("problems", new JsonArray(content.problems(draft.card(), today, Cards.shipped())))
                .put("updatedAt", draft.updatedAt())
                .put("updatedBy", draft.updatedBy());
    }
}
