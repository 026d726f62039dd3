package linge.staff;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import linge.db.AuditLog;
import linge.db.RateLimits;
import linge.db.Times;
import linge.sessions.Sessions;
import linge.shared.AreaLevel;
import linge.shared.Caller;
import linge.shared.Refusal;
import linge.shared.Role;
import org.jspecify.annotations.Nullable;

/** Staff accounts: signing in, adding, closing, and who stands where. */
public final class Staff {

    private static final int FAILURES = 5;
    private static final Duration FAILURE_WINDOW = Duration.ofMinutes(15);
    private static final int FAILURES_FROM_ADDRESS = 50;

    private static final String COLUMNS =
            "id, username, name, role::text AS role, area, department, phone, active, demo";
    private static final String FIND =
            "SELECT " + COLUMNS + ", password_hash FROM staff WHERE lower(username) = lower($1)";
    private static final String FIND_BY_ID = "SELECT " + COLUMNS + ", password_hash FROM staff WHERE id = $1";
    private static final String LIST = "SELECT " + COLUMNS + "\n" + """
            FROM staff WHERE area LIKE $1 || '%' AND username > $2 ORDER BY username LIMIT $3""";
    private static final String ADD = """
            INSERT INTO staff (username, name, role, area, department, phone, password_hash, created_at)
            VALUES ($1, $2, $3::text::role, $4, $5, $6, $7, $8) RETURNING""" + " " + COLUMNS;
    private static final String OPEN_OR_CLOSE = "UPDATE staff SET active = $2 WHERE id = $1";
    private static final String NEW_PASSWORD = "UPDATE staff SET password_hash = $2 WHERE id = $1";
    private static final String TEAM = "SELECT " + COLUMNS + "\n" + """
            FROM staff WHERE area = $1 AND active AND (NOT demo OR $2) AND length(area) = 15
            ORDER BY staff.role DESC, username""";
    /** Whoever acts for an office: a grid's team, a centre's dispatchers, or a department's officers. */
    private static final String OFFICE = """
            SELECT id FROM staff WHERE area = $1 AND active AND CASE
              WHEN $2::text IS NOT NULL THEN role = 'DEPARTMENT_OFFICER' AND department = $2
              WHEN $3::text IS NOT NULL THEN role >= $3::text::role AND role <= 'GRID_LEADER'
              WHEN length(area) = 15    THEN role IN ('GRID_WORKER', 'DEPUTY_LEADER', 'GRID_LEADER')
              ELSE role = 'DISPATCHER' END
            ORDER BY username LIMIT 50""";

    private static final String RANKS = """
            SELECT DISTINCT role::text AS role FROM staff WHERE area = $1 AND active AND (NOT demo OR $2)""";
    private static final String SUPERVISORS = """
            SELECT id FROM staff WHERE active AND role = 'SUPERVISOR' AND area = ANY($1)""";
    private static final String ADMINISTRATORS = """
            SELECT id FROM staff WHERE active AND role = 'ADMINISTRATOR' AND $1 LIKE area || '%' ORDER BY id LIMIT 50""";
    private static final String HAS_OFFICE = """
            SELECT DISTINCT department FROM staff
            WHERE area = $1 AND active AND role = 'DEPARTMENT_OFFICER' AND (NOT demo OR $2)""";
    private static final String REACHED_BY = "SELECT " + COLUMNS + "\n" + """
            FROM staff WHERE demo AND active AND (area = ANY($1)) ORDER BY length(area) DESC, staff.role, username""";

    private final Pool db;
    private final Clock clock;
    private final RateLimits limits;
    private final Passwords passwords;
    private final Sessions sessions;
    private final boolean demo;
    private final Posts posts;

    public Staff(Pool db, Clock clock, RateLimits limits, Passwords passwords, Sessions sessions, boolean demo) {
        this.db = db;
        this.clock = clock;
        this.limits = limits;
        this.passwords = passwords;
        this.sessions = sessions;
        this.demo = demo;
        this.posts = new Posts(db, clock, this);
    }

