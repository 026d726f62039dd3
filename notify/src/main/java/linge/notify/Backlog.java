package linge.notify;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * What waits, and what was given up and why, as an operator works through it: by group. Reasons that differ only in numbers of
 * requests and the like are one group; a group's reason has "…" where they stood.
 */
public final class Backlog {

    /** Signs of eight and more with a digit among them. */
    private static final String KERNEL =
            " regexp_replace(d.reason, '(?=[A-Za-z_-]*[0-9])[A-Za-z0-9_-]{8,}', '…', 'g') ";

    private static final String WAITING = """
            SELECT count(*) FILTER (WHERE next_try_at <= $1) AS due,
                   count(*) FILTER (WHERE state = 'FAILED' AND next_try_at > $1) AS retrying,
                   min(next_try_at) FILTER (WHERE next_try_at <= $1) AS oldest
            FROM deliveries WHERE state IN ('PENDING', 'FAILED')
            """;

    private static final String GROUPS = "SELECT d.channel, " + KERNEL + """
             AS reason, count(*) AS count, max(d.settled_at) AS newest
            FROM deliveries d WHERE d.state = 'PARKED' GROUP BY 1, 2 ORDER BY count DESC, newest DESC LIMIT 50
            """;

    private static final String COUNT = "SELECT count(*) AS parked FROM deliveries WHERE state = 'PARKED'";

    private static final String CHOSEN = """
            FROM deliveries d JOIN notices n ON n.id = d.notice
            WHERE d.state = 'PARKED' AND ($1::text IS NULL OR d.channel = $1) AND ($2::text IS NULL OR
            """ + KERNEL + " = $2) ";

    private static final String PAGE = """
            SELECT d.id, d.channel, d.attempts, d.reason, d.settled_at, n.template, n.audience_kind, n.phone, n.subject,
                   n.urgent, n.deadline, n.at,
                   ARRAY(
                       SELECT c FROM unnest($5::text[]) WITH ORDINALITY AS other(c, nth)
                       WHERE c <> d.channel AND may_reach(c, n.audience_kind, n.audience, n.phone) AND NOT EXISTS (
                           SELECT FROM deliveries o
                           WHERE o.notice = d.notice AND o.channel = c AND o.state NOT IN ('PASSED_ON', 'PARKED', 'EXPIRED'))
                       ORDER BY nth) AS others
            """ + CHOSEN + " AND d.id < $3 ORDER BY d.id DESC LIMIT $4";

    private static final String IDS = "SELECT d.id " + CHOSEN + " ORDER BY d.id LIMIT $3";

    private static final String FIND = """
            SELECT d.channel, d.state, n.template FROM deliveries d JOIN notices n ON n.id = d.notice WHERE d.id = $1
            """;

    private static final String TOTALS = """
            SELECT d.channel,
                   count(*) FILTER (WHERE d.state IN ('SENT', 'DELIVERED')) AS sent,
                   count(*) FILTER (WHERE d.state = 'DELIVERED') AS delivered,
                   count(*) FILTER (WHERE d.state = 'PASSED_ON') AS failed,
                   count(*) FILTER (WHERE d.state = 'PARKED') AS parked,
                   count(*) FILTER (WHERE d.state = 'EXPIRED') AS expired,
                   percentile_cont(ARRAY[0.5, 0.99]) WITHIN GROUP (ORDER BY extract(epoch FROM d.settled_at - n.at)::float8)
                       FILTER (WHERE d.state IN ('SENT', 'DELIVERED')) AS latency
            FROM deliveries d JOIN notices n ON n.id = d.notice
            WHERE d.settled_at >= $1 AND d.settled_at < $2
            GROUP BY 1 ORDER BY 1
            """;

    private final SqlClient db;
    private final InstantSource clock;
    private final Templates templates;

    public Backlog(SqlClient db, InstantSource clock, Templates templates) {
        this.db = db;
        this.clock = clock;
        this.templates = templates;
    }

    /**
     * {@code {"count","retrying","oldest"?}}: how many are due, how many failed and wait for another try, and since when the
     * oldest of those due is. What waits for the end of quiet hours is neither.
     */
    public Future<JsonObject> waiting() {
        return db.preparedQuery(WAITING).execute(Tuple.of(Ticks.now(clock))).map(rows -> {
            Row row = rows.iterator().next();
            OffsetDateTime oldest = row.getOffsetDateTime("oldest");
            return new JsonObject()
                    .put("count", row.getLong("due"))
                    .put("retrying", row.getLong("retrying"))
                    .put("oldest", oldest == null ? null : oldest.toInstant().toString());
        });
    }

    /** How many are parked. */
    public Future<Long> parkedCount() {
        return db.query(COUNT).execute().map(rows -> rows.iterator().next().getLong("parked"));
    }

