package linge.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import linge.Client;
import linge.TestApp;
import linge.clocks.WorkingTime;
import linge.shared.Caller;
import linge.shared.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The desk's list: whoever asks, whatever is asked, exactly the cases that fit and that may be seen. */
class QueueTest {

    private static TestApp app;
    private static String grid;
    private static String county;
    private static Map<String, Client> staff;
    private static Client resident;

    @BeforeAll
    static void start() {
        app = TestApp.demo();
        grid = app.grid();
        county = grid.substring(0, 6);
        staff = new TreeMap<>(Map.of(
                "worker", app.staff("worker-" + grid),
                "village", app.staff("dispatcher-" + grid.substring(0, 12)),
                "county", app.staff("dispatcher-" + county),
                "city", app.staff("dispatcher-1404"),
                "supervisor", app.staff("supervisor-" + county),
                "elsewhere", app.staff("dispatcher-140404"),
                "admin", app.staff("admin")));
        resident = app.resident();
        aTownsWeek();
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    /** Cases in many states, places and hands; some late, one supervised, one sent back. */
    private static void aTownsWeek() {
        List<String> numbers = new ArrayList<>();
        for (String text : List.of(
                "小区门口的路灯坏了三天，晚上看不见路",
                "单元楼下水道堵了，污水流到路上",
                "老板拖欠三个月工资不给",
                "楼上半夜装修吵得睡不着",
                "道路塌了一个大坑，骑车的人摔过两次",
                "广场舞音响太大，孩子写不了作业",
                "三楼窗户冒浓烟，有人喊救命")) {
            numbers.add(resident.file(TestApp.streetLamp().put("text", text)).getString("number"));
        }
        Client county = staff.get("county");
        String department = department();
        String officer = "officer-" + QueueTest.county + "-" + department.toLowerCase(java.util.Locale.ROOT);
        staff.put("officer", app.staff(officer));
        county.move(numbers.get(1), "DISPATCH", "department", department);
        staff.get("officer").move(numbers.get(1), "RETURN", "words", "不归我单位管");
        county.move(numbers.get(4), "DISPATCH", "department", department);
        staff.get("supervisor").move(numbers.get(2), "SUPERVISE", "words", "请抓紧");
        staff.get("worker").move(numbers.get(3), "ACCEPT");
        staff.get("worker").move(numbers.get(3), "HANDLE");
        staff.get("worker").move(numbers.get(3), "REPORT_BACK", "words", "已劝停，约定晚上八点后不施工");
        resident.move(numbers.get(5), "WITHDRAW");
    }

    private static String department() {
        return staff.get("county")
                .seeCase(resident.file(TestApp.streetLamp()).getString("number"))
                .getJsonObject("department")
                .getString("code");
    }

    @Test
    void everybody_gets_what_the_policy_lets_them_see_and_nothing_else() {
        List<Case> all = all();
        staff.forEach((who, client) -> {
            Caller.Staff caller = caller(who);
            Set<String> allowed = all.stream()
                    .filter(c -> CasePolicy.maySee(caller, c))
                    .map(c -> c.facts().number())
                    .collect(Collectors.toCollection(TreeSet::new));
            assertEquals(allowed, numbers(client, "view=all"), who);
        });
    }

    @Test
    void every_filter_keeps_what_fits_for_everybody() {
        List<Case> all = all();
        Set<UUID> back = returned();
        Map<String, java.util.function.Predicate<Case>> filters = new TreeMap<>(Map.of(
                "view=open",
                c -> c.now().state().open(),
                "view=closed",
                c -> !c.now().state().open(),
                "view=all&states=SUBMITTED,DISPATCHED",
                c -> Set.of(CaseState.SUBMITTED, CaseState.DISPATCHED)
                        .contains(c.now().state()),
                "view=all&category=MUNICIPAL",
                c -> c.facts().category() != null && c.facts().category().startsWith("MUNICIPAL"),
                "view=all&area=" + grid.substring(0, 9),
                c -> c.facts().area().startsWith(grid.substring(0, 9)),
                "view=all&area=140404",
                c -> c.facts().area().startsWith("140404"),
                "view=all&urgency=EMERGENCY",
                c -> c.facts().urgency().name().equals("EMERGENCY"),
                "view=all&supervised=true",
                c -> c.now().supervised(),
                "view=all&returned=true",
                c -> back.contains(c.facts().id()),
                "view=all&from=2020-01-01&until=2020-12-31",
                c -> false));
        Set<String> withSome = new HashSet<>();
        filters.forEach((query, fits) -> staff.forEach((who, client) -> {
            Caller.Staff caller = caller(who);
            Set<String> wanted = all.stream()
                    .filter(c -> CasePolicy.maySee(caller, c) && fits.test(c))
                    .map(c -> c.facts().number())
                    .collect(Collectors.toCollection(TreeSet::new));
            assertEquals(wanted, numbers(client, query), () -> who + " asked " + query);
            if (!wanted.isEmpty()) {
                withSome.add(query);
            }
        }));
        // A filter that nothing fits would be tested by nothing.
        assertEquals(filters.size() - 2, withSome.size(), withSome::toString);
    }

    @Test
    void what_is_late_today_and_within_a_day_is_told_by_the_clock_of_the_city() {
        Client dispatcher = staff.get("county");
        List<JsonObject> open = items(dispatcher, "view=open");
        java.time.Instant now = app.clock().instant();
        for (String due : List.of("overdue", "today", "day")) {
            java.time.Instant end = switch (due) {
                case "overdue" -> now;
                case "today" ->
                    now.atZone(WorkingTime.ZONE)
                            .toLocalDate()
                            .plusDays(1)
                            .atStartOfDay(WorkingTime.ZONE)
                            .toInstant();
                default -> now.plus(Duration.ofDays(1));
            };
            Set<String> wanted = open.stream()
                    .filter(item -> item.getString("due") != null)
                    .filter(item -> {
                        java.time.Instant at = java.time.Instant.parse(item.getString("due"));
                        return at.isBefore(end) && (due.equals("overdue") || !at.isBefore(now));
                    })
                    .map(item -> item.getString("number"))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertEquals(wanted, numbers(dispatcher, "view=open&due=" + due), due);
        }
    }

    @Test
    void every_order_is_kept_across_pages_while_others_file() {
        Client dispatcher = staff.get("county");
        for (String sort : List.of("due", "filed", "oldest", "updated")) {
            Set<String> before = numbers(dispatcher, "view=all&sort=" + sort);
            List<String> seen = new ArrayList<>();
            String next = null;
            do {
                JsonObject page = dispatcher
                        .get("/api/queue?view=all&limit=2&sort=" + sort + (next == null ? "" : "&after=" + next))
                        .expect(200)
                        .json();
                page.getJsonArray("items").forEach(item -> seen.add(((JsonObject) item).getString("number")));
                assertEquals(next != null, page.getJsonObject("total") == null, "the first page counts");
                next = page.getString("next");
                resident.file(TestApp.streetLamp());
            } while (next != null && seen.size() < 200);
            assertEquals(seen.size(), new HashSet<>(seen).size(), () -> sort + " showed a case twice: " + seen);
            assertTrue(seen.containsAll(before), () -> sort + " left one out");
        }
    }

    @Test
    void a_page_that_was_never_there_and_a_day_that_never_was_are_refused() {
        Client dispatcher = staff.get("county");
        dispatcher.get("/api/queue?after=bm90aGluZw").refused(400, "bad-input");
        dispatcher.get("/api/queue?from=2026-02-30").refused(400, "bad-input");
        dispatcher.get("/api/queue?from=2026-03-02&until=2026-03-01").refused(400, "bad-input");
        dispatcher.get("/api/queue?area=14041").refused(400, "bad-input");
        dispatcher.get("/api/queue?states=NOWHERE").refused(400, "bad-input");
    }

    @Test
    void a_count_is_exact_and_bounded() {
        JsonObject total = staff.get("county")
                .get("/api/queue?view=all&limit=1")
                .expect(200)
                .json()
                .getJsonObject("total");
        assertFalse(total.getBoolean("more"));
        assertEquals(app.count("SELECT count(*) FROM cases WHERE area LIKE $1 || '%'", county), (long)
                total.getInteger("n"));
    }

    @Test
    void what_is_open_is_the_same_for_the_state_the_lists_and_the_indexes() {
        String closed = Stream.of(CaseState.values())
                .filter(state -> !state.open())
                .map(Enum::name)
                .sorted()
                .collect(Collectors.joining(" "));
        String index = app.sql(db -> db.query("SELECT indexdef FROM pg_indexes WHERE indexname = 'open_cases_by_due'")
                .execute()
                .map(rows -> rows.iterator().next().getString("indexdef")));
        Set<String> named = new TreeSet<>();
        java.util.regex.Matcher label =
                java.util.regex.Pattern.compile("'([A-Z_]+)'").matcher(index);
        while (label.find()) {
            named.add(label.group(1));
        }
        assertEquals(closed, String.join(" ", named));
    }

    private static Set<String> numbers(Client client, String query) {
        return items(client, query).stream()
                .map(item -> item.getString("number"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<JsonObject> items(Client client, String query) {
        return client.get("/api/queue?limit=100&" + query).expect(200).items().stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    private static List<Case> all() {
        return app.sql(db -> db.query("SELECT " + CaseStore.COLUMNS + " FROM cases")
                .execute()
                .map(rows -> {
                    List<Case> all = new ArrayList<>();
                    rows.forEach(row -> all.add(CaseStore.caseOf(row)));
                    return all;
                }));
    }

    private static Set<UUID> returned() {
        return app.sql(db -> db.query("SELECT case_id FROM case_history WHERE move = 'RETURN'")
                .execute()
                .map(rows -> {
                    Set<UUID> ids = new HashSet<>();
                    rows.forEach(row -> ids.add(row.getUUID("case_id")));
                    return ids;
                }));
    }

    private static Caller.Staff caller(String who) {
        String user = staff.get(who)
                .get("/api/me")
                .expect(200)
                .json()
                .getJsonObject("staff")
                .getString("user");
        return app.sql(db -> db.preparedQuery(
                        "SELECT id, username, name, role::text AS role, area, department FROM staff WHERE username = $1")
                .execute(Tuple.of(user))
                .map(rows -> {
                    Row row = rows.iterator().next();
                    return new Caller.Staff(
                            row.getUUID("id"),
                            row.getString("username"),
                            row.getString("name"),
                            Role.valueOf(row.getString("role")),
                            row.getString("area"),
                            row.getString("department"));
                }));
    }

    static String encoded(String words) {
        return URLEncoder.encode(words, StandardCharsets.UTF_8);
    }
}
