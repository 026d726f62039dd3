package linge.whistle;

import static linge.whistle.Scene.HOUSING;
import static linge.whistle.Scene.POWER;
import static linge.whistle.Scene.WATER;
import static linge.whistle.Scene.act;
import static linge.whistle.Scene.blow;
import static linge.whistle.Scene.call;
import static linge.whistle.Scene.history;
import static linge.whistle.Scene.keyed;
import static linge.whistle.Scene.reportIn;
import static linge.whistle.Scene.see;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import linge.Client;
import linge.Eventually;
import linge.Pictures;
import linge.Reply;
import linge.TestApp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A whistle from the call to its close, told over HTTP by those who take part. */
class WhistleStoryTest {

    private static TestApp app;
    private static Scene scene;

    @BeforeAll
    static void start() {
        app = TestApp.demo();
        scene = new Scene(app);
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @Test
    void departments_come_conclude_and_sign_and_only_then_the_case_may_end() throws java.io.IOException {
        String number = scene.accepted();
        scene.worker.move(number, "HANDLE");
        scene.housing.get("/api/cases/" + number).refused(404, "not-found");
        JsonObject blown = scene.blown(number);
        String id = blown.getString("id");
        assertEquals("CALLED", blown.getString("state"));
        assertTrue(blown.getJsonObject("clock").getString("article").contains("2 小时"), blown::encode);
        assertEquals(
                List.of("NOTE", "EXCUSE", "CALL_OFF"),
                blown.getJsonArray("acts").getList());
        told(scene.housing, "whistle:" + id, "请贵单位到场");
        told(scene.housing, "whistle:" + id, "电缆");
        told(scene.resident, number, "一起到现场处理");

        // Called in, they see the case; until they are done it cannot end.
        assertEquals(number, scene.housing.seeCase(number).getString("number"));
        Reply early =
                scene.worker.tryMove(number, "REPORT_BACK", "words", "修好了").refused(409, "out-of-turn");
        assertTrue(early.string("detail").contains("吹了哨"), early::text);

        String photo = scene.housing
                .send("POST", "/api/media", "application/octet-stream", Pictures.png())
                .expect(201)
                .string("id");
        JsonObject here = Scene.here().put("media", new JsonArray().add(photo)).put("words", "已拉警戒线");
        JsonObject first = keyed(scene.housing)
                .post("/api/whistles/" + id + "/report", here)
                .expect(200)
                .json();
        JsonObject report = call(first, HOUSING).getJsonObject("report");
        assertEquals("HERE", report.getString("standing"));
        assertEquals(45, report.getInteger("distance"), 2);
        assertEquals(List.of("王工", "李工"), report.getJsonArray("people").getList());
        assertEquals(photo, report.getJsonArray("media").getJsonObject(0).getString("id"));
        told(scene.town, "whistle:" + id, "王工、李工");

        JsonObject far = new JsonObject()
                .put(
                        "point",
                        new JsonObject().put("lon", 113.2).put("lat", 36.25).put("crs", "gcj02"));
        JsonObject second = keyed(scene.water)
                .post("/api/whistles/" + id + "/report", far)
                .expect(200)
                .json();
        JsonObject marked = call(second, WATER).getJsonObject("report");
        assertEquals("FAR", marked.getString("standing"));
        assertEquals("gcj02", marked.getString("sentAs"));
        assertEquals("wgs84", marked.getJsonObject("point").getString("crs"));
        assertEquals(1, marked.getJsonArray("people").size());
        act(scene.housing, id, "conclusion", "words", "先写了").refused(409, "out-of-turn");
        JsonObject third = keyed(scene.power)
                .post("/api/whistles/" + id + "/report", new JsonObject())
                .expect(200)
                .json();
        assertEquals("UNKNOWN", call(third, POWER).getJsonObject("report").getString("standing"));
        assertEquals("GATHERED", third.getString("state"));
        assertNull(third.getJsonObject("clock"));

        keyed(scene.water).post("/api/whistles/" + id + "/notes", words("关了阀门")).expect(200);
        assertEquals("HANDLING", see(scene.town, id).getString("state"));
        act(scene.housing, id, "conclusion", "words", "主管漏水掏空路基，三天内换管。").expect(200);
        told(scene.water, "whistle:" + id, "请会签");
        act(scene.town, id, "close").refused(409, "out-of-turn");
        act(scene.water, id, "countersign", "agreed", true).expect(200);
        act(scene.power, id, "countersign", "agreed", false).refused(422, "not-sensible");
        act(scene.power, id, "countersign", "agreed", false, "words", "电缆移位要另立项")
                .expect(200);
        JsonObject signed = see(scene.town, id);
        assertFalse(call(signed, POWER).getJsonObject("opinion").getBoolean("agreed"));
        assertEquals("电缆移位要另立项", call(signed, POWER).getJsonObject("opinion").getString("words"));

        JsonObject closed = act(scene.town, id, "close").expect(200).json();
        assertEquals("CLOSED", closed.getString("state"));
        told(scene.power, "whistle:" + id, "吹哨已结束");
        told(scene.resident, number, "三天内换管");
        assertEquals(
                "REPORTED",
                scene.worker.move(number, "REPORT_BACK", "words", "路已修好").getString("state"));

        List<JsonObject> lines = history(scene.resident, number);
        assertEquals(
                List.of("WHISTLE", "REPORT_IN", "REPORT_IN", "REPORT_IN", "CONCLUDE"),
                lines.stream()
                        .map(line -> line.getString("move"))
                        .filter(move -> move.matches("WHISTLE|REPORT_IN|CONCLUDE"))
                        .toList());
        String read = new JsonArray(lines).encode();
        assertTrue(read.contains("有不同意见，已记录"), read);
        assertFalse(read.contains("地下有水管"), "the resident does not read why the centre called them");
        assertFalse(read.contains("王工"), "nor who came by name");
        assertFalse(read.contains("另立项"), "nor what a department holds against it");
        assertEquals(
                List.of(
                        "BLOW",
                        "REPORT_IN",
                        "REPORT_IN",
                        "REPORT_IN",
                        "NOTE",
                        "CONCLUDE",
                        "COUNTERSIGN",
                        "COUNTERSIGN",
                        "CLOSE"),
                Scene.acts(closed));
        assertEquals(
                4, app.count("SELECT count(*) FROM audit_log WHERE subject = $1 AND act LIKE 'whistle.%'", number));
    }

    @Test
    void who_comes_in_again_with_the_same_key_came_in_once() {
        String number = scene.accepted();
        String id = scene.blown(number).getString("id");
        Client housing = scene.housing.with("Idempotency-Key", UUID.randomUUID().toString());
        Supplier<Reply> send = () -> housing.post("/api/whistles/" + id + "/report", Scene.here());
        Scene.atOnce(List.of(send, send, send, send, send, send))
                .forEach(reply -> assertEquals(
                        "REPORTED_IN", call(reply.expect(200).json(), HOUSING).getString("state")));
        assertEquals(1, count(number, "REPORT_IN"));
        assertEquals(List.of("BLOW", "REPORT_IN"), Scene.acts(see(scene.town, id)));
    }

    @Test
    void of_two_officers_of_one_department_at_once_one_reports_in_and_the_other_hears_who() {
        Client colleague = colleague();
        String number = scene.accepted();
        String id = scene.blown(number).getString("id");
        List<Reply> replies = Scene.atOnce(List.of(
                () -> reportIn(scene.housing, id),
                () -> reportIn(colleague, id),
                () -> reportIn(scene.housing, id),
                () -> reportIn(colleague, id)));
        assertEquals(1, replies.stream().filter(reply -> reply.status() == 200).count());
        replies.stream().filter(reply -> reply.status() != 200).forEach(late -> {
            late.refused(409, "out-of-turn");
            assertTrue(late.string("detail").contains("签到，不用再签"), late::text);
        });
        assertEquals(1, count(number, "REPORT_IN"));
        // The colleague works on with what the first one began.
        keyed(colleague).post("/api/whistles/" + id + "/notes", words("我也到了")).expect(200);
    }

    @Test
    void a_note_sent_again_is_one_line() {
        String id = scene.blown(scene.accepted()).getString("id");
        reportIn(scene.housing, id).expect(200);
        Client keyed = keyed(scene.housing);
        keyed.post("/api/whistles/" + id + "/notes", words("在挖")).expect(200);
        keyed.post("/api/whistles/" + id + "/notes", words("在挖")).expect(200);
        assertEquals(List.of("BLOW", "REPORT_IN", "NOTE"), Scene.acts(see(scene.housing, id)));
    }

    @Test
    void a_whistle_sent_again_is_one_whistle_and_a_case_has_one_at_a_time() {
        String number = scene.accepted();
        Client town = keyed(scene.town);
        Supplier<Reply> send = () -> town.post("/api/cases/" + number + "/whistle", Scene.wanted());
        List<String> ids = Scene.atOnce(List.of(send, send, send, send)).stream()
                .map(reply -> reply.expect(201).string("id"))
                .distinct()
                .toList();
        assertEquals(1, ids.size(), ids::toString);
        blow(scene.town, number, Scene.wanted()).refused(409, "already-there");
        town.post("/api/cases/" + scene.accepted() + "/whistle", Scene.wanted()).refused(409, "key-reused");
        act(scene.town, ids.get(0), "close", "callOff", true).refused(422, "not-sensible");
        act(scene.town, ids.get(0), "close", "callOff", true, "words", "部门电话里说清了")
                .expect(200);
        assertEquals(
                "CALLED", blow(scene.town, number, Scene.wanted()).expect(201).string("state"));
    }

    @Test
    void what_is_called_off_lets_the_case_end_and_departments_go() {
        String number = scene.accepted();
        scene.worker.move(number, "HANDLE");
        String id = scene.blown(number).getString("id");
        act(scene.town, id, "close", "callOff", true, "words", "不用来了，已修好").expect(200);
        told(scene.water, "whistle:" + id, "不用来了");
        told(scene.resident, number, "不用来了");
        scene.water.get("/api/cases/" + number).refused(404, "not-found");
        assertTrue(see(scene.water, id).getJsonObject("closing").getBoolean("calledOff"));
        reportIn(scene.water, id).refused(409, "out-of-turn");
        scene.worker.move(number, "REPORT_BACK", "words", "已修好");
    }

    @Test
    void a_case_that_ends_ends_its_whistle_and_the_departments_hear_it() {
        String number = scene.accepted();
        String id = scene.blown(number).getString("id");
        scene.resident.move(number, "WITHDRAW", "words", "自己修好了");
        JsonObject ended = see(scene.town, id);
        assertEquals("CLOSED", ended.getString("state"));
        assertTrue(ended.getJsonObject("closing").getString("words").contains("已撤回"), ended::encode);
        told(scene.power, "whistle:" + id, "已撤回");
        reportIn(scene.power, id).refused(409, "out-of-turn");
    }

    @Test
    void departments_that_were_not_called_find_nothing() {
        String number = scene.accepted();
        String id = blow(scene.town, number, Scene.wanted().putNull("assisting"))
                .expect(201)
                .string("id");
        for (Client other : List.of(
                scene.water, app.staff("officer-140404-housing"), app.staff("dispatcher-140404"), app.staff("admin"))) {
            other.get("/api/whistles/" + id).refused(404, "not-found");
            reportIn(other, id).refused(404, "not-found");
            keyed(other).post("/api/whistles/" + id + "/notes", words("看看")).refused(404, "not-found");
        }
        scene.resident.get("/api/whistles/" + id).refused(403, "not-allowed");
        // Its own grid looks on and does nothing.
        assertEquals(List.of(), see(scene.worker, id).getJsonArray("acts").getList());
        reportIn(scene.worker, id).refused(403, "not-allowed");
        // Only the centres it belongs to spare and close.
        JsonObject spare =
                new JsonObject().put("version", 0).put("department", HOUSING).put("words", "不用来");
        scene.housing.post("/api/whistles/" + id + "/excuses", spare).refused(403, "not-allowed");
        app.staff("dispatcher-" + scene.grid.substring(0, 12))
                .post("/api/whistles/" + id + "/excuses", spare)
                .refused(403, "not-allowed");
    }

    @Test
    void towns_and_counties_whistle_and_nobody_else() {
        String number = scene.accepted();
        blow(scene.worker, number, Scene.wanted()).refused(403, "not-allowed");
        blow(app.staff("dispatcher-" + scene.grid.substring(0, 12)), number, Scene.wanted())
                .refused(403, "not-allowed");
        blow(app.staff("dispatcher-1404"), number, Scene.wanted()).refused(403, "not-allowed");
        blow(app.staff("dispatcher-140404"), number, Scene.wanted()).refused(404, "not-found");
        blow(scene.housing, number, Scene.wanted()).refused(404, "not-found");
        blow(scene.resident, number, Scene.wanted()).refused(403, "not-allowed");
        Client supervisor = app.staff("supervisor-" + scene.county);
        JsonObject asked =
                supervisor.get("/api/cases/" + number + "/whistle").expect(200).json();
        assertTrue(asked.getBoolean("located"), asked::encode);
        assertTrue(asked.getJsonArray("departments").getJsonObject(0).getBoolean("suggested"), asked::encode);
        assertEquals(
                "CALLED", blow(supervisor, number, Scene.wanted()).expect(201).string("state"));
    }

    @Test
    void a_case_that_nobody_accepted_is_not_whistled_for() {
        String number = scene.resident.file(TestApp.streetLamp()).getString("number");
        blow(scene.town, number, Scene.wanted()).refused(409, "out-of-turn");
        assertEquals(0, app.count("""
                SELECT count(*) FROM whistles w JOIN cases c ON c.id = w.case_id WHERE c.number = $1""", number));
    }

    @Test
    void a_meeting_elsewhere_is_not_compared_with_the_case() {
        String number = scene.accepted();
        JsonObject wanted = Scene.wanted()
                .put("meeting", new JsonObject().put("place", "街道办二楼").put("elsewhere", true));
        String id = blow(scene.town, number, wanted).expect(201).string("id");
        JsonObject report =
                call(reportIn(scene.housing, id).expect(200).json(), HOUSING).getJsonObject("report");
        assertEquals("UNKNOWN", report.getString("standing"));
        assertNull(report.getInteger("distance"));
    }

    @Test
    void everybody_lists_what_is_theirs_page_by_page() {
        Scene own = new Scene(app);
        for (int i = 0; i < 3; i++) {
            own.blown(own.accepted());
        }
        int all = 0;
        String after = "";
        do {
            JsonObject page =
                    own.water.get("/api/whistles?limit=2" + after).expect(200).json();
            all += page.getJsonArray("items").size();
            page.getJsonArray("items").forEach(item -> assertEquals(WATER, ((JsonObject) item).getString("mine")));
            after = page.getString("next") == null ? null : "&after=" + page.getString("next");
        } while (after != null);
        JsonObject counts = own.water.get("/api/whistles").expect(200).json().getJsonObject("counts");
        assertEquals(
                all,
                counts.getInteger("CALLED")
                        + counts.getInteger("GATHERED")
                        + counts.getInteger("HANDLING")
                        + counts.getInteger("SIGNING"));
        assertTrue(all >= 3);
        assertEquals(
                0,
                app.staff("dispatcher-140404")
                        .get("/api/whistles")
                        .expect(200)
                        .items()
                        .size());
        String number = own.accepted();
        own.blown(number);
        assertEquals(
                1,
                own.town.get("/api/whistles?case=" + number).expect(200).items().size());
        own.town.get("/api/whistles?after=nonsense").refused(400, "bad-input");
    }

    private static Client colleague() {
        String user = "colleague-" + UUID.randomUUID().toString().substring(0, 8);
        app.staff("admin")
                .post(
                        "/api/staff",
                        new JsonObject()
                                .put("user", user)
                                .put("name", "同事")
                                .put("role", "DEPARTMENT_OFFICER")
                                .put("area", scene.county)
                                .put("department", HOUSING)
                                .put("password", "a new and long one"))
                .expect(201);
        return app.nobody()
                .bearer(app.nobody()
                        .post(
                                "/api/sessions",
                                new JsonObject().put("user", user).put("password", "a new and long one"))
                        .expect(201)
                        .string("token"));
    }

    private static JsonObject words(String words) {
        return new JsonObject().put("words", words);
    }

    private static long count(String number, String move) {
        return history(scene.town, number).stream()
                .filter(line -> line.getString("move").equals(move))
                .count();
    }

    private static void told(Client who, String subject, String words) {
        Eventually.get(
                "told about " + subject + ": " + words,
                () -> who.get("/api/inbox?limit=100").expect(200).items(),
                items -> items.stream()
                        .map(JsonObject.class::cast)
                        .anyMatch(item -> subject.equals(item.getString("subject"))
                                && (item.getString("title") + item.getString("text")).contains(words)));
    }
}
