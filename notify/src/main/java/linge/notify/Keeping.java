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
 * @param notices how long a notice is kept once all its deliveries are settled, and who took what from the ledgers
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

    private static final String SWEEP_TAKES = """
            DELETE FROM quota_takes WHERE (delivery, quota) IN (
                SELECT delivery, quota FROM quota_takes WHERE at < $1 LIMIT 1000)
            """;

    /** Of phones and followers that took nothing since, so that nothing is counted for them. */
    private static final String SWEEP_USE = """
            DELETE FROM quota_use WHERE (quota, subject) IN (
                SELECT quota, subject FROM quota_use u
                WHERE coalesce(starts_at, $1 - interval '1 day') < $1
                  AND (spent_until IS NULL OR spent_until < $1 OR spent_until = '9999-01-01Z')
                  AND NOT EXISTS (SELECT FROM quota_takes t WHERE t.quota = u.quota AND t.subject = u.subject)
                LIMIT 1000)
            """;

    private static final String SWEEP_CONSENTS = """
            DELETE FROM wechat_consents WHERE id IN (
                SELECT id FROM wechat_consents
                WHERE at < $1 AND (gone_at < $1 OR used_by IS NOT NULL) LIMIT 1000)
            """;

    private static final String SWEEP_RECEIPTS = """
            DELETE FROM early_receipts WHERE (channel, receipt) IN (
                SELECT channel, receipt FROM early_receipts WHERE at < $1 LIMIT 1000)
            """;

    /** The ledgers know people by their addresses. */
    private static final String FORGET_LEDGERS = """
            WITH theirs AS (
                SELECT value FROM addresses WHERE audience_kind = $1 AND audience = $2 UNION SELECT $3
            ), takes AS (
                DELETE FROM quota_takes WHERE subject IN (SELECT value FROM theirs)
            ), used AS (
                DELETE FROM quota_use WHERE subject IN (SELECT value FROM theirs)
            ), consents AS (
                DELETE FROM wechat_consents WHERE openid IN (SELECT value FROM theirs)
            ), phone AS (
                DELETE FROM addresses WHERE scheme = 'phone' AND value = $3
            )
            DELETE FROM preferences WHERE audience_kind = $1 AND audience = $2
            """;

    private static final String FORGET_ADDRESSES = "DELETE FROM addresses WHERE audience_kind = $1 AND audience = $2";

    private static final String FORGET_INBOX = "DELETE FROM inbox WHERE audience_kind = $1 AND audience = $2";

    private static final String FORGET_NOTICES = "DELETE FROM notices WHERE audience_kind = $1 AND audience = $2";

    private static final String FORGET_SMS = "DELETE FROM sms_messages WHERE phone = $1";

    /** Receipts of what is no notice never meet one; the others do within seconds. */
    private static final Duration RECEIPTS = Duration.ofDays(2);

    /** 90 days, two years and 30 days. */
    public static final Keeping DEFAULT = new Keeping(Duration.ofDays(90), Duration.ofDays(730), Duration.ofDays(30));

    /** Deletes what is too old, a thousand rows at a time; answers how many. To be run now and then, on any node. */
    public Future<Integer> sweep(Pool pool, InstantSource clock) {
        OffsetDateTime now = Ticks.now(clock);
        return sweep(pool, SWEEP_NOTICES, now.minus(notices), 0)
                .compose(gone -> sweep(pool, SWEEP_INBOX, now.minus(inbox), gone))
                .compose(gone -> sweep(pool, SWEEP_SMS, now.minus(sms), gone))
                .compose(gone -> sweep(pool, SWEEP_TAKES, now.minus(notices), gone))
                .compose(gone -> sweep(pool, SWEEP_USE, now.minus(notices), gone))
                .compose(gone -> sweep(pool, SWEEP_CONSENTS, now.minus(notices), gone))
                .compose(gone -> sweep(pool, SWEEP_RECEIPTS, now.minus(RECEIPTS), gone));
    }

    private static Future<Integer> sweep(Pool pool, String sql, OffsetDateTime before, int soFar) {
        return pool.preparedQuery(sql)
                .execute(Tuple.of(before))
                .compose(done -> done.rowCount() == 0
                        ? Future.succeededFuture(soFar)
                        : sweep(pool, sql, before, soFar + done.rowCount()));
    }

    /**
     * Deletes all we told someone, what still waits to be told, where they could be reached and how they wished to be;
     * SMS by the phone given.
     */
    public static Future<Void> forget(SqlConnection tx, Audience who) {
        Tuple whose = Tuple.of(who.kind().name(), who.id());
        return tx.preparedQuery(FORGET_INBOX)
                .execute(whose)
                .compose(done -> tx.preparedQuery(FORGET_NOTICES).execute(whose))
                .compose(done -> tx.preparedQuery(FORGET_LEDGERS)
                        .execute(Tuple.of(who.kind().name(), who.id(), who.phone())))
                .compose(done -> tx.preparedQuery(FORGET_ADDRESSES).execute(whose))
                .compose(done -> tx.preparedQuery(FORGET_SMS).execute(Tuple.of(who.phone())))
                .mapEmpty();
    }
}
