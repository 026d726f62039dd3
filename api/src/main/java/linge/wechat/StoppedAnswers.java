package linge.wechat;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import linge.db.Times;
import linge.notify.Ledgers;
import linge.residents.Phone;
import org.jspecify.annotations.Nullable;

/** Answers over WeChat that stopped on their way: for an operator, without their words and without an openid. */
public final class StoppedAnswers {

    private static final String PAGE = """
            SELECT s.id, s.parked, s.tries, s.went_at, h.heard_at, h.fields ->> 'MsgType' AS kind, r.phone
            FROM wechat_said s
            JOIN wechat_heard h ON h.id = s.heard
            LEFT JOIN wechat_people p ON p.openid = s.openid
            LEFT JOIN residents r ON r.id = p.resident_id
            WHERE s.parked IS NOT NULL AND s.dropped_at IS NULL AND s.id < $1
            ORDER BY s.id DESC LIMIT $2""";
    private static final String COUNT =
            "SELECT count(*) FROM wechat_said WHERE parked IS NOT NULL AND dropped_at IS NULL";
    private static final String AGAIN = """
            UPDATE wechat_said SET parked = NULL, way = NULL, went_at = NULL, sure_at = NULL, tries = 0, due_at = $2
            WHERE id = $1 AND parked IS NOT NULL AND dropped_at IS NULL""";
    private static final String DROP = """
            UPDATE wechat_said SET dropped_at = $2 WHERE id = $1 AND parked IS NOT NULL AND dropped_at IS NULL""";

    private final Pool db;
    private final Clock clock;

    public StoppedAnswers(Pool db, Clock clock) {
        this.db = db;
        this.clock = clock;
    }

    /** The newest first: {@code {"items":[{"id","reason","tries","wentAt"?,"heardAt","kind","phone"?}],"next"?}}. */
    public Future<JsonObject> page(@Nullable Long before, int limit) {
        return db.preparedQuery(PAGE)
                .execute(Tuple.of(before == null ? Long.MAX_VALUE : before, limit + 1))
                .map(rows -> {
                    JsonArray items = new JsonArray();
                    rows.forEach(row -> items.add(item(row)));
                    JsonObject page = new JsonObject().put("items", items);
                    if (items.size() > limit) {
                        items.remove(limit);
                        page.put("next", items.getJsonObject(limit - 1).getLong("id"));
                    }
                    return page;
                });
    }

    private static JsonObject item(Row row) {
        return new JsonObject()
                .put("id", row.getLong("id"))
                .put("reason", row.getString("parked"))
                .put("tries", row.getInteger("tries"))
                .put(
                        "wentAt",
                        row.getOffsetDateTime("went_at") == null
                                ? null
                                : Times.of(row, "went_at").toString())
                .put("heardAt", Times.of(row, "heard_at").toString())
                .put("kind", row.getString("kind"))
                .put("phone", Phone.maskedOrNull(row.getString("phone")));
    }

    public Future<Long> count() {
        return db.query(COUNT).execute().map(rows -> rows.iterator().next().getLong(0));
    }

    /**
     * Sends one again by customer-service message; what it took of the ledgers stays taken, and this time is counted by itself.
     * False when it does not wait here any more.
     */
    public Future<Boolean> sendAgain(SqlConnection tx, long id) {
        return tx.preparedQuery(AGAIN)
                .execute(Tuple.of(id, Times.at(clock.instant())))
                .compose(done -> done.rowCount() == 1
                        ? Ledgers.countAnew(tx, CustomerService.delivery(id)).map(true)
                        : Future.succeededFuture(false));
    }

    /** Lets one be; false when it does not wait here any more. */
    public Future<Boolean> drop(SqlConnection tx, long id) {
        return tx.preparedQuery(DROP)
                .execute(Tuple.of(id, Times.at(clock.instant())))
                .map(done -> done.rowCount() == 1);
    }
}
