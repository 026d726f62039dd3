package linge.notify.webhook;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Where an event is put, in the transaction that causes it: one delivery for each webhook that wants to hear of it. */
public final class Events {

    /** Couriers listen here; PostgreSQL tells them when the transaction commits. */
    static final String WAKE_UP = "linge_webhooks";

    private static final String PUT = """
            WITH heard AS (
                SELECT id FROM webhooks
                WHERE active AND $4 LIKE area || '%' AND (cardinality(types) = 0 OR $2 = ANY (types))
                  AND (origin IS NULL OR origin = $5)
            ), event AS (
                INSERT INTO webhook_events (id, type, subject, area, origin, data, origin_data, at)
                SELECT $1, $2, $3, $4, $5, $6, $7, $8 WHERE EXISTS (SELECT FROM heard)
                ON CONFLICT (id) DO NOTHING
                RETURNING seq
            ), planned AS (
                INSERT INTO webhook_deliveries (event, webhook) SELECT event.seq, heard.id FROM event, heard ORDER BY heard.id
            )
            SELECT pg_notify('linge_webhooks', '') WHERE EXISTS (SELECT FROM event)
            """;

    /** What still waits in the line of a webhook that is switched on is kept, however old. */
    private static final String SWEEP = """
            DELETE FROM webhook_events WHERE seq IN (
                SELECT seq FROM webhook_events e WHERE at < $1 AND NOT EXISTS (
                    SELECT FROM webhook_deliveries d JOIN webhooks w ON w.id = d.webhook
                    WHERE d.event = e.seq AND d.state = 'PENDING' AND w.active)
                LIMIT 1000)
            """;

    private static final Duration KEPT = Duration.ofDays(30);

    /**
     * Something that happened.
     *
     * @param id the same for the same happening: put twice it is one event
     * @param subject what it is about
     * @param area code of where
     * @param origin which other system brought the subject to us, if one did
     * @param data for everybody who listens: nobody's identity
     * @param originData besides, for webhooks of the origin
     */
    public record Event(
            String id,
            String type,
            String subject,
            String area,
            @Nullable String origin,
            JsonObject data,
            JsonObject originData,
            Instant at) {}

    private Events() {}

    /** One round trip; where nobody listens nothing is kept. */
    public static Future<Void> put(SqlConnection tx, Event event) {
        Tuple row = Tuple.tuple()
                .addString(event.id())
                .addString(event.type())
                .addString(event.subject())
                .addString(event.area())
                .addString(event.origin())
                .addJsonObject(event.data())
                .addJsonObject(event.originData())
                .addOffsetDateTime(event.at().truncatedTo(ChronoUnit.MILLIS).atOffset(ZoneOffset.UTC));
        return tx.preparedQuery(PUT).execute(row).mapEmpty();
    }

    /** Forgets events of more than 30 days, with how they were delivered. */
    public static Future<Void> sweep(Pool db, InstantSource clock) {
        return db.preparedQuery(SWEEP)
                .execute(Tuple.of(clock.instant().minus(KEPT).atOffset(ZoneOffset.UTC)))
                .compose(done -> done.rowCount() == 0 ? Future.succeededFuture() : sweep(db, clock));
    }
}
