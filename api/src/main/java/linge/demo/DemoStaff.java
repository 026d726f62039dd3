package linge.demo;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import linge.bot.place.Gazetteer;
import linge.bot.place.Level;
import linge.bot.place.Place;
import linge.bot.triage.Categories;
import linge.bot.triage.Department;
import linge.db.Times;
import linge.shared.AreaLevel;
import linge.shared.Role;
import linge.staff.Passwords;
import org.jspecify.annotations.Nullable;

/** Made-up people for every post of the demo city; the same names each time, one password for all, marked demo. */
public final class DemoStaff {

    /** Printed on a page; accounts with it open nothing outside demo mode. */
    public static final String PASSWORD = "linge-demo-2026";

    private static final int BATCH = 2000;
    private static final String SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董程曹袁邓许傅沈曾彭吕苏";
    private static final String GIVEN = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂文辉玲建华红梅志国春生晓东海燕";

    private static final String ADD = """
            INSERT INTO staff (username, name, role, area, department, phone, password_hash, active, demo, created_at)
            SELECT username, name, role::role, area, nullif(department, ''), phone, $7, true, true, $8
            FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[])
              AS made (username, name, role, area, department, phone)
            ON CONFLICT DO NOTHING""";
    private static final String COUNT = "SELECT count(*) AS count FROM staff WHERE demo";

    private final Pool db;
    private final Clock clock;

    public DemoStaff(Pool db, Clock clock) {
        this.db = db;
        this.clock = clock;
    }

    private record Post(String user, Role role, String area, String department) {}

    /** Fills every post of these grids and of the centres above them, once. */
    public Future<Void> settle(List<String> grids) {
        return db.query(COUNT).execute().compose(rows -> {
            if (rows.iterator().next().getLong("count") > 0) {
                return Future.succeededFuture();
            }
            List<Post> posts = posts(grids);
            String hash = Passwords.hashNow(PASSWORD);
            Future<Void> done = Future.succeededFuture();
            for (int from = 0; from < posts.size(); from += BATCH) {
                List<Post> batch = posts.subList(from, Math.min(from + BATCH, posts.size()));
                done = done.compose(ok -> add(batch, hash));
            }
            return done;
        });
    }

    private Future<Void> add(List<Post> posts, String hash) {
        Tuple columns = Tuple.tuple()
                .addArrayOfString(posts.stream().map(Post::user).toArray(String[]::new))
                .addArrayOfString(posts.stream().map(post -> name(post.user())).toArray(String[]::new))
                .addArrayOfString(posts.stream().map(post -> post.role().name()).toArray(String[]::new))
                .addArrayOfString(posts.stream().map(Post::area).toArray(String[]::new))
                .addArrayOfString(posts.stream().map(Post::department).toArray(String[]::new))
                .addArrayOfString(posts.stream().map(post -> phone(post.user())).toArray(String[]::new))
                .addValue(hash)
                .addValue(Times.at(clock.instant()));
        return db.preparedQuery(ADD).execute(columns).mapEmpty();
    }

    private static List<Post> posts(List<String> grids) {
        List<Post> posts = new ArrayList<>();
        Set<String> centres = new HashSet<>();
        for (String grid : grids) {
            posts.add(post(Role.GRID_LEADER, grid, null));
            posts.add(post(Role.DEPUTY_LEADER, grid, null));
            posts.add(post(Role.GRID_WORKER, grid, null));
            posts.add(post(Role.GRID_ASSISTANT, grid, null));
            for (String area = AreaLevel.above(grid); centres.add(area) && AreaLevel.of(area) != AreaLevel.CITY; ) {
                area = AreaLevel.above(area);
            }
        }
        // Centres without a grid of their own still answer for their place.
        for (Place county : Gazetteer.shipped().all(Level.COUNTY)) {
            centres.add(county.code());
        }
        centres.stream().sorted().forEach(area -> {
            posts.add(post(Role.DISPATCHER, area, null));
            if (AreaLevel.of(area) != AreaLevel.VILLAGE) {
                posts.add(post(Role.SUPERVISOR, area, null));
            }
            if (AreaLevel.of(area) == AreaLevel.COUNTY) {
                for (Department department : Categories.shipped().departments()) {
                    posts.add(post(Role.DEPARTMENT_OFFICER, area, department.code()));
                }
            }
        });
        posts.add(new Post("admin", Role.ADMINISTRATOR, "1404", ""));
        return posts;
    }

    private static Post post(Role role, String area, @Nullable String department) {
        String word = switch (role) {
            case GRID_LEADER -> "leader";
            case DEPUTY_LEADER -> "deputy";
            case GRID_WORKER -> "worker";
            case GRID_ASSISTANT -> "assistant";
            case DISPATCHER -> "dispatcher";
            case SUPERVISOR -> "supervisor";
            case DEPARTMENT_OFFICER -> "officer";
            case ADMINISTRATOR -> "admin";
        };
        String user = word + "-" + area + (department == null ? "" : "-" + department.toLowerCase(Locale.ROOT));
        return new Post(user, role, area, department == null ? "" : department);
    }

    private static String name(String user) {
        int hash = spread(user);
        char surname = SURNAMES.charAt(hash % SURNAMES.length());
        char first = GIVEN.charAt(hash / 64 % GIVEN.length());
        String name = "" + surname + first;
        return hash % 3 == 0 ? name : name + GIVEN.charAt(hash / 4096 % GIVEN.length());
    }

    /** No local number begins with 0: nobody is called by a demo. */
    private static String phone(String user) {
        return String.format(Locale.ROOT, "0355-0%06d", spread(user) % 1_000_000);
    }

    private static int spread(String text) {
        int hash = text.hashCode() * 0x9E3779B1;
        return (hash ^ hash >>> 15) & 0x7fffffff;
    }
}
