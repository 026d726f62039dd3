package linge.notify.webhook;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** What an operator does with webhooks: add, change, rotate, switch, look, try. */
public final class Webhooks {

    private static final String SHOWN = """
            SELECT w.*, (SELECT count(*) FROM webhook_deliveries d WHERE d.webhook = w.id AND d.state = 'PENDING') AS waiting
            FROM webhooks w""";
    private static final String LIST = SHOWN + " WHERE w.area LIKE $1 || '%' ORDER BY w.id";
    private static final String FIND = SHOWN + " WHERE w.id = $1";
    private static final String ADD = """
            INSERT INTO webhooks (name, url, types, area, origin, secret, next_try_at, created_at, created_by)
            VALUES ($1, $2, $3, $4, $5, '', $6, $6, $7) RETURNING id""";
    private static final String SEAL = "UPDATE webhooks SET secret = $2 WHERE id = $1";
    private static final String CHANGE = """
            UPDATE webhooks SET name = COALESCE($2, name), url = COALESCE($3, url), types = COALESCE($4, types),
                   tries = COALESCE($5, tries)
            WHERE id = $1""";
    private static final String ROTATE =
            "UPDATE webhooks SET old_secret = secret, old_until = $3, secret = $2 WHERE id = $1";
    /** Switched on, or tried now: the line begins afresh, with what waits in it. */
    private static final String ON = """
            UPDATE webhooks SET active = true, off_because = NULL, failures = 0, failing_since = NULL, next_try_at = $2
            WHERE id = $1""";

    private static final String OFF =
            "UPDATE webhooks SET active = false, off_because = 'OPERATOR' WHERE id = $1 AND active";
    private static final String KEYS = "SELECT url, secret, old_secret, old_until FROM webhooks WHERE id = $1";
    private static final String DELIVERIES = """
            SELECT d.id, e.id AS event, e.type, e.subject, e.at, d.state::text AS state, d.attempts, d.status, d.problem,
                   d.millis, d.tried_at
            FROM webhook_deliveries d JOIN webhook_events e ON e.seq = d.event
            WHERE d.webhook = $1 AND d.id < $2 ORDER BY d.id DESC LIMIT $3""";
    private static final String AGAIN = """
            UPDATE webhook_deliveries SET state = 'PENDING', settled_at = NULL, attempts = 0
            WHERE webhook = $1 AND id = $2 AND state <> 'PENDING'""";
    private static final String SKIP = """
            UPDATE webhook_deliveries SET state = 'SKIPPED', settled_at = $3
            WHERE webhook = $1 AND id = $2 AND state = 'PENDING'""";
    private static final String WAKE = "SELECT pg_notify('" + Events.WAKE_UP + "', '')";

    /** A test event's type: never put, so it waits in no line. */
    public static final String PING = "cn.linge.ping";

    private final Pool db;
    private final InstantSource clock;
    private final Vault vault;
    private final Sender sender;
    private final String source;

    /** @param source what our events give as their source, a URI */
    public Webhooks(Pool db, InstantSource clock, Vault vault, Sender sender, String source) {
        this.db = db;
        this.clock = clock;
        this.vault = vault;
        this.sender = sender;
        this.source = source;
    }

    /** What is wanted of a new one; see {@link Webhook}. */
    public record Wanted(
            String name,
            String url,
            List<String> types,
            String area,
            @Nullable String origin,
            String by) {}

    /** A new one, and its secret: told this once. */
    public record Added(Webhook webhook, Secret secret) {}

    /** A new secret, told this once, and how long the one before stays good beside it. */
    public record Rotated(Secret secret, Instant oldUntil) {}

