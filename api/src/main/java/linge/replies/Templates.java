package linge.replies;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import linge.bot.triage.Categories;
import linge.cases.Case;
import linge.db.AuditLog;
import linge.db.Times;
import linge.shared.Caller;
import linge.shared.Refusal;
import linge.shared.Words;
import org.jspecify.annotations.Nullable;

/** Words to begin an answer with, by category and area; every version is kept. */
final class Templates {

    private static final int MOST = 300;
    private static final int WORDS = 1000;

    private static final String COLUMNS =
            "id, area, version, name, categories, words, required, active, uses, set_name, set_at";
    /** For the case's own category first, those for every category behind; the most used first. */
    private static final String AROUND = "SELECT " + COLUMNS + """
             FROM reply_templates
            WHERE active AND starts_with($1, area) AND (categories = '{}' OR $2 = ANY (categories))
            ORDER BY (categories = '{}'), length(area) DESC, uses DESC, id LIMIT 20""";

    private static final String ALL = "SELECT " + COLUMNS + """
             FROM reply_templates WHERE starts_with($1, area) OR area LIKE $1 || '%'
            ORDER BY active DESC, area, name, id LIMIT $2""";
    private static final String LOCK = "SELECT " + COLUMNS + " FROM reply_templates WHERE id = $1 FOR UPDATE";
    private static final String ADD = """
            INSERT INTO reply_templates (area, version, name, categories, words, required, active, set_by, set_name, set_at)
            VALUES ($1, 1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING\s""" + COLUMNS;
    private static final String CHANGE = """
            UPDATE reply_templates SET version = version + 1, name = $2, categories = $3, words = $4, required = $5, active = $6,
              set_by = $7, set_name = $8, set_at = $9
            WHERE id = $1 RETURNING\s""" + COLUMNS;
    private static final String KEEP = """
            INSERT INTO reply_template_versions (template_id, version, name, categories, words, required, active, set_by, set_name, set_at)
            SELECT id, version, name, categories, words, required, active, set_by, set_name, set_at FROM reply_templates WHERE id = $1""";
    private static final String USED = """
            UPDATE reply_templates SET uses = uses + 1 WHERE id = $1 AND active AND starts_with($2, area)""";

    /** One of them as it stands. */
    record Template(
            long id,
            String area,
            int version,
            String name,
            List<String> categories,
            String words,
            List<String> required,
            boolean active,
            long uses,
            String setBy,
            Instant setAt) {

        JsonObject toJson() {
            return new JsonObject()
                    .put("id", id)
                    .put("area", area)
                    .put("version", version)
                    .put("name", name)
                    .put("categories", new JsonArray(categories))
                    .put("words", words)
                    .put("required", new JsonArray(required))
                    .put("active", active)
                    .put("uses", uses)
                    .put("setBy", setBy)
                    .put("setAt", setAt.toString());
        }
    }

    /** What somebody writes of a template, found sensible. */
    record Said(String name, List<String> categories, String words, List<String> required, boolean active) {

        static Said of(JsonObject body) {
            String name = Words.of(body.getString("name"));
            String words = Words.of(body.getString("words"));
            if (name == null || name.length() > 40) {
                throw Refusal.notSensible("/name", "请给模板起个名字，最多 40 个字。");
            }
            if (words == null || words.length() > WORDS) {
                throw Refusal.notSensible("/words", "请写模板的文字，最多 " + WORDS + " 个字。");
            }
            String fault = Fields.fault(words);
            if (fault != null) {
                throw Refusal.notSensible("/words", fault);
            }
            List<String> fields = Fields.in(words);
            List<String> required = strings(body.getJsonArray("required"));
            for (int i = 0; i < required.size(); i++) {
                if (!fields.contains(required.get(i))) {
                    throw Refusal.notSensible("/required/" + i, "文字里没有这个空。");
                }
            }
            List<String> categories = strings(body.getJsonArray("categories"));
            for (int i = 0; i < categories.size(); i++) {
                if (Categories.shipped().find(categories.get(i)).isEmpty()) {
                    throw Refusal.notSensible("/categories/" + i, "没有这个类别，请重新选择。");
                }
            }
            return new Said(name, categories, words, required, body.getBoolean("active", true));
        }
    }

