package linge.notify.webhook;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The lines of webhooks in the database: each claimed whole under a lease, so that one node at a time sends to a receiver, one
 * after the other. The row of the webhook is the breaker as well: after a failure the whole line waits, then one is tried.
 */
final class Line {

    private static final String CLAIM = """
            UPDATE webhooks SET lease_until = $2, claimed_by = $3, claims = claims + 1
            WHERE id IN (
                SELECT id FROM webhooks w
                WHERE active AND next_try_at <= $1 AND (lease_until IS NULL OR lease_until <= $1)
                  AND EXISTS (SELECT FROM webhook_deliveries d WHERE d.webhook = w.id AND d.state = 'PENDING')
                ORDER BY next_try_at, id
                LIMIT $4
                FOR UPDATE SKIP LOCKED)
            RETURNING id, claims
            """;

    /** The row is read anew each time: a URL or secret changed, or a webhook switched off, counts from the next event on. */
    private static final String SEEN = """
            SELECT d.id AS delivery, d.attempts, w.tries, w.url, w.failures, w.failing_since, w.secret, w.old_secret, w.old_until,
                   e.id, e.type, e.subject, e.at,
                   CASE WHEN w.origin = e.origin THEN e.data || e.origin_data ELSE e.data END AS data
            FROM webhooks w
            JOIN webhook_deliveries d ON d.webhook = w.id AND d.state = 'PENDING'
            JOIN webhook_events e ON e.seq = d.event
            WHERE w.id = $1 AND w.claims = $2 AND w.claimed_by = $3 AND w.active
            """;

    private static final String NEXT = SEEN + " ORDER BY d.id LIMIT 1";

    /** Of another case: those of one case come in order. */
    private static final String BESIDE = SEEN + " AND e.subject <> $4 ORDER BY d.id LIMIT 1";

    /** All marks count only for the holder of the lease: who outlived it has lost the line to another node. */
    private static final String SETTLE = """
            WITH ours AS (
                UPDATE webhooks SET failures = 0, failing_since = NULL, delivered_at = $9, lease_until = $10
                WHERE id = $1 AND claims = $2 AND claimed_by = $3
                RETURNING id
            )
            UPDATE webhook_deliveries SET state = $5, attempts = attempts + 1, status = $6, problem = $7, millis = $8,
                   tried_at = $9, settled_at = $9
            FROM ours WHERE webhook_deliveries.id = $4 AND state = 'PENDING'
            """;

    private static final String HOLD = """
            WITH ours AS (
                UPDATE webhooks SET failures = failures + 1, failing_since = COALESCE(failing_since, $8),
                       next_try_at = $9, active = active AND $10::text IS NULL, off_because = COALESCE(off_because, $10),
                       lease_until = NULL, claimed_by = NULL
                WHERE id = $1 AND claims = $2 AND claimed_by = $3
                RETURNING id
            )
            UPDATE webhook_deliveries SET attempts = attempts + 1, status = $5, problem = $6, millis = $7, tried_at = $8
            FROM ours WHERE webhook_deliveries.id = $4 AND state = 'PENDING'
            """;

    private static final String WHOSE = "SELECT name, area FROM webhooks WHERE id = $1";

    private static final String RELEASE = """
            UPDATE webhooks SET lease_until = NULL, claimed_by = NULL WHERE id = $1 AND claims = $2 AND claimed_by = $3
            """;

    private static final String FREE_ALL =
            "UPDATE webhooks SET lease_until = NULL, claimed_by = NULL WHERE lease_until IS NOT NULL";

    private final Pool db;
    private final InstantSource clock;
    private final Vault vault;
    private final WebhookSettings settings;
    private final String source;

    Line(Pool db, InstantSource clock, Vault vault, WebhookSettings settings, String source) {
        this.db = db;
        this.clock = clock;
        this.vault = vault;
        this.settings = settings;
        this.source = source;
    }

    /** A line in hand: the number of the claim tells it from any later one. */
    record Claimed(long webhook, long claim, String node) {
        private Tuple lease() {
            return Tuple.of(webhook, claim, node);
        }
    }

    /**
     * The first of a line, and whom it goes to.
     *
     * @param tries after which it is asked whether another would be taken
     */
    record Next(
            long delivery,
            int attempts,
            int tries,
            String url,
            Keys keys,
            int failures,
            @Nullable Instant failingSince,
            CloudEvent event) {}