    /** Those of an area and of the areas below it, the oldest first. */
    public Future<List<Webhook>> list(String area) {
        return db.preparedQuery(LIST)
                .execute(Tuple.of(area))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(Webhooks::webhook)
                        .toList());
    }

    public Future<@Nullable Webhook> find(long id) {
        return db.preparedQuery(FIND).execute(Tuple.of(id)).map(rows -> {
            if (rows.size() == 0) {
                return null;
            }
            return webhook(rows.iterator().next());
        });
    }

    public Future<Added> add(Wanted wanted) {
        Secret secret = Secret.fresh();
        Tuple row = Tuple.tuple()
                .addString(wanted.name())
                .addString(wanted.url())
                .addArrayOfString(wanted.types().toArray(String[]::new))
                .addString(wanted.area())
                .addString(wanted.origin())
                .addOffsetDateTime(now())
                .addString(wanted.by());
        return db.withTransaction(tx -> tx.preparedQuery(ADD)
                        .execute(row)
                        .map(rows -> rows.iterator().next().getLong("id"))
                        .compose(id -> tx.preparedQuery(SEAL)
                                .execute(Tuple.of(id, vault.seal(whose(id), secret)))
                                .map(id)))
                .compose(id -> shown(id).map(webhook -> new Added(webhook, secret)));
    }

    /** What is to be different; nulls stay as they are. */
    public record Change(
            @Nullable String name,
            @Nullable String url,
            @Nullable List<String> types,
            @Nullable Integer tries) {}

    public Future<Webhook> change(long id, Change to) {
        List<String> types = to.types();
        Tuple row = Tuple.tuple()
                .addLong(id)
                .addString(to.name())
                .addString(to.url())
                .addArrayOfString(types == null ? null : types.toArray(String[]::new))
                .addInteger(to.tries());
        return db.preparedQuery(CHANGE).execute(row).compose(done -> shown(id));
    }

    public Future<Rotated> rotate(long id) {
        Secret secret = Secret.fresh();
        Instant until = clock.instant().truncatedTo(ChronoUnit.MILLIS).plus(Keys.OVERLAP);
        return db.preparedQuery(ROTATE)
                .execute(Tuple.of(id, vault.seal(whose(id), secret), until.atOffset(ZoneOffset.UTC)))
                .map(done -> new Rotated(secret, until));
    }

    /** Off, nothing is put into its line; what waits there stays and goes out when it is on again. */
    public Future<Webhook> turn(long id, boolean on) {
        Future<?> turned = on
                ? db.withTransaction(
                        tx -> tx.preparedQuery(ON).execute(Tuple.of(id, now())).compose(done -> wake(tx)))
                : db.preparedQuery(OFF).execute(Tuple.of(id));
        return turned.compose(done -> shown(id));
    }

    /** Sends a test event at once, past the line. */
    public Future<Tried> ping(long id) {
        Instant at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        CloudEvent event = new CloudEvent(
                "ping-" + UUID.randomUUID(), source, PING, null, at, new JsonObject().put("webhook", id));
        return db.preparedQuery(KEYS).execute(Tuple.of(id)).compose(rows -> {
            Row row = rows.iterator().next();
            return sender.post(row.getString("url"), keys(vault, whose(id), row).at(at), event);
        });
    }

    /**
     * What was sent or waits, the newest first:
     * {@code [{"id","event","type","subject","at","state","attempts","status","problem","millis","triedAt"}]}.
     */
    public Future<List<JsonObject>> deliveries(long id, long before, int limit) {
        return db.preparedQuery(DELIVERIES)
                .execute(Tuple.of(id, before, limit))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(Webhooks::delivery)
                        .toList());
    }

    /** Puts a delivery back into the line, at its old place; false when there is no such, or it waits already. */
    public Future<Boolean> sendAgain(long id, long delivery) {
        return db.withTransaction(tx -> tx.preparedQuery(AGAIN)
                .execute(Tuple.of(id, delivery))
                .compose(done -> wake(tx).map(done.rowCount() == 1)));
    }

    /** Takes a delivery out of the line; false when it does not wait there. */
    public Future<Boolean> skip(long id, long delivery) {
        return db.preparedQuery(SKIP).execute(Tuple.of(id, delivery, now())).map(done -> done.rowCount() == 1);
    }

    static String whose(long id) {
        return "webhook:" + id;
    }

    /** Columns {@code secret}, {@code old_secret}, {@code old_until}. */
    public static Keys keys(Vault vault, String whose, Row row) {
        Buffer old = row.getBuffer("old_secret");
        OffsetDateTime until = row.getOffsetDateTime("old_until");
        return new Keys(
                vault.open(whose, row.getBuffer("secret")),
                old == null ? null : vault.open(whose, old),
                until == null ? null : until.toInstant());
    }

    private Future<Webhook> shown(long id) {
        return find(id).map(found -> {
            if (found == null) {
                throw new IllegalStateException("no webhook " + id);
            }
            return found;
        });
    }

    private static Future<Void> wake(SqlConnection tx) {
        return tx.query(WAKE).execute().mapEmpty();
    }

    private static Webhook webhook(Row row) {
        int failures = row.getInteger("failures");
        Instant nextTry = instant(row, "next_try_at");
        return new Webhook(
                row.getLong("id"),
                row.getString("name"),
                row.getString("url"),
                List.of(row.getArrayOfStrings("types")),
                row.getString("area"),
                row.getString("origin"),
                row.getString("off_because"),
                row.getLong("waiting"),
                failures,
                instant(row, "failing_since"),
                failures == 0 ? null : nextTry,
                instant(row, "delivered_at"),
                instant(row, "old_until"),
                row.getInteger("tries"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getString("created_by"));
    }

    private static JsonObject delivery(Row row) {
        Instant tried = instant(row, "tried_at");
        return new JsonObject()
                .put("id", row.getLong("id"))
                .put("event", row.getString("event"))
                .put("type", row.getString("type"))
                .put("subject", row.getString("subject"))
                .put("at", row.getOffsetDateTime("at").toInstant().toString())
                .put("state", row.getString("state"))
                .put("attempts", row.getInteger("attempts"))
                .put("status", row.getInteger("status"))
                .put("problem", row.getString("problem"))
                .put("millis", row.getInteger("millis"))
                .put("triedAt", tried == null ? null : tried.toString());
    }

    private static @Nullable Instant instant(Row row, String column) {
        OffsetDateTime value = row.getOffsetDateTime(column);
        return value == null ? null : value.toInstant();
    }

    private OffsetDateTime now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS).atOffset(ZoneOffset.UTC);
    }
}
