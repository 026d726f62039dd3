package linge.admin;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import linge.admin.AreaCounts.Counts;
import linge.bot.place.Gazetteer;
import linge.bot.place.Place;
import linge.grids.Grid;
import linge.grids.GridIndex;
import linge.grids.GridUse;
import linge.grids.Grids;
import linge.http.Answer;
import linge.http.Call;
import linge.http.Contract;
import linge.shared.AreaLevel;
import linge.shared.Caller;
import linge.shared.Names;
import linge.shared.Refusal;

/** An area as those who look after it browse it: what it has, its offices, and its parts. */
final class AreasApi {

    private static final String OFFICES = """
            SELECT role::text AS role, department, count(*) AS n FROM staff
            WHERE area = $1 AND active GROUP BY 1, 2 ORDER BY 2, 1""";
    private static final String WORKERS = """
            SELECT area, name FROM staff
            WHERE area LIKE $1 || '%' AND length(area) = 15 AND active AND role = 'GRID_WORKER' ORDER BY area, name""";

    private final AreaCounts counts;
    private final Pool db;
    private final Grids grids;
    private final Names names;

    AreasApi(AreaCounts counts, Pool db, Grids grids, Names names) {
        this.counts = counts;
        this.db = db;
        this.grids = grids;
        this.names = names;
    }

    void mount(Contract contract) {
        contract.on("getAdminArea", this::area);
    }

    private Future<Answer> area(Call call) {
        Caller.Staff who = AdminPolicy.reader(call);
        String code = AdminPolicy.area(who, call.path("code"));
        Gazetteer gazetteer = grids.gazetteer();
        boolean isGrid = AreaLevel.of(code) == AreaLevel.GRID;
        if (isGrid ? grids.index().get(code).isEmpty() : gazetteer.get(code).isEmpty()) {
            throw Refusal.notFound("这个区域");
        }
        int digits = below(code);
        return counts.of(code, digits)
                .compose(found -> db.preparedQuery(OFFICES)
                        .execute(Tuple.of(code))
                        .compose(offices -> workers(code).map(workers -> {
                            JsonObject shown = head(who, code).put("counts", json(sum(found)));
                            JsonArray departments = new JsonArray();
                            JsonArray centre = new JsonArray();
                            offices.forEach(row -> {
                                String department = row.getString("department");
                                if (department != null) {
                                    JsonObject named = java.util.Objects.requireNonNull(names.department(department));
                                    departments.add(named.put("officers", row.getLong("n")));
                                } else {
                                    centre.add(new JsonObject()
                                            .put("role", row.getString("role"))
                                            .put("people", row.getLong("n")));
                                }
                            });
                            return Answer.ok(shown.put("centre", centre)
                                    .put("departments", departments)
                                    .put("children", isGrid ? new JsonArray() : children(code, found, workers))
                                    .put("grid", isGrid ? grid(code) : null));
                        })));
    }

    private static int below(String code) {
        return switch (AreaLevel.of(code)) {
            case CITY -> AreaLevel.COUNTY.digits();
            case COUNTY -> AreaLevel.TOWN.digits();
            case TOWN -> AreaLevel.VILLAGE.digits();
            case VILLAGE, GRID -> AreaLevel.GRID.digits();
        };
    }

    private JsonObject head(Caller.Staff who, String code) {
        JsonArray parents = new JsonArray();
        for (String at = code; !at.equals(who.area()); ) {
            at = AreaLevel.above(at);
            parents.getList().add(0, new JsonObject().put("code", at).put("name", called(at)));
        }
        Gazetteer gazetteer = grids.gazetteer();
        boolean isGrid = AreaLevel.of(code) == AreaLevel.GRID;
        return new JsonObject()
                .put("code", code)
                .put("name", called(code))
                .put("fullName", names.area(code))
                .put("officialName", isGrid ? null : gazetteer.officialName(code))
                .put("level", AreaLevel.of(code).name())
                .put("demo", grids.index().version().demo())
                .put("parents", parents);
    }

    private String called(String code) {
        return AreaLevel.of(code) == AreaLevel.GRID
                ? names.area(code)
                : grids.gazetteer().get(code).map(Place::name).orElse(code);
    }

    private Future<Map<String, List<String>>> workers(String code) {
        if (AreaLevel.of(code) != AreaLevel.VILLAGE) {
            return Future.succeededFuture(Map.of());
        }
        return db.preparedQuery(WORKERS).execute(Tuple.of(code)).map(rows -> {
            Map<String, List<String>> byGrid = new HashMap<>();
            rows.forEach(row -> byGrid.computeIfAbsent(row.getString("area"), fresh -> new ArrayList<>())
                    .add(row.getString("name")));
            return byGrid;
        });
    }

    private JsonArray children(String code, Map<String, Counts> found, Map<String, List<String>> workers) {
        JsonArray children = new JsonArray();
        GridIndex index = grids.index();
        if (AreaLevel.of(code) == AreaLevel.VILLAGE) {
            index.ofVillage(code)
                    .forEach(grid -> children.add(child(grid.code(), grid.name(), found)
                            .put("kind", grid.kind().name())
                            .put("workers", new JsonArray(workers.getOrDefault(grid.code(), List.of())))));
        } else {
            grids.gazetteer()
                    .children(code)
                    .forEach(place -> children.add(child(place.code(), place.name(), found)
                            .putNull("kind")
                            .put("workers", new JsonArray())));
        }
        return children;
    }

    private static JsonObject child(String code, String name, Map<String, Counts> found) {
        return new JsonObject()
                .put("code", code)
                .put("name", name)
                .put("level", AreaLevel.of(code).name())
                .put("counts", json(found.getOrDefault(code, Counts.NONE)));
    }

    private JsonObject grid(String code) {
        GridIndex index = grids.index();
        Grid grid = index.get(code).orElseThrow();
        GridUse use = grid.use();
        return new JsonObject()
                .put("kind", grid.kind().name())
                .put("use", use == null ? null : use.name())
                .put("households", grid.households())
                .put("effectiveFrom", index.version().effectiveFrom().toString());
    }

    private static Counts sum(Map<String, Counts> all) {
        return all.values().stream().reduce(Counts.NONE, Counts::and);
    }

    static JsonObject json(Counts counts) {
        return new JsonObject()
                .put("grids", counts.grids())
                .put("households", counts.households())
                .put("staff", counts.staff())
                .put("openCases", counts.openCases())
                .put("vacantPosts", counts.vacantPosts())
                .put("withoutWorker", counts.withoutWorker());
    }
}
