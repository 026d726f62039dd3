package linge.notify;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import linge.notify.TemplateMap.Mapping;
import org.jspecify.annotations.Nullable;

/** What an operator looks at: rates and latencies, quotas left, addresses that bounced, templates and how they read. */
public final class Figures {

    private static final String RATES = """
            SELECT date_trunc($3, d.settled_at AT TIME ZONE 'Asia/Shanghai') AT TIME ZONE 'Asia/Shanghai' AS slot, d.channel,
                   count(*) FILTER (WHERE d.state IN ('SENT', 'DELIVERED')) AS sent,
                   count(*) FILTER (WHERE d.state = 'DELIVERED') AS delivered,
                   count(*) FILTER (WHERE d.state = 'PASSED_ON') AS failed,
                   count(*) FILTER (WHERE d.state = 'PARKED') AS parked,
                   count(*) FILTER (WHERE d.state = 'EXPIRED') AS expired,
                   count(*) FILTER (WHERE d.state = 'MERGED') AS merged,
                   percentile_cont(ARRAY[0.5, 0.99]) WITHIN GROUP (ORDER BY extract(epoch FROM d.settled_at - n.at)::float8)
                       FILTER (WHERE d.state IN ('SENT', 'DELIVERED')) AS latency
            FROM deliveries d JOIN notices n ON n.id = d.notice
            WHERE d.settled_at >= $1 AND d.settled_at < $2
            GROUP BY 1, 2 ORDER BY 1, 2
            """;

    private static final String QUOTAS = "SELECT name, opening, most, seconds, spare, note FROM quotas ORDER BY name";

    /** Used in the window that holds this moment; ROLLING counts takes. */
    private static final String USE = """
            SELECT q.name, u.subject, u.spent_until,
                   CASE WHEN q.opening = 'ROLLING' THEN (
                       SELECT count(*)::integer FROM quota_takes t
                       WHERE t.quota = u.quota AND t.subject = u.subject AND t.at > $1::timestamptz - make_interval(secs => q.seconds))
                   WHEN u.starts_at > $1::timestamptz - make_interval(secs => q.seconds) THEN u.used ELSE 0 END AS used
            FROM quota_use u JOIN quotas q ON q.name = u.quota
            WHERE u.spent_until > $1 OR EXISTS (
                SELECT FROM quota_takes t
                WHERE t.quota = u.quota AND t.subject = u.subject AND t.at > $1::timestamptz - make_interval(secs => q.seconds))
            """;

    private static final String LIMIT = "UPDATE quotas SET most = $2 WHERE name = $1";

    private static final String BOUNCED = """
            SELECT audience_kind, audience, scheme, value, details, bounced_at, bounce FROM addresses
            WHERE bounced_at IS NOT NULL ORDER BY bounced_at DESC, value LIMIT $1
            """;

    /** What previews are filled with. */
    private static final JsonObject SAMPLE = new JsonObject()
            .put("number", "CZ26-000017")
            .put("category", "路灯不亮")
            .put("grid", "东街社区第二网格")
            .put("who", "网格员李明")
            .put("words", "灯杆今天换好了")
            .put("due", "3月5日 18:00")
            .put("step", "办结")
            .put("link", "https://example.cn/cases/CZ26-000017");

    private static final int LONGEST_LIST = 500;

    private final Pool db;
    private final InstantSource clock;
    private final Templates templates;
    private final TemplateMap map;

    public Figures(Pool db, InstantSource clock, Templates templates) {
        this.db = db;
        this.clock = clock;
        this.templates = templates;
        this.map = new TemplateMap(db, clock);
    }

    /** How finely rates are told. */
    public enum Per {
        HOUR,
        DAY
    }

    /**
     * What was settled from one time to another, by slot of Changzhi's clock and channel:
     * {@code [{"at","channel","sent","delivered","failed","parked","expired","merged","p50"?,"p99"?}]}. {@code sent} counts
     * the delivered ones too; {@code failed} went on to another rung; the latencies are seconds from putting a notice to
     * its being taken by the other side.
     */
    public Future<JsonArray> rates(Instant from, Instant to, Per per) {
        return db.preparedQuery(RATES)
                .execute(Tuple.of(Ticks.of(from), Ticks.of(to), per.name().toLowerCase(Locale.ROOT)))
                .map(rows -> list(rows, Figures::rate));
    }

    private static JsonObject rate(Row row) {
        JsonObject rate = new JsonObject()
                .put("at", row.getOffsetDateTime("slot").toInstant().toString())
                .put("channel", row.getString("channel"));
        for (String count : List.of("sent", "delivered", "failed", "parked", "expired", "merged")) {
            rate.put(count, row.getLong(count));
        }
        Double[] latency = row.getArrayOfDoubles("latency");
        return latency == null ? rate : rate.put("p50", latency[0]).put("p99", latency[1]);
    }

    /**
     * Every quota and how far it is used now:
     * {@code [{"name","opening","most"?,"seconds","note","subjects","used","exhausted","spentUntil"?}]}. {@code subjects} is
     * how many phones, followers or accounts used it within its window, {@code used} the most that one of them did,
     * {@code exhausted} how many can take nothing now; none of them is named.
     */
    public Future<JsonArray> quotas() {
        OffsetDateTime now = Ticks.now(clock);
        return db.preparedQuery(USE)
                .execute(Tuple.of(now))
                .compose(uses -> db.query(QUOTAS).execute().map(rows -> list(rows, row -> quota(row, uses, now))));
    }