    /** An account to be added. */
    public record NewMember(
            String user,
            String name,
            Role role,
            String area,
            @Nullable String department,
            @Nullable String phone,
            String password) {}

    /** Signs in by name and password; failures are counted by name and by address before the password is looked at. */
    public Future<StaffMember> signIn(String user, String password, String address) {
        // Few tries for one name from one address; many more for a name from everywhere, lest a stranger lock its owner
        // out.
        String byName = "staff:" + user.toLowerCase(Locale.ROOT);
        String byNameHere = byName + "@" + address;
        return limits.take(byNameHere, FAILURES, FAILURE_WINDOW)
                .compose(ok -> limits.take(byName, FAILURES * 10, FAILURE_WINDOW))
                .compose(ok ->
                        limits.take("staff-from:" + address, FAILURES_FROM_ADDRESS * (demo ? 100 : 1), FAILURE_WINDOW))
                .compose(ok -> db.preparedQuery(FIND).execute(Tuple.of(user)))
                .compose(rows -> matching(rows, password))
                .compose(member -> limits.forget(byNameHere).map(member));
    }

    private Future<StaffMember> matching(RowSet<Row> rows, String password) {
        Row row = rows.size() == 0 ? null : rows.iterator().next();
        StaffMember member = row == null ? null : StaffMember.of(row);
        // A demo account's password is printed on a page: outside demo mode it opens nothing.
        boolean open = member != null && member.active() && (demo || !member.demo());
        Future<Boolean> matches = row == null || !open
                ? passwords.matchesNobody(password)
                : passwords.matches(password, row.getString("password_hash"));
        return matches.map(right -> {
            if (!right || member == null) {
                throw Refusal.of(Refusal.Kind.WRONG_CREDENTIALS, "用户名或密码不对。");
            }
            return member;
        });
    }

    /** Adds an account; the administrator may only add within the own area. */
    public Future<StaffMember> add(Caller.Staff administrator, NewMember wanted) {
        administer(administrator, wanted.area());
        JsonObject post = new JsonObject()
                .put("role", wanted.role().name())
                .put("area", wanted.area())
                .put("department", wanted.department());
        return hashed(wanted)
                .compose(hash -> AuditLog.with(
                        db,
                        administrator,
                        "staff.add",
                        wanted.user(),
                        post,
                        clock.instant(),
                        tx -> insert(tx, wanted, hash)))
                .recover(Staff::nameTaken);
    }

    /** Adds an account without asking who wants it: for the command line. */
    public Future<StaffMember> add(NewMember wanted) {
        return hashed(wanted).compose(hash -> insert(db, wanted, hash)).recover(Staff::nameTaken);
    }

    private Future<String> hashed(NewMember wanted) {
        checkPost(wanted);
        Passwords.checkStrength("/password", wanted.password());
        return passwords.hash(wanted.password());
    }

    private Future<StaffMember> insert(SqlClient on, NewMember wanted, String hash) {
        return on.preparedQuery(ADD)
                .execute(Tuple.of(
                        wanted.user(),
                        wanted.name(),
                        wanted.role().name(),
                        wanted.area(),
                        wanted.department(),
                        wanted.phone(),
                        hash,
                        Times.at(clock.instant())))
                .map(rows -> StaffMember.of(rows.iterator().next()));
    }

    public Future<StaffMember> openOrClose(Caller.Staff administrator, String user, boolean active) {
        return found(administrator, user).compose(member -> {
            if (member.id().equals(administrator.id())) {
                throw Refusal.notSensible("/active", "不能停用自己的账号。");
            }
            return AuditLog.<Void>with(
                            db,
                            administrator,
                            active ? "staff.open" : "staff.close",
                            user,
                            new JsonObject(),
                            clock.instant(),
                            tx -> tx.preparedQuery(OPEN_OR_CLOSE)
                                    .execute(Tuple.of(member.id(), active))
                                    .compose(done -> sessions.endAll(tx, member.id(), null)))
                    .onSuccess(done -> sessions.tellEnded(member.id()))
                    .compose(done -> found(administrator, user));
        });
    }

