package linge.desk;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import linge.Client;
import linge.TestApp;
import linge.bot.triage.Categories;
import linge.bot.triage.Category;
import linge.db.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long a desk waits for its lists when the city has very many cases; run with
 * {@code mvn -pl api -am -Pbench test -Dtest=DeskBench}. Each list is asked over HTTP, and beside it the database alone for the
 * bare rows of the same page. {@code -Dlinge.cases=} says how many cases there are.
 */
@Tag("bench")
class DeskBench {

    private static final Logger log = LoggerFactory.getLogger(DeskBench.class);
    private static final int CASES = Integer.getInteger("linge.cases", 1_000_000);
    private static final int TIMES = Integer.getInteger("linge.times", 40);

    private static final String OPEN = "state NOT IN ('REPORTED', 'RATED', 'ARCHIVED', 'DECLINED', 'WITHDRAWN')";
    private static final String DUE = "coalesce(due_at, timestamptz '9999-01-01Z')";

    private static TestDatabase database;
    private static TestApp app;
    private static String grid;

    @BeforeAll
    static void fill() {
        database = TestApp.demoDatabase();
        app = TestApp.on(database, Map.of("LINGE_DEMO", "true"));
        grid = app.grid();
        long began = System.nanoTime();
        sql("INSERT INTO residents (phone, created_at) VALUES ('13900000001', now())");
        // The usual index is built once the words are there: that is how a database is restored, too.
        sql("ALTER TABLE cases DISABLE TRIGGER USER");
        // Sealing a million and a half lines takes longer than all else, and no list reads a seal.
        sql("ALTER TABLE case_history DISABLE TRIGGER USER");
        sql("DROP INDEX cases_by_words");
        sql(cases());
        sql("ALTER TABLE cases ENABLE TRIGGER USER");
        log.info("{} cases stand after {} s", CASES, seconds(began));
        sql("INSERT INTO case_words SELECT c.id, said_in(c), search_words(said_in(c), c.area) FROM cases c");
        log.info("their words after {} s", seconds(began));
        sql("SET maintenance_work_mem = '512MB'");
        sql("CREATE INDEX cases_by_words ON case_words USING gin (words) WITH (gin_pending_list_limit = 512)");
        sql("""
                INSERT INTO case_history (case_id, seq, move, from_state, to_state, at, actor_kind, actor_id, actor_area,
                  holder_area, holder_department, hash)
                SELECT id, 0, 'FILE'::case_move, NULL::case_state, 'SUBMITTED'::case_state, filed_at, 'RESIDENT'::actor_kind, resident_id, NULL::text,
                  area, NULL::text, repeat('0', 64) FROM cases
                UNION ALL
                SELECT id, 1, 'DISPATCH'::case_move, 'SUBMITTED'::case_state, 'DISPATCHED'::case_state, filed_at, 'STAFF'::actor_kind, resident_id, left(area, 6),
                  left(area, 6), department, repeat('0', 64) FROM cases WHERE hashtext(number) % 2 = 0
                UNION ALL
                SELECT id, 2, 'RETURN'::case_move, 'DISPATCHED'::case_state, 'ACCEPTED'::case_state, filed_at, 'STAFF'::actor_kind, resident_id, left(area, 6),
                  left(area, 6), NULL, repeat('0', 64) FROM cases WHERE hashtext(number) % 100 = 0""");
        sql("ALTER TABLE case_history ENABLE TRIGGER USER");
        for (String table : List.of("cases", "case_words", "case_history")) {
            sql("VACUUM (ANALYZE) " + table);
        }
        long bytes = app.count("SELECT pg_database_size(current_database())");
        long words = app.count("SELECT pg_total_relation_size('case_words')");
        log.info(
                "filled in {} s: the database takes {} MB, {} MB of it for search",
                seconds(began),
                bytes >> 20,
                words >> 20);
    }

    @AfterAll
    static void stop() {
        app.close();
        database.drop();
    }

