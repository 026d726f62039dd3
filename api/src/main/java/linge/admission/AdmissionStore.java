package linge.admission;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import linge.bot.triage.Admission.Handler;
import linge.cases.Case;
import linge.db.Times;
import linge.shared.Caller;
import linge.shared.Names;
import linge.shared.Role;
import org.jspecify.annotations.Nullable;

/** Lists and their items, and requests for single matters. */
final class AdmissionStore {

    /** The smallest area around a place that has a list says what counts there; of its lists the newest in force. */
    private static final String IN_FORCE = """
            SELECT id, area, effective, example, why, set_name, set_at FROM admission_lists
            WHERE starts_with($1, area) AND effective <= $2
            ORDER BY length(area) DESC, effective DESC, id DESC LIMIT 1""";

    private static final String VERSIONS = """
            SELECT l.id, l.area, l.effective, l.example, l.why, l.set_name, l.set_at,
              (SELECT count(*) FROM admission_items i WHERE i.list_id = l.id) AS items
            FROM admission_lists l WHERE l.area = $1 ORDER BY l.effective DESC, l.id DESC LIMIT 50""";
    private static final String ITEMS = """
            SELECT code, department, item, handler, days, categories FROM admission_items WHERE list_id = $1 ORDER BY position""";
    private static final String ITEM = """
            SELECT code, department, item, handler, days, categories FROM admission_items
            WHERE list_id = $1 AND $2 = ANY (categories) AND ($3::text IS NULL OR department = $3) ORDER BY position LIMIT 1""";
    private static final String ADD_LIST = """
            INSERT INTO admission_lists (area, effective, example, why, set_by, set_name, set_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id""";
    private static final String ADD_ITEM = """
            INSERT INTO admission_items (list_id, position, code, department, item, handler, days, categories)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)""";

    /** The department that had the matter last since it was filed or reopened: whoever sends it on now hands it down. */
    private static final String CAME_FROM = """
            SELECT h.holder_department FROM case_history h
            WHERE h.case_id = $1 AND h.holder_department IS NOT NULL
              AND h.seq > coalesce((SELECT max(r.seq) FROM case_history r WHERE r.case_id = $1 AND r.move = 'REOPEN'), -1)
            ORDER BY h.seq DESC LIMIT 1""";

    private static final String REQUEST = """
            r.id, c.number, r.area, r.grid, r.department, r.why, r.asked_by, r.asked_name, r.asked_at, r.granted, r.reason, r.decided_name
            """;
    private static final String ASK = """
            INSERT INTO admission_requests (case_id, area, grid, department, why, asked_by, asked_name, asked_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            ON CONFLICT (case_id, grid, department) WHERE granted IS NULL DO NOTHING RETURNING id""";
    private static final String ONE =
            "SELECT " + REQUEST + " FROM admission_requests r JOIN cases c ON c.id = r.case_id WHERE r.id = $1";
    private static final String LOCK = "SELECT id FROM admission_requests WHERE id = $1 FOR UPDATE";
    private static final String NEWEST = "SELECT " + REQUEST + """
             FROM admission_requests r JOIN cases c ON c.id = r.case_id
            WHERE r.case_id = $1 AND r.grid = $2 AND r.department = $3 ORDER BY r.id DESC LIMIT 1""";
    private static final String DECIDE = """
            UPDATE admission_requests SET granted = $2, reason = $3, decided_by = $4, decided_name = $5, decided_at = $6 WHERE id = $1""";
    private static final String OPEN = "SELECT " + REQUEST + """
             FROM admission_requests r JOIN cases c ON c.id = r.case_id
            WHERE r.granted IS NULL AND r.area LIKE $1 || '%' AND r.id > $2 ORDER BY r.id LIMIT $3""";
    private static final String MINE = "SELECT " + REQUEST + """
             FROM admission_requests r JOIN cases c ON c.id = r.case_id
            WHERE r.asked_by = $1 AND r.id < $2 ORDER BY r.id DESC LIMIT $3""";

    private final Names names;

    AdmissionStore(Names names) {
        this.names = names;
    }

    /** A list without its items. */
    record Head(long id, String area, LocalDate effective, boolean example, String why, String setBy, Instant setAt) {

        JsonObject toJson() {
            return new JsonObject()
                    .put("id", id)
                    .put("area", area)
                    .put("effective", effective.toString())
                    .put("example", example)
                    .put("why", why)
                    .put("setBy", setBy)
                    .put("setAt", setAt.toString());
        }
    }

    /** A request with what a decision needs to know beside what people read. */
    record Request(UUID askedBy, String area, boolean open, boolean granted, JsonObject shown) {}

    Future<@Nullable Head> inForce(SqlClient on, String area, LocalDate day) {
        return on.preparedQuery(IN_FORCE).execute(Tuple.of(area, day)).map(rows -> {
            for (Row row : rows) {
                return head(row);
            }
            return null;
        });
    }

    Future<JsonArray> versions(SqlClient on, String area) {
        return on.preparedQuery(VERSIONS).execute(Tuple.of(area)).map(rows -> {
            JsonArray shown = new JsonArray();
            rows.forEach(row -> shown.add(head(row).toJson().put("items", row.getLong("items"))));
            return shown;
        });
    }

    Future<List<Item>> items(SqlClient on, long list) {
        return on.preparedQuery(ITEMS).execute(Tuple.of(list)).map(rows -> {
            List<Item> items = new ArrayList<>();
            rows.forEach(row -> items.add(item(row)));
            return items;
        });
    }