    Future<List<Template>> around(SqlClient on, Case c) {
        String category = c.facts().category();
        return on.preparedQuery(AROUND)
                .execute(Tuple.of(c.facts().area(), category == null ? "" : category))
                .map(Templates::all);
    }

    /** Those that reach into an area or lie within it. */
    Future<List<Template>> all(SqlClient on, String area) {
        return on.preparedQuery(ALL).execute(Tuple.of(area, MOST)).map(Templates::all);
    }

    Future<Template> add(SqlConnection tx, String area, Said said, Caller.Staff who, Instant at) {
        return tx.preparedQuery(ADD)
                .execute(values(Tuple.of(area), said, who, at))
                .map(rows -> all(rows).get(0))
                .compose(made -> kept(tx, made, "reply-template.added", who, at));
    }

    /**
     * Another version of it.
     *
     * @param version the one that was looked at
     */
    Future<Template> change(SqlConnection tx, long id, int version, Said said, Caller.Staff who, Instant at) {
        return tx.preparedQuery(LOCK)
                .execute(Tuple.of(id))
                .compose(rows -> {
                    List<Template> found = all(rows);
                    if (found.isEmpty() || !found.get(0).area().startsWith(who.area())) {
                        throw Refusal.notFound("这个模板，或它不归您这里管");
                    }
                    if (found.get(0).version() != version) {
                        throw Refusal.of(Refusal.Kind.STALE_VERSION, "这个模板刚被别人改过，请看过再改。")
                                .with("version", found.get(0).version());
                    }
                    return tx.preparedQuery(CHANGE).execute(values(Tuple.of(id), said, who, at));
                })
                .map(rows -> all(rows).get(0))
                .compose(made -> kept(tx, made, "reply-template.changed", who, at));
    }

    /** Somebody began an answer with it; false when there is none such for this place. */
    Future<Boolean> used(SqlClient on, long id, Case c) {
        return on.preparedQuery(USED).execute(Tuple.of(id, c.facts().area())).map(rows -> rows.rowCount() == 1);
    }

    private static Future<Template> kept(SqlConnection tx, Template made, String act, Caller.Staff who, Instant at) {
        return tx.preparedQuery(KEEP)
                .execute(Tuple.of(made.id()))
                .compose(done -> AuditLog.write(
                        tx,
                        who,
                        act,
                        made.area(),
                        new JsonObject()
                                .put("template", made.id())
                                .put("version", made.version())
                                .put("name", made.name())
                                .put("active", made.active()),
                        at))
                .map(made);
    }

    private static Tuple values(Tuple first, Said said, Caller.Staff who, Instant at) {
        return first.addValue(said.name())
                .addArrayOfString(said.categories().toArray(String[]::new))
                .addValue(said.words())
                .addArrayOfString(said.required().toArray(String[]::new))
                .addValue(said.active())
                .addValue(who.id())
                .addValue(who.role().label() + who.name())
                .addValue(Times.at(at));
    }

    private static List<Template> all(RowSet<Row> rows) {
        List<Template> all = new ArrayList<>();
        rows.forEach(row -> all.add(new Template(
                row.getLong("id"),
                row.getString("area"),
                row.getInteger("version"),
                row.getString("name"),
                List.of(row.getArrayOfStrings("categories")),
                row.getString("words"),
                List.of(row.getArrayOfStrings("required")),
                row.getBoolean("active"),
                row.getLong("uses"),
                row.getString("set_name"),
                Times.of(row, "set_at"))));
        return all;
    }

    private static List<String> strings(@Nullable JsonArray given) {
        return given == null
                ? List.of()
                : given.stream().map(String::valueOf).distinct().toList();
    }
}