    public Future<Void> setPassword(Caller.Staff administrator, String user, String password) {
        Passwords.checkStrength("/password", password);
        return found(administrator, user)
                .compose(member -> replacePassword(administrator, "staff.password", member, password, null));
    }

    /** One's own new password; every other session of one's own ends. */
    public Future<Void> changePassword(Caller.Staff who, String old, String fresh, Sessions.@Nullable Current here) {
        Passwords.checkStrength("/new", fresh);
        return limits.take("staff-old:" + who.id(), FAILURES, FAILURE_WINDOW)
                .compose(ok -> db.preparedQuery(FIND_BY_ID).execute(Tuple.of(who.id())))
                .compose(rows -> passwords.matches(old, rows.iterator().next().getString("password_hash")))
                .compose(right -> {
                    if (!right) {
                        throw Refusal.notSensible("/old", "原密码不对。");
                    }
                    return member(who.id())
                            .compose(member -> replacePassword(who, "staff.own-password", member, fresh, here));
                });
    }

    public Future<Void> endSessions(Caller.Staff administrator, String user) {
        return found(administrator, user)
                .compose(member -> AuditLog.<Void>with(
                                db,
                                administrator,
                                "staff.sign-out",
                                user,
                                new JsonObject(),
                                clock.instant(),
                                tx -> sessions.endAll(tx, member.id(), null))
                        .onSuccess(done -> sessions.tellEnded(member.id())));
    }

    /** An account of the administrator's area; fails with {@code NOT_FOUND}. */
    public Future<StaffMember> within(Caller.Staff administrator, String user) {
        return found(administrator, user);
    }

    /** One's own account. */
    public Future<StaffMember> member(UUID id) {
        return db.preparedQuery(FIND_BY_ID)
                .execute(Tuple.of(id))
                .map(rows -> StaffMember.of(rows.iterator().next()));
    }

    /** Staff of an area and below, by user name, from after {@code after}. */
    public Future<List<StaffMember>> list(Caller.Staff administrator, String area, String after, int limit) {
        administer(administrator, area);
        return db.preparedQuery(LIST).execute(Tuple.of(area, after, limit)).map(Staff::members);
    }

    /** A grid's team, leader first. */
    public Future<List<StaffMember>> team(String grid) {
        return db.preparedQuery(TEAM).execute(Tuple.of(grid, demo)).map(Staff::members);
    }

    /** A grid's team as pages show it: {@code [{"role","roleName","name","phone"}]}, leader first. */
    public Future<JsonArray> shownTeam(String grid) {
        return team(grid).map(members -> {
            JsonArray shown = new JsonArray();
            members.forEach(member -> shown.add(new JsonObject()
                    .put("role", member.role().name())
                    .put("roleName", member.role().label())
                    .put("name", member.name())
                    .put("phone", member.phone())));
            return shown;
        });
    }

    /** Who acts for an office and is told about what reaches it. */
    public Future<List<UUID>> office(SqlClient on, String area, @Nullable String department) {
        return office(on, area, department, null);
    }

    /** @param tier in a grid's team, the lowest rank that answers; null for all */
    public Future<List<UUID>> office(SqlClient on, String area, @Nullable String department, @Nullable Role tier) {
        return on.preparedQuery(OFFICE)
                .execute(Tuple.of(area, department, tier == null ? null : tier.name()))
                .map(Staff::ids);
    }

    /** The ranks of a grid's team that somebody holds. */
    public Future<Set<Role>> ranks(SqlClient on, String grid) {
        return on.preparedQuery(RANKS).execute(Tuple.of(grid, demo)).map(rows -> {
            Set<Role> ranks = EnumSet.noneOf(Role.class);
            rows.forEach(row -> ranks.add(Role.valueOf(row.getString("role"))));
            return ranks;
        });
    }

    public Posts posts() {
        return posts;
    }