    /** Under which item a category is admitted; of any department when none is named. */
    Future<@Nullable Item> item(SqlClient on, long list, String category, @Nullable String department) {
        return on.preparedQuery(ITEM)
                .execute(Tuple.of(list, category, department))
                .map(rows -> {
                    for (Row row : rows) {
                        return item(row);
                    }
                    return null;
                });
    }

    Future<Long> add(
            SqlConnection tx,
            String area,
            LocalDate effective,
            boolean example,
            String why,
            List<Item> items,
            Caller.Staff who,
            Instant at) {
        return tx.preparedQuery(ADD_LIST)
                .execute(Tuple.of(
                        area, effective, example, why, who.id(), who.role().label() + who.name(), Times.at(at)))
                .map(rows -> rows.iterator().next().getLong("id"))
                .compose(id -> tx.preparedQuery(ADD_ITEM)
                        .executeBatch(IntStream.range(0, items.size())
                                .mapToObj(i -> values(id, i, items.get(i)))
                                .toList())
                        .map(id));
    }

    Future<@Nullable String> cameFrom(SqlClient on, UUID caseId) {
        return on.preparedQuery(CAME_FROM)
                .execute(Tuple.of(caseId))
                .map(rows -> rows.size() == 0 ? null : rows.iterator().next().getString("holder_department"));
    }

    /** Its number, or null when the same was asked before and is still open. */
    Future<@Nullable Long> ask(
            SqlConnection tx, Case c, String grid, String department, String why, Caller.Staff who, Instant at) {
        return tx.preparedQuery(ASK)
                .execute(Tuple.of(
                        c.facts().id(), c.facts().area(), grid, department, why, who.id(), who.name(), Times.at(at)))
                .map(rows -> rows.size() == 0 ? null : rows.iterator().next().getLong("id"));
    }

    Future<@Nullable Request> request(SqlClient on, long id) {
        return on.preparedQuery(ONE).execute(Tuple.of(id)).map(this::first);
    }

    Future<@Nullable Request> held(SqlConnection tx, long id) {
        return tx.preparedQuery(LOCK).execute(Tuple.of(id)).compose(done -> request(tx, id));
    }

    /** The newest for this matter, grid and department. */
    Future<@Nullable Request> newest(SqlClient on, UUID caseId, String grid, String department) {
        return on.preparedQuery(NEWEST)
                .execute(Tuple.of(caseId, grid, department))
                .map(this::first);
    }

    Future<Void> decide(SqlConnection tx, long id, boolean grant, String reason, Caller.Staff who, Instant at) {
        return tx.preparedQuery(DECIDE)
                .execute(Tuple.of(id, grant, reason, who.id(), who.role().label() + who.name(), Times.at(at)))
                .mapEmpty();
    }

    /** What waits in a supervisor's area, the oldest first; for anybody else what they asked, the newest first. */
    Future<JsonArray> page(SqlClient on, Caller.Staff who, long after, int most) {
        return (who.role() == Role.SUPERVISOR
                        ? on.preparedQuery(OPEN).execute(Tuple.of(who.area(), after, most))
                        : on.preparedQuery(MINE).execute(Tuple.of(who.id(), after == 0 ? Long.MAX_VALUE : after, most)))
                .map(rows -> {
                    JsonArray items = new JsonArray();
                    rows.forEach(row -> items.add(request(row).shown()));
                    return items;
                });
    }

    private @Nullable Request first(Iterable<Row> rows) {
        for (Row row : rows) {
            return request(row);
        }
        return null;
    }

    private Request request(Row row) {
        Boolean granted = row.getBoolean("granted");
        JsonObject shown = new JsonObject()
                .put("id", row.getLong("id"))
                .put("number", row.getString("number"))
                .put("grid", row.getString("grid"))
                .put("gridName", names.area(row.getString("grid")))
                .put("department", row.getString("department"))
                .put("departmentName", Item.departmentName(row.getString("department")))
                .put("why", row.getString("why"))
                .put("askedBy", row.getString("asked_name"))
                .put("askedAt", Times.of(row, "asked_at").toString())
                .put("state", granted == null ? "OPEN" : granted ? "GRANTED" : "REFUSED")
                .put("reason", row.getString("reason"))
                .put("decidedBy", row.getString("decided_name"));
        return new Request(
                row.getUUID("asked_by"), row.getString("area"), granted == null, Boolean.TRUE.equals(granted), shown);
    }

    private static Tuple values(long list, int position, Item one) {
        return Tuple.of(
                        list,
                        position,
                        one.code(),
                        one.department(),
                        one.item(),
                        one.handler().name())
                .addValue(one.days())
                .addArrayOfString(one.categories().toArray(String[]::new));
    }

    private static Head head(Row row) {
        return new Head(
                row.getLong("id"),
                row.getString("area"),
                row.getLocalDate("effective"),
                row.getBoolean("example"),
                row.getString("why"),
                row.getString("set_name"),
                Times.of(row, "set_at"));
    }

    private static Item item(Row row) {
        return new Item(
                row.getString("code"),
                row.getString("department"),
                row.getString("item"),
                Handler.valueOf(row.getString("handler")),
                row.getInteger("days"),
                List.of(row.getArrayOfStrings("categories")));
    }
}
