package linge.cases;

import static linge.cases.CaseStoryTest.told;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import linge.Client;
import linge.TestApp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What happens to a case when nobody does anything: the clock moves it. */
class DeadlinesTest {

    private static TestApp app;
    private static String grid;

    @BeforeAll
    static void start() {
        app = TestApp.demo();
        grid = app.grid();
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @Test
    void a_case_nobody_rates_is_archived_after_a_week() {
        Client resident = app.resident();
        String number = reported(resident);
        app.forward(Duration.ofDays(7).minusHours(1));
        assertEquals("REPORTED", resident.seeCase(number).getString("state"));
        app.forward(Duration.ofHours(2));
        JsonObject archived = resident.seeCase(number);
        assertEquals("ARCHIVED", archived.getString("state"));
        assertTrue(archived.getJsonArray("moves").isEmpty());
        assertEquals("CLOCK", lastLine(resident, number).getJsonObject("by").getString("kind"));
        told(resident, number, "归档");
    }

    @Test
    void a_rated_case_is_archived_after_fifteen_days_and_until_then_may_be_done_again() {
        Client resident = app.resident();
        String number = reported(resident);
        resident.post("/api/cases/" + number + "/rating", new JsonObject().put("score", 2))
                .expect(200);
        app.forward(Duration.ofDays(15).minusHours(1));
        assertTrue(offered(resident.seeCase(number), "REOPEN"));
        app.forward(Duration.ofHours(2));
        assertEquals("ARCHIVED", resident.seeCase(number).getString("state"));
        resident.tryMove(number, "REOPEN", "words", "太晚了").refused(409, "out-of-turn");
    }

    @Test
    void a_case_nobody_accepts_climbs_level_by_level_and_is_watched_at_the_top() {
        Client resident = app.resident();
        String number = resident.file(TestApp.streetLamp()).getString("number");
        for (int digits : new int[] {12, 9, 6, 4}) {
            passDue(resident, number);
            JsonObject climbed = resident.seeCase(number);
            assertEquals("SUBMITTED", climbed.getString("state"));
            assertEquals(
                    grid.substring(0, digits), climbed.getJsonObject("holder").getString("code"));
            assertFalse(climbed.getBoolean("supervised"));
        }
        told(app.staff("dispatcher-" + grid.substring(0, 12)), number, "");
        passDue(resident, number);
        JsonObject top = resident.seeCase(number);
        assertTrue(top.getBoolean("supervised"));
        assertTrue(top.getBoolean("overdue"));
        assertEquals("CLIMB", lastLine(resident, number).getString("move"));
        // The grid can still not take it back by itself, the city can.
        app.staff("dispatcher-1404").move(number, "ACCEPT");
    }

    @Test
    void a_case_handled_too_slowly_is_marked_and_its_supervisors_are_told_once() {
        Client resident = app.resident();
        String number = resident.file(TestApp.streetLamp()).getString("number");
        app.staff("worker-" + grid).move(number, "ACCEPT");
        passDue(resident, number);
        JsonObject late = resident.seeCase(number);
        assertEquals("ACCEPTED", late.getString("state"));
        assertTrue(late.getBoolean("supervised"));
        assertTrue(late.getBoolean("overdue"));
        assertTrue(late.getJsonObject("clock").getBoolean("overdue"));
        Client supervisor = app.staff("supervisor-" + grid.substring(0, 6));
        told(supervisor, number, "");
        assertTrue(supervisor.get("/api/cases?view=todo&limit=100").items().stream()
                .anyMatch(one -> ((JsonObject) one).getString("number").equals(number)));
        app.forward(Duration.ofDays(2));
        assertEquals(late.getInteger("version"), resident.seeCase(number).getInteger("version"));
        // Late or not, it can be finished.
        Client worker = app.staff("worker-" + grid);
        worker.move(number, "HANDLE");
        assertNull(worker.move(number, "REPORT_BACK", "words", "终于修好了").getString("due"));
    }

    @Test
    void an_emergency_waits_for_no_office_hours() {
        JsonObject filed = app.resident().file(TestApp.streetLamp().put("text", "楼下着火了，有人困在里面"));
        assertEquals("EMERGENCY", filed.getString("urgency"));
        assertEquals("119", filed.getString("hotline"));
        assertEquals(
                Duration.ofMinutes(30),
                Duration.between(Instant.parse(filed.getString("filedAt")), Instant.parse(filed.getString("due"))));
    }

    @Test
    void a_deadline_names_the_rule_it_comes_from() {
        JsonObject clock = app.resident().file(TestApp.streetLamp()).getJsonObject("clock");
        assertNotNull(clock.getString("rule"));
        assertTrue(clock.getString("article").contains("12345"));
    }

    private static void passDue(Client who, String number) {
        Instant due = Instant.parse(who.seeCase(number).getString("due"));
        app.forward(Duration.between(app.clock().instant(), due).plusMinutes(1));
    }

    /** Sessions of staff last twelve hours: each time the worker signs in anew. */
    private static String reported(Client resident) {
        String number = resident.file(TestApp.streetLamp()).getString("number");
        Client worker = app.staff("worker-" + grid);
        worker.move(number, "ACCEPT");
        worker.move(number, "HANDLE");
        worker.move(number, "REPORT_BACK", "words", "已修好");
        return number;
    }

    private static boolean offered(JsonObject shown, String move) {
        return shown.getJsonArray("moves").stream()
                .anyMatch(one -> ((JsonObject) one).getString("move").equals(move));
    }

    private static JsonObject lastLine(Client who, String number) {
        var lines = who.get("/api/cases/" + number + "/history").expect(200).items();
        return lines.getJsonObject(lines.size() - 1);
    }
}
