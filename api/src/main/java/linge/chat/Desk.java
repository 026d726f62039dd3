package linge.chat;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import linge.bot.dialogue.Outcome;
import linge.db.AuditLog;
import linge.db.RateLimits;
import linge.db.Times;
import linge.notify.Audience;
import linge.notify.Notice;
import linge.notify.Outbox;
import linge.residents.Phone;
import linge.shared.AreaLevel;
import linge.shared.Caller;
import linge.shared.Names;
import linge.shared.Refusal;
import linge.staff.Staff;
import org.jspecify.annotations.Nullable;

/** The desk of a centre where a person answers what the bot could not: conversations that wait, their words, the answers. */
public final class Desk {

    private static final int MOST = 100;
    private static final int MOST_MESSAGES = 200;
    private static final int ASKED_AN_HOUR = 6;
    private static final int ABOUT = 120;
    private static final Duration STALE = Duration.ofDays(1);

    private static final String LAST_WORDS = """
            (SELECT text FROM chat_messages m WHERE m.conversation = c.id AND m.side = 'RESIDENT' AND m.text <> ''
             ORDER BY m.id DESC LIMIT 1) AS about""";
    private static final String ITEM = "SELECT " + ConversationStore.COLUMNS.replaceAll("\\bid,", "c.id,") + ",\n"
            + """
            (SELECT coalesce(r.name, r.phone) FROM residents r WHERE r.id = c.resident_id) AS who,
            (SELECT r.name IS NULL FROM residents r WHERE r.id = c.resident_id) AS by_phone,
            """ + LAST_WORDS + "\nFROM conversations c ";
    /** The centre's own ground, and what lies with the city because nobody knows its ground. */
    private static final String LIST = ITEM + """
            WHERE desk <> 'NONE' AND ($2 OR desk = 'WAITING') AND (starts_with(desk_area, $1) OR length(desk_area) = 4)
            ORDER BY desk_asked_at, c.id LIMIT $3""";

    private static final String FIND = ITEM + "WHERE c.id = $1 AND desk_area IS NOT NULL";
    private static final String LOCK = "SELECT id FROM conversations WHERE id = $1 FOR UPDATE";
    private static final String TOLD = """
            UPDATE conversations SET desk = 'ANSWERED', desk_told_at = $2, updated_at = $2 WHERE id = $1 AND desk <> 'NONE'""";
    private static final String CLOSE = """
            UPDATE conversations SET desk = 'NONE', desk_told_at = NULL, updated_at = $2 WHERE id = $1 AND desk <> 'NONE'""";
    private static final String PHONE = "SELECT phone FROM residents WHERE id = $1";

    private final Pool db;
    private final Clock clock;
    private final Staff staff;
    private final Outbox outbox;
    private final RateLimits limits;
    private final Names names;
    private final Consumer<ChatHint> changed;
    private final ConversationStore store = new ConversationStore();

    /** What the desk stands on. */
    public record Ground(Pool db, Clock clock, Staff staff, Outbox outbox, RateLimits limits, Names names) {}

    public Desk(Ground on, Consumer<ChatHint> changed) {
        this.db = on.db();
        this.clock = on.clock();
        this.staff = on.staff();
        this.outbox = on.outbox();
        this.limits = on.limits();
        this.names = on.names();
        this.changed = changed;
    }

    /** A conversation as staff see it. */
    private record Item(Conversation conversation, JsonObject shown) {}

    /** Counts a wish for a person; fails with {@code TOO_OFTEN}. */
    Future<Void> admit(Asker asker) {
        return limits.take("desk:" + asker.conversation(), ASKED_AN_HOUR, Duration.ofHours(1));
    }

    /** What the bot hears of it; {@code area} is the county's or city's code. */
    Outcome handedOver(String area, String reason) {
        boolean urgent = reason.equals("CRISIS") || reason.equals("MINOR");
        return new Outcome.HandedOver(true, names.office(area, null), urgent ? "110" : "12345", "工作日 8:00—18:00");
    }

    /** Tells the centre's staff that somebody waits, within the transaction that keeps it. */
    Future<Void> tell(SqlConnection tx, String conversation, String area, Instant at) {
        return staff.office(tx, area, null).compose(desk -> {
            List<Notice> notices = new ArrayList<>();
            desk.forEach(id -> notices.add(new Notice(
                    "desk:" + conversation + ":" + at.toEpochMilli() + ":" + id,
                    "staff-chat-waiting",
                    Audience.staff(id.toString()),
                    "chat:" + conversation,
                    new JsonObject().put("who", names.office(area, null)),
                    false,
                    at.plus(STALE))));
            return outbox.putAll(tx, notices);
        });
    }

    /** Schema {@code DeskItem}, the longest waiting first. */
    Future<JsonArray> list(Caller.Staff who, boolean all) {
        sit(who);
        return db.preparedQuery(LIST).execute(Tuple.of(who.area(), all, MOST)).map(rows -> {
            JsonArray items = new JsonArray();
            rows.forEach(row -> items.add(item(row).shown()));
            return items;
        });
    }

