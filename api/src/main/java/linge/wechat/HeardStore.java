package linge.wechat;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import linge.db.Times;
import org.jspecify.annotations.Nullable;

/** Messages heard and words to say, as rows: who takes what is decided here, once, whichever node asks. */
final class HeardStore {

    private static final String COLUMNS = "id, fields, heard_at, pushes, tries, held_by, answered_at";

    /** The first push is held by who took it in; a later one moves back what waits to be said, as it may take it along. */
    private static final String TAKE = """
            WITH taken AS (
                INSERT INTO wechat_heard AS h (key, openid, account, fields, heard_at, pushed_at, held_by, held_until)
                VALUES ($1, $2, $3, $4, $5, $5, $6, $7)
                ON CONFLICT (key) DO UPDATE SET pushes = h.pushes + 1, pushed_at = $5
                RETURNING %s
            ), later AS (
                UPDATE wechat_said SET due_at = greatest(due_at, $8)
                WHERE heard IN (SELECT id FROM taken WHERE pushes > 1) AND way IS NULL
            )
            SELECT * FROM taken""".formatted(COLUMNS);

    private static final String FIND = "SELECT " + COLUMNS + " FROM wechat_heard WHERE id = $1";
    private static final String HOLD = """
            UPDATE wechat_heard SET held_by = $2, held_until = $3, tries = tries + 1
            WHERE id = $1 AND answered_at IS NULL AND (held_by IS NULL OR held_until <= $4) RETURNING""" + " " + COLUMNS;
    private static final String KEEP_HOLD =
            "UPDATE wechat_heard SET held_until = $2 WHERE held_by = $1 AND answered_at IS NULL";
    private static final String LET_GO =
            "UPDATE wechat_heard SET held_by = NULL, held_until = NULL WHERE id = $1 AND held_by = $2";
    private static final String TAKE_OVER =
            "UPDATE wechat_heard SET held_by = NULL, held_until = NULL WHERE held_by IS NOT NULL";
    private static final String LEFT_ALONE = """
            SELECT id FROM wechat_heard
            WHERE answered_at IS NULL AND (held_by IS NULL OR held_until <= $1)
            ORDER BY heard_at LIMIT $2""";
    private static final String ANSWERED = """
            UPDATE wechat_heard SET answered_at = $3, held_by = NULL, held_until = NULL
            WHERE id = $1 AND held_by = $2 RETURNING pushed_at""";
    private static final String SAY =
            "INSERT INTO wechat_said (heard, nth, openid, text, due_at) VALUES ($1, $2, $3, $4, $5)";

    private static final String GO_ALONG = """
            UPDATE wechat_said SET way = 'PASSIVE', went_at = $2, tries = tries + 1
            WHERE heard = $1 AND nth = 0 AND parked IS NULL AND (way IS NULL OR way = 'PASSIVE')
            RETURNING id, openid, text, tries""";
    /** One of several pushes may have missed them meanwhile: they went all the same. */
    private static final String SURE = """
            UPDATE wechat_said SET sure_at = $2, way = coalesce(way, 'PASSIVE'), went_at = coalesce(went_at, $2)
            WHERE id = $1""";
    /** Not when a later push has taken them along. */
    private static final String COME_BACK = """
            UPDATE wechat_said SET way = NULL, went_at = NULL, due_at = $2
            WHERE id = $1 AND tries = $3 AND sure_at IS NULL""";
    /** The earliest word of somebody none of whose earlier words are still on their way. */
    private static final String NEXT = """
            UPDATE wechat_said SET way = 'SERVICE', went_at = $1, tries = tries + 1
            WHERE way IS NULL AND parked IS NULL AND id = (
                SELECT s.id FROM wechat_said s
                WHERE s.way IS NULL AND s.parked IS NULL AND s.due_at <= $1 AND NOT EXISTS (
                    SELECT FROM wechat_said e
                    WHERE e.openid = s.openid AND e.id < s.id AND e.sure_at IS NULL AND e.parked IS NULL)
                ORDER BY s.due_at, s.id LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING id, openid, text, tries""";

    private static final String PARK = "UPDATE wechat_said SET parked = $2 WHERE id = $1 AND sure_at IS NULL";
    /** Somebody died between asking and being told: said again it might be said twice. */
    private static final String PARK_UNSURE = """
            UPDATE wechat_said SET parked = 'nobody knows whether it arrived'
            WHERE way IS NOT NULL AND sure_at IS NULL AND parked IS NULL AND went_at < $1""";

    private static final String FORGET_OLD = """
            DELETE FROM wechat_heard WHERE id IN (
                SELECT id FROM wechat_heard WHERE heard_at < $1 ORDER BY heard_at LIMIT 2000)""";

    /**
     * Words on their way.
     *
     * @param tries how many times they set out
     */
    record Words(long id, String openid, String text, int tries) {}

    private final Pool db;

    HeardStore(Pool db) {
        this.db = db;
    }

