package linge.notify;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Which registered template of a platform carries one of ours: data that an operator keeps. */
public final class TemplateMap {

    private static final String OF = """
            SELECT channel, template, platform_id, keys FROM template_map WHERE channel = $1 AND template = $2
            """;

    private static final String ALL = """
            SELECT channel, template, platform_id, keys FROM template_map ORDER BY template, channel
            """;

    private static final String IDS =
            "SELECT template, platform_id FROM template_map WHERE channel = $1 AND template = ANY ($2)";

    private static final String SET = """
            INSERT INTO template_map (channel, template, platform_id, keys, changed_at) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (channel, template) DO UPDATE
            SET platform_id = excluded.platform_id, keys = excluded.keys, changed_at = excluded.changed_at
            """;

    private static final String REMOVE = "DELETE FROM template_map WHERE channel = $1 AND template = $2";

    private final SqlClient db;
    private final InstantSource clock;

    public TemplateMap(SqlClient db, InstantSource clock) {
        this.db = db;
        this.clock = clock;
    }

    /**
     * One of our templates on a platform.
     *
     * @param channel a channel's name, or one of its providers', e.g. {@code sms-aliyun}
     * @param platformId what the platform calls its template
     * @param keys our keyword → the platform's, e.g. {@code {"thing1":"thing4"}}; what is not named keeps its name
     */
    public record Mapping(String channel, String template, String platformId, JsonObject keys) {

        /** Values under the platform's names, in our order. */
        public Map<String, String> named(Map<String, String> ours) {
            Map<String, String> theirs = new LinkedHashMap<>();
            ours.forEach((key, value) -> theirs.put(keys.getString(key, key), value));
            return theirs;
        }
    }

    /** The mapping of one template over one channel, or null where the operator has made none. */
    public Future<@Nullable Mapping> of(String channel, String template) {
        return db.preparedQuery(OF)
                .execute(Tuple.of(channel, template))
                .map(rows -> rows.size() == 0 ? null : mapping(rows.iterator().next()));
    }

    /** What a platform calls these of ours; those without a mapping are not among them. */
    public Future<Map<String, String>> ids(String channel, List<String> templates) {
        return db.preparedQuery(IDS)
                .execute(Tuple.tuple().addString(channel).addArrayOfString(templates.toArray(String[]::new)))
                .map(rows -> {
                    Map<String, String> ids = new LinkedHashMap<>();
                    rows.forEach(row -> ids.put(row.getString("template"), row.getString("platform_id")));
                    return ids;
                });
    }

    /** All mappings, by template and channel. */
    public Future<List<Mapping>> all() {
        return db.preparedQuery(ALL)
                .execute()
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(TemplateMap::mapping)
                        .toList());
    }

    public Future<Void> set(SqlClient on, Mapping mapping) {
        return on.preparedQuery(SET)
                .execute(Tuple.of(
                        mapping.channel(), mapping.template(), mapping.platformId(), mapping.keys(), Ticks.now(clock)))
                .mapEmpty();
    }

    /** Takes a mapping away: the channel then hands that template on. False if there was none. */
    public Future<Boolean> remove(SqlClient on, String channel, String template) {
        return on.preparedQuery(REMOVE).execute(Tuple.of(channel, template)).map(done -> done.rowCount() == 1);
    }

    private static Mapping mapping(Row row) {
        return new Mapping(
                row.getString("channel"),
                row.getString("template"),
                row.getString("platform_id"),
                row.getJsonObject("keys"));
    }
}