    Future<List<Claimed>> claim() {
        OffsetDateTime now = now();
        return db.preparedQuery(CLAIM)
                .execute(Tuple.of(now, now.plus(settings.lease()), settings.node(), settings.lines()))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> new Claimed(row.getLong("id"), row.getLong("claims"), settings.node()))
                        .toList());
    }

    /** Null when nothing waits, or the line is no longer ours. Fails when the secret cannot be unsealed. */
    Future<@Nullable Next> next(Claimed line) {
        return seen(line, NEXT, line.lease());
    }

    /** The first waiting event of another case than this one's; null when there is none, or the line is no longer ours. */
    Future<@Nullable Next> beside(Claimed line, Next first) {
        String subject = first.event().subject();
        return seen(line, BESIDE, line.lease().addString(subject == null ? "" : subject));
    }

    private Future<@Nullable Next> seen(Claimed line, String sql, Tuple values) {
        return db.preparedQuery(sql).execute(values).map(rows -> {
            if (rows.size() == 0) {
                return null;
            }
            Row row = rows.iterator().next();
            OffsetDateTime failingSince = row.getOffsetDateTime("failing_since");
            return new Next(
                    row.getLong("delivery"),
                    row.getInteger("attempts"),
                    row.getInteger("tries"),
                    row.getString("url"),
                    Webhooks.keys(vault, Webhooks.whose(line.webhook()), row),
                    row.getInteger("failures"),
                    failingSince == null ? null : failingSince.toInstant(),
                    new CloudEvent(
                            row.getString("id"),
                            source,
                            row.getString("type"),
                            row.getString("subject"),
                            row.getOffsetDateTime("at").toInstant(),
                            (JsonObject) row.getValue("data")));
        });
    }

    Future<Boolean> sent(Claimed line, Next next, Tried tried) {
        return settle(line, next, tried, "SENT");
    }

    /** Left out of the line, for somebody to look at. */
    Future<Boolean> refused(Claimed line, Next next, Tried tried) {
        return settle(line, next, tried, "REFUSED");
    }

    /** Left out because it was tried often and another was taken meanwhile. */
    Future<Boolean> setAside(Claimed line, Next next, Tried tried) {
        String why = "试了 " + (next.attempts() + 1) + " 次都没有收下，别的收下了：" + tried.problem();
        return settle(line, next, new Tried(tried.status(), why, tried.took(), null), "REFUSED");
    }

    private Future<Boolean> settle(Claimed line, Next next, Tried tried, String state) {
        OffsetDateTime now = now();
        Tuple row = line.lease()
                .addLong(next.delivery())
                .addString(state)
                .addInteger(tried.status())
                .addString(tried.problem())
                .addInteger(millis(tried))
                .addOffsetDateTime(now)
                .addOffsetDateTime(now.plus(settings.lease()));
        return mark(db, SETTLE, row);
    }

    /** The line waits. */
    Future<Boolean> hold(Claimed line, Next next, Tried tried, Duration pause) {
        return mark(db, HOLD, held(line, next, tried, pause, null));
    }

    private Tuple held(Claimed line, Next next, Tried tried, Duration pause, @Nullable String offBecause) {
        OffsetDateTime now = now();
        return line.lease()
                .addLong(next.delivery())
                .addInteger(tried.status())
                .addString(tried.problem())
                .addInteger(millis(tried))
                .addOffsetDateTime(now)
                .addOffsetDateTime(now.plus(pause))
                .addString(offBecause);
    }

    /** The line ends; who watches is told in the same transaction, and the line goes on failing if that cannot be done. */
    Future<Boolean> end(Claimed line, Next next, Tried tried, Duration pause, String because, Watch watch) {
        return db.withTransaction(tx -> mark(tx, HOLD, held(line, next, tried, pause, because))
                .compose(ours -> ours
                        ? tx.preparedQuery(WHOSE)
                                .execute(Tuple.of(line.webhook()))
                                .map(rows -> rows.iterator().next())
                                .compose(row -> watch.off(
                                        tx,
                                        new Watch.Off(
                                                line.webhook(),
                                                line.claim(),
                                                row.getString("name"),
                                                row.getString("area"),
                                                because)))
                                .map(true)
                        : Future.succeededFuture(false)));
    }

    Future<Void> release(Claimed line) {
        return db.preparedQuery(RELEASE).execute(line.lease()).mapEmpty();
    }

    Future<Void> freeAll() {
        return db.query(FREE_ALL).execute().mapEmpty();
    }

    private static Future<Boolean> mark(SqlClient on, String sql, Tuple values) {
        return on.preparedQuery(sql).execute(values).map(done -> done.rowCount() == 1);
    }

    private static int millis(Tried tried) {
        return (int) Math.min(tried.took().toMillis(), Integer.MAX_VALUE);
    }

    private OffsetDateTime now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS).atOffset(ZoneOffset.UTC);
    }
}