    /** Schema {@code DeskConversation}; fails with {@code NOT_FOUND} for another centre's. */
    Future<JsonObject> read(Caller.Staff who, String id) {
        sit(who);
        return found(who, id)
                .compose(item -> store.messages(db, id, 0, MOST_MESSAGES).map(messages -> {
                    JsonArray shown = new JsonArray();
                    messages.forEach(message -> shown.add(message.toJson()));
                    return item.shown().put("messages", shown);
                }));
    }

    /** A person's word to the resident, who also gets a notice. */
    Future<JsonObject> answer(Caller.Staff who, String id, String words) {
        sit(who);
        Instant now = now();
        String name = names.office(who.area(), who.department()) + " " + who.name();
        return found(who, id)
                .compose(item -> db.withTransaction(tx -> tx.preparedQuery(LOCK)
                                .execute(Tuple.of(id))
                                .compose(locked -> change(tx, TOLD, id, now))
                                .compose(told ->
                                        store.add(tx, id, Message.byStaff(who.id(), name, words, now), null, null))
                                .compose(message -> tellResident(tx, item.conversation(), message, name, words)))
                        .onSuccess(done -> changed.accept(ChatHint.of(item.conversation(), null))))
                .compose(done -> read(who, id));
    }

    /** The bot goes on. */
    Future<JsonObject> close(Caller.Staff who, String id) {
        sit(who);
        Instant now = now();
        return found(who, id)
                .compose(item -> AuditLog.with(
                                db,
                                who,
                                "talk.close",
                                id,
                                new JsonObject(),
                                now,
                                tx -> tx.preparedQuery(LOCK)
                                        .execute(Tuple.of(id))
                                        .compose(locked -> change(tx, CLOSE, id, now))
                                        .compose(closed -> store.add(
                                                tx,
                                                id,
                                                Message.of(
                                                        Message.Side.BOT,
                                                        "工作人员的答复先到这里，我接着帮您。还有什么要办的，直接说就行。",
                                                        new JsonObject(),
                                                        now),
                                                null,
                                                null)))
                        .onSuccess(done -> changed.accept(ChatHint.of(item.conversation(), null))))
                .compose(done -> read(who, id));
    }

    private Future<Void> tellResident(SqlConnection tx, Conversation c, long message, String name, String words) {
        UUID resident = c.resident();
        if (resident == null) {
            return Future.succeededFuture();
        }
        return tx.preparedQuery(PHONE)
                .execute(Tuple.of(resident))
                .compose(rows -> outbox.put(
                        tx,
                        Notice.of(
                                "chat:" + c.id() + ":" + message,
                                "chat-answered",
                                Audience.resident(
                                        resident.toString(),
                                        rows.size() == 0
                                                ? null
                                                : rows.iterator().next().getString("phone")),
                                "chat:" + c.id(),
                                new JsonObject().put("who", name).put("words", words))));
    }

    private static Future<Void> change(SqlConnection tx, String statement, String id, Instant now) {
        return tx.preparedQuery(statement).execute(Tuple.of(id, Times.at(now))).map(done -> {
            if (done.rowCount() == 0) {
                throw Refusal.of(Refusal.Kind.OUT_OF_TURN, "这段对话已经结束人工答复。");
            }
            return null;
        });
    }

    private Future<Item> found(Caller.Staff who, String id) {
        return db.preparedQuery(FIND).execute(Tuple.of(id)).map(rows -> {
            Item item = rows.size() == 0 ? null : item(rows.iterator().next());
            String area = item == null ? null : item.conversation().deskArea();
            if (item == null || area == null || !DeskPolicy.answersFor(who, area)) {
                throw Refusal.notFound("这段对话");
            }
            return item;
        });
    }

    private Item item(Row row) {
        Conversation c = ConversationStore.of(row);
        String area = c.deskArea() == null ? "1404" : c.deskArea();
        Instant asked = c.deskAskedAt() == null ? c.updatedAt() : c.deskAskedAt();
        return new Item(
                c,
                new JsonObject()
                        .put("conversation", c.id())
                        .put("desk", c.desk().name())
                        .put("askedAt", asked.toString())
                        .put("about", cut(row.getString("about")))
                        .put("area", area)
                        .put("areaName", names.area(area))
                        .put("resident", who(row))
                        .put("case", c.caseNumber()));
    }

    private static @Nullable String who(Row row) {
        String who = row.getString("who");
        return who != null && Boolean.TRUE.equals(row.getBoolean("by_phone")) ? Phone.masked(who) : who;
    }

    private static String cut(@Nullable String words) {
        if (words == null) {
            return "";
        }
        return words.codePointCount(0, words.length()) <= ABOUT
                ? words
                : words.substring(0, words.offsetByCodePoints(0, ABOUT)) + "…";
    }

    private static void sit(Caller.Staff who) {
        if (!DeskPolicy.sitsThere(who) || who.level() == AreaLevel.GRID) {
            throw Refusal.notAllowed("人工答复由县（区）、市综治中心的分流员、督办员负责。");
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
