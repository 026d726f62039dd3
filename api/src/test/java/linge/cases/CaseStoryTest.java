package linge.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import linge.Client;
import linge.Eventually;
import linge.TestApp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A case from filing to rating, told over HTTP by those who take part. */
class CaseStoryTest {

    private static TestApp app;
    private static String grid;
    private static Client worker;
    private static Client leader;
    private static Client villageDispatcher;
    private static Client countyDispatcher;

    @BeforeAll
    static void start() {
        app = TestApp.demo();
        grid = app.grid();
        worker = app.staff("worker-" + grid);
        leader = app.staff("leader-" + grid);
        villageDispatcher = app.staff("dispatcher-" + grid.substring(0, 12));
        countyDispatcher = app.staff("dispatcher-" + grid.substring(0, 6));
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @Test
    void a_case_goes_from_filing_to_rating_and_both_sides_are_told() {
        String phone = TestApp.phone();
        Client resident = app.resident(phone);
        JsonObject filed = resident.file(TestApp.streetLamp());
        String number = filed.getString("number");
        assertEquals("SUBMITTED", filed.getString("state"));
        assertEquals(grid, filed.getJsonObject("grid").getString("code"));
        assertTrue(filed.getJsonObject("grid").getBoolean("demo"));
        assertEquals(grid, filed.getJsonObject("holder").getString("code"));
        assertNotNull(filed.getString("due"));
        told(worker, number, "新诉求");

        worker.move(number, "ACCEPT");
        worker.move(number, "HANDLE");
        worker.move(number, "NOTE", "words", "已联系电工，今天下午换灯");
        JsonObject reported = worker.move(number, "REPORT_BACK", "words", "灯泡已更换，路灯已亮");
        assertEquals("REPORTED", reported.getString("state"));
        assertNull(reported.getString("due"));
        told(resident, number, "灯泡已更换，路灯已亮");

        JsonObject rated = resident.post(
                        "/api/cases/" + number + "/rating",
                        new JsonObject().put("score", 5).put("words", "很快，谢谢！👍"))
                .expect(200)
                .json();
        assertEquals("RATED", rated.getString("state"));
        assertEquals("很快，谢谢！👍", rated.getJsonObject("rating").getString("words"));
        told(worker, number, "5 分，很快，谢谢！👍");

        List<String> steps = history(resident, number);
        assertEquals(List.of("FILE", "ACCEPT", "HANDLE", "NOTE", "REPORT_BACK", "RATE"), steps);
        // A phone rings at once when it was heard; what followed within the minute is told together at its end.
        app.clock().forward(Duration.ofMinutes(1));
        List<String> sms = Eventually.get("two SMS", () -> smsTo(phone), texts -> texts.size() == 2);
        assertTrue(sms.stream().allMatch(text -> text.startsWith("【邻格】") && text.contains(number)), sms::toString);
        assertTrue(
                sms.get(1).contains("已收到")
                        && sms.get(0).contains("已办结")
                        && sms.get(0).endsWith("（另有1条进展）"),
                sms::toString);
    }

    @Test
    void a_resident_who_is_not_content_has_it_done_again() {
        Client resident = app.resident();
        String number = reported(resident);
        assertEquals(
                "NOT_SENSIBLE",
                kind(resident.tryMove(number, "REOPEN").expect(422).json()));
        JsonObject again = resident.move(number, "REOPEN", "words", "还是不亮");
        assertEquals("ACCEPTED", again.getString("state"));
        assertNotNull(again.getString("due"));
        assertNull(again.getString("answer"));
        told(worker, number, "还是不亮");
        told(app.staff("supervisor-" + grid.substring(0, 6)), number, "还是不亮");
    }

    @Test
    void a_rated_case_can_still_be_done_again() {
        Client resident = app.resident();
        String number = reported(resident);
        resident.post("/api/cases/" + number + "/rating", new JsonObject().put("score", 4))
                .expect(200);
        JsonObject again = resident.move(number, "REOPEN", "words", "第二天又灭了");
        assertEquals("ACCEPTED", again.getString("state"));
        assertNull(again.getJsonObject("rating"));
    }

    @Test
    void what_the_resident_takes_back_is_over() {
        Client resident = app.resident();
        String number = resident.file(TestApp.streetLamp()).getString("number");
        JsonObject over = resident.move(number, "WITHDRAW", "words", "自己修好了");
        assertEquals("WITHDRAWN", over.getString("state"));
        assertTrue(over.getJsonArray("moves").isEmpty());
        worker.tryMove(number, "ACCEPT").refused(409, "out-of-turn");
        told(worker, number, "撤回");
    }

    @Test
    void what_the_resident_adds_reaches_the_desk() {
        Client resident = app.resident();
        String number = resident.file(TestApp.streetLamp()).getString("number");
        resident.move(number, "SUPPLEMENT", "words", "是三号楼东侧那一盏");
        told(worker, number, "是三号楼东侧那一盏");
    }

    @Test
    void nobody_urges_more_than_three_times_an_hour() {
        Client resident = app.resident();
        String number = resident.file(TestApp.streetLamp()).getString("number");
        for (int i = 1; i <= 3; i++) {
            assertEquals(i, resident.move(number, "URGE").getInteger("urges"));
        }
        told(worker, number, "催办");
        var refused = resident.tryMove(number, "URGE").refused(429, "too-often");
        assertTrue(Integer.parseInt(refused.header("retry-after")) > 0);
        assertEquals(3, resident.seeCase(number).getInteger("urges"));
    }

    @Test
    void a_matter_that_is_not_ours_is_told_its_channel() {
        Client resident = app.resident();
        String number = resident.file(TestApp.streetLamp()).getString("number");
        leader.tryMove(number, "DECLINE", "words", "属于法院正在审理的案件").refused(422, "not-sensible");
        JsonObject declined = leader.move(number, "DECLINE", "words", "属于法院正在审理的案件", "channel", "潞州区人民法院");
        assertEquals("DECLINED", declined.getString("state"));
        assertTrue(resident.seeCase(number).getString("answer").contains("潞州区人民法院"));
        told(resident, number, "潞州区人民法院");
    }

    @Test
    void a_department_gets_a_case_and_gives_it_back() {
        Client resident = app.resident();
        String number = resident.file(TestApp.streetLamp()).getString("number");
        JsonObject offered = countyDispatcher.seeCase(number).getJsonArray("moves").stream()
                .map(JsonObject.class::cast)
                .filter(move -> move.getString("move").equals("DISPATCH"))
                .findFirst()
                .orElseThrow();
        JsonObject target = offered.getJsonArray("targets").getJsonObject(0);
        assertTrue(target.getBoolean("suggested"), target::encode);
        String department = target.getString("department");
        Client officer =
                app.staff("officer-" + grid.substring(0, 6) + "-" + department.toLowerCase(java.util.Locale.ROOT));
        officer.get("/api/cases/" + number).refused(404, "not-found");

        JsonObject sent = countyDispatcher.move(number, "DISPATCH", "department", department);
        assertEquals("DISPATCHED", sent.getString("state"));
        assertEquals(
                department,
                sent.getJsonObject("holder").getJsonObject("department").getString("code"));
        told(officer, number, "");
        assertEquals(number, first(officer.get("/api/cases?view=todo").items()));

        JsonObject back = officer.move(number, "RETURN", "words", "不属于本部门职责");
        assertEquals("ACCEPTED", back.getString("state"));
        assertNull(back.getJsonObject("holder").getJsonObject("department"));
        assertEquals(grid.substring(0, 6), back.getJsonObject("holder").getString("code"));
        officer.get("/api/cases/" + number).refused(404, "not-found");
        told(countyDispatcher, number, "");
    }

    @Test
    void a_case_is_sent_only_where_somebody_is() {
        String number = app.resident().file(TestApp.streetLamp()).getString("number");
        countyDispatcher.tryMove(number, "DISPATCH", "department", "NO_SUCH").refused(422, "not-sensible");
        countyDispatcher
                .tryMove(number, "DISPATCH", "to", grid.substring(0, 6) + "99")
                .refused(422, "not-sensible");
        countyDispatcher
                .tryMove(number, "DISPATCH", "to", grid.substring(0, 12) + "999")
                .refused(422, "not-sensible");
        countyDispatcher.tryMove(number, "DISPATCH", "to", "140499").refused(422, "not-sensible");
        countyDispatcher.tryMove(number, "DISPATCH").refused(422, "not-sensible");
        assertEquals("SUBMITTED", countyDispatcher.seeCase(number).getString("state"));
    }

    @Test
    void what_a_grid_cannot_settle_goes_up_level_by_level_to_the_city() {
        String number = app.resident().file(TestApp.streetLamp()).getString("number");
        worker.move(number, "ESCALATE", "words", "需要更换整条线路");
        JsonObject within = worker.seeCase(number);
        assertNotNull(within.getString("tier"));
        assertEquals(grid, within.getJsonObject("holder").getString("code"));
        worker.tryMove(number, "HANDLE").refused(403, "not-allowed");
        app.staff("leader-" + grid).move(number, "ESCALATE", "words", "网格里办不了");
        for (int digits : new int[] {12, 9, 6}) {
            Client dispatcher = app.staff("dispatcher-" + grid.substring(0, digits));
            assertEquals(
                    grid.substring(0, digits),
                    dispatcher.seeCase(number).getJsonObject("holder").getString("code"));
            dispatcher.move(number, "ESCALATE", "words", "超出本级能力");
        }
        Client city = app.staff("dispatcher-1404");
        JsonObject top = city.seeCase(number);
        assertEquals("1404", top.getJsonObject("holder").getString("code"));
        city.tryMove(number, "ESCALATE", "words", "再上报").refused(409, "out-of-turn");
        worker.tryMove(number, "HANDLE").refused(403, "not-allowed");
    }

    @Test
    void a_supervisor_puts_a_case_under_watch() {
        Client resident = app.resident();
        String number = resident.file(TestApp.streetLamp()).getString("number");
        Client supervisor = app.staff("supervisor-" + grid.substring(0, 9));
        assertFalse(supervisor.seeCase(number).getBoolean("supervised"));
        assertTrue(supervisor.move(number, "SUPERVISE", "words", "请今日内解决").getBoolean("supervised"));
        told(worker, number, "请今日内解决");
        assertTrue(supervisor.get("/api/cases?view=todo&limit=100").items().stream()
                .anyMatch(one -> ((JsonObject) one).getString("number").equals(number)));
    }

    @Test
    void the_own_centre_may_move_what_a_grid_has_and_its_neighbour_may_not() {
        String number = app.resident().file(TestApp.streetLamp()).getString("number");
        assertEquals("ACCEPTED", villageDispatcher.move(number, "ACCEPT").getString("state"));
        String elsewhere = grid.startsWith("140403") ? "dispatcher-140404" : "dispatcher-140403";
        app.staff(elsewhere).get("/api/cases/" + number).refused(404, "not-found");
    }

    private static String reported(Client resident) {
        String number = resident.file(TestApp.streetLamp()).getString("number");
        worker.move(number, "ACCEPT");
        worker.move(number, "HANDLE");
        worker.move(number, "REPORT_BACK", "words", "已修好");
        return number;
    }

    private static List<String> history(Client who, String number) {
        return who.get("/api/cases/" + number + "/history").expect(200).items().stream()
                .map(line -> ((JsonObject) line).getString("move"))
                .toList();
    }

    /** The newest things a person was told about a case hold these words. */
    static void told(Client who, String number, String words) {
        Eventually.get(
                "told about " + number + ": " + words,
                () -> who.get("/api/inbox?limit=100").expect(200).items(),
                items -> items.stream()
                        .map(JsonObject.class::cast)
                        .anyMatch(item -> number.equals(item.getString("subject"))
                                && (item.getString("title") + item.getString("text")).contains(words)));
    }

    private static List<String> smsTo(String phone) {
        return app.nobody().get("/api/demo/messages?phone=" + phone).expect(200).items().stream()
                .map(JsonObject.class::cast)
                .filter(sms -> !"code".equals(sms.getString("purpose")))
                .map(sms -> sms.getString("text"))
                .toList();
    }

    private static String first(io.vertx.core.json.JsonArray items) {
        return items.getJsonObject(0).getString("number");
    }

    private static String kind(JsonObject problem) {
        return problem.getString("type")
                .replaceFirst(".*:", "")
                .replace('-', '_')
                .toUpperCase(java.util.Locale.ROOT);
    }
}
