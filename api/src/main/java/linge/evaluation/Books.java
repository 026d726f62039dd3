package linge.evaluation;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import linge.db.AuditLog;
import linge.db.Times;
import linge.shared.Caller;
import linge.shared.Refusal;
import org.jspecify.annotations.Nullable;

/** The books of rules, each area its own or the one around it, every version kept. */
final class Books {

    private static final String COLUMNS = "id, area, ranking, least_duty, missing, thresholds";
    /** Of the newest version of each area around this one, the nearest that does not hand on to the area around it. */
    private static final String IN_FORCE = "SELECT " + COLUMNS + "\n" + """
            FROM (SELECT DISTINCT ON (area) * FROM evaluation_books WHERE starts_with($1, area) ORDER BY area, id DESC) newest
            WHERE NOT inherits ORDER BY length(area) DESC LIMIT 1""";

    private static final String BY_ID = "SELECT " + COLUMNS + " FROM evaluation_books WHERE id = $1";
    private static final String RULES = "SELECT counted, points, cap, words FROM evaluation_rules WHERE book_id = $1";
    private static final String VERSIONS = """
            SELECT id, inherits, at, who, why FROM evaluation_books WHERE area = $1 ORDER BY id DESC LIMIT 20""";
    private static final String ONE_BY_ONE = "SELECT pg_advisory_xact_lock(hashtextextended('evaluation_books', 0))";
    private static final String ADD = """
            INSERT INTO evaluation_books (area, inherits, at, staff_id, who, why, ranking, least_duty, missing, thresholds)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id""";
    private static final String ADD_RULE =
            "INSERT INTO evaluation_rules (book_id, counted, points, cap, words) VALUES ($1, $2, $3, $4, $5)";

    /** On duty for less than a third of the working days is too short to compare. */
    private static final int LEAST_DUTY = 33;

    private final Pool db;
    private final Clock clock;

    Books(Pool db, Clock clock) {
        this.db = db;
        this.clock = clock;
    }

    /** One version of an area, for its history. */
    record Version(long id, boolean inherits, Instant at, String who, String why) {}

    private record By(@Nullable UUID id, String name) {}

    /** Writes the shipped book for everywhere, where there is none. */
    Future<Void> settle() {
        return db.withTransaction(tx -> tx.query(ONE_BY_ONE)
                .execute()
                .compose(locked -> tx.preparedQuery("SELECT FROM evaluation_books WHERE area = ''")
                        .execute())
                .compose(rows -> rows.size() > 0
                        ? Future.succeededFuture()
                        : add(tx, "", shipped(), thresholds(), false, new By(null, "随软件提供"), "默认计分规则")
                                .mapEmpty()));
    }

    private static Book shipped() {
        return new Book(
                0,
                "",
                true,
                LEAST_DUTY,
                Book.Missing.LEFT_OUT,
                Book.byCounted(Shipped.rules()),
                Book.Thresholds.of(Shipped.thresholdValues()));
    }

    private static JsonObject thresholds() {
        return new JsonObject(new LinkedHashMap<>(Shipped.thresholdValues()));
    }

    /** The book in force in an area. */
    Future<Book> inForce(SqlClient on, String area) {
        return on.preparedQuery(IN_FORCE)
                .execute(Tuple.of(area))
                .compose(rows -> book(on, rows.iterator().next()));
    }

    /** One version. */
    Future<Book> byId(SqlClient on, long id) {
        return on.preparedQuery(BY_ID)
                .execute(Tuple.of(id))
                .compose(rows -> book(on, rows.iterator().next()));
    }

    /** The versions an area had of its own, the newest first. */
    Future<List<Version>> versions(String area) {
        return db.preparedQuery(VERSIONS).execute(Tuple.of(area)).map(rows -> {
            List<Version> all = new ArrayList<>();
            rows.forEach(row -> all.add(new Version(
                    row.getLong("id"),
                    row.getBoolean("inherits"),
                    Times.of(row, "at"),
                    row.getString("who"),
                    row.getString("why"))));
            return all;
        });
    }

