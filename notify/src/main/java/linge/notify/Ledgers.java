package linge.notify;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * What may still be sent: windows, consents, quotas. The limits are rows of {@code quotas}. Every take is idempotent by
 * delivery: a delivery that is tried again within its window takes nothing more. Messages that are no notices, e.g. the
 * bot's answers, take under numbers of their own below zero.
 */
public final class Ledgers {

    /** Answers to a follower who wrote: opened by {@link #heard}. */
    static final String REPLY = "wechat-reply";

    /** Taken per official account; the subject is its appid. */
    public static final String SERVICE_DAY = "wechat-service-day";

    /** Taken per official account; the subject is its appid. */
    public static final String TEMPLATE_DAY = "wechat-template-day";

    /** Taken per official account; the subject is its appid. */
    public static final String SUBSCRIPTION_DAY = "wechat-subscription-day";

    /** The subject is the phone. */
    public static final String SMS_PHONE_HOUR = "sms-phone-hour";

    /** The subject is the phone. */
    public static final String SMS_PHONE_DAY = "sms-phone-day";

    /** All SMS together; the subject is empty. */
    public static final String SMS_DAY = "sms-day";

    /** All pushes together; the subject is empty. */
    public static final String WEB_PUSH_DAY = "web-push-day";

    /** Locks the row that counts, so that takes of one quota by several nodes come one after the other. */
    private static final String LOCK = """
            WITH q AS (SELECT * FROM quotas WHERE name = $1)
            INSERT INTO quota_use AS u (quota, subject) SELECT name, $2 FROM q
            ON CONFLICT (quota, subject) DO UPDATE SET quota = excluded.quota
            RETURNING u.starts_at, u.used, u.spent_until, (SELECT opening FROM q) AS opening,
                      (SELECT most FROM q) AS most, (SELECT seconds FROM q) AS seconds, (SELECT spare FROM q) AS spare
            """;

    private static final String TAKEN = """
            SELECT (SELECT starts_at FROM quota_takes WHERE delivery = $1 AND quota = $2 AND subject = $3) AS mine,
                   (SELECT at FROM quota_takes WHERE delivery = $1 AND quota = $2 AND subject = $3) AS mine_at,
                   w.used, w.oldest
            FROM (SELECT count(*)::integer AS used, min(at) AS oldest FROM quota_takes
                  WHERE $5 AND quota = $2 AND subject = $3 AND at > $4) w
            """;

    private static final String TAKE = """
            WITH counted AS (
                UPDATE quota_use SET starts_at = $5, used = CASE WHEN starts_at = $5 THEN used + 1 ELSE 1 END
                WHERE quota = $2 AND subject = $3
            )
            INSERT INTO quota_takes (delivery, quota, subject, at, starts_at) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (delivery, quota) DO UPDATE
            SET subject = excluded.subject, at = excluded.at, starts_at = excluded.starts_at
            """;

    /** The same message pushed again, or an older one that was overtaken, changes nothing. */
    private static final String HEARD = """
            INSERT INTO quota_use AS u (quota, subject, starts_at) VALUES ('wechat-reply', $1, $2)
            ON CONFLICT (quota, subject) DO UPDATE SET starts_at = excluded.starts_at, used = 0, spent_until = NULL
            WHERE u.starts_at IS NULL OR u.starts_at < excluded.starts_at
            """;

    private static final String SPENT = """
            INSERT INTO quota_use AS u (quota, subject, spent_until) VALUES ($1, $2, $3)
            ON CONFLICT (quota, subject) DO UPDATE SET spent_until = excluded.spent_until
            """;

    private static final String CONSENTED = """
            INSERT INTO wechat_consents (openid, template, key, at) VALUES ($1, $2, $3, $4)
            ON CONFLICT (openid, template, key) DO NOTHING
            """;

    /** Oldest first; a consent another node is taking is passed over. */
    private static final String TAKE_CONSENT = """
            WITH mine AS (
                SELECT id FROM wechat_consents
                WHERE used_by = $3 AND openid = $1 AND template = $2 AND gone_at IS NULL
            ), taken AS (
                UPDATE wechat_consents SET used_by = $3
                WHERE id = (
                    SELECT id FROM wechat_consents
                    WHERE openid = $1 AND template = $2 AND used_by IS NULL AND gone_at IS NULL
                      AND NOT EXISTS (SELECT FROM mine)
                    ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
                RETURNING id
            )
            SELECT id FROM mine UNION ALL SELECT id FROM taken
            """;

