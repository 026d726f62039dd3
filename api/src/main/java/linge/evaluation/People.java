package linge.evaluation;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import linge.clocks.Clocks;
import linge.shared.Refusal;
import linge.shared.Role;
import org.jspecify.annotations.Nullable;

/** Who is evaluated: the members of grid teams, and how long each was on duty. */
final class People {

    private static final String OF = """
            SELECT id, username, name, role::text AS role, area, active,
              CASE WHEN demo THEN NULL ELSE (created_at AT TIME ZONE 'Asia/Shanghai')::date END AS joined
            FROM staff WHERE role IN ('GRID_ASSISTANT', 'GRID_WORKER', 'DEPUTY_LEADER', 'GRID_LEADER')""";
    private static final String OF_AREA = OF + " AND starts_with(area, $1) ORDER BY area, username";
    private static final String BY_USER = OF + " AND lower(username) = lower($1)";
    private static final String BY_ID = OF + " AND id = $1";
    private static final String LEAVES = """
            SELECT l.staff_id, l.from_day, l.until_day FROM staff_leaves l JOIN staff s ON s.id = l.staff_id
            WHERE starts_with(s.area, $1) AND l.until_day >= $2 AND l.from_day <= $3""";

    private final Clocks clocks;

    People(Clocks clocks) {
        this.clocks = clocks;
    }

    /** @param joined the first day at work; null for made-up people, who were always there */
    record Person(Standing.Who who, @Nullable LocalDate joined) {}

    /** Everybody of an area, by grid and user name, with how long they were on duty in a quarter so far. */
    Future<Map<Person, Presence>> present(SqlClient on, String area, Term term, Instant now) {
        LocalDate today = LocalDate.ofInstant(now, Term.ZONE);
        LocalDate last = today.isBefore(term.last()) ? today : term.last();
        return clocks.calendar(on)
                .compose(calendar -> on.preparedQuery(LEAVES)
                        .execute(Tuple.of(area, term.first(), term.last()))
                        .compose(rows -> {
                            Map<UUID, List<Presence.Leave>> leaves = new HashMap<>();
                            rows.forEach(row -> leaves.computeIfAbsent(row.getUUID("staff_id"), id -> new ArrayList<>())
                                    .add(new Presence.Leave(
                                            row.getLocalDate("from_day"), row.getLocalDate("until_day"))));
                            return on.preparedQuery(OF_AREA)
                                    .execute(Tuple.of(area))
                                    .map(people -> {
                                        Map<Person, Presence> all = new LinkedHashMap<>();
                                        people.forEach(row -> {
                                            Person person = person(row);
                                            all.put(
                                                    person,
                                                    Presence.of(
                                                            calendar,
                                                            term.first(),
                                                            last,
                                                            person.joined(),
                                                            leaves.getOrDefault(
                                                                    person.who().id(), List.of())));
                                        });
                                        return all;
                                    });
                        }));
    }

    /** Fails with {@code NOT_FOUND} when nobody of a grid's team has this user name. */
    Future<Standing.Who> byUser(SqlClient on, String user) {
        if (user.indexOf(0) >= 0) {
            // No user name has it, and the database would not even be asked.
            throw Refusal.notFound("这位网格队员");
        }
        return on.preparedQuery(BY_USER).execute(Tuple.of(user)).map(rows -> {
            if (rows.size() == 0) {
                throw Refusal.notFound("这位网格队员");
            }
            return person(rows.iterator().next()).who();
        });
    }

    Future<Standing.Who> byId(SqlClient on, UUID id) {
        return on.preparedQuery(BY_ID).execute(Tuple.of(id)).map(rows -> {
            if (rows.size() == 0) {
                throw Refusal.notFound("这位网格队员");
            }
            return person(rows.iterator().next()).who();
        });
    }

    private static Person person(Row row) {
        return new Person(
                new Standing.Who(
                        row.getUUID("id"),
                        Objects.requireNonNull(row.getString("username")),
                        row.getString("name"),
                        Role.valueOf(row.getString("role")),
                        row.getString("area"),
                        row.getBoolean("active")),
                row.getLocalDate("joined"));
    }
}
