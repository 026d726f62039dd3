package linge.staff;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import linge.db.AuditLog;
import linge.shared.AreaLevel;
import linge.shared.Caller;
import linge.shared.Names;
import linge.shared.Refusal;
import linge.shared.Role;
import org.jspecify.annotations.Nullable;

/**
 * Posts by office: who holds each, who stands in while the holders are on leave, to whom it is delegated. A deputy acts only on
 * days on which every holder is away; a delegate on every day of the delegation.
 */
public final class Posts {

    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private static final String ACTINGS = """
            SELECT p.area, p.department, p.role::text AS role, (
                SELECT s.name FROM post_holders o JOIN staff s ON s.id = o.staff_id
                WHERE o.post_id = p.id AND o.hold = 'HOLDER' AND o.staff_id <> $1 AND s.active
                  AND o.from_day <= $2 AND (o.until_day IS NULL OR o.until_day >= $2)
                ORDER BY o.from_day, s.username LIMIT 1) AS holder
            FROM post_holders h JOIN posts p ON p.id = h.post_id
            WHERE h.staff_id = $1 AND h.from_day <= $2 AND (h.until_day IS NULL OR h.until_day >= $2)
              AND (h.hold = 'DELEGATE' OR h.hold = 'DEPUTY' AND NOT EXISTS (
                SELECT FROM post_holders o JOIN staff s ON s.id = o.staff_id
                WHERE o.post_id = p.id AND o.hold = 'HOLDER' AND s.active
                  AND o.from_day <= $2 AND (o.until_day IS NULL OR o.until_day >= $2)
                  AND NOT EXISTS (SELECT FROM staff_leaves l
                    WHERE l.staff_id = o.staff_id AND l.from_day <= $2 AND l.until_day >= $2)))
              AND NOT EXISTS (SELECT FROM staff_leaves l
                WHERE l.staff_id = $1 AND l.from_day <= $2 AND l.until_day >= $2)
            ORDER BY p.area, p.role LIMIT 20""";

    private static final String OF_AREA = """
            SELECT p.id, p.area, p.department, p.role::text AS role FROM posts p
            WHERE p.area LIKE $1 || '%' AND (p.area, p.id) > ($2, $3) ORDER BY p.area, p.id LIMIT $4""";
    private static final String HOLDERS = """
            SELECT h.post_id, h.id, s.username, s.name, h.hold::text AS hold, h.from_day, h.until_day, s.active, (
                SELECT max(l.until_day) FROM staff_leaves l
                WHERE l.staff_id = s.id AND l.from_day <= $2 AND l.until_day >= $2) AS away_until
            FROM post_holders h JOIN staff s ON s.id = h.staff_id
            WHERE h.post_id = ANY($1) AND (h.until_day IS NULL OR h.until_day >= $2)
            ORDER BY h.hold, h.from_day, s.username""";
    private static final String POST = "SELECT area, department, role::text AS role FROM posts WHERE id = $1";
    private static final String HOLD = """
            INSERT INTO post_holders (post_id, staff_id, hold, from_day, until_day)
            VALUES ($1, $2, $3::text::post_hold, $4, $5) RETURNING id""";
    private static final String HELD = """
            SELECT p.area FROM post_holders h JOIN posts p ON p.id = h.post_id WHERE h.id = $1""";
    private static final String END = """
            UPDATE post_holders SET until_day = greatest(from_day, $2) WHERE id = $1 AND (until_day IS NULL OR until_day > $2)""";
    private static final String LEAVE =
            "INSERT INTO staff_leaves (staff_id, from_day, until_day) VALUES ($1, $2, $3) RETURNING id";

    /** How somebody has a post. */
    public enum Hold {
        HOLDER,
        DEPUTY,
        DELEGATE
    }

    /**
     * A post somebody may act for today.
     *
     * @param as the same person as if the post were theirs
     * @param actingFor whose it is, e.g. 代网格长王芳
     */
    public record Acting(Caller.Staff as, String actingFor) {}

    private final Pool db;
    private final Clock clock;
    private final Staff staff;

    public Posts(Pool db, Clock clock, Staff staff) {
        this.db = db;
        this.clock = clock;
        this.staff = staff;
    }

    /** The posts this person may act for today beside their own; at most 20. */
    public Future<List<Acting>> actings(SqlClient on, Caller.Staff who) {
        return on.preparedQuery(ACTINGS).execute(Tuple.of(who.id(), today())).map(rows -> {
            List<Acting> all = new ArrayList<>();
            rows.forEach(row -> {
                Role role = Role.valueOf(row.getString("role"));
                String holder = row.getString("holder");
                all.add(new Acting(
                        new Caller.Staff(
                                who.id(),
                                who.user(),
                                who.name(),
                                role,
                                row.getString("area"),
                                row.getString("department")),
                        "代" + role.label() + (holder == null ? "" : holder)));
            });
            return all;
        });
    }

    /** The posts in which this person acts today, their own first. */
    public Future<List<Caller.Staff>> all(Caller.Staff who) {
        return actings(db, who)
                .map(actings -> Stream.concat(Stream.of(who), actings.stream().map(Acting::as))
                        .toList());
    }

