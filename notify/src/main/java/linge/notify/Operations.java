package linge.notify;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an operator can put right: what was parked, one by one or many at once. Every change wakes the relays. */
public final class Operations {

    private static final String PARKED = """
            SELECT d.id, d.channel, d.attempts, d.reason, d.settled_at, n.template, n.audience_kind, n.audience,
                   n.subject, n.at
            FROM deliveries d JOIN notices n ON n.id = d.notice
            WHERE d.state = 'PARKED' AND d.id < $1 AND ($2::text IS NULL OR d.channel = $2)
              AND ($3::text IS NULL OR strpos(d.reason, $3) > 0)
            ORDER BY d.id DESC LIMIT $4
            """;

    /** What the operator sends again is worth it, however old: it gets a day. */
    private static final String SEND_AGAIN = """
            WITH again AS (
                UPDATE deliveries
                SET state = 'PENDING', attempts = 0, next_try_at = $2, settled_at = NULL, receipt = NULL, reason = NULL,
                    turned_down = false
                WHERE id = ANY ($1) AND state = 'PARKED'
                RETURNING id, notice
            ), longer AS (
                UPDATE notices SET deadline = greatest(deadline, $3), phone = coalesce($4, phone)
                WHERE id IN (SELECT notice FROM again)
            )
            SELECT id, pg_notify('linge_notices', '') FROM again
            """;

    private static final String SEND_ALL_AGAIN = """
            WITH again AS (
                UPDATE deliveries
                SET state = 'PENDING', attempts = 0, next_try_at = $1, settled_at = NULL, receipt = NULL, reason = NULL,
                    turned_down = false
                WHERE id IN (
                    SELECT id FROM deliveries
                    WHERE state = 'PARKED' AND ($3::text IS NULL OR channel = $3)
                      AND ($4::text IS NULL OR strpos(reason, $4) > 0)
                    ORDER BY id LIMIT $5 FOR UPDATE SKIP LOCKED)
                RETURNING id, notice
            ), longer AS (
                UPDATE notices SET deadline = greatest(deadline, $2) WHERE id IN (SELECT notice FROM again)
            )
            SELECT id, pg_notify('linge_notices', '') FROM again
            """;

    private static final String DROP = """
            UPDATE deliveries SET state = 'EXPIRED', settled_at = $2, reason = $3 WHERE id = $1 AND state = 'PARKED'
            """;

    /** Over a channel that was tried before it starts anew, unless it is on its way or done there. */
    private static final String SEND_OVER = """
            WITH parked AS (
                SELECT d.id, d.notice, d.audience_kind, d.audience, d.urgent, d.burst_at, d.others
                FROM deliveries d JOIN notices n ON n.id = d.notice
                WHERE d.id = $1 AND d.state = 'PARKED' AND d.channel <> $2
                  AND may_reach($2, n.audience_kind, n.audience, n.phone)
                FOR UPDATE OF d
            ), other AS (
                INSERT INTO deliveries AS o (notice, channel, audience_kind, audience, urgent, next_try_at, burst_at, others)
                SELECT notice, $2, audience_kind, audience, urgent, $3, burst_at, others FROM parked
                ON CONFLICT (notice, channel) DO UPDATE
                SET state = 'PENDING', attempts = 0, next_try_at = excluded.next_try_at, settled_at = NULL, receipt = NULL,
                    reason = NULL, turned_down = false
                WHERE o.state IN ('PASSED_ON', 'PARKED', 'EXPIRED')
                RETURNING o.id, o.notice
            ), handed AS (
                UPDATE deliveries SET state = 'PASSED_ON', settled_at = $3, reason = $4 || reason
                WHERE id IN (SELECT id FROM parked) AND EXISTS (SELECT FROM other)
            ), longer AS (
                UPDATE notices SET deadline = greatest(deadline, $5) WHERE id IN (SELECT notice FROM other)
            )
            SELECT id, pg_notify('linge_notices', '') FROM other
            """;

    private static final Duration WORTH_IT = Duration.ofDays(1);
    private static final int LONGEST_PAGE = 200;
    private static final int MOST_AT_ONCE = 1_000;
    private static final int LONGEST_REASON = 200;

    private final Pool db;
    private final InstantSource clock;
    private final Templates templates;

    public Operations(Pool db, InstantSource clock, Templates templates) {
        this.db = db;
        this.clock = clock;
        this.templates = templates;
    }

