package linge.twins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import linge.Client;
import linge.Eventually;
import linge.Reply;
import linge.TestApp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Several reports of one matter, over HTTP. */
class TwinsTest {

    private static TestApp app;
    private static String grid;
    private static Client worker;
    private static Client dispatcher;

    @BeforeAll
    static void start() {
        app = TestApp.demo();
        grid = app.grid();
        worker = app.staff("worker-" + grid);
        dispatcher = app.staff("dispatcher-" + grid.substring(0, 6));
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    private static JsonObject filing(String text) {
        return TestApp.streetLamp().put("text", text);
    }

    private static String file(Client resident, String text) {
        return resident.file(filing(text)).getString("number");
    }

    private static JsonObject twins(Client staff, String number) {
        return staff.get("/api/cases/" + number + "/twins").expect(200).json();
    }

    private static List<JsonObject> objects(JsonArray array) {
        return array.stream().map(JsonObject.class::cast).toList();
    }

    private static List<String> numbers(JsonArray cases) {
        return objects(cases).stream().map(one -> one.getString("number")).toList();
    }

    private static JsonObject candidate(String number, String of) {
        return objects(twins(dispatcher, of).getJsonArray("candidates")).stream()
                .filter(one -> one.getJsonObject("case").getString("number").equals(number))
                .findFirst()
                .orElse(null);
    }

    private static JsonObject item(String number) {
        return new JsonObject()
                .put("number", number)
                .put("version", dispatcher.seeCase(number).getInteger("version"));
    }

    private static JsonObject merge(String lead, JsonObject... items) {
        JsonArray cases = new JsonArray();
        for (JsonObject one : items) {
            cases.add(one);
        }
        return dispatcher
                .post("/api/cases/" + lead + "/followers", new JsonObject().put("cases", cases))
                .expect(200)
                .json();
    }

    private static void merged(String lead, String number) {
        assertEquals(List.of(number), numbers(merge(lead, item(number)).getJsonArray("merged")));
    }

    private static Reply split(Client who, String number) {
        return who.post(
                "/api/cases/" + number + "/split",
                new JsonObject()
                        .put("version", who.seeCase(number).getInteger("version"))
                        .put("words", "现场看过，不是同一件事"));
    }

    private static void told(Client who, String number, String words) {
        Eventually.get(
                words + " in the inbox",
                () -> who.get("/api/inbox?limit=50").expect(200).text(),
                text -> text.contains(words) && text.contains(number));
    }

    @Test
    void the_desk_finds_the_same_matter_in_other_words_and_reads_why() {
        String one = file(app.resident(), "锦绣花园3号楼前的井盖丢了，谁来管管");
        String same = file(app.resident(), "马路上有个窟窿，盖子不知道让谁偷走了");
        String building = file(app.resident(), "锦绣花园9号楼前的井盖丢了，谁来管管");
        JsonObject found = candidate(same, one);
        assertTrue(found.getBoolean("likely"), found::encode);
        assertTrue(objects(found.getJsonArray("reasons")).stream()
                .anyMatch(reason -> reason.getBoolean("speaksFor")
                        && reason.getString("words").contains("井盖")));
        assertEquals(0, found.getInteger("metres"));
        JsonObject other = candidate(building, one);
        assertTrue(other == null || !other.getBoolean("likely"), () -> String.valueOf(other));
        assertTrue(twins(worker, one).getJsonArray("candidates").size() >= 1);
        app.resident().get("/api/cases/" + one + "/twins").refused(403, "not-allowed");
        app.staff("dispatcher-140404").get("/api/cases/" + one + "/twins").refused(404, "not-found");
    }

    @Test
    void merged_cases_go_where_their_lead_goes_and_each_resident_rates() {
        Client first = app.resident();
        Client second = app.resident();
        String lead = file(first, "垃圾桶满了好几天没人清运");
        String other = file(second, "垃圾堆成山没人收");
        worker.move(lead, "ACCEPT");
        String due = second.seeCase(other).getString("due");
        merged(lead, other);
        JsonObject along = second.seeCase(other);
        assertEquals("ACCEPTED", along.getString("state"));
        assertFalse(due.equals(along.getString("due")));
        assertEquals(grid, along.getJsonObject("holder").getString("code"));
        told(second, other, "与同一事项合并办理");
        assertFalse(second.get("/api/inbox?limit=50").text().contains(lead));
        assertFalse(second.get("/api/cases/" + other + "/history").text().contains(lead));

        worker.move(lead, "HANDLE");
        assertEquals("HANDLING", second.seeCase(other).getString("state"));
        worker.tryMove(other, "REPORT_BACK", "words", "已清运").refused(409, "out-of-turn");
        second.move(other, "URGE");
        second.move(other, "SUPPLEMENT", "words", "西边的也满了");
        assertEquals(0, dispatcher.seeCase(lead).getInteger("urges"));
        String answer = "李女士您好，网格员今天上午已把垃圾清运干净，有事打13812345678";
        released(lead, answer);
        worker.move(lead, "REPORT_BACK", "words", answer);
        JsonObject told = second.seeCase(other);
        assertEquals("REPORTED", told.getString("state"));
        assertEquals("反映人您好，网格员今天上午已把垃圾清运干净，有事打（号码已隐去）", told.getString("answer"));
        assertTrue(first.seeCase(lead).getString("answer").contains("13812345678"));
        assertEquals(List.of(other), numbers(twins(dispatcher, lead).getJsonArray("followers")));

        second.post("/api/cases/" + other + "/rating", new JsonObject().put("score", 5))
                .expect(200);
        assertEquals("REPORTED", first.seeCase(lead).getString("state"));
        assertNull(first.seeCase(lead).getJsonObject("rating"));
        JsonObject again = first.move(lead, "REOPEN", "words", "又满了");
        assertEquals("ACCEPTED", again.getString("state"));
        assertEquals("RATED", second.seeCase(other).getString("state"));
    }

    /** A number in an answer goes out only where a supervisor lets it. */
    private static void released(String number, String answer) {
        int id = worker.post(
                        "/api/cases/" + number + "/reply-releases",
                        new JsonObject().put("words", answer).put("why", "居民要他的号码"))
                .expect(201)
                .json()
                .getInteger("id");
        app.staff("supervisor-" + grid.substring(0, 6))
                .post(
                        "/api/reply-releases/" + id + "/decision",
                        new JsonObject().put("grant", true).put("reason", "网格员自愿公开"))
                .expect(200);
    }

    @Test
    void splitting_brings_a_case_back_and_says_so() {
        Client second = app.resident();
        String lead = file(app.resident(), "红绿灯不亮了，路口很乱");
        String other = file(second, "信号灯坏了，车都乱走");
        worker.move(lead, "ACCEPT");
        worker.move(lead, "HANDLE");
        JsonObject before = second.seeCase(other);
        merged(lead, other);
        assertEquals("HANDLING", second.seeCase(other).getString("state"));
        JsonObject after = split(dispatcher, other).expect(200).json();
        for (String field :
                List.of("state", "due", "holder", "clock", "supervised", "urges", "answer", "text", "rating")) {
            assertEquals(before.getValue(field), after.getValue(field), field);
        }
        told(second, other, "现场看过，不是同一件事");
        assertEquals(0, twins(dispatcher, lead).getJsonArray("followers").size());
        split(dispatcher, other).refused(409, "out-of-turn");
    }

    @Test
    void chains_are_refused_and_in_a_batch_each_stands_for_itself() {
        String top = file(app.resident(), "下水道堵了，污水冒出来");
        String middle = file(app.resident(), "污水井外溢，臭气熏天");
        String low = file(app.resident(), "化粪池冒了，粪水流得到处都是");
        JsonObject leading = item(middle);
        merged(middle, low);
        JsonObject answer = merge(
                top,
                leading,
                item(low),
                new JsonObject().put("number", "202611230018").put("version", 0));
        assertEquals(0, answer.getJsonArray("merged").size());
        List<JsonObject> refused = objects(answer.getJsonArray("refused"));
        assertEquals(3, refused.size());
        assertTrue(refused.get(0).getString("detail").contains("带着 1 件"), answer::encode);
        assertTrue(refused.get(1).getString("detail").contains("已经并入"), answer::encode);
        JsonObject chained = merge(low, item(top));
        assertTrue(
                objects(chained.getJsonArray("refused"))
                        .get(0)
                        .getString("detail")
                        .contains("主案自己已经并入"),
                chained::encode);
        split(dispatcher, low).expect(200);
        JsonObject both = merge(top, item(middle), item(low));
        assertEquals(2, both.getJsonArray("merged").size(), both::encode);
        worker.post("/api/cases/" + top + "/followers", new JsonObject().put("cases", new JsonArray().add(item(low))))
                .refused(403, "not-allowed");
    }

    @Test
    void followers_go_on_alone_when_the_lead_is_withdrawn_and_end_with_it_when_it_is_declined() {
        Client first = app.resident();
        Client second = app.resident();
        String lead = file(first, "公交车等了一个钟头都不来");
        String other = file(second, "公交班次太少，等车时间长");
        merged(lead, other);
        first.move(lead, "WITHDRAW");
        assertEquals("SUBMITTED", second.seeCase(other).getString("state"));
        assertFalse(twins(dispatcher, other).getBoolean("merged"));
        told(second, other, "恢复单独办理");

        String declined = file(first, "公交站牌倒了，公交也不停");
        merged(declined, other);
        dispatcher.move(declined, "DECLINE", "words", "不归本市管理", "channel", "省交通厅");
        JsonObject ended = second.seeCase(other);
        assertEquals("DECLINED", ended.getString("state"));
        assertTrue(ended.getString("answer").contains("省交通厅"));
    }

    @Test
    void a_discontent_resident_of_a_merged_case_has_only_the_own_one_done_again() {
        Client second = app.resident();
        String lead = file(app.resident(), "人行道地砖碎了，绊倒老人");
        String other = file(second, "人行道不平，老太太摔了一跤");
        merged(lead, other);
        worker.move(lead, "ACCEPT");
        worker.move(lead, "HANDLE");
        worker.move(lead, "REPORT_BACK", "words", "已重新铺好");
        JsonObject again = second.move(other, "REOPEN", "words", "我门前那段没有铺");
        assertEquals("ACCEPTED", again.getString("state"));
        assertFalse(twins(dispatcher, other).getBoolean("merged"));
        assertEquals("REPORTED", dispatcher.seeCase(lead).getString("state"));
    }

    @Test
    void whoever_handles_the_lead_sees_no_resident_they_did_not_see_before() {
        String lead = file(app.resident(), "路面塌了一个大坑");
        Client hidden = app.resident();
        String other =
                hidden.file(filing("柏油路陷下去一块，骑车容易摔").put("confidential", true)).getString("number");
        String department = dispatcher.seeCase(lead).getJsonObject("department").getString("code");
        dispatcher.move(lead, "DISPATCH", "department", department);
        Client officer =
                app.staff("officer-" + grid.substring(0, 6) + "-" + department.toLowerCase(java.util.Locale.ROOT));
        merged(lead, other);
        officer.get("/api/cases/" + other).refused(404, "not-found");
        JsonObject seen = twins(officer, lead);
        assertEquals(0, seen.getJsonArray("followers").size());
        assertEquals(1, seen.getInteger("hidden"));
        assertFalse(seen.encode().contains("柏油路"));
        assertNull(worker.seeCase(other).getJsonObject("reporter"));
    }

    private static JsonObject hint(Client who, String text, String category) {
        return who.post("/api/twins", question(text, category)).expect(200).json();
    }

    private static JsonObject question(String text, String category) {
        return new JsonObject()
                .put("text", text)
                .put("category", category)
                .put("area", grid)
                .put("point", filing(text).getJsonObject("point"));
    }

    @Test
    void who_writes_is_told_how_many_reported_the_same_and_nothing_else() {
        String lamp = "MUNICIPAL.STREET_LAMP";
        String phone = TestApp.phone();
        Client first = app.resident(phone);
        String number =
                first.file(filing("照明灯杆被张三的车撞了，我是7号楼的").put("category", lamp)).getString("number");
        app.resident().file(filing("灯杆倒了，黑灯瞎火").put("category", lamp).put("confidential", true));
        app.resident().file(filing("灯杆倒了，没有灯").put("category", lamp).put("anonymous", true));
        JsonObject told = hint(app.nobody(), "灯杆倒了，没有照明", lamp);
        assertEquals(1, told.getInteger("people"));
        assertEquals("RECEIVED", told.getString("stage"));
        assertEquals(new JsonArray(), told.getJsonArray("own"));
        for (String secret : List.of(number, phone, "张三", "7号楼", "灯杆")) {
            assertFalse(told.encode().contains(secret), secret);
        }
        JsonObject mine = hint(first, "灯杆倒了，没有照明", lamp);
        assertEquals(0, mine.getInteger("people"));
        assertEquals(List.of(number), mine.getJsonArray("own").getList());
    }

    @Test
    void of_matters_between_people_nobody_is_told_anything() {
        JsonObject violence = filing("隔壁男的天天打老婆").put("category", "SAFETY.DOMESTIC");
        app.resident().file(violence);
        JsonObject told = hint(app.nobody(), "隔壁男的天天打老婆", "SAFETY.DOMESTIC");
        assertEquals(0, told.getInteger("people"));
        assertEquals(0, hint(app.nobody(), "隔壁男的天天打老婆", "MUNICIPAL.TOILET").getInteger("people"));
        assertEquals(
                0,
                app.nobody()
                        .post(
                                "/api/twins",
                                question("路灯", "MUNICIPAL.STREET_LAMP").put("area", "140404001001001"))
                        .expect(200)
                        .json()
                        .getInteger("people"));
    }

    @Test
    void who_tries_again_and_again_is_slowed_down() {
        Client fisher = app.resident();
        Eventually.get(
                "a refusal",
                () -> fisher.post("/api/twins", question("路灯", "MUNICIPAL.STREET_LAMP"))
                        .status(),
                status -> status == 429);
        app.clock().forward(Duration.ofHours(2));
        hint(fisher, "路灯", "MUNICIPAL.STREET_LAMP");
    }

    @Test
    void who_says_me_too_is_seen_at_the_desk_and_files_all_the_same() {
        String one = file(app.resident(), "停水了，一滴水也没有");
        Client second = app.resident();
        String other = file(second, "从昨晚停水到现在没水");
        assertFalse(candidate(other, one).getBoolean("claimed"));
        second.put("/api/cases/" + other + "/twins", null).expect(204);
        second.put("/api/cases/" + other + "/twins", null).expect(204);
        assertTrue(candidate(other, one).getBoolean("claimed"));
        assertEquals("SUBMITTED", second.seeCase(other).getString("state"));
        app.resident().put("/api/cases/" + other + "/twins", null).refused(404, "not-found");
    }

    @Test
    void cases_from_before_there_were_marks_are_found_after_a_start() {
        String one = file(app.resident(), "宽带一到晚上就掉线");
        String other = file(app.resident(), "网络信号差，老是掉线");
        app.sql(db -> db.query("DELETE FROM case_marks").execute());
        assertNull(candidate(other, one));
        try (TestApp again = TestApp.on(app.database(), java.util.Map.of("LINGE_DEMO", "true"))) {
            Eventually.get("marks", () -> app.count("SELECT count(*) FROM case_marks"), count -> count > 1);
            Eventually.get("a candidate", () -> candidate(other, one), found -> found != null);
        }
    }
}