    /** Posts of an area and below with who has them, from after {@code after}; as the contract's {@code PostList}. */
    Future<JsonObject> list(Caller.Staff who, String area, @Nullable String after, int limit, Names names) {
        administers(who, area);
        String[] from = after == null ? new String[] {"", new UUID(0, 0).toString()} : after.split("_", 2);
        UUID id;
        try {
            id = UUID.fromString(from[from.length - 1]);
        } catch (IllegalArgumentException e) {
            throw Refusal.badInput("/after", "翻页位置不对，请从第一页重新看起。");
        }
        return db.preparedQuery(OF_AREA)
                .execute(Tuple.of(area, from[0], id, limit + 1))
                .compose(rows -> {
                    Map<UUID, JsonObject> posts = new LinkedHashMap<>();
                    String next = null;
                    String last = "";
                    for (Row row : rows) {
                        if (posts.size() == limit) {
                            next = last;
                            break;
                        }
                        String at = row.getString("area");
                        Role role = Role.valueOf(row.getString("role"));
                        last = at + "_" + row.getUUID("id");
                        posts.put(
                                row.getUUID("id"),
                                new JsonObject()
                                        .put("id", row.getUUID("id").toString())
                                        .put("office", names.office(at, row.getString("department")))
                                        .put("area", at)
                                        .put("department", names.department(row.getString("department")))
                                        .put("role", role.name())
                                        .put("roleName", role.label())
                                        .put("holders", new JsonArray()));
                    }
                    String more = next;
                    return holders(posts)
                            .map(done -> new JsonObject()
                                    .put("items", new JsonArray(List.copyOf(posts.values())))
                                    .put("next", more));
                });
    }

    private Future<Void> holders(Map<UUID, JsonObject> posts) {
        Tuple wanted = Tuple.tuple()
                .addArrayOfUUID(posts.keySet().toArray(UUID[]::new))
                .addValue(today());
        return db.preparedQuery(HOLDERS).execute(wanted).map(rows -> {
            rows.forEach(row -> {
                JsonObject post = posts.get(row.getUUID("post_id"));
                LocalDate away = row.getLocalDate("away_until");
                LocalDate until = row.getLocalDate("until_day");
                if (post != null) {
                    post.getJsonArray("holders")
                            .add(new JsonObject()
                                    .put("id", row.getUUID("id").toString())
                                    .put("user", row.getString("username"))
                                    .put("name", row.getString("name"))
                                    .put("hold", row.getString("hold"))
                                    .put("from", row.getLocalDate("from_day").toString())
                                    .put("until", until == null ? null : until.toString())
                                    .put("active", row.getBoolean("active"))
                                    .put("awayUntil", away == null ? null : away.toString()));
                }
            });
            return null;
        });
    }

    /** Gives a post to somebody, as holder, deputy or delegate. */
    Future<UUID> appoint(
            Caller.Staff who, UUID post, String user, Hold hold, LocalDate from, @Nullable LocalDate until) {
        order("/until", from, until);
        if (hold == Hold.DELEGATE && until == null) {
            throw Refusal.notSensible("/until", "授权要写明到哪一天为止。");
        }
        administers(who, who.area());
        return post(post)
                .compose(found -> {
                    administers(who, found.getString("area"));
                    return staff.within(who, user);
                })
                .compose(member -> db.withTransaction(tx -> tx.preparedQuery(HOLD)
                        .execute(Tuple.of(post, member.id(), hold.name(), from, until))
                        .map(rows -> rows.iterator().next().getUUID("id"))
                        .compose(id -> AuditLog.write(
                                        tx,
                                        who,
                                        "post." + hold.name().toLowerCase(Locale.ROOT),
                                        user,
                                        new JsonObject()
                                                .put("post", post.toString())
                                                .put("from", from.toString())
                                                .put("until", until == null ? null : until.toString()),
                                        clock.instant())
                                .map(id))));
    }

    /** From tomorrow on they have the post no more; what was done in it stays. */
    Future<Void> end(Caller.Staff who, UUID holding) {
        administers(who, who.area());
        return db.preparedQuery(HELD).execute(Tuple.of(holding)).compose(rows -> {
            if (rows.size() == 0) {
                throw Refusal.notFound("这个任职");
            }
            administers(who, rows.iterator().next().getString("area"));
            return db.withTransaction(tx -> tx.preparedQuery(END)
                    .execute(Tuple.of(holding, today()))
                    .compose(done -> AuditLog.write(
                            tx, who, "post.end", holding.toString(), new JsonObject(), clock.instant())));
        });
    }

    /** Somebody is away on these days; one may say so oneself, an administrator of the area for anybody there. */
    Future<Void> leave(Caller.Staff who, String user, LocalDate from, LocalDate until) {
        order("/until", from, until);
        Future<UUID> whose = user.equals(who.user())
                ? Future.succeededFuture(who.id())
                : staff.within(who, user).map(StaffMember::id);
        return whose.compose(id -> db.withTransaction(tx -> tx.preparedQuery(LEAVE)
                .execute(Tuple.of(id, from, until))
                .compose(done -> AuditLog.write(
                        tx,
                        who,
                        "post.leave",
                        user,
                        new JsonObject().put("from", from.toString()).put("until", until.toString()),
                        clock.instant()))));
    }

    private Future<JsonObject> post(UUID id) {
        return db.preparedQuery(POST).execute(Tuple.of(id)).map(rows -> {
            if (rows.size() == 0) {
                throw Refusal.notFound("这个岗位");
            }
            return rows.iterator().next().toJson();
        });
    }

    LocalDate today() {
        return clock.instant().atZone(ZONE).toLocalDate();
    }

    private static void order(String pointer, LocalDate from, @Nullable LocalDate until) {
        if (until != null && until.isBefore(from)) {
            throw Refusal.notSensible(pointer, "结束的日子不能早于开始的日子。");
        }
    }

    private static void administers(Caller.Staff who, String area) {
        if (who.role() != Role.ADMINISTRATOR || !AreaLevel.covers(who.area(), area)) {
            throw Refusal.notAllowed("只有本区域的管理员可以安排岗位。");
        }
    }
}
