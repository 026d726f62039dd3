package linge.notify;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlResult;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.stream.StreamSupport;
import linge.notify.Preferences.Preference;
import org.jspecify.annotations.Nullable;

/** The deliveries' life in the database: claimed under a lease, then marked by whoever holds it. */
public final class Deliveries {

    /**
     * Takes what is due and free. Notices to one person over one channel form a lane and arrive in the order they were
     * put: a delivery whose predecessor is still due or in hand elsewhere is left for the next round; one whose
     * predecessor waits for a later retry, or that is urgent, goes ahead. FOR UPDATE SKIP LOCKED keeps two relays that
     * claim at the same moment apart; the lease keeps them apart after that.
     */
    private static final String CLAIM = """
            WITH due AS MATERIALIZED (
                SELECT id, channel, audience_kind, audience, urgent
                FROM deliveries one
                WHERE state IN ('PENDING', 'FAILED') AND next_try_at <= $1
                  AND (lease_until IS NULL OR lease_until <= $1)
                  AND channel = ANY ($2)
                  -- Those who wait for one that is in hand, or that comes later here, take no place: a batch full of
                  -- them would be claimed by nobody, for ever.
                  AND (urgent OR NOT EXISTS (
                      SELECT FROM deliveries before
                      WHERE before.channel = one.channel AND before.audience_kind = one.audience_kind
                        AND before.audience = one.audience AND before.id < one.id
                        AND before.state IN ('PENDING', 'FAILED') AND before.next_try_at <= $1
                        AND (before.lease_until > $1 OR before.next_try_at > one.next_try_at)))
                ORDER BY urgent DESC, next_try_at, id
                LIMIT $3
                FOR UPDATE SKIP LOCKED
            )
            UPDATE deliveries d
            SET lease_until = $4, claimed_by = $5, attempts = attempts + 1
            FROM notices n
            LEFT JOIN preferences p ON p.audience_kind = n.audience_kind AND p.audience = n.audience
            WHERE n.id = d.notice AND d.id IN (
                SELECT id FROM due WHERE urgent OR NOT EXISTS (
                    SELECT FROM deliveries before
                    WHERE before.channel = due.channel AND before.audience_kind = due.audience_kind
                      AND before.audience = due.audience AND before.id < due.id
                      AND before.state IN ('PENDING', 'FAILED') AND before.next_try_at <= $1
                      AND before.id NOT IN (SELECT id FROM due)))
            RETURNING d.id, d.channel, d.attempts, d.claimed_by, d.lease_until, n.template, n.audience_kind, n.audience, n.phone,
                      n.subject, n.fields, n.urgent, n.deadline, n.at, d.sending_since, d.turned_down, d.reason, d.others,
                      p.off, p.quiet_from, p.quiet_to, p.elder
            """;

    /** Marks count only for the holder of the lease: who outlived it has lost the delivery to another relay. */
    private static final String SETTLE = """
            UPDATE deliveries
            SET state = $4, settled_at = $5, receipt = $6, reason = $7, lease_until = NULL, claimed_by = NULL,
                sending_since = NULL
            WHERE id = $1 AND claimed_by = $2 AND attempts = $3
            """;

    private static final String RETRY = """
            UPDATE deliveries
            SET state = 'FAILED', next_try_at = $4, reason = $5, sending_since = $6, lease_until = NULL, claimed_by = NULL
            WHERE id = $1 AND claimed_by = $2 AND attempts = $3
            """;

    private static final String RELEASE = """
            UPDATE deliveries SET attempts = attempts - 1, lease_until = NULL, claimed_by = NULL,
                sending_since = NULL
            WHERE id = $1 AND claimed_by = $2 AND attempts = $3
            """;

    /** A crash between this mark and the next is seen by whoever claims the delivery then. */
    private static final String SENDING = """
            UPDATE deliveries SET sending_since = coalesce(sending_since, $4)
            WHERE id = $1 AND claimed_by = $2 AND attempts = $3
            """;

    private static final String HOLD = """
            UPDATE deliveries SET next_try_at = $4, attempts = attempts - 1, lease_until = NULL, claimed_by = NULL
            WHERE id = $1 AND claimed_by = $2 AND attempts = $3
            """;

    private static final String FREE_ALL = """
            UPDATE deliveries SET lease_until = NULL, claimed_by = NULL
            WHERE state IN ('PENDING', 'FAILED') AND lease_until IS NOT NULL
            """;

