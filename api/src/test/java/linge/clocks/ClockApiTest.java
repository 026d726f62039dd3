package linge.clocks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import linge.Client;
import linge.TestApp;
import linge.shared.Names;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The pages' operations about time, asked as pages do. */
class ClockApiTest {

    private static final String NEXT_YEAR = """
            year,first,last,kind,name,notice
            2031,2031-01-01,2031-01-01,off,元旦,测试〔2030〕1号
            2031,2031-05-01,2031-05-05,off,劳动节,测试〔2030〕1号
            2031,2031-10-01,2031-10-07,off,国庆节,测试〔2030〕1号
            """;

    private static TestApp app;
    private static Client admin;
    private static String grid;

    @BeforeAll
    static void start() {
        app = TestApp.demo();
        admin = app.staff("admin");
        grid = app.grid();
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    private static Clocks clocks(Pool db) {
        Names names = new Names() {
            @Override
            public String area(String code) {
                return code;
            }

            @Override
            public JsonObject department(String code) {
                return null;
            }

            @Override
            public JsonObject category(String code) {
                return null;
            }
        };
        return ClockHouse.open(new ClockHouse.Ground(db, app.clock(), names))
                .await()
                .clocks();
    }

    private static List<JsonObject> board(Client who) {
        return who.get("/api/staff/clocks?hours=24&limit=100").expect(200).items().stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    @Test
    void the_board_shows_what_runs_out_to_those_whose_ground_it_is() {
        String number = app.resident().file(TestApp.streetLamp()).getString("number");
        UUID id = app.sql(db -> db.preparedQuery("SELECT id FROM cases WHERE number = $1")
                .execute(Tuple.of(number))
                .map(rows -> rows.iterator().next().getUUID("id")));
        Instant now = app.clock().instant();
        app.sql(db -> {
            Clocks clocks = clocks(db);
            return db.withTransaction(tx -> clocks.start(tx, id, grid, "WHISTLE", now));
        });
        JsonObject shown = board(app.staff("dispatcher-" + grid.substring(0, 6))).stream()
                .filter(one -> one.getString("rule").equals("WHISTLE"))
                .findFirst()
                .orElseThrow();
        assertEquals(number, shown.getJsonObject("subject").getString("number"));
        assertTrue(shown.getString("article").contains("吹哨"), shown::encode);
        assertEquals("GREEN", shown.getString("colour"));
        assertTrue(board(app.staff("dispatcher-140404")).stream()
                .noneMatch(one -> number.equals(one.getJsonObject("subject").getString("number"))));
        app.staff("dispatcher-140404").get("/api/staff/clocks?area=" + grid).refused(403, "not-allowed");
    }

    @Test
    void pages_of_the_board_follow_one_another_without_gap_or_repetition() {
        Instant now = app.clock().instant();
        List<String> numbers = Stream.generate(
                        () -> app.resident().file(TestApp.streetLamp()).getString("number"))
                .limit(5)
                .toList();
        app.sql(db -> {
            Clocks clocks = clocks(db);
            return db.withTransaction(tx -> {
                io.vertx.core.Future<Deadline> all = io.vertx.core.Future.succeededFuture();
                for (String number : numbers) {
                    all = all.compose(done -> tx.preparedQuery("SELECT id FROM cases WHERE number = $1")
                            .execute(Tuple.of(number))
                            .compose(rows -> clocks.start(
                                    tx, rows.iterator().next().getUUID("id"), grid, "MAILBOX_ANSWER", now)));
                }
                return all;
            });
        });
        Client who = app.staff("dispatcher-" + grid.substring(0, 6));
        int whole = board(who).size();
        java.util.Set<String> seen = new java.util.HashSet<>();
        String cursor = "";
        int pages = 0;
        do {
            JsonObject page = who.get("/api/staff/clocks?hours=24&limit=2" + cursor)
                    .expect(200)
                    .json();
            page.getJsonArray("items").forEach(one -> assertTrue(seen.add(((JsonObject) one).getString("id"))));
            String next = page.getString("next");
            cursor = next == null ? "" : "&cursor=" + next;
            pages++;
        } while (!cursor.isEmpty());
        assertEquals(whole, seen.size());
        assertTrue(pages >= 3);
        who.get("/api/staff/clocks?cursor=forged").refused(400, "bad-input");
    }

    @Test
    void a_county_sets_a_rule_of_its_own_and_gives_it_back_and_all_is_kept() {
        JsonObject before = rule(
                admin.get("/api/staff/clocks/profiles?area=140405").expect(200).json(), "COMPLEX");
        assertNull(before.getString("setFor"));
        JsonObject change = new JsonObject()
                .put("area", "140405")
                .put("was", before.getLong("id"))
                .put("amount", 12)
                .put("label", "12 个工作日内办结")
                .put("why", "屯留区规定");
        JsonObject after = rule(
                admin.put("/api/staff/clocks/rules/COMPLEX", change).expect(200).json(), "COMPLEX");
        assertEquals(12, after.getInteger("amount"));
        assertTrue(after.getBoolean("own"));
        assertEquals(before.getString("article"), after.getString("article"));
        assertEquals(
                15,
                rule(admin.get("/api/staff/clocks/profiles?area=140403").json(), "COMPLEX")
                        .getInteger("amount"));
        admin.put("/api/staff/clocks/rules/COMPLEX", change).refused(409, "stale-version");
        admin.put(
                        "/api/staff/clocks/rules/COMPLEX",
                        change.copy().put("was", after.getLong("id")).put("yellow", 12))
                .refused(422, "not-sensible");
        admin.put("/api/staff/clocks/rules/COMPLEX", change.copy().put("why", " "))
                .refused(422, "not-sensible");
        admin.put("/api/staff/clocks/rules/NO_SUCH", change).refused(404, "not-found");
        admin.put(
                        "/api/staff/clocks/rules/COMPLEX",
                        new JsonObject()
                                .put("area", "140405")
                                .put("was", after.getLong("id"))
                                .put("inherit", true)
                                .put("why", "恢复"))
                .expect(200);
        JsonArray versions = admin.get("/api/staff/clocks/rules/COMPLEX/versions?area=140405")
                .expect(200)
                .items();
        assertEquals(3, versions.size());
        assertTrue(versions.getJsonObject(0).getBoolean("inherits"));
        assertEquals("屯留区规定", versions.getJsonObject(1).getString("why"));
    }

    @Test
    void service_hours_that_overlap_are_refused_and_others_are_set() {
        JsonObject overlap = new JsonObject("""
                {"usual": [{"from": "08:00", "to": "12:00"}, {"from": "11:30", "to": "18:00"}]}""");
        JsonObject good = new JsonObject("""
                {"usual": [{"from": "08:00", "to": "12:00"}, {"from": "14:30", "to": "18:00"}],
                 "seasons": [{"first": "06-01", "last": "08-31", "periods": [{"from": "08:00", "to": "12:00"},
                                                                             {"from": "15:00", "to": "18:30"}]}]}""");
        JsonObject change = new JsonObject().put("area", "140406").put("why", "夏季作息");
        admin.put("/api/staff/clocks/profiles/12345/hours", change.copy().put("hours", overlap))
                .refused(422, "not-sensible");
        JsonObject profiles = admin.put(
                        "/api/staff/clocks/profiles/12345/hours", change.copy().put("hours", good))
                .expect(200)
                .json();
        JsonObject set = profiles.getJsonArray("profiles").getJsonObject(0);
        assertTrue(set.getBoolean("own"));
        assertEquals(2, set.getJsonObject("hours").getJsonArray("usual").size());
    }

    @Test
    void a_notice_is_looked_at_before_it_is_taken_in_and_faults_stop_it() {
        assertFalse(
                admin.get("/api/staff/calendar?year=2031").expect(200).json().getBoolean("known"));
        JsonObject looked = admin.post(
                        "/api/staff/calendar",
                        new JsonObject().put("csv", NEXT_YEAR).put("check", true))
                .expect(200)
                .json();
        assertFalse(looked.getBoolean("imported"));
        assertEquals(13, looked.getJsonArray("years").getJsonObject(0).getInteger("off"));
        assertFalse(admin.get("/api/staff/calendar?year=2031").json().getBoolean("known"), "only looked at");
        assertTrue(admin.post(
                        "/api/staff/calendar",
                        new JsonObject()
                                .put("csv", NEXT_YEAR.replace("2031-05-05,off", "soon,off"))
                                .put("why", "试"))
                .refused(422, "not-sensible")
                .text()
                .contains("第 3 行"));
        assertTrue(admin.post(
                        "/api/staff/calendar",
                        new JsonObject().put("csv", NEXT_YEAR).put("why", "测试〔2030〕1号"))
                .expect(200)
                .json()
                .getBoolean("imported"));
        JsonObject year = admin.get("/api/staff/calendar?year=2031").json();
        assertTrue(year.getBoolean("known"));
        assertEquals(
                "测试〔2030〕1号", year.getJsonArray("versions").getJsonObject(0).getString("why"));
        assertFalse(
                admin.post(
                                "/api/staff/calendar",
                                new JsonObject().put("csv", NEXT_YEAR).put("why", "再来"))
                        .expect(200)
                        .json()
                        .getBoolean("imported"),
                "the same again changes nothing");
        assertEquals(
                1,
                admin.get("/api/staff/calendar?year=2031")
                        .json()
                        .getJsonArray("versions")
                        .size());
    }

    private static JsonObject rule(JsonObject profiles, String code) {
        return profiles.getJsonArray("profiles").stream()
                .flatMap(one -> ((JsonObject) one).getJsonArray("rules").stream())
                .map(JsonObject.class::cast)
                .filter(one -> one.getString("code").equals(code))
                .findFirst()
                .orElseThrow();
    }
}
