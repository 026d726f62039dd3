package linge.admin;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import linge.grids.Grid;
import linge.grids.GridIndex;
import linge.grids.Grids;

/** How much of what there is in an area and in each of its parts. */
final class AreaCounts {

    private static final String STAFF = """
            SELECT left(area, $2) AS at, count(*) AS n FROM staff WHERE active AND area LIKE $1 || '%' GROUP BY 1""";
    private static final String CASES = """
            SELECT left(area, $2) AS at, count(*) AS n FROM cases
            WHERE area LIKE $1 || '%' AND state IN ('SUBMITTED', 'ACCEPTED', 'DISPATCHED', 'HANDLING', 'SUSPENDED', 'RESOLVED')
            GROUP BY 1""";
    private static final String VACANT = """
            SELECT left(p.area, $2) AS at, count(*) AS n, count(*) FILTER (WHERE p.role = 'GRID_WORKER') AS workers
            FROM posts p
            WHERE p.area LIKE $1 || '%'
              AND NOT EXISTS (SELECT FROM post_holders h JOIN staff s ON s.id = h.staff_id
                WHERE h.post_id = p.id AND h.hold = 'HOLDER' AND s.active
                  AND h.from_day <= $3 AND (h.until_day IS NULL OR h.until_day >= $3))
              AND (length(p.area) < 15 OR EXISTS (SELECT FROM grids g WHERE g.version = $4 AND g.code = p.area))
            GROUP BY 1""";

    private final Pool db;
    private final Clock clock;
    private final Grids grids;

    AreaCounts(Pool db, Clock clock, Grids grids) {
        this.db = db;
        this.clock = clock;
        this.grids = grids;
    }

    /** @param withoutWorker grids whose worker's post nobody holds today */
    record Counts(long grids, long households, long staff, long openCases, long vacantPosts, long withoutWorker) {
        static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0);

        Counts and(Counts more) {
            return new Counts(
                    grids + more.grids,
                    households + more.households,
                    staff + more.staff,
                    openCases + more.openCases,
                    vacantPosts + more.vacantPosts,
                    withoutWorker + more.withoutWorker);
        }
    }

    /**
     * By the parts' codes, cut to so many digits; what belongs to the area itself stands under its own code.
     *
     * @param digits of the parts' codes
     */
    Future<Map<String, Counts>> of(String area, int digits) {
        GridIndex index = grids.index();
        Map<String, Counts> all = new TreeMap<>();
        for (Grid grid : index.all()) {
            if (grid.code().startsWith(area)) {
                add(all, grid.code().substring(0, digits), new Counts(1, grid.households(), 0, 0, 0, 0));
            }
        }
        return db.preparedQuery(STAFF)
                .execute(Tuple.of(area, digits))
                .compose(staff -> {
                    staff.forEach(row -> add(all, at(row), new Counts(0, 0, row.getLong("n"), 0, 0, 0)));
                    return db.preparedQuery(CASES).execute(Tuple.of(area, digits));
                })
                .compose(cases -> {
                    cases.forEach(row -> add(all, at(row), new Counts(0, 0, 0, row.getLong("n"), 0, 0)));
                    return db.preparedQuery(VACANT)
                            .execute(Tuple.of(
                                    area, digits, today(), index.version().id()));
                })
                .map(vacant -> {
                    vacant.forEach(
                            row -> add(all, at(row), new Counts(0, 0, 0, 0, row.getLong("n"), row.getLong("workers"))));
                    return all;
                });
    }

    LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), Grids.SHANGHAI);
    }

    private static String at(Row row) {
        return row.getString("at");
    }

    private static void add(Map<String, Counts> all, String code, Counts counts) {
        all.merge(code, counts, Counts::and);
    }
}
