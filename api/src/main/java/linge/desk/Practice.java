package linge.desk;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import linge.cases.Case;
import linge.db.Times;
import linge.desk.Scoring.Habit;
import linge.desk.Scoring.Load;
import linge.desk.Scoring.Place;
import linge.shared.Caller;
import org.jspecify.annotations.Nullable;

/** What was done before with cases like this one, and what lies where now; counted in the database. */
final class Practice {

    private static final Duration LIKE_NOW = Duration.ofDays(365);

    /**
     * Of the newest 300 of its category in the area: where this centre sent them, and whether the next thing was that they came
     * back. An office around the place counts by its level: what went to its own grid there would go to this one's here.
     */
    private static final String HABITS = """
            /* planned anew */ SELECT department, level, count(*) AS sent, count(*) FILTER (WHERE next = 'RETURN') AS back
            FROM (
                SELECT h.move, h.holder_department AS department, length(h.holder_area) AS level, h.holder_area, h.actor_area, c.area,
                  lead(h.move) OVER (PARTITION BY h.case_id ORDER BY h.seq) AS next
                FROM (SELECT id, area FROM cases
                      WHERE category = $1 AND area LIKE $2 AND id <> $3 AND filed_at > $4
                      ORDER BY filed_at DESC LIMIT 300) AS c
                JOIN case_history h ON h.case_id = c.id AND h.move IN ('DISPATCH', 'RETURN')) AS sent
            WHERE move = 'DISPATCH' AND actor_area = $5
              AND (department IS NOT NULL AND holder_area = $5 OR department IS NULL AND starts_with(area, holder_area))
            GROUP BY department, level""";

    private static final String LOADS = """
            SELECT holder_area, holder_department, count(*) AS open, count(*) FILTER (WHERE due_at < $2) AS late
            FROM cases
            WHERE state NOT IN ('REPORTED', 'RATED', 'ARCHIVED', 'DECLINED', 'WITHDRAWN') AND holder_area = ANY($1)
            GROUP BY holder_area, holder_department""";

    private final Pool db;
    private final Clock clock;

    Practice(Pool db, Clock clock) {
        this.db = db;
        this.clock = clock;
    }

    Future<Map<Place, Habit>> habits(Case c, Caller.Staff staff, List<Place> places) {
        String category = c.facts().category();
        if (category == null) {
            return Future.succeededFuture(Map.of());
        }
        return db.preparedQuery(HABITS)
                .execute(Tuple.of(
                        category,
                        staff.area() + "%",
                        c.facts().id(),
                        Times.at(clock.instant().minus(LIKE_NOW)),
                        staff.area()))
                .map(rows -> {
                    Map<Place, Habit> habits = new HashMap<>();
                    for (Row row : rows) {
                        String department = row.getString("department");
                        int level = row.getInteger("level");
                        places.stream()
                                .filter(place -> department == null
                                        ? place.department() == null
                                                && place.to().length() == level
                                                && c.facts().area().startsWith(place.to())
                                        : department.equals(place.department()))
                                .findFirst()
                                .ifPresent(place ->
                                        habits.put(place, new Habit(row.getInteger("sent"), row.getInteger("back"))));
                    }
                    return habits;
                });
    }

    Future<Map<Place, Load>> loads(List<Place> places) {
        String[] areas = places.stream().map(Place::to).distinct().toArray(String[]::new);
        return db.preparedQuery(LOADS)
                .execute(Tuple.tuple().addValue(areas).addValue(Times.at(clock.instant())))
                .map(rows -> {
                    Map<Place, Load> loads = new HashMap<>();
                    for (Row row : rows) {
                        place(places, row.getString("holder_area"), row.getString("holder_department"), loads, row);
                    }
                    return loads;
                });
    }

    private static void place(
            List<Place> places, String area, @Nullable String department, Map<Place, Load> loads, Row row) {
        places.stream()
                .filter(place -> place.to().equals(area) && Objects.equals(place.department(), department))
                .findFirst()
                .ifPresent(place -> loads.put(place, new Load(row.getInteger("open"), row.getInteger("late"))));
    }
}