    private static final String PASS_ON = """
            WITH passed AS (
                UPDATE deliveries
                SET state = 'PASSED_ON', settled_at = $4, reason = $5, lease_until = NULL, claimed_by = NULL,
                    sending_since = NULL
                WHERE id = $1 AND claimed_by = $2 AND attempts = $3
                RETURNING notice, audience_kind, audience, urgent, burst_at, others
            )
            INSERT INTO deliveries (notice, channel, audience_kind, audience, urgent, next_try_at, burst_at, others)
            SELECT notice, $6::text, audience_kind, audience, urgent, $4::timestamptz, burst_at, others FROM passed
            ON CONFLICT (notice, channel) DO NOTHING
            """;

    private static final String OPEN_RUNGS = """
            SELECT rung.channel FROM unnest($2::text[]) WITH ORDINALITY AS rung(channel, nth), deliveries d
            JOIN notices n ON n.id = d.notice
            WHERE d.id = $1 AND may_reach(rung.channel, n.audience_kind, n.audience, n.phone)
              AND NOT EXISTS (SELECT FROM deliveries used WHERE used.notice = n.id AND used.channel = rung.channel)
            ORDER BY rung.nth
            """;

    private static final String COUNTS = """
            SELECT channel, state, count(*) AS count FROM deliveries GROUP BY channel, state ORDER BY channel, state
            """;

    private static final int LONGEST_REASON = 300;

    private final Pool pool;
    private final InstantSource clock;

    public Deliveries(Pool pool, InstantSource clock) {
        this.pool = pool;
        this.clock = clock;
    }

    /**
     * A delivery in hand: the number of the attempt tells this claim from any later one.
     *
     * @param sendingSince when a try began whose end nobody marked, or null
     * @param turnedDown why a receipt says it did not arrive, or null
     * @param others how many earlier ones on the same matter it tells as well
     */
    record Claimed(
            long id,
            String channel,
            int attempt,
            String claimedBy,
            Instant leaseUntil,
            String template,
            Audience audience,
            String subject,
            JsonObject fields,
            boolean urgent,
            @Nullable Instant deadline,
            Instant at,
            @Nullable Instant sendingSince,
            @Nullable String turnedDown,
            int others,
            Preference wishes) {

        boolean isPastDeadline(Instant now) {
            return deadline != null && now.isAfter(deadline);
        }

        /** The same, telling that many others as well. */
        Claimed telling(int alsoOthers) {
            return new Claimed(
                    id,
                    channel,
                    attempt,
                    claimedBy,
                    leaseUntil,
                    template,
                    audience,
                    subject,
                    fields,
                    urgent,
                    deadline,
                    at,
                    sendingSince,
                    turnedDown,
                    alsoOthers,
                    wishes);
        }

        private Tuple lease() {
            return Tuple.of(id, claimedBy, attempt);
        }
    }

