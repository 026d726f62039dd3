package linge.notify;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.InstantSource;

/** What came of a send, told later by the other side. Telling the same twice changes nothing. */
public final class Receipts {

    private static final String ARRIVED = """
            WITH found AS (
                SELECT id, state FROM deliveries WHERE channel = $1 AND channel <> 'inbox' AND receipt = $2
            ), told AS (
                UPDATE deliveries SET state = 'DELIVERED', confirmed_at = $3, reason = NULL
                WHERE id IN (SELECT id FROM found) AND state = 'SENT'
            )
            SELECT id FROM found
            """;

    /** Open again, so that a relay takes it and hands it on: only a relay knows the ladder. */
    private static final String FAILED = """
            WITH found AS (
                SELECT id, notice FROM deliveries WHERE channel = $1 AND channel <> 'inbox' AND receipt = $2
            ), back AS (
                UPDATE deliveries
                SET state = 'FAILED', turned_down = true, reason = $3, next_try_at = $4, settled_at = NULL
                WHERE id IN (SELECT id FROM found) AND state = 'SENT'
                RETURNING id
            ), woken AS (
                SELECT pg_notify('linge_notices', '') FROM back
            )
            SELECT n.audience_kind, n.audience, n.phone, EXISTS (SELECT FROM back) AS first, (SELECT count(*) FROM woken)
            FROM found JOIN notices n ON n.id = found.notice
            """;

    private static final String KEEP_EARLY = """
            INSERT INTO early_receipts (channel, receipt, at, arrived, reason, bounced) VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (channel, receipt) DO UPDATE
            SET at = excluded.at, arrived = excluded.arrived, reason = excluded.reason, bounced = excluded.bounced
            """;

    private static final String DROP_EARLY = """
            DELETE FROM early_receipts WHERE channel = $1 AND receipt = $2 RETURNING at, arrived, reason, bounced
            """;

    private static final int LONGEST_REASON = 300;

    private final Pool db;
    private final InstantSource clock;
    private final Addresses addresses;

    public Receipts(Pool db, InstantSource clock) {
        this.db = db;
        this.clock = clock;
        this.addresses = new Addresses(db, clock);
    }

    /**
     * A message arrived. One whose send is not marked yet is remembered until it is.
     *
     * @param receipt what the channel gave for it in {@link Sent}
     * @return whether it is known already
     */
    public Future<Boolean> arrived(String channel, String receipt, Instant at) {
        return known(new Told(channel, receipt, at, true, "", false));
    }

    /**
     * A message did not arrive: it goes on to the next rung.
     *
     * @param reason why, in words an operator reads
     * @param addressBounced whether that address can be reached at all: if so it is skipped from now on
     * @return as {@link #arrived}
     */
    public Future<Boolean> failed(String channel, String receipt, String reason, boolean addressBounced) {
        String line = Plain.line(reason, LONGEST_REASON);
        return known(
                new Told(channel, receipt, clock.instant(), false, line.isEmpty() ? "failed" : line, addressBounced));
    }

    /** Applies a receipt that came before the mark of its send; to be asked once that mark is written. */
    Future<Void> catchUp(String channel, String receipt) {
        return db.preparedQuery(DROP_EARLY).execute(Tuple.of(channel, receipt)).compose(rows -> {
            if (rows.size() == 0) {
                return Future.succeededFuture();
            }
            Row row = rows.iterator().next();
            return apply(new Told(
                            channel,
                            receipt,
                            row.getOffsetDateTime("at").toInstant(),
                            row.getBoolean("arrived"),
                            row.getString("reason"),
                            row.getBoolean("bounced")))
                    .mapEmpty();
        });
    }

    private record Told(String channel, String receipt, Instant at, boolean arrived, String reason, boolean bounced) {}

    /**
     * Kept before it is looked for again: whichever comes second, the mark or the receipt, finds the other, however they
     * overtake each other.
     */
    private Future<Boolean> known(Told told) {
        return apply(told)
                .compose(found -> found
                        ? Future.succeededFuture(true)
                        : keepEarly(told)
                                .compose(kept -> apply(told))
                                .compose(late -> late
                                        ? db.preparedQuery(DROP_EARLY)
                                                .execute(Tuple.of(told.channel(), told.receipt()))
                                                .map(true)
                                        : Future.succeededFuture(false)));
    }

    private Future<Void> keepEarly(Told told) {
        return db.preparedQuery(KEEP_EARLY)
                .execute(Tuple.of(
                        told.channel(),
                        told.receipt(),
                        Ticks.of(told.at()),
                        told.arrived(),
                        told.reason(),
                        told.bounced()))
                .mapEmpty();
    }

    private Future<Boolean> apply(Told told) {
        return told.arrived() ? applyArrived(told) : applyFailed(told);
    }

    private Future<Boolean> applyArrived(Told told) {
        return db.preparedQuery(ARRIVED)
                .execute(Tuple.of(told.channel(), told.receipt(), Ticks.of(told.at())))
                .map(rows -> rows.size() > 0);
    }

    private Future<Boolean> applyFailed(Told told) {
        return db.preparedQuery(FAILED)
                .execute(Tuple.of(told.channel(), told.receipt(), told.reason(), Ticks.now(clock)))
                .compose(rows -> {
                    if (rows.size() == 0) {
                        return Future.succeededFuture(false);
                    }
                    Row row = rows.iterator().next();
                    boolean news = told.bounced() && row.getBoolean("first");
                    return (news ? bounced(told, row) : Future.<Void>succeededFuture()).map(true);
                });
    }

    private Future<Void> bounced(Told told, Row row) {
        Audience who = new Audience(
                Audience.Kind.valueOf(row.getString("audience_kind")),
                row.getString("audience"),
                row.getString("phone"));
        return addresses.bouncedOver(told.channel(), who, told.reason());
    }
}