    private static JsonObject quota(Row quota, Iterable<Row> uses, OffsetDateTime now) {
        String name = quota.getString("name");
        Integer most = quota.getInteger("most");
        int subjects = 0;
        int used = 0;
        int exhausted = 0;
        OffsetDateTime spent = null;
        for (Row use : uses) {
            if (!use.getString("name").equals(name)) {
                continue;
            }
            OffsetDateTime until = use.getOffsetDateTime("spent_until");
            boolean closed = until != null && until.isAfter(now);
            subjects++;
            used = Math.max(used, use.getInteger("used"));
            exhausted += closed || (most != null && use.getInteger("used") >= most) ? 1 : 0;
            if (until != null && closed && (spent == null || until.isAfter(spent))) {
                spent = until;
            }
        }
        JsonObject told = new JsonObject()
                .put("name", name)
                .put("opening", quota.getString("opening"))
                .put("seconds", quota.getInteger("seconds"))
                .put("note", quota.getString("note"))
                .put("subjects", subjects)
                .put("used", used)
                .put("exhausted", exhausted);
        if (most != null) {
            told.put("most", most);
        }
        return spent == null ? told : told.put("spentUntil", spent.toInstant().toString());
    }

    /** Sets what a quota allows in its window, null for no limit; false if there is no such quota. */
    public Future<Boolean> limit(String quota, @Nullable Integer most) {
        if (most != null && most < 0) {
            return Future.failedFuture(new IllegalArgumentException("a quota allows nothing or more: " + most));
        }
        return db.preparedQuery(LIMIT).execute(Tuple.of(quota, most)).map(done -> done.rowCount() == 1);
    }

    /**
     * Addresses that turned out not to work, newest first:
     * {@code [{"kind","audience","scheme","value","bouncedAt","reason"}]}; the value's middle is hidden.
     *
     * @param limit at most 500
     */
    public Future<JsonArray> bounced(int limit) {
        return db.preparedQuery(BOUNCED)
                .execute(Tuple.of(Math.max(1, Math.min(limit, LONGEST_LIST))))
                .map(rows -> new JsonArray(Addresses.addresses(rows).stream()
                        .map(address -> new JsonObject()
                                .put("kind", address.kind().name())
                                .put("audience", address.audience())
                                .put("scheme", address.scheme())
                                .put("value", hidden(address.value()))
                                .put("bouncedAt", String.valueOf(address.bouncedAt()))
                                .put("reason", address.bounce()))
                        .toList()));
    }

    private static String hidden(String value) {
        String head = value.substring(0, Math.min(3, value.length()));
        return value.length() < 8 ? head + "****" : head + "****" + value.substring(value.length() - 4);
    }

    /**
     * Every template, the channels it has words for and what platforms call it:
     * {@code [{"template","channels":[…],"platforms":{"wechat-template":{"id","keys"}}}]}.
     */
    public Future<JsonArray> templates() {
        return map.all().map(mappings -> {
            JsonArray list = new JsonArray();
            for (String template : templates.names()) {
                JsonObject platforms = new JsonObject();
                mappings.stream()
                        .filter(mapping -> mapping.template().equals(template))
                        .forEach(mapping -> platforms.put(mapping.channel(), platform(mapping)));
                list.add(new JsonObject()
                        .put("template", template)
                        .put("channels", new JsonArray(List.copyOf(templates.channels(template))))
                        .put("platforms", platforms));
            }
            return list;
        });
    }

    private static JsonObject platform(Mapping mapping) {
        return new JsonObject().put("id", mapping.platformId()).put("keys", mapping.keys());
    }

    /**
     * How a template reads over each channel, with made-up fields:
     * {@code {"sms":{"text","elder":bool},"inbox":{"title","text",…},"wechat-template":{"keywords":{"thing4":"…"}}}}.
     *
     * @param elder for somebody who asked for short plain sentences
     * @throws IllegalArgumentException for an unknown template
     */
    public JsonObject preview(String template, boolean elder) {
        JsonObject preview = new JsonObject();
        for (String channel : templates.channels(template)) {
            Envelope.Words words =
                    templates.render(template, channel, SAMPLE, elder, new Wording.Occasion(null, clock.instant()));
            JsonObject shown = new JsonObject().put("elder", words.elder());
            if (!words.title().isEmpty()) {
                shown.put("title", words.title());
            }
            if (!words.text().isEmpty()) {
                shown.put("text", words.text());
            }
            if (!words.keywords().isEmpty()) {
                JsonObject keywords = new JsonObject();
                words.keywords().forEach(keywords::put);
                shown.put("keywords", keywords);
            }
            preview.put(channel, shown);
        }
        return preview;
    }

    private static JsonArray list(Iterable<Row> rows, Function<Row, JsonObject> item) {
        return new JsonArray(
                StreamSupport.stream(rows.spliterator(), false).map(item).collect(Collectors.toList()));
    }
}