    /** Three years of a city; three cases of a hundred are open, most of them among the newest. */
    private static String cases() {
        List<Category> categories = Categories.shipped().all();
        String codes = categories.stream().map(one -> "'" + one.code() + "'").collect(Collectors.joining(","));
        String departments = categories.stream()
                .map(one -> "'" + one.department().code() + "'")
                .collect(Collectors.joining(","));
        return """
                WITH ground AS (SELECT array_agg(DISTINCT area) AS grids FROM staff WHERE length(area) = 15),
                who AS (SELECT id FROM residents WHERE phone = '13900000001'),
                made AS (
                  SELECT i, hashint4(i) & 2147483647 AS a, hashint4(i + 7) & 2147483647 AS b, hashint4(i * 3) & 2147483647 AS d,
                    now() - (N - i) * (interval '1095 days' / N) AS filed
                  FROM generate_series(1, N) AS i),
                dealt AS (
                  SELECT m.*, g.grids[1 + a % array_length(g.grids, 1)] AS grid, 1 + b % K AS kind,
                    i > N * 0.96 AND d % 10 < 7 AS is_open
                  FROM made m, ground g)
                INSERT INTO cases (number, resident_id, client_key, request_hash, text, category, department, urgency, area, grid,
                  address, privacy, filed_at, state, version, holder_area, holder_department, supervised, urges, due_rule,
                  clock_started_at, due_at, answer, archived_by, updated_at)
                SELECT to_char(filed, 'YYMMDD') || lpad((i % 1000000)::text, 6, '0'), who.id, 'bench-' || i, '\\x00',
                  (ARRAY['小区门口','楼道里','学校对面','菜市场旁边','三号楼下','村口','广场东边','医院门前','桥头','河边'])[1 + a % 10]
                  || (ARRAY['的路灯坏了','下水道堵了','有人乱停车','噪音太大','垃圾没人清','水管漏水','电梯停了','工资拖欠','违规搭建','井盖丢了',
                            '狗没拴绳','树枝挡路','暖气不热','墙皮脱落','占道经营'])[1 + b % 15]
                  || (ARRAY['三天了','一个星期','每天晚上','下雨就这样','反映过一次','老人摔倒过','孩子上学要经过'])[1 + d % 7]
                  || '，请尽快处理。第' || (d % 5000) || '号',
                  (ARRAY[CODES])[kind], (ARRAY[DEPARTMENTS])[kind],
                  (CASE WHEN d % 200 = 0 THEN 'EMERGENCY' WHEN d % 20 = 0 THEN 'URGENT' ELSE 'NORMAL' END)::case_urgency,
                  grid, jsonb_build_object('code', grid, 'name', '第' || right(grid, 3) || '网格', 'placeName', '演示街道演示社区',
                    'kind', 'RESIDENTIAL', 'confidence', 0.9, 'reason', '按地址', 'demo', true),
                  (ARRAY['和平路','新建街','梧桐巷','解放东街'])[1 + d % 4] || (d % 300) || '号', 'NAMED', filed,
                  (CASE WHEN is_open THEN (ARRAY['SUBMITTED','ACCEPTED','DISPATCHED','HANDLING'])[1 + d % 4]
                    WHEN d % 33 = 0 THEN 'DECLINED' WHEN d % 50 = 0 THEN 'WITHDRAWN' ELSE 'ARCHIVED' END)::case_state,
                  3,
                  CASE WHEN is_open AND d % 4 = 2 THEN left(grid, 6) WHEN is_open AND d % 4 = 1 THEN left(grid, 6) ELSE grid END,
                  CASE WHEN d % 4 = 2 THEN (ARRAY[DEPARTMENTS])[kind] END,
                  is_open AND d % 40 = 0, 0,
                  CASE WHEN is_open THEN 'ORDINARY' END, CASE WHEN is_open THEN filed END,
                  CASE WHEN is_open THEN now() + (d % 200 - 40) * interval '1 hour' END,
                  CASE WHEN NOT is_open THEN '已派人到现场处理完毕' END,
                  CASE WHEN NOT is_open AND d % 33 <> 0 AND d % 50 <> 0 THEN 'CLOCK'::actor_kind END, filed + interval '3 days'
                FROM dealt, who""".replace("CODES", codes)
                .replace("DEPARTMENTS", departments)
                .replace("K AS kind", categories.size() + " AS kind")
                .replaceAll("\\bN\\b", String.valueOf(CASES));
    }