    private static final String CONSENTS_LEFT = """
            SELECT count(*)::integer AS consents FROM wechat_consents
            WHERE openid = $1 AND used_by IS NULL AND gone_at IS NULL
            """;

    private static final String CONSENT_GONE = """
            UPDATE wechat_consents SET gone_at = $3 WHERE openid = $1 AND template = $2 AND gone_at IS NULL
            """;

    private static final String GIVE_BACK = """
            WITH gone AS (
                DELETE FROM quota_takes WHERE delivery = $1 RETURNING quota, subject, starts_at
            ), locked AS (
                -- In one order, or two that give back at once could wait for each other.
                SELECT u.quota, u.subject FROM quota_use u JOIN gone g USING (quota, subject)
                WHERE u.starts_at = g.starts_at ORDER BY u.quota, u.subject FOR UPDATE OF u
            ), back AS (
                UPDATE quota_use u SET used = greatest(used - 1, 0) FROM locked l
                WHERE u.quota = l.quota AND u.subject = l.subject
            )
            UPDATE wechat_consents SET used_by = NULL WHERE used_by = $1 AND gone_at IS NULL
            """;

    private final Pool db;
    private final InstantSource clock;

    public Ledgers(Pool db, InstantSource clock) {
        this.db = db;
        this.clock = clock;
    }

    /**
     * What came of asking a quota.
     *
     * @param until null when one was taken; otherwise when to ask again
     */
    public record Taken(@Nullable Instant until) {

        public boolean ok() {
            return until == null;
        }
    }

    /** A follower wrote: the window of answers opens anew. */
    public Future<Void> heard(String openid, Instant at) {
        return db.preparedQuery(HEARD).execute(Tuple.of(openid, Ticks.of(at))).mapEmpty();
    }

    /** One of the answers a follower may be sent; false when the window is closed or used up. */
    public Future<Boolean> takeReply(String openid, long delivery) {
        return takeQuota(REPLY, openid, delivery).map(Taken::ok);
    }

    /** A message goes out once more on an operator's word: what it took before stays taken, and it takes again. */
    public static Future<Void> countAnew(SqlClient on, long delivery) {
        return on.preparedQuery("DELETE FROM quota_takes WHERE delivery = $1")
                .execute(Tuple.of(delivery))
                .mapEmpty();
    }

    /** The platform said that the window is closed: it stays so until the follower writes again. */
    public Future<Void> windowClosed(String openid) {
        return db.preparedQuery(SPENT)
                .execute(Tuple.of(REPLY, openid, Ticks.of(FOREVER)))
                .mapEmpty();
    }

    /** Later than any deadline, and within what PostgreSQL and JSON can write. */
    private static final Instant FOREVER = Instant.parse("9999-01-01T00:00:00Z");

    /** A follower agreed to one message; the key tells one event from the same pushed again. */
    public Future<Void> consented(String openid, String templateId, String key) {
        return db.preparedQuery(CONSENTED)
                .execute(Tuple.of(openid, templateId, key, Ticks.now(clock)))
                .mapEmpty();
    }

    /** Uses one consent up; false when there is none left. */
    public Future<Boolean> takeConsent(String openid, String templateId, long delivery) {
        return db.preparedQuery(TAKE_CONSENT)
                .execute(Tuple.of(openid, templateId, delivery))
                .map(rows -> rows.size() > 0);
    }

    /** How many messages a follower agreed to that were not sent yet, whatever the template. */
    public Future<Integer> consentsLeft(String openid) {
        return db.preparedQuery(CONSENTS_LEFT)
                .execute(Tuple.of(openid))
                .map(rows -> rows.iterator().next().getInteger("consents"));
    }

    /** The platform knows of no consent, whatever we counted. */
    public Future<Void> consentGone(String openid, String templateId) {
        return db.preparedQuery(CONSENT_GONE)
                .execute(Tuple.of(openid, templateId, Ticks.now(clock)))
                .mapEmpty();
    }