    /** What is parked by channel and reason, the largest of fifty first: {@code [{"channel","reason","count","newest"}]}. */
    public Future<JsonArray> groups() {
        return db.query(GROUPS).execute().map(rows -> {
            JsonArray groups = new JsonArray();
            rows.forEach(row -> groups.add(new JsonObject()
                    .put("channel", row.getString("channel"))
                    .put("reason", row.getString("reason"))
                    .put("count", row.getLong("count"))
                    .put("newest", row.getOffsetDateTime("newest").toInstant().toString())));
            return groups;
        });
    }

    /**
     * What is parked, newest first, its phone's middle hidden and no words of it:
     * {@code {"items":[{"id","channel","template","reason","attempts","parkedAt","at","deadline"?,"kind","subject","phone"?,
     * "urgent","others":[…]}],"next"?}}. {@code others} are channels it could be sent over instead.
     *
     * @param channel only over that channel, or null
     * @param reason only of the group with that reason, or null
     * @param before the {@code next} of the page before, or null for the newest
     * @param rungs the channels this service sends over beside the inbox
     */
    public Future<JsonObject> parked(
            @Nullable String channel, @Nullable String reason, @Nullable Long before, int limit, List<String> rungs) {
        Tuple values = Tuple.tuple()
                .addString(channel)
                .addString(reason)
                .addLong(before == null ? Long.MAX_VALUE : before)
                .addInteger(limit + 1)
                .addArrayOfString(rungs.toArray(String[]::new));
        return db.preparedQuery(PAGE).execute(values).map(rows -> {
            JsonArray items = new JsonArray();
            rows.forEach(row -> items.add(item(row)));
            JsonObject page = new JsonObject().put("items", items);
            if (items.size() > limit) {
                items.remove(limit);
                page.put("next", items.getJsonObject(limit - 1).getLong("id"));
            }
            return page;
        });
    }

    private JsonObject item(Row row) {
        String template = row.getString("template");
        String phone = row.getString("phone");
        OffsetDateTime deadline = row.getOffsetDateTime("deadline");
        List<String> worded =
                templates.names().contains(template) ? List.copyOf(templates.channels(template)) : List.of();
        return new JsonObject()
                .put("id", row.getLong("id"))
                .put("channel", row.getString("channel"))
                .put("template", template)
                .put("reason", row.getString("reason"))
                .put("attempts", row.getInteger("attempts"))
                .put("parkedAt", row.getOffsetDateTime("settled_at").toInstant().toString())
                .put("at", row.getOffsetDateTime("at").toInstant().toString())
                .put("deadline", deadline == null ? null : deadline.toInstant().toString())
                .put("kind", row.getString("audience_kind"))
                .put("subject", row.getString("subject"))
                .put("phone", phone == null ? null : Figures.hidden(phone))
                .put("urgent", row.getBoolean("urgent"))
                .put(
                        "others",
                        new JsonArray(List.of(row.getArrayOfStrings("others")).stream()
                                .filter(worded::contains)
                                .toList()));
    }

    /** The deliveries of a group, the oldest first. */
    public Future<List<Long>> idsOf(String channel, String reason, int limit) {
        return db.preparedQuery(IDS)
                .execute(Tuple.of(channel, reason, limit))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> row.getLong("id"))
                        .toList());
    }

    /** {@code {"channel","template","parked"}} of a delivery, or null if there is none of that number. */
    public Future<@Nullable JsonObject> find(long id) {
        return db.preparedQuery(FIND).execute(Tuple.of(id)).map(rows -> {
            if (rows.size() == 0) {
                return null;
            }
            Row row = rows.iterator().next();
            return new JsonObject()
                    .put("channel", row.getString("channel"))
                    .put("template", row.getString("template"))
                    .put("parked", row.getString("state").equals(DeliveryState.PARKED.name()));
        });
    }

    /** By channel the sums of {@link Figures#rates} over the whole time, with the latencies of the whole time. */
    public Future<Map<String, JsonObject>> totals(Instant from, Instant to) {
        return db.preparedQuery(TOTALS)
                .execute(Tuple.of(Ticks.of(from), Ticks.of(to)))
                .map(rows -> {
                    Map<String, JsonObject> totals = new LinkedHashMap<>();
                    rows.forEach(row -> totals.put(row.getString("channel"), total(row)));
                    return totals;
                });
    }

    private static JsonObject total(Row row) {
        JsonObject total = new JsonObject();
        for (String count : List.of("sent", "delivered", "failed", "parked", "expired")) {
            total.put(count, row.getLong(count));
        }
        Double[] latency = row.getArrayOfDoubles("latency");
        return latency == null ? total : total.put("p50", latency[0]).put("p99", latency[1]);
    }
}
