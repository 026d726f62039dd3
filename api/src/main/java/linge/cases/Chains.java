package linge.cases;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import linge.bot.place.Gazetteer;
import linge.shared.AreaLevel;
import linge.shared.Role;
import linge.staff.Staff;
import org.jspecify.annotations.Nullable;

/** The chain of each grid: its own, or that of places of its kind: streets and communities climb seven rungs, villages four. */
final class Chains {

    private static final String RURAL = "RURAL";
    private static final String URBAN = "URBAN";

    private static final String RUNGS = """
            SELECT kind, label, role::text AS role, level FROM escalation_chains
            WHERE kind = coalesce((SELECT g.kind FROM grid_chains g WHERE g.grid = $1), $2) ORDER BY position""";

    private final Staff staff;

    Chains(Staff staff) {
        this.staff = staff;
    }

    /** The ranks of the grid's team that somebody holds; straight to the centres where the case is in no grid. */
    Future<Chain> of(SqlClient on, Case c) {
        String grid = gridOf(c);
        if (grid == null) {
            return Future.succeededFuture(Chain.CENTRES);
        }
        return on.preparedQuery(RUNGS)
                .execute(Tuple.of(grid, usual(grid)))
                .compose(rows -> staff.ranks(on, grid).map(held -> {
                    List<Role> team = new ArrayList<>();
                    String kind = usual(grid);
                    for (Row row : rows) {
                        kind = row.getString("kind");
                        Role role = role(row);
                        if (role != null && held.contains(role)) {
                            team.add(role);
                        }
                    }
                    return new Chain(kind, List.copyOf(team));
                }));
    }

    /** As people see it, with where the case lies now; null where it is in no grid. */
    Future<@Nullable JsonObject> shown(SqlClient on, Case c) {
        String grid = gridOf(c);
        if (grid == null) {
            return Future.succeededFuture();
        }
        return on.preparedQuery(RUNGS)
                .execute(Tuple.of(grid, usual(grid)))
                .compose(rows -> staff.ranks(on, grid).map(held -> shown(rows, held, c)));
    }

    private static JsonObject shown(Iterable<Row> rows, Set<Role> held, Case c) {
        JsonArray rungs = new JsonArray();
        String kind = "";
        Holder holder = c.now().holder();
        boolean inTeam = holder.department() == null && holder.level() == AreaLevel.GRID;
        for (Row row : rows) {
            kind = row.getString("kind");
            Role role = role(row);
            String level = row.getString("level");
            boolean here = role != null
                    ? inTeam && (c.now().tier() == null || c.now().tier() == role)
                    : !inTeam && level != null && holder.level() == AreaLevel.valueOf(level);
            rungs.add(new JsonObject()
                    .put("label", row.getString("label"))
                    .put("here", here)
                    .put("held", role == null || held.contains(role)));
        }
        return new JsonObject().put("kind", kind).put("rungs", rungs);
    }

    private static @Nullable Role role(Row row) {
        String role = row.getString("role");
        return role == null ? null : Role.valueOf(role);
    }

    private static @Nullable String gridOf(Case c) {
        String holder = c.now().holder().area();
        String area =
                AreaLevel.of(holder) == AreaLevel.GRID ? holder : c.facts().area();
        return AreaLevel.of(area) == AreaLevel.GRID ? area : null;
    }

    /** By what the place is called: 社区 and 街道 are of the town, all else of the country. */
    static String usual(String grid) {
        String village = AreaLevel.above(grid);
        return named(village, "社区") || named(village, "居委会") || named(AreaLevel.above(village), "街道") ? URBAN : RURAL;
    }

    private static boolean named(String area, String part) {
        return Gazetteer.shipped()
                .get(area)
                .map(place -> place.name().contains(part))
                .orElse(false);
    }
}
