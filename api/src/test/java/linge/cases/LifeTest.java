package linge.cases;

import static linge.cases.CaseStoryTest.told;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import linge.Client;
import linge.TestApp;
import linge.clocks.WorkingTime;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The moves beyond the six steps, as the people of one county make them. */
class LifeTest {

    private static TestApp app;
    private static String grid;
    private static String county;
    private static String department;
    private static Client resident;
    private static Client worker;
    private static Client dispatcher;
    private static Client supervisor;
    private static Client officer;
    private static Client city;

    @BeforeAll
    static void start() {
        app = TestApp.demo();
        grid = app.grid();
        county = grid.substring(0, 6);
        department = app.resident()
                .file(TestApp.streetLamp())
                .getJsonObject("department")
                .getString("code");
    }

    /** Sessions of staff end with the day, and some of these tests take days. */
    @BeforeEach
    void signIn() {
        resident = app.resident();
        worker = app.staff("worker-" + grid);
        dispatcher = app.staff("dispatcher-" + county);
        supervisor = app.staff("supervisor-" + county);
        city = app.staff("dispatcher-1404");
        officer = app.staff("officer-" + county + "-" + department.toLowerCase(Locale.ROOT));
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @Test
    void more_time_is_asked_for_with_a_reason_granted_above_and_told_to_the_resident() {
        String number = dispatched();
        Instant due = Instant.parse(officer.seeCase(number).getString("due"));
        officer.tryMove(number, "ASK_EXTENSION", "words", "等配件到货", "days", 11).refused(422, "not-sensible");
        JsonObject asked = officer.move(number, "ASK_EXTENSION", "words", "等配件到货", "days", 3);
        assertEquals(3, asked.getJsonObject("extension").getInteger("days"));
        told(dispatcher, number, "等配件到货");
        officer.tryMove(number, "GRANT_EXTENSION").refused(403, "not-allowed");
        JsonObject granted = dispatcher.move(number, "GRANT_EXTENSION");
        assertNull(granted.getJsonObject("extension"));
        assertTrue(Instant.parse(granted.getString("due")).isAfter(due.plus(Duration.ofDays(2))));
        told(resident, number, "延长 3 个工作日，原因：等配件到货");
        officer.move(number, "ASK_EXTENSION", "words", "还差一件", "days", 7);
        dispatcher.move(number, "REFUSE_EXTENSION", "words", "请先用备件");
        told(officer, number, "请先用备件");
    }

    @Test
    void a_suspended_case_waits_with_its_deadline_and_resumes_by_itself() {
        String number = dispatched();
        officer.move(number, "HANDLE");
        Instant due = Instant.parse(officer.seeCase(number).getString("due"));
        String until = app.clock()
                .instant()
                .atZone(WorkingTime.ZONE)
                .toLocalDate()
                .plusDays(3)
                .toString();
        JsonObject waiting = officer.move(number, "SUSPEND", "words", "等电力公司停电", "until", until);
        assertEquals("SUSPENDED", waiting.getString("state"));
        told(resident, number, "等电力公司停电");
        officer.tryMove(number, "HANDLE").refused(409, "out-of-turn");
        app.forward(Duration.ofDays(4));
        Client owner = resident;
        signIn();
        JsonObject resumed = officer.seeCase(number);
        assertEquals("HANDLING", resumed.getString("state"));
        assertTrue(Instant.parse(resumed.getString("due")).isAfter(due.plus(Duration.ofDays(2))));
        told(owner, number, "恢复办理");
    }

    @Test
    void however_often_it_is_suspended_it_waits_no_longer_than_the_rule_allows_unless_a_supervisor_says_so() {
        String number = dispatched();
        officer.move(number, "HANDLE");
        officer.move(number, "SUSPEND", "words", "等设备到货", "until", inDays(40));
        app.forward(Duration.ofDays(41));
        signIn();
        assertEquals("HANDLING", officer.seeCase(number).getString("state"));
        JsonObject again = officer.tryMove(number, "SUSPEND", "words", "设备还没到", "until", inDays(14))
                .refused(422, "not-sensible")
                .json();
        assertTrue(again.encode().contains("请督办员写明原因后挂起"), again::encode);
        JsonObject waiting = supervisor.move(number, "SUSPEND", "words", "厂家停产，已另行采购，同意再等两周", "until", inDays(14));
        assertEquals("SUSPENDED", waiting.getString("state"));
        // A supervisor of another county does not see it, and one around it only suspends what lies below.
        app.staff("supervisor-140404").get("/api/cases/" + number).refused(404, "not-found");
    }

    @Test
    void nobody_resolves_without_evidence_and_nobody_leaves_the_resident_untold() {
        String number = dispatched();
        officer.move(number, "HANDLE");
        officer.post(
                        "/api/cases/" + number + "/moves",
                        new JsonObject()
                                .put("move", "RESOLVE")
                                .put("version", officer.seeCase(number).getInteger("version"))
                                .put("words", "换好了"))
                .refused(422, "not-sensible");
        JsonObject resolved = officer.move(number, "RESOLVE", "words", "灯换好了", "without", "夜里才看得出");
        assertEquals("RESOLVED", resolved.getString("state"));
        assertTrue(resolved.getString("due") != null, "the deadline runs until the resident is told");
        JsonObject reported = officer.move(number, "REPORT_BACK", "words", "张师傅昨天换好了灯，请您看看");
        assertEquals("REPORTED", reported.getString("state"));
        JsonObject confirmed = resident.move(number, "CONFIRM");
        assertEquals("RATED", confirmed.getString("state"));
        assertTrue(confirmed.getBoolean("confirmed"));
        assertEquals("ARCHIVED", dispatcher.move(number, "ARCHIVE").getString("state"));
    }

    @Test
    void a_dissatisfied_return_visit_reopens_at_once_and_a_listing_blocks_the_end() {
        String number = dispatched();
        officer.move(number, "HANDLE");
        officer.move(number, "REPORT_BACK", "words", "已修好");
        dispatcher.tryMove(number, "ARCHIVE").refused(409, "out-of-turn");
        JsonObject again = dispatcher.move(number, "RETURN_VISIT", "visit", "DISSATISFIED", "words", "灯还是不亮");
        assertEquals("ACCEPTED", again.getString("state"));
        told(resident, number, "灯还是不亮");
        assertEquals(List.of("RETURN_VISIT", "REOPEN"), lastMoves(number, 2));
        supervisor.move(number, "LIST", "words", "重办件，区里盯住");
        officer.move(number, "HANDLE");
        officer.move(number, "RESOLVE", "words", "重新接了线");
        officer.tryMove(number, "REPORT_BACK", "words", "重新接了线").refused(409, "out-of-turn");
        supervisor.move(number, "UNLIST", "words", "现场核实过");
        officer.move(number, "REPORT_BACK", "words", "重新接了线");
        JsonObject visited = dispatcher.move(number, "RETURN_VISIT", "visit", "SATISFIED", "words", "亮了");
        assertEquals("SATISFIED", visited.getString("visited"));
        assertEquals("ARCHIVED", supervisor.move(number, "ARCHIVE").getString("state"));
    }

    @Test
    void two_returns_need_a_ruling_from_above_and_it_binds() {
        String number = dispatched();
        officer.move(number, "RETURN", "words", "不归我们管");
        JsonObject offered = dispatcher.seeCase(number);
        assertFalse(targets(offered, "DISPATCH").contains(department), "who sent it back is not offered again");
        dispatcher.tryMove(number, "DISPATCH", "department", department).refused(422, "not-sensible");
        String other = other(offered);
        dispatcher.move(number, "DISPATCH", "department", other);
        Client second = app.staff("officer-" + county + "-" + other.toLowerCase(Locale.ROOT));
        JsonObject disputed = second.move(number, "RETURN", "words", "也不归我们");
        assertEquals("1404", city.seeCase(number).getJsonObject("holder").getString("code"));
        assertTrue(city.seeCase(number).getBoolean("disputed"), disputed::encode);
        dispatcher
                .tryMove(number, "ARBITRATE", "department", department, "words", "归住建")
                .refused(403, "not-allowed");
        city.move(number, "ARBITRATE", "department", department, "to", county, "words", "按职责清单归住建");
        officer.tryMove(number, "RETURN", "words", "还是不归我们").refused(409, "out-of-turn");
        assertEquals("HANDLING", officer.move(number, "HANDLE").getString("state"));
    }

    @Test
    void an_objection_comes_within_five_working_days_or_not_at_all() {
        String number = dispatched();
        app.forward(Duration.ofDays(12));
        signIn();
        officer.tryMove(number, "RETURN", "words", "想起来了，不归我们").refused(409, "out-of-turn");
    }

    @Test
    void a_neighbouring_grid_accepts_what_it_is_handed_or_sends_it_back() {
        String number = resident.file(TestApp.streetLamp()).getString("number");
        worker.move(number, "ACCEPT");
        String due = worker.seeCase(number).getString("due");
        JsonArray neighbours = offered(worker.seeCase(number), "TRANSFER").getJsonArray("targets");
        assertFalse(neighbours.isEmpty());
        String next = neighbours.getJsonObject(0).getString("to");
        JsonObject handed = worker.move(number, "TRANSFER", "to", next, "words", "在路那边");
        assertEquals(due, handed.getString("due"));
        Client neighbour = app.staff("worker-" + next);
        neighbour.move(number, "RETURN", "words", "在路这边");
        JsonObject back = worker.seeCase(number);
        assertEquals(grid, back.getJsonObject("holder").getString("code"));
        worker.tryMove(number, "TRANSFER", "to", next, "words", "再看看").refused(422, "not-sensible");
        String third = offered(back, "TRANSFER")
                .getJsonArray("targets")
                .getJsonObject(0)
                .getString("to");
        worker.move(number, "TRANSFER", "to", third, "words", "再往东");
        assertEquals(
                "ACCEPTED", app.staff("worker-" + third).move(number, "ACCEPT").getString("state"));
    }

    @Test
    void a_deputy_acts_while_the_holder_is_away_and_history_says_for_whom() {
        Client admin = app.staff("admin");
        String town = grid.substring(0, 9);
        String village = grid.substring(0, 12);
        String number = resident.file(TestApp.streetLamp()).getString("number");
        worker.move(number, "ACCEPT");
        Client other = app.staff("dispatcher-140404");
        other.get("/api/cases/" + number).refused(404, "not-found");
        String post = post(admin, village, "DISPATCHER");
        JsonObject deputy = new JsonObject().put("user", "dispatcher-140404").put("hold", "DEPUTY");
        admin.post("/api/posts/" + post + "/holders", deputy).expect(201);
        other.get("/api/cases/" + number).refused(404, "not-found");
        String today =
                app.clock().instant().atZone(WorkingTime.ZONE).toLocalDate().toString();
        JsonObject days = new JsonObject().put("from", today).put("until", today);
        app.staff("dispatcher-" + village)
                .post("/api/staff/dispatcher-" + village + "/leave", days)
                .expect(204);
        // On the lists of who stands in, with whose it is; beside their own, which has no such mark.
        for (String list : List.of("/api/cases?view=open&limit=100", "/api/queue?view=open&limit=100")) {
            JsonObject listed = listed(other, list, number);
            assertTrue(listed.getString("actingFor").startsWith("代分流员"), listed::encode);
        }
        assertEquals(
                number,
                other.get("/api/queue?view=all&q=" + number)
                        .expect(200)
                        .items()
                        .getJsonObject(0)
                        .getString("number"));
        other.move(number, "NOTE", "words", "代看了一下");
        JsonObject line = last(number);
        assertTrue(line.getJsonObject("by").getString("actingFor").startsWith("代分流员"), line::encode);
        JsonObject delegate = new JsonObject()
                .put("user", "dispatcher-140404")
                .put("hold", "DELEGATE")
                .put("until", today);
        admin.post("/api/posts/" + post(admin, town, "SUPERVISOR") + "/holders", delegate)
                .expect(201);
        assertTrue(other.move(number, "SUPERVISE", "words", "请抓紧").getBoolean("supervised"));
        app.forward(Duration.ofDays(1));
        Client next = app.staff("dispatcher-140404");
        next.get("/api/cases/" + number).refused(404, "not-found");
        assertNull(listed(next, "/api/queue?view=open&limit=100", number));
        assertNull(
                listed(dispatcher(), "/api/queue?view=open&limit=100", number).getString("actingFor"));
        assertEquals(
                3L,
                app.sql(db -> db.query("SELECT count(*) AS n FROM audit_log WHERE act LIKE 'post.%'")
                                .execute())
                        .iterator()
                        .next()
                        .getLong("n"));
    }

    private static Client dispatcher() {
        return app.staff("dispatcher-" + county);
    }

    private static JsonObject listed(Client who, String list, String number) {
        return who.get(list).expect(200).items().stream()
                .map(JsonObject.class::cast)
                .filter(one -> one.getString("number").equals(number))
                .findFirst()
                .orElse(null);
    }

    private static String inDays(int days) {
        return app.clock()
                .instant()
                .atZone(WorkingTime.ZONE)
                .toLocalDate()
                .plusDays(days)
                .toString();
    }

    private static String dispatched() {
        String number = resident.file(TestApp.streetLamp()).getString("number");
        dispatcher.move(number, "ACCEPT");
        dispatcher.move(number, "DISPATCH", "department", department);
        return number;
    }

    private static String post(Client admin, String area, String role) {
        return admin.get("/api/posts?limit=200&area=" + area).expect(200).items().stream()
                .map(JsonObject.class::cast)
                .filter(one -> one.getString("area").equals(area)
                        && one.getString("role").equals(role))
                .findFirst()
                .orElseThrow()
                .getString("id");
    }

    private static JsonObject offered(JsonObject c, String move) {
        return c.getJsonArray("moves").stream()
                .map(JsonObject.class::cast)
                .filter(one -> one.getString("move").equals(move))
                .findFirst()
                .orElseThrow();
    }

    private static String targets(JsonObject c, String move) {
        return offered(c, move).getJsonArray("targets").encode();
    }

    private static String other(JsonObject c) {
        return offered(c, "DISPATCH").getJsonArray("targets").stream()
                .map(one -> ((JsonObject) one).getString("department"))
                .filter(code -> code != null && !code.equals(department))
                .findFirst()
                .orElseThrow();
    }

    private static JsonObject last(String number) {
        JsonArray lines =
                dispatcher.get("/api/cases/" + number + "/history").expect(200).items();
        return lines.getJsonObject(lines.size() - 1);
    }

    private static List<String> lastMoves(String number, int count) {
        List<String> moves = dispatcher.get("/api/cases/" + number + "/history").expect(200).items().stream()
                .map(one -> ((JsonObject) one).getString("move"))
                .toList();
        return moves.subList(moves.size() - count, moves.size());
    }
}
