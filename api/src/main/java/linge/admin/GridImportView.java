package linge.admin;

import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import linge.db.Times;
import linge.grids.Grids;
import linge.grids.Outlines;
import linge.shared.Refusal;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKBReader;

/** Imports and versions of grids as the page reads them. */
final class GridImportView {

    private static final int MOST_VERSIONS = 30;
    private static final int MOST_IMPORTS = 20;
    private static final int MOST_OUTLINES = 300;

    private static final String OPEN = "('SUBMITTED', 'ACCEPTED', 'DISPATCHED', 'HANDLING', 'SUSPENDED', 'RESOLVED')";

    private static final String VERSIONS = """
            SELECT v.id, v.effective_from, v.source, v.demo, v.imported_by, v.imported_at, i.id AS import,
              (SELECT count(*) FROM grids g WHERE g.version = v.id) AS grids
            FROM grid_versions v LEFT JOIN grid_imports i ON i.version = v.id
            WHERE v.effective_from IS NOT NULL ORDER BY v.effective_from DESC, v.id DESC LIMIT $1""";
    private static final String COLUMNS = """
            i.id, i.version, i.compared_with, i.file_name, i.bytes, i.residential, i.dedicated, i.same, i.fault_count, i.by_name,
              i.at, i.cancelled_at, v.effective_from""";
    private static final String IMPORTS = "SELECT " + COLUMNS + "\n" + """
            FROM grid_imports i LEFT JOIN grid_versions v ON v.id = i.version ORDER BY i.id DESC LIMIT $1""";
    private static final String IMPORT = "SELECT " + COLUMNS + ", i.faults, i.warnings\n" + """
            FROM grid_imports i LEFT JOIN grid_versions v ON v.id = i.version WHERE i.id = $1""";
    /** Cases and people of grids that go, and cases of grids whose ground changes: a case keeps its grid, the next gets another. */
    private static final String SUMMARY = """
            SELECT count(*) FILTER (WHERE change = 'ADDED') AS added, count(*) FILTER (WHERE change = 'CHANGED') AS changed,
              count(*) FILTER (WHERE change = 'REMOVED') AS removed,
              min(west) FILTER (WHERE change <> 'REMOVED') AS west, min(south) FILTER (WHERE change <> 'REMOVED') AS south,
              max(east) FILTER (WHERE change <> 'REMOVED') AS east, max(north) FILTER (WHERE change <> 'REMOVED') AS north,
              (SELECT count(*) FROM cases c JOIN grid_import_changes x ON x.import = $1 AND x.code = c.area
                WHERE (x.change = 'REMOVED' OR 'OUTLINE' = ANY (x.what)) AND c.state IN\040""" + OPEN + ") AS cases,\n" + """
              (SELECT count(*) FROM staff s JOIN grid_import_changes x ON x.import = $1 AND x.code = s.area
                WHERE x.change = 'REMOVED' AND s.active) AS staff
            FROM grid_import_changes WHERE import = $1""";

    private static final String CHANGES = """
            SELECT x.code, x.name, x.change, x.what, x.moved, x.west, x.south, x.east, x.north,
              (SELECT count(*) FROM cases c WHERE c.area = x.code AND c.state IN\040""" + OPEN + ") AS cases,\n" + """
              (SELECT count(*) FROM staff s WHERE s.area = x.code AND s.active) AS staff
            FROM grid_import_changes x
            WHERE x.import = $1 AND x.code > $2 AND ($3::text IS NULL OR x.change = $3) ORDER BY x.code LIMIT $4""";
    private static final String MAP = """
            SELECT x.code, x.name, x.change, 'OUTLINE' = ANY (x.what) AS moved, a.outline AS after, b.outline AS before
            FROM grid_import_changes x
            LEFT JOIN grids a ON a.version = $2 AND a.code = x.code
            LEFT JOIN grids b ON b.version = $3 AND b.code = x.code
            WHERE x.import = $1 AND x.west <= $6 AND x.east >= $4 AND x.south <= $7 AND x.north >= $5
            ORDER BY x.change, x.code LIMIT $8""";

    private final Pool db;
    private final Clock clock;
    private final Grids grids;
    private final WorkerExecutor worker;

    GridImportView(Pool db, Clock clock, Grids grids, WorkerExecutor worker) {
        this.db = db;
        this.clock = clock;
        this.grids = grids;
        this.worker = worker;
    }

    /** Versions in force, past and to come, and the newest uploads: the contract's {@code GridVersions}. */
    Future<JsonObject> all() {
        return db.preparedQuery(VERSIONS)
                .execute(Tuple.of(MOST_VERSIONS))
                .compose(versions -> db.preparedQuery(IMPORTS)
                        .execute(Tuple.of(MOST_IMPORTS))
                        .map(imports -> {
                            JsonArray shown = new JsonArray();
                            versions.forEach(row -> shown.add(version(row)));
                            JsonArray uploads = new JsonArray();
                            imports.forEach(row -> uploads.add(head(row)));
                            return new JsonObject().put("versions", shown).put("imports", uploads);
                        }));
    }

    private JsonObject version(Row row) {
        LocalDate from = row.getLocalDate("effective_from");
        boolean current = row.getLong("id") == grids.index().version().id();
        return new JsonObject()
                .put("id", row.getLong("id"))
                .put("effectiveFrom", from.toString())
                .put("source", row.getString("source"))
                .put("demo", row.getBoolean("demo"))
                .put("by", row.getString("imported_by"))
                .put("at", Times.of(row, "imported_at").toString())
                .put("grids", row.getLong("grids"))
                .put("import", row.getLong("import"))
                .put("state", from.isAfter(today()) ? "COMING" : current ? "IN_FORCE" : "PAST");
    }