    /**
     * Writes another version for an area. Fails with {@code STALE_VERSION} when {@code was} is in force there no more.
     *
     * @param wanted null: as around the area again
     * @param thresholds those of {@code wanted} by name
     */
    Future<Book> change(
            Caller.Staff who,
            String area,
            long was,
            @Nullable Book wanted,
            @Nullable JsonObject thresholds,
            String why) {
        return db.withTransaction(tx -> tx.query(ONE_BY_ONE)
                .execute()
                .compose(locked -> inForce(tx, area))
                .compose(before -> {
                    if (before.id() != was) {
                        throw Refusal.of(Refusal.Kind.STALE_VERSION, "计分规则刚刚被别人改过，请看过最新内容再改。");
                    }
                    if (wanted == null && !before.area().equals(area)) {
                        throw Refusal.of(Refusal.Kind.OUT_OF_TURN, "这里本来就沿用上级的规则。");
                    }
                    return thresholds(tx, before.id())
                            .compose(known -> add(
                                    tx,
                                    area,
                                    wanted == null ? before : wanted,
                                    thresholds == null ? known : thresholds,
                                    wanted == null,
                                    new By(who.id(), who.name()),
                                    why));
                })
                .compose(id -> AuditLog.write(
                        tx,
                        who,
                        "evaluation.rules",
                        area,
                        new JsonObject().put("book", id).put("inherits", wanted == null),
                        clock.instant()))
                .compose(done -> inForce(tx, area)));
    }

    Future<JsonObject> thresholds(SqlClient on, long id) {
        return on.preparedQuery("SELECT thresholds FROM evaluation_books WHERE id = $1")
                .execute(Tuple.of(id))
                .map(rows -> rows.iterator().next().getJsonObject("thresholds"));
    }

    private Future<Long> add(
            SqlClient tx, String area, Book book, JsonObject thresholds, boolean inherits, By by, String why) {
        return tx.preparedQuery(ADD)
                .execute(Tuple.tuple()
                        .addValue(area)
                        .addValue(inherits)
                        .addValue(Times.at(clock.instant()))
                        .addValue(by.id())
                        .addValue(by.name())
                        .addValue(why)
                        .addValue(book.ranking())
                        .addValue(book.leastDuty())
                        .addValue(book.missing().name())
                        .addValue(thresholds))
                .map(rows -> rows.iterator().next().getLong("id"))
                .compose(added -> {
                    List<Tuple> rules = new ArrayList<>();
                    book.rules()
                            .values()
                            .forEach(rule -> rules.add(
                                    Tuple.of(added, rule.counted().name(), rule.points(), rule.cap(), rule.words())));
                    return rules.isEmpty()
                            ? Future.succeededFuture(added)
                            : tx.preparedQuery(ADD_RULE).executeBatch(rules).map(added);
                });
    }

    private static Future<Book> book(SqlClient on, Row row) {
        long id = row.getLong("id");
        Map<String, Integer> thresholds = new LinkedHashMap<>(Shipped.thresholdValues());
        row.getJsonObject("thresholds")
                .forEach(one -> thresholds.put(one.getKey(), ((Number) one.getValue()).intValue()));
        return on.preparedQuery(RULES).execute(Tuple.of(id)).map(rows -> {
            List<Book.Rule> rules = new ArrayList<>();
            rows.forEach(rule -> rules.add(new Book.Rule(
                    Counted.valueOf(rule.getString("counted")),
                    rule.getInteger("points"),
                    rule.getInteger("cap"),
                    rule.getString("words"))));
            return new Book(
                    id,
                    row.getString("area"),
                    row.getBoolean("ranking"),
                    row.getInteger("least_duty"),
                    Book.Missing.valueOf(row.getString("missing")),
                    Book.byCounted(rules),
                    Book.Thresholds.of(thresholds));
        });
    }
}