    @Test
    void every_list_filter_and_search() {
        String county = grid.substring(0, 6);
        Client city = app.staff("dispatcher-1404");
        Client centre = app.staff("dispatcher-" + county);
        Client town = app.staff("supervisor-" + grid.substring(0, 9));
        Client village = app.staff("dispatcher-" + grid.substring(0, 12));
        Client officer = app.staff("officer-" + county + "-"
                + Categories.shipped().departments().get(0).code().toLowerCase(java.util.Locale.ROOT));
        String here = " AND area LIKE '" + county + "%'";
        String department = Categories.shipped().departments().get(0).code();
        String category = Categories.shipped().all().get(0).code();
        ask("city, open", city, "view=open", OPEN, DUE + ", id");
        ask("city, closed", city, "view=closed", "NOT (" + OPEN + ")", "updated_at DESC, id DESC");
        ask("city, all, newest", city, "view=all&sort=filed", "true", "filed_at DESC, id DESC");
        ask("city, overdue", city, "view=open&due=overdue", OPEN + " AND " + DUE + " < now()", DUE + ", id");
        ask(
                "city, one category",
                city,
                "view=all&category=" + category,
                "category = '" + category + "'",
                "updated_at DESC, id DESC");
        ask("city, supervised", city, "view=open&supervised=true", OPEN + " AND supervised", DUE + ", id");
        ask(
                "city, returned",
                city,
                "view=open&returned=true",
                OPEN + " AND id IN (SELECT case_id FROM case_history WHERE move = 'RETURN')",
                DUE + ", id");
        ask(
                "city, emergency, closed, a department",
                city,
                "view=closed&urgency=EMERGENCY&department=" + department,
                "NOT (" + OPEN + ") AND urgency = 'EMERGENCY' AND holder_department = '" + department + "'",
                "updated_at DESC, id DESC");
        ask(
                "city, a month two years ago",
                city,
                "view=all&sort=filed&from=" + day(760) + "&until=" + day(730),
                "filed_at BETWEEN now() - interval '760 days' AND now() - interval '730 days'",
                "filed_at DESC, id DESC");
        ask(
                "county, to do",
                centre,
                "view=todo",
                OPEN + " AND holder_area = '" + county + "' AND holder_department IS NULL",
                DUE + ", id");
        ask("county, open", centre, "view=open", OPEN + here, DUE + ", id");
        ask("county, all", centre, "view=all", "true" + here, "updated_at DESC, id DESC");
        ask(
                "county, due today, one category",
                centre,
                "view=open&due=today&category=" + category,
                OPEN + here + " AND category = '" + category + "' AND " + DUE
                        + " BETWEEN now() AND now() + interval '1 day'",
                DUE + ", id");
        ask(
                "county, nothing fits",
                centre,
                "view=all&states=RATED&urgency=EMERGENCY",
                "state = 'RATED' AND urgency = 'EMERGENCY'" + here,
                "updated_at DESC, id DESC");
        ask(
                "town, to do of a supervisor",
                town,
                "view=todo",
                OPEN + " AND area LIKE '" + grid.substring(0, 9) + "%' AND (supervised OR " + DUE + " < now())",
                DUE + ", id");
        ask(
                "village, all",
                village,
                "view=all",
                "area LIKE '" + grid.substring(0, 12) + "%'",
                "updated_at DESC, id DESC");
        ask(
                "department, to do",
                officer,
                "view=todo",
                OPEN + " AND holder_area = '" + county + "' AND holder_department = '" + department + "'",
                DUE + ", id");
        for (String words : List.of("灯", "路灯", "路灯坏了", "噪音 梧桐巷", "第4321号", "第4321号 路灯", "鲸")) {
            search("city", city, words);
            search("county", centre, words);
        }
        search("village", village, "路灯");
        String number =
                app.sql(db -> db.query("SELECT number FROM cases WHERE area LIKE '" + county + "%' LIMIT 1 OFFSET 5000")
                        .execute()
                        .map(rows -> rows.iterator().next().getString("number")));
        ask("county, a number", centre, "view=all&q=" + number, "number = '" + number + "'", "filed_at DESC, id DESC");
        ask(
                "county, a day's number",
                centre,
                "view=all&q=" + number.substring(0, 6),
                "number LIKE '" + number.substring(0, 6) + "%'" + here,
                "filed_at DESC, id DESC");
        for (String view : List.of("todo", "open", "closed", "all")) {
            time(
                    "phone list, city, " + view,
                    () -> city.get("/api/cases?view=" + view + "&limit=20").expect(200),
                    null);
            time(
                    "phone list, county, " + view,
                    () -> centre.get("/api/cases?view=" + view + "&limit=20").expect(200),
                    null);
        }
        deep("city, open, 40 pages on", city, "view=open");
        deep("city, all, 40 pages on", city, "view=all&sort=filed");
        for (int i = 0; i < 8; i++) {
            JsonObject filter = new JsonObject().put("view", i % 2 == 0 ? "open" : "all");
            if (i > 1) {
                filter.put("category", Categories.shipped().all().get(i).code());
            }
            centre.post(
                            "/api/queue/filters",
                            new JsonObject().put("name", "第" + i + "组").put("filter", filter))
                    .expect(201);
        }
        time(
                "eight saved filters with their counts",
                () -> centre.get("/api/queue/filters").expect(200),
                null);
        String open = open(county);
        time(
                "suggestions for a case",
                () -> centre.get("/api/cases/" + open + "/suggestions").expect(200),
                null);
    }