    private JsonObject head(Row row) {
        LocalDate from = row.getLocalDate("effective_from");
        Long version = row.getLong("version");
        return new JsonObject()
                .put("id", row.getLong("id"))
                .put("state", state(row, version, from))
                .put("fileName", row.getString("file_name"))
                .put("bytes", row.getLong("bytes"))
                .put("by", row.getString("by_name"))
                .put("at", Times.of(row, "at").toString())
                .put("effectiveFrom", from == null ? null : from.toString())
                .put("residential", row.getInteger("residential"))
                .put("dedicated", row.getInteger("dedicated"))
                .put("same", row.getInteger("same"))
                .put("faultCount", row.getInteger("fault_count"))
                .put("stale", from == null && row.getLong("compared_with") != currentVersion());
    }

    private long currentVersion() {
        return grids.index().version().id();
    }

    private String state(Row row, @Nullable Long version, @Nullable LocalDate from) {
        if (row.getValue("cancelled_at") != null) {
            return "CANCELLED";
        }
        if (version == null) {
            return "FAULTY";
        }
        if (from == null) {
            return "READY";
        }
        return from.isAfter(today()) ? "SCHEDULED" : version == currentVersion() ? "IN_FORCE" : "PAST";
    }

    /** One upload with its faults and what it changes: the contract's {@code GridImport}. */
    Future<JsonObject> one(long id) {
        return found(id)
                .compose(row -> db.preparedQuery(SUMMARY).execute(Tuple.of(id)).map(rows -> {
                    Row sum = rows.iterator().next();
                    Double west = sum.getDouble("west");
                    return head(row)
                            .put("faults", row.getJsonArray("faults"))
                            .put("warnings", row.getJsonArray("warnings"))
                            .put("added", sum.getLong("added"))
                            .put("changed", sum.getLong("changed"))
                            .put("removed", sum.getLong("removed"))
                            .put("openCases", sum.getLong("cases"))
                            .put("staff", sum.getLong("staff"))
                            .put("bounds", west == null ? null : box(sum));
                }));
    }

    private static JsonObject box(Row row) {
        return new JsonObject()
                .put("west", row.getDouble("west"))
                .put("south", row.getDouble("south"))
                .put("east", row.getDouble("east"))
                .put("north", row.getDouble("north"));
    }

    private Future<Row> found(long id) {
        return db.preparedQuery(IMPORT).execute(Tuple.of(id)).map(rows -> {
            if (rows.size() == 0) {
                throw Refusal.notFound("这次上传");
            }
            return rows.iterator().next();
        });
    }

    /** A page of the grids that are not as they were, by code. */
    Future<JsonObject> changes(long id, @Nullable String change, String after, int limit) {
        return found(id)
                .compose(row -> db.preparedQuery(CHANGES).execute(Tuple.of(id, after, change, limit + 1)))
                .map(rows -> {
                    JsonArray items = new JsonArray();
                    rows.forEach(row -> items.add(change(row)));
                    String next = null;
                    if (items.size() > limit) {
                        items.remove(limit);
                        next = items.getJsonObject(limit - 1).getString("code");
                    }
                    return new JsonObject().put("items", items).put("next", next);
                });
    }

    private static JsonObject change(Row row) {
        return new JsonObject()
                .put("code", row.getString("code"))
                .put("name", row.getString("name"))
                .put("change", row.getString("change"))
                .put("what", new JsonArray(List.of(row.getArrayOfStrings("what"))))
                .put("movedMetres", row.getInteger("moved"))
                .put("openCases", row.getLong("cases"))
                .put("staff", row.getLong("staff"))
                .put("bounds", box(row));
    }

    /** The outlines before and after within a box, as a GeoJSON FeatureCollection. */
    Future<JsonObject> map(long id, double west, double south, double east, double north) {
        return found(id)
                .compose(row -> db.preparedQuery(MAP)
                        .execute(Tuple.of(
                                id,
                                row.getLong("version"),
                                row.getLong("compared_with"),
                                west,
                                south,
                                east,
                                north,
                                MOST_OUTLINES + 1)))
                .compose(rows -> {
                    List<Row> all = new ArrayList<>();
                    rows.forEach(all::add);
                    return worker.executeBlocking(() -> collection(all), false);
                });
    }

    private static JsonObject collection(List<Row> rows) throws ParseException {
        JsonArray features = new JsonArray();
        boolean truncated = rows.size() > MOST_OUTLINES;
        for (Row row : truncated ? rows.subList(0, MOST_OUTLINES) : rows) {
            // Where only a name changed one outline says it all.
            if (row.getBuffer("before") != null && (row.getBuffer("after") == null || row.getBoolean("moved"))) {
                features.add(feature(row, "before"));
            }
            if (row.getBuffer("after") != null) {
                features.add(feature(row, "after"));
            }
        }
        return new JsonObject()
                .put("type", "FeatureCollection")
                .put("features", features)
                .put("truncated", truncated);
    }

    private static JsonObject feature(Row row, String side) throws ParseException {
        return new JsonObject()
                .put("type", "Feature")
                .put(
                        "geometry",
                        Outlines.geometry(
                                new WKBReader().read(row.getBuffer(side).getBytes())))
                .put(
                        "properties",
                        new JsonObject()
                                .put("code", row.getString("code"))
                                .put("name", row.getString("name"))
                                .put("change", row.getString("change"))
                                .put("side", side.toUpperCase(java.util.Locale.ROOT)));
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), Grids.SHANGHAI);
    }
}