    /**
     * One of a quota's messages.
     *
     * @param subject whom or what it is counted for: a phone, an appid, or empty
     * @return fails with {@link IllegalArgumentException} for a quota that is no row of {@code quotas}
     */
    public Future<Taken> takeQuota(String quota, String subject, long delivery) {
        return db.withTransaction(tx -> tx.preparedQuery(LOCK)
                .execute(Tuple.of(quota, subject))
                .compose(rows -> rows.size() == 0
                        ? Future.failedFuture(new IllegalArgumentException("there is no quota " + quota))
                        : take(
                                tx,
                                quota,
                                subject,
                                delivery,
                                Limit.of(rows.iterator().next()))));
    }

    private Future<Taken> take(SqlConnection tx, String quota, String subject, long delivery, Limit limit) {
        OffsetDateTime now = Ticks.now(clock);
        OffsetDateTime start = limit.start(now);
        boolean rolling = limit.opening().equals("ROLLING");
        Instant refusedUntil = limit.closedUntil(now, start);
        if (start == null || refusedUntil != null) {
            return Future.succeededFuture(new Taken(refusedUntil == null ? FOREVER : refusedUntil));
        }
        return tx.preparedQuery(TAKEN)
                .execute(Tuple.of(delivery, quota, subject, start, rolling))
                .compose(rows -> {
                    Row row = rows.iterator().next();
                    OffsetDateTime mine = row.getOffsetDateTime("mine");
                    OffsetDateTime mineAt = row.getOffsetDateTime("mine_at");
                    if (rolling ? mineAt != null && mineAt.isAfter(start) : mine != null && start.isEqual(mine)) {
                        return Future.succeededFuture(new Taken(null));
                    }
                    int used = rolling ? row.getInteger("used") : limit.used(start);
                    if (limit.most() != null && used >= limit.most()) {
                        OffsetDateTime oldest = row.getOffsetDateTime("oldest");
                        OffsetDateTime frees = rolling && oldest != null ? oldest : rolling ? now : start;
                        return Future.succeededFuture(
                                new Taken(frees.plusSeconds(limit.seconds()).toInstant()));
                    }
                    return tx.preparedQuery(TAKE)
                            .execute(Tuple.of(delivery, quota, subject, now, rolling ? null : start))
                            .map(new Taken(null));
                });
    }

    /** The other side says that a quota is used up until then, whatever we counted. */
    public Future<Void> spent(String quota, String subject, Instant until) {
        return db.preparedQuery(SPENT)
                .execute(Tuple.of(quota, subject, Ticks.of(until)))
                .mapEmpty();
    }

    /** It is known that nothing was sent: all that the delivery took is free again. */
    public Future<Void> giveBack(long delivery) {
        return db.preparedQuery(GIVE_BACK).execute(Tuple.of(delivery)).mapEmpty();
    }

    /** A quota's limit, and how far one subject has used it. */
    private record Limit(
            String opening,
            @Nullable Integer most,
            int seconds,
            int spare,
            @Nullable OffsetDateTime startsAt,
            int counted,
            @Nullable OffsetDateTime spentUntil) {

        static Limit of(Row row) {
            return new Limit(
                    row.getString("opening"),
                    row.getInteger("most"),
                    row.getInteger("seconds"),
                    row.getInteger("spare"),
                    row.getOffsetDateTime("starts_at"),
                    row.getInteger("used"),
                    row.getOffsetDateTime("spent_until"));
        }

        /** When the window began that a take now would fall into; null when none was opened. */
        @Nullable
        OffsetDateTime start(OffsetDateTime now) {
            return switch (opening) {
                case "CALENDAR" -> Ticks.of(Days.start(now.toInstant(), seconds));
                case "ROLLING" -> now.minusSeconds(seconds);
                default -> startsAt;
            };
        }

        /** Until when nothing may be taken whatever the count, or null. */
        @Nullable
        Instant closedUntil(OffsetDateTime now, @Nullable OffsetDateTime start) {
            if (spentUntil != null && spentUntil.isAfter(now)) {
                return spentUntil.toInstant();
            }
            if (start == null || opening.equals("ROLLING")) {
                return null;
            }
            OffsetDateTime end = start.plusSeconds(seconds);
            if (now.isBefore(end.minusSeconds(spare))) {
                return null;
            }
            return opening.equals("EVENT") ? FOREVER : end.toInstant();
        }

        int used(OffsetDateTime start) {
            return startsAt != null && startsAt.isEqual(start) ? counted : 0;
        }
    }
}
