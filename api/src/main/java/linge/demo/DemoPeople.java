package linge.demo;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import linge.cases.Case;
import linge.cases.Holder;
import linge.residents.Residents;
import linge.shared.AreaLevel;
import linge.shared.Caller;
import linge.shared.Refusal;
import linge.shared.Role;
import org.jspecify.annotations.Nullable;

/** Who acts in the made-up month: the demo's staff, and residents without a phone, so that nobody is told anything. */
final class DemoPeople {

    private static final String STAFF = """
            SELECT id, username, name, role::text AS role, area, department FROM staff
            WHERE demo AND active AND area = ANY ($1)""";
    private static final String SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗";

    private final Map<String, Caller.Staff> staff;
    private final List<Caller.Resident> residents;

    private DemoPeople(Map<String, Caller.Staff> staff, List<Caller.Resident> residents) {
        this.staff = staff;
        this.residents = residents;
    }

    /** The staff of these grids and of every centre above them, and some residents who are new. */
    static Future<DemoPeople> gathered(
            SqlConnection tx, Residents knowing, List<String> grids, int residents, Random dice) {
        Set<String> areas = new TreeSet<>();
        for (String grid : grids) {
            areas.add(grid);
            for (String area = grid; AreaLevel.of(area) != AreaLevel.CITY; ) {
                area = AreaLevel.above(area);
                areas.add(area);
            }
        }
        return staffOf(tx, areas).compose(staff -> {
            List<Caller.Resident> made = new ArrayList<>();
            Future<Void> all = Future.succeededFuture();
            for (int i = 0; i < residents; i++) {
                String name = SURNAMES.charAt(dice.nextInt(SURNAMES.length())) + (dice.nextBoolean() ? "先生" : "女士");
                all = all.compose(done -> knowing.standIn(tx, name))
                        .onSuccess(id -> made.add(new Caller.Resident(id, "", name)))
                        .mapEmpty();
            }
            return all.map(done -> new DemoPeople(staff, List.copyOf(made)));
        });
    }

    private static Future<Map<String, Caller.Staff>> staffOf(SqlClient on, Set<String> areas) {
        return on.preparedQuery(STAFF)
                .execute(Tuple.tuple().addArrayOfString(areas.toArray(String[]::new)))
                .map(rows -> {
                    Map<String, Caller.Staff> found = new HashMap<>();
                    rows.forEach(row -> {
                        Caller.Staff one = new Caller.Staff(
                                row.getUUID("id"),
                                row.getString("username"),
                                row.getString("name"),
                                Role.valueOf(row.getString("role")),
                                row.getString("area"),
                                row.getString("department"));
                        found.put(key(one.role(), one.area(), one.department()), one);
                    });
                    return found;
                });
    }

    Caller.Resident resident(Random dice) {
        return residents.get(dice.nextInt(residents.size()));
    }

    Caller.Resident resident(UUID id) {
        return residents.stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("a made-up case of nobody"));
    }

    /** Whoever acts for an office. */
    Caller.Staff of(Case.Now now) {
        Holder holder = now.holder();
        Role tier = now.tier();
        Role role = holder.department() != null
                ? Role.DEPARTMENT_OFFICER
                : holder.level() != AreaLevel.GRID
                        ? Role.DISPATCHER
                        : tier == null || tier == Role.GRID_ASSISTANT ? Role.GRID_WORKER : tier;
        return at(role, holder.area(), holder.department());
    }

    Caller.Staff at(Role role, String area, @Nullable String department) {
        Caller.Staff found = staff.get(key(role, area, department));
        if (found == null) {
            throw Refusal.of(Refusal.Kind.NOT_READY, "演示人员不全（" + area + " " + role.label() + "），演示数据要在演示网格和演示人员之上填充。");
        }
        return found;
    }

    private static String key(Role role, String area, @Nullable String department) {
        return (role + "/" + area + "/" + department).toLowerCase(Locale.ROOT);
    }
}
