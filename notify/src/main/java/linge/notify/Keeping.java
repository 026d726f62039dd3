package linge.notify;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;

/**
 * How long we keep what we told people (PIPL 19: least data, shortest keeping), and deletion on request (PIPL 47).
 *
 * @param notices how long a notice is kept once all its deliveries are settled
 * @param inbox how long an inbox shows an item
 * @param sms how long the local gateway keeps an SMS
 */
public record Keeping(Duration notices, Duration inbox, Duration sms) {

    private static final String SWEEP_NOTICES = """
            DELETE FROM notices WHERE id IN (
                SELECT id FROM notices n WHERE at < $1 AND NOT EXISTS (
                    SELECT FROM deliveries d
                    WHERE d.notice = n.id AND (d.settled_at IS NULL OR d.settled_at >= $1))
                LIMIT 1000)
            """;

    private static final String SWEEP_INBOX = """
            DELETE FROM inbox WHERE id IN (SELECT id FROM inbox WHERE at < $1 LIMIT 1000)
            """;

    private static final String SWEEP_SMS = """
            DELETE FROM sms_messages WHERE id IN (SELECT id FROM sms_messages WHERE at < $1 LIMIT 1000)
            """;

    private static final String FORGET_INBOX = "DELETE FROM inbox WHERE audience_kind = $1 AND audience = $2";

    private static final String FORGET_NOTICES = "DELETE FROM notices WHERE audience_kind = $1 AND audience = $2";

    private static final String FORGET_SMS = "DELETE FROM sms_messages WHERE phone = $1";

    /** 90 days, two years and 30 days. */
    public static final Keeping DEFAULT = new Keeping(Duration.ofDays(90), Duration.ofDays(730), Duration.ofDays(30));

    /** Deletes what is too old, a thousand rows at a time; answers how many. To be run now and then, on any node. */
    public Future<Integer> sweep(Pool pool, InstantSource clock) {
        OffsetDateTime now = Ticks.now(clock);
        return sweep(pool, SWEEP_NOTICES, now.minus(notices), 0)
                .compose(gone -> sweep(pool, SWEEP_INBOX, now.minus(inbox), gone))
                .compose(gone -> sweep(pool, SWEEP_SMS, now.minus(sms), gone));
    }

    private static Future<Integer> sweep(Pool pool, String sql, OffsetDateTime before, int soFar) {
        return pool.preparedQuery(sql)
                .execute(Tuple.of(before))
                .compose(done -> done.rowCount() == 0
                        ? Future.succeededFuture(soFar)
                        : sweep(pool, sql, before, soFar + done.rowCount()));
    }

    /** Deletes all we told someone, and what still waits to be told; SMS by the phone given. */
    public static Future<Void> forget(SqlConnection tx, Audience who) {
        Tuple whose = Tuple.of(who.kind().name(), who.id());
        return tx.preparedQuery(FORGET_INBOX)
                .execute(whose)
                .compose(done -> tx.preparedQuery(FORGET_NOTICES).execute(whose))
                .compose(done -> tx.preparedQuery(FORGET_SMS).execute(Tuple.of(who.phone())))
                .mapEmpty();
    }
}