    /**
     * What was given up, newest first, without phones or words:
     * {@code {"items":[{"id","channel","attempts","reason","parkedAt","template","kind","audience","subject","at"}],"next"?:id}}.
     *
     * @param channel only over that channel, or null
     * @param reason only with that in the reason, or null
     * @param before the {@code next} of the page before, or null for the newest
     * @param limit items on the page, 1 to 200; other values are brought into that range
     */
    public Future<JsonObject> parked(
            @Nullable String channel, @Nullable String reason, @Nullable Long before, int limit) {
        int size = Math.max(1, Math.min(limit, LONGEST_PAGE));
        Tuple values = Tuple.of(before == null ? Long.MAX_VALUE : before, channel, reason, size + 1);
        return db.preparedQuery(PARKED).execute(values).map(rows -> {
            JsonArray items = new JsonArray();
            rows.forEach(row -> items.add(new JsonObject()
                    .put("id", row.getLong("id"))
                    .put("channel", row.getString("channel"))
                    .put("attempts", row.getInteger("attempts"))
                    .put("reason", row.getString("reason"))
                    .put(
                            "parkedAt",
                            row.getOffsetDateTime("settled_at").toInstant().toString())
                    .put("template", row.getString("template"))
                    .put("kind", row.getString("audience_kind"))
                    .put("audience", row.getString("audience"))
                    .put("subject", row.getString("subject"))
                    .put("at", row.getOffsetDateTime("at").toInstant().toString())));
            JsonObject page = new JsonObject().put("items", items);
            if (items.size() > size) {
                items.remove(size);
                page.put("next", items.getJsonObject(size - 1).getLong("id"));
            }
            return page;
        });
    }

    /** Lets parked deliveries start anew, once what was wrong is put right; answers how many of them were parked. */
    public Future<Integer> sendAgain(List<Long> ids) {
        return again(ids, null);
    }

    /** All that are parked over a channel or for a reason, each or both null for any: at most a thousand, oldest first. */
    public Future<Integer> sendAllAgain(@Nullable String channel, @Nullable String reason) {
        OffsetDateTime now = Ticks.now(clock);
        return db.preparedQuery(SEND_ALL_AGAIN)
                .execute(Tuple.of(now, now.plus(WORTH_IT), channel, reason, MOST_AT_ONCE))
                .map(rows -> rows.size());
    }

    /** Sends a parked delivery again to another phone, which that notice keeps; false if it is not parked. */
    public Future<Boolean> sendToPhone(long id, String phone) {
        if (phone.isBlank() || phone.length() > 32) {
            return Future.failedFuture(new IllegalArgumentException("a phone has 1 to 32 characters"));
        }
        return again(List.of(id), phone).map(count -> count == 1);
    }

    private Future<Integer> again(List<Long> ids, @Nullable String phone) {
        OffsetDateTime now = Ticks.now(clock);
        Tuple values = Tuple.tuple()
                .addArrayOfLong(ids.stream().limit(MOST_AT_ONCE).toArray(Long[]::new))
                .addOffsetDateTime(now)
                .addOffsetDateTime(now.plus(WORTH_IT))
                .addString(phone);
        return db.preparedQuery(SEND_AGAIN).execute(values).map(rows -> rows.size());
    }

    /**
     * Sends a parked delivery over another channel.
     *
     * @return false if it is not parked, the template has no words for that channel, the person cannot be reached over it,
     *     or it went over it already
     */
    public Future<Boolean> sendOver(long id, String channel) {
        OffsetDateTime now = Ticks.now(clock);
        return db.preparedQuery("SELECT template FROM notices n JOIN deliveries d ON d.notice = n.id WHERE d.id = $1")
                .execute(Tuple.of(id))
                .compose(rows -> rows.size() == 0
                                || !templates
                                        .channels(rows.iterator().next().getString("template"))
                                        .contains(channel)
                        ? Future.succeededFuture(false)
                        : db.preparedQuery(SEND_OVER)
                                .execute(Tuple.of(
                                        id, channel, now, "sent over " + channel + " by hand: ", now.plus(WORTH_IT)))
                                .map(sent -> sent.size() == 1));
    }

    /** Gives a parked delivery up for good, with the operator's reason; false if it is not parked. */
    public Future<Boolean> drop(long id, String reason) {
        return db.preparedQuery(DROP)
                .execute(Tuple.of(id, Ticks.now(clock), "dropped by hand: " + Plain.line(reason, LONGEST_REASON)))
                .map(done -> done.rowCount() == 1);
    }
}