    /** Takes a push in; {@link Heard#push} tells whether the message was there before. */
    Future<Heard> take(Incoming incoming, UUID me, Instant now, Duration lease, Duration patience) {
        return db.preparedQuery(TAKE)
                .execute(Tuple.tuple()
                        .addValue(incoming.key())
                        .addValue(incoming.openid())
                        .addValue(incoming.account())
                        .addValue(incoming.fields())
                        .addValue(Times.at(now))
                        .addValue(me)
                        .addValue(Times.at(now.plus(lease)))
                        .addValue(Times.at(now.plus(patience))))
                .map(rows -> heard(rows.iterator().next()));
    }

    Future<Heard> find(long id) {
        return db.preparedQuery(FIND)
                .execute(Tuple.of(id))
                .map(rows -> heard(rows.iterator().next()));
    }

    /** The message, held by me from now on; null when it is answered or somebody is at it. */
    Future<@Nullable Heard> hold(long id, UUID me, Instant now, Duration lease) {
        return db.preparedQuery(HOLD)
                .execute(Tuple.of(id, me, Times.at(now.plus(lease)), Times.at(now)))
                .map(HeardStore::one);
    }

    /** All that I hold stays held. */
    Future<Void> keepHold(UUID me, Instant until) {
        return db.preparedQuery(KEEP_HOLD)
                .execute(Tuple.of(me, Times.at(until)))
                .mapEmpty();
    }

    Future<Void> letGo(long id, UUID me) {
        return db.preparedQuery(LET_GO).execute(Tuple.of(id, me)).mapEmpty();
    }

    /** Nobody else lives: what anybody held is free. */
    Future<Void> takeOver() {
        return db.query(TAKE_OVER).execute().mapEmpty();
    }

    /** Messages nobody is answering. */
    Future<List<Long>> leftAlone(Instant now, int most) {
        return db.preparedQuery(LEFT_ALONE)
                .execute(Tuple.of(Times.at(now), most))
                .map(rows -> rows.stream().map(row -> row.getLong("id")).toList());
    }

    /**
     * Keeps the answer, an empty one too. The words wait until a push that may take them along has had its time.
     *
     * @return false when the hold was lost meanwhile, and nothing is kept
     */
    Future<Boolean> answer(Heard heard, UUID me, List<String> texts, Instant now, Duration patience) {
        return db.withTransaction(tx -> tx.preparedQuery(ANSWERED)
                .execute(Tuple.of(heard.id(), me, Times.at(now)))
                .compose(rows -> {
                    if (rows.size() == 0) {
                        return Future.succeededFuture(false);
                    }
                    Instant pushed = Times.of(rows.iterator().next(), "pushed_at");
                    return say(tx, heard, texts, 0, pushed.plus(patience)).map(true);
                }));
    }

    private static Future<Void> say(SqlConnection tx, Heard heard, List<String> texts, int nth, Instant due) {
        return nth == texts.size()
                ? Future.succeededFuture()
                : tx.preparedQuery(SAY)
                        .execute(Tuple.of(heard.id(), nth, heard.incoming().openid(), texts.get(nth), Times.at(due)))
                        .compose(done -> say(tx, heard, texts, nth + 1, due));
    }

    /** The words that the answer to this push takes along; null when there are none, or they go another way. */
    Future<@Nullable Words> goAlong(long heard, Instant now) {
        return db.preparedQuery(GO_ALONG)
                .execute(Tuple.of(heard, Times.at(now)))
                .map(HeardStore::words);
    }

    Future<Void> sure(long said, Instant now) {
        return db.preparedQuery(SURE).execute(Tuple.of(said, Times.at(now))).mapEmpty();
    }

    /** They did not go after all, and are due then. */
    Future<Void> comeBack(Words said, Instant due) {
        return db.preparedQuery(COME_BACK)
                .execute(Tuple.of(said.id(), Times.at(due), said.tries()))
                .mapEmpty();
    }

    /** Words to send by customer-service message now; null when none are due. */
    Future<@Nullable Words> next(Instant now) {
        return db.preparedQuery(NEXT).execute(Tuple.of(Times.at(now))).map(HeardStore::words);
    }

    Future<Void> park(long said, String why) {
        return db.preparedQuery(PARK).execute(Tuple.of(said, why)).mapEmpty();
    }

    Future<Void> parkUnsure(Instant before) {
        return db.preparedQuery(PARK_UNSURE).execute(Tuple.of(Times.at(before))).mapEmpty();
    }

    /** Some of those heard before; how many. */
    Future<Integer> forgetOld(Instant before) {
        return db.preparedQuery(FORGET_OLD).execute(Tuple.of(Times.at(before))).map(RowSet::rowCount);
    }

    private static @Nullable Words words(RowSet<Row> rows) {
        if (rows.size() == 0) {
            return null;
        }
        Row row = rows.iterator().next();
        return new Words(row.getLong("id"), row.getString("openid"), row.getString("text"), row.getInteger("tries"));
    }

    private static @Nullable Heard one(RowSet<Row> rows) {
        return rows.size() == 0 ? null : heard(rows.iterator().next());
    }

    private static Heard heard(Row row) {
        return new Heard(
                row.getLong("id"),
                Incoming.of((JsonObject) row.getValue("fields")),
                Times.of(row, "heard_at"),
                row.getInteger("pushes"),
                row.getInteger("tries"),
                row.getUUID("held_by"),
                Times.orNull(row, "answered_at"));
    }
}