    /** An open case on the county's desk whose made-up number happens to have the check digit that people's numbers have. */
    private static String open(String county) {
        return app
                .sql(db -> db.query("SELECT number FROM cases WHERE state = 'ACCEPTED' AND holder_area = '" + county
                                + "' AND holder_department IS NULL ORDER BY id LIMIT 1000")
                        .execute())
                .stream()
                .map(row -> row.getString("number"))
                .filter(DeskBench::isWhole)
                .findFirst()
                .orElseThrow();
    }

    private static boolean isWhole(String number) {
        int product = 10;
        for (int i = 0; i < 11; i++) {
            int sum = (number.charAt(i) - '0' + product) % 10;
            product = (sum == 0 ? 10 : sum) * 2 % 11;
        }
        return number.charAt(11) - '0' == (11 - product) % 10;
    }

    /** The database alone has nothing to compare with: without the index of words it would read every case. */
    private static void search(String who, Client client, String words) {
        String query = "view=all&q=" + URLEncoder.encode(words, StandardCharsets.UTF_8);
        time(
                who + ", search " + words,
                () -> client.get("/api/queue?limit=50&" + query).expect(200),
                null);
    }

    private static void ask(String name, Client client, String query, String where, String order) {
        String bare = "SELECT * FROM cases WHERE " + where + " ORDER BY " + order + " LIMIT 51";
        double alone = median(() -> app.sql(db -> db.query(bare).execute()));
        time(name, () -> client.get("/api/queue?limit=50&" + query).expect(200), alone);
    }

    private static void deep(String name, Client client, String query) {
        String next = "";
        for (int i = 0; i < 40; i++) {
            next = "&after="
                    + client.get("/api/queue?limit=100&" + query + next)
                            .expect(200)
                            .json()
                            .getString("next");
        }
        String there = next;
        time(name, () -> client.get("/api/queue?limit=50&" + query + there).expect(200), null);
    }

    private static void time(String name, Runnable asked, Double alone) {
        for (int i = 0; i < 5; i++) {
            asked.run();
        }
        double[] millis = new double[TIMES];
        for (int i = 0; i < TIMES; i++) {
            long began = System.nanoTime();
            asked.run();
            millis[i] = (System.nanoTime() - began) / 1e6;
        }
        Arrays.sort(millis);
        double p50 = millis[TIMES / 2];
        double p99 = millis[(int) Math.ceil(TIMES * 0.99) - 1];
        String ratio = alone == null
                ? ""
                : String.format(java.util.Locale.ROOT, "; the rows alone %.1f ms, %.1f times that", alone, p50 / alone);
        log.info("BENCH {}: {} ms, p99 {} ms{}", name, round(p50), round(p99), ratio);
    }

    private static double median(Runnable asked) {
        double[] millis = new double[TIMES];
        for (int i = 0; i < TIMES; i++) {
            long began = System.nanoTime();
            asked.run();
            millis[i] = (System.nanoTime() - began) / 1e6;
        }
        Arrays.sort(millis);
        return millis[TIMES / 2];
    }

    private static String day(int before) {
        return java.time.LocalDate.now(java.time.ZoneId.of("Asia/Shanghai"))
                .minusDays(before)
                .toString();
    }

    private static void sql(String statement) {
        app.sql(db -> db.query(statement).execute().compose(rows -> Future.succeededFuture()));
    }

    private static double round(double value) {
        return Math.round(value * 10) / 10.0;
    }

    private static long seconds(long began) {
        return (System.nanoTime() - began) / 1_000_000_000;
    }
}