    /** Up to {@code limit} deliveries over these channels, urgent ones first, then in the order they were put. */
    Future<List<Claimed>> claim(String node, String[] channels, int limit, Duration lease) {
        OffsetDateTime now = Ticks.now(clock);
        // Not Tuple.of: it would spread the array.
        Tuple values = Tuple.tuple()
                .addOffsetDateTime(now)
                .addArrayOfString(channels)
                .addInteger(limit)
                .addOffsetDateTime(now.plus(lease))
                .addString(node);
        return pool.preparedQuery(CLAIM)
                .execute(values)
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(Deliveries::claimed)
                        .sorted(Comparator.comparing(Claimed::urgent).reversed().thenComparing(Claimed::id))
                        .toList());
    }

    private static Claimed claimed(Row row) {
        OffsetDateTime deadline = row.getOffsetDateTime("deadline");
        OffsetDateTime sendingSince = row.getOffsetDateTime("sending_since");
        return new Claimed(
                row.getLong("id"),
                row.getString("channel"),
                row.getInteger("attempts"),
                row.getString("claimed_by"),
                row.getOffsetDateTime("lease_until").toInstant(),
                row.getString("template"),
                new Audience(
                        Audience.Kind.valueOf(row.getString("audience_kind")),
                        row.getString("audience"),
                        row.getString("phone")),
                row.getString("subject"),
                row.getJsonObject("fields"),
                row.getBoolean("urgent"),
                deadline == null ? null : deadline.toInstant(),
                row.getOffsetDateTime("at").toInstant(),
                sendingSince == null ? null : sendingSince.toInstant(),
                row.getBoolean("turned_down") ? String.valueOf(row.getString("reason")) : null,
                row.getInteger("others"),
                Preferences.preference(row));
    }

    /** All marks answer whether the lease was still ours. */
    Future<Boolean> sent(Claimed claimed, Sent sent) {
        return settle(claimed, DeliveryState.SENT, sent.receipt(), null);
    }

    Future<Boolean> expire(Claimed claimed) {
        return settle(claimed, DeliveryState.EXPIRED, null, "deadline passed: " + claimed.deadline());
    }

    Future<Boolean> park(Claimed claimed, String reason) {
        return settle(claimed, DeliveryState.PARKED, null, reason);
    }

    private Future<Boolean> settle(
            Claimed claimed, DeliveryState state, @Nullable String receipt, @Nullable String reason) {
        Tuple values = claimed.lease()
                .addString(state.name())
                .addOffsetDateTime(Ticks.now(clock))
                .addString(receipt)
                .addString(reason == null ? null : bounded(reason));
        return mark(SETTLE, values);
    }

    Future<Boolean> retry(Claimed claimed, Instant at, String reason) {
        return retry(claimed, at, reason, claimed.sendingSince());
    }

    /** The same after a try whose end nobody knows: that is remembered until the delivery is settled. */
    Future<Boolean> retryUnsure(Claimed claimed, Instant at, String reason) {
        Instant since = claimed.sendingSince();
        return retry(claimed, at, reason, since == null ? clock.instant() : since);
    }

    private Future<Boolean> retry(Claimed claimed, Instant at, String reason, @Nullable Instant unsureSince) {
        Tuple values = claimed.lease()
                .addOffsetDateTime(Ticks.of(at))
                .addString(bounded(reason))
                .addOffsetDateTime(unsureSince == null ? null : Ticks.of(unsureSince));
        return mark(RETRY, values);
    }

    /** Gives an untried delivery back: it counts as no attempt. */
    Future<Boolean> release(Claimed claimed) {
        return mark(RELEASE, claimed.lease());
    }

    /** Frees whatever anybody has in hand; the tries count. Answers how many there were. */
    Future<Integer> freeAll() {
        return pool.query(FREE_ALL).execute().map(SqlResult::rowCount);
    }

    /** Marks that a channel is about to be called. */
    Future<Boolean> sending(Claimed claimed) {
        return mark(SENDING, claimed.lease().addOffsetDateTime(Ticks.now(clock)));
    }

    /** Gives an untried delivery back until then: it counts as no attempt. */
    Future<Boolean> hold(Claimed claimed, Instant until) {
        return mark(HOLD, claimed.lease().addOffsetDateTime(Ticks.of(until)));
    }

    /** Those of {@code rungs} that are open to the person and that the notice has not gone over yet, in the order given. */
    Future<List<String>> openRungs(Claimed claimed, List<String> rungs) {
        Tuple values = Tuple.tuple().addLong(claimed.id()).addArrayOfString(rungs.toArray(String[]::new));
        return pool.preparedQuery(OPEN_RUNGS)
                .execute(values)
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> row.getString("channel"))
                        .toList());
    }

    /** Settles without a further rung: the inbox has it, and nothing more was owed. */
    Future<Boolean> endHere(Claimed claimed, String reason) {
        return settle(claimed, DeliveryState.PASSED_ON, null, reason);
    }

    Future<Boolean> passOn(Claimed claimed, String nextChannel, String reason) {
        Tuple values = claimed.lease()
                .addOffsetDateTime(Ticks.now(clock))
                .addString(bounded(reason))
                .addString(nextChannel);
        return mark(PASS_ON, values);
    }

    private Future<Boolean> mark(String sql, Tuple values) {
        return pool.preparedQuery(sql).execute(values).map(done -> done.rowCount() == 1);
    }

    private static String bounded(String reason) {
        return Plain.line(reason, LONGEST_REASON);
    }

    /** {@code {"inbox":{"SENT":12,…},"sms":{…}}}, for metrics. */
    public Future<JsonObject> counts() {
        return pool.query(COUNTS).execute().map(rows -> {
            JsonObject counts = new JsonObject();
            rows.forEach(row -> {
                String channel = row.getString("channel");
                if (!counts.containsKey(channel)) {
                    counts.put(channel, new JsonObject());
                }
                counts.getJsonObject(channel).put(row.getString("state"), row.getLong("count"));
            });
            return counts;
        });
    }
}