    /** The supervisors who look after an area: at its own centre and at those above it. */
    public Future<List<UUID>> supervisors(SqlClient on, String area) {
        List<String> areas = new ArrayList<>();
        for (String at = area; ; at = AreaLevel.above(at)) {
            areas.add(at);
            if (AreaLevel.of(at) == AreaLevel.CITY) {
                break;
            }
        }
        return on.preparedQuery(SUPERVISORS)
                .execute(Tuple.tuple().addArrayOfString(areas.toArray(String[]::new)))
                .map(Staff::ids);
    }

    /** The administrators of an area: its own, and those of the areas above it. */
    public Future<List<UUID>> administrators(SqlClient on, String area) {
        return on.preparedQuery(ADMINISTRATORS).execute(Tuple.of(area)).map(Staff::ids);
    }

    /** The departments that have an officer at an area's centre. */
    public Future<List<String>> departmentsAt(String area) {
        return db.preparedQuery(HAS_OFFICE).execute(Tuple.of(area, demo)).map(rows -> {
            List<String> codes = new ArrayList<>();
            rows.forEach(row -> codes.add(row.getString("department")));
            return codes;
        });
    }

    /** The demo accounts of these areas. */
    public Future<List<StaffMember>> demoAccounts(List<String> areas) {
        return db.preparedQuery(REACHED_BY)
                .execute(Tuple.tuple().addArrayOfString(areas.toArray(String[]::new)))
                .map(Staff::members);
    }

    private Future<Void> replacePassword(
            Caller.Staff who, String act, StaffMember whose, String password, Sessions.@Nullable Current keep) {
        UUID id = whose.id();
        return passwords
                .hash(password)
                .compose(hash -> AuditLog.<Void>with(
                                db,
                                who,
                                act,
                                whose.user(),
                                new JsonObject(),
                                clock.instant(),
                                tx -> tx.preparedQuery(NEW_PASSWORD)
                                        .execute(Tuple.of(id, hash))
                                        .compose(done ->
                                                sessions.endAll(tx, id, keep == null ? null : keep.tokenHash())))
                        .onSuccess(done -> sessions.tellEnded(id)));
    }

    private Future<StaffMember> found(Caller.Staff administrator, String user) {
        return db.preparedQuery(FIND).execute(Tuple.of(user)).map(rows -> {
            StaffMember member =
                    rows.size() == 0 ? null : StaffMember.of(rows.iterator().next());
            if (member == null || !AreaLevel.covers(administrator.area(), member.area())) {
                administer(administrator, administrator.area());
                throw Refusal.notFound("这个工作人员");
            }
            administer(administrator, member.area());
            return member;
        });
    }

    private static void administer(Caller.Staff who, String area) {
        if (who.role() != Role.ADMINISTRATOR || !AreaLevel.covers(who.area(), area)) {
            throw Refusal.notAllowed("只有本区域的管理员可以管理工作人员。");
        }
    }

    private static void checkPost(NewMember wanted) {
        if (!AreaLevel.isCode(wanted.area())) {
            throw Refusal.notSensible("/area", "区域编码不对。");
        }
        if (wanted.role().inGrid() != (AreaLevel.of(wanted.area()) == AreaLevel.GRID)) {
            throw Refusal.notSensible("/area", "网格岗位要落在网格上，其他岗位要落在中心上。");
        }
        if ((wanted.role() == Role.DEPARTMENT_OFFICER) != (wanted.department() != null)) {
            throw Refusal.notSensible("/department", "部门经办人要有部门，其他岗位没有部门。");
        }
    }

    private static <T> Future<T> nameTaken(Throwable failure) {
        if (failure instanceof PgException pg && "one_account_per_username".equals(pg.getConstraint())) {
            return Future.failedFuture(Refusal.of(Refusal.Kind.ALREADY_THERE, "这个用户名已经有人用了。"));
        }
        return Future.failedFuture(failure);
    }

    private static List<StaffMember> members(RowSet<Row> rows) {
        List<StaffMember> members = new ArrayList<>();
        rows.forEach(row -> members.add(StaffMember.of(row)));
        return members;
    }

    private static List<UUID> ids(RowSet<Row> rows) {
        List<UUID> ids = new ArrayList<>();
        rows.forEach(row -> ids.add(row.getUUID("id")));
        return ids;
    }
}
