package linge.replies;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;
import linge.Client;
import linge.Reply;
import linge.TestApp;
import linge.bot.reply.Prints;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Answers before they go out, over HTTP. */
class RepliesTest {

    private static final String GOOD = "11月24日下午，市政维修人员到现场检查，是灯头进水短路，已更换新灯头并试亮，当晚恢复照明。";
    private static final String CALL = "11月24日市政维修人员更换了路灯灯头，当晚亮灯，有问题可以打 139 3455 6677。";
    private static final String THIN = "路灯问题已收悉，我们高度重视。";

    private static TestApp app;
    private static String grid;
    private static Client worker;
    private static Client supervisor;
    private static Client admin;

    @BeforeAll
    static void start() {
        app = TestApp.demo();
        grid = app.grid();
        worker = app.staff("worker-" + grid);
        supervisor = app.staff("supervisor-" + grid.substring(0, 6));
        admin = app.staff("admin");
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    private static String handling(String text) {
        String number =
                app.resident().file(TestApp.streetLamp().put("text", text)).getString("number");
        worker.move(number, "ACCEPT");
        worker.move(number, "HANDLE");
        return number;
    }

    private static String lamp() {
        return handling("小区门口的路灯坏了三天，晚上看不见路，第" + UUID.randomUUID().toString().substring(0, 6) + "号");
    }

    private static Reply report(String number, String words) {
        return worker.post(
                "/api/cases/" + number + "/moves",
                new JsonObject()
                        .put("move", "REPORT_BACK")
                        .put("version", worker.seeCase(number).getInteger("version"))
                        .put("words", words)
                        .put("without", "测试里没有照片"));
    }

    private static JsonObject check(String number, String words) {
        return worker.post("/api/cases/" + number + "/reply-check", new JsonObject().put("words", words))
                .expect(200)
                .json();
    }

    private static List<String> kinds(JsonArray concerns) {
        return concerns.stream()
                .map(one -> ((JsonObject) one).getString("kind"))
                .toList();
    }

    private static void stance(String area, String stance) {
        admin.put(
                        "/api/reply-policy",
                        new JsonObject().put("area", area).put("stance", stance).put("why", "测试"))
                .expect(200);
    }

    private static String lastWords(String number) {
        JsonArray lines = worker.get("/api/cases/" + number + "/history")
                .expect(200)
                .json()
                .getJsonArray("items");
        return lines.getJsonObject(lines.size() - 1).getString("words");
    }

    @Test
    void a_number_that_leads_to_a_person_stops_an_answer_and_is_pointed_at() {
        String number = lamp();
        JsonObject problem = report(number, CALL).expect(422).json();
        assertEquals("urn:linge:problem:reply-concerns", problem.getString("type"));
        JsonObject concern = problem.getJsonArray("concerns").getJsonObject(0);
        assertEquals("PERSONAL_DATA", concern.getString("kind"));
        assertEquals("139 3455 6677", CALL.substring(concern.getInteger("from"), concern.getInteger("to")));
        assertEquals("HANDLING", worker.seeCase(number).getString("state"));
        report(number, GOOD).expect(200);
    }

    @Test
    void the_name_of_who_filed_stops_it_too() {
        Client owner = app.resident();
        owner.put("/api/me", new JsonObject().put("name", "申屠敏之")).expect(200);
        String number = owner.file(TestApp.streetLamp()).getString("number");
        worker.move(number, "ACCEPT");
        worker.move(number, "HANDLE");
        JsonObject read = check(number, "11月24日市政维修人员与申屠敏之一起到现场，更换了路灯灯头，当晚亮灯。");
        assertEquals(List.of("PERSONAL_DATA"), kinds(read.getJsonArray("concerns")));
        assertTrue(read.getBoolean("stops"));
    }

    @Test
    void a_thin_answer_is_told_and_kept_on_record_where_an_area_only_reminds() {
        String number = lamp();
        JsonObject read = check(number, THIN);
        assertEquals(List.of("NO_SUBSTANCE"), kinds(read.getJsonArray("concerns")));
        assertFalse(read.getBoolean("stops"));
        report(number, THIN).expect(200);
        assertEquals(
                1,
                app.count(
                        "SELECT count(*) FROM audit_log WHERE act = 'reply.despite-concerns' AND subject = $1",
                        number));
    }

    @Test
    void where_an_area_is_strict_it_is_mended_or_let_pass_by_a_supervisor_for_these_very_words() {
        String village = grid.substring(0, 12);
        stance(village, "STOP");
        try {
            String number = lamp();
            report(number, THIN).expect(422);
            JsonObject asked = worker.post(
                            "/api/cases/" + number + "/reply-releases",
                            new JsonObject().put("words", THIN).put("why", "居民要求先回一句"))
                    .expect(201)
                    .json();
            report(number, THIN).expect(422);
            JsonObject waiting =
                    supervisor.get("/api/reply-releases?limit=100").expect(200).json();
            assertTrue(waiting.getJsonArray("items").stream()
                    .anyMatch(one -> ((JsonObject) one).getString("number").equals(number)));
            JsonObject yes = new JsonObject().put("grant", true).put("reason", "已当面说清");
            String decision = "/api/reply-releases/" + asked.getLong("id") + "/decision";
            supervisor.post(decision, yes).expect(200);
            supervisor.post(decision, yes).expect(409);
            report(number, THIN + "！").expect(422);
            report(number, THIN).expect(200);
            assertTrue(lastWords(number).contains("放行：已当面说清"), lastWords(number));
            assertEquals(THIN, worker.seeCase(number).getString("answer"));
            assertEquals(
                    3,
                    app.count(
                            "SELECT count(*) FROM audit_log WHERE act LIKE 'reply.release%' AND subject = $1", number));
        } finally {
            stance(village, "REMIND");
        }
    }

    @Test
    void an_answer_taken_from_another_case_is_known_again_and_one_matter_filed_twice_may_share_one() {
        String words = "11月24日上午，供水抢修班赶到现场挖开路面，更换破裂的阀门两个，下午三点恢复供水，路灯同时检查正常。";
        String text = "路灯旁边的水管漏水，第" + UUID.randomUUID() + "号";
        String first = handling(text);
        report(first, words).expect(200);
        JsonObject concern = check(lamp(), words.replace("两个", "三个"))
                .getJsonArray("concerns")
                .getJsonObject(0);
        assertEquals("COPIED", concern.getString("kind"));
        assertEquals(first, concern.getString("copiedFrom"));
        assertEquals(List.of(), kinds(check(handling(text), words).getJsonArray("concerns")));
    }

    @Test
    void what_everybody_writes_costs_no_more_to_look_up_than_what_nobody_does() {
        String words = "11月24日市政维修人员到现场检查并更换了灯头，当晚恢复照明，一切正常。";
        Long[] prints = Prints.of(words).toArray(Long[]::new);
        String number = lamp();
        app.sql(db -> db.preparedQuery("""
                        INSERT INTO reply_prints SELECT p, now() - n * interval '1 second', (SELECT id FROM cases WHERE number = $2)
                        FROM unnest($1::bigint[]) p, generate_series(1, 20000) n""")
                .execute(Tuple.tuple().addArrayOfLong(prints).addValue(number)));
        app.sql(db -> db.query("ANALYZE reply_prints").execute());
        long read = app.sql(db -> db.preparedQuery("""
                        EXPLAIN (ANALYZE, FORMAT JSON) SELECT p.case_id FROM unnest($1::bigint[]) AS mine (print)
                        CROSS JOIN LATERAL (SELECT case_id FROM reply_prints p WHERE p.print = mine.print AND p.at > now() - interval '120 days'
                        ORDER BY p.at DESC LIMIT 8) AS p""")
                .execute(Tuple.tuple().addArrayOfLong(prints))
                .map(rows -> rows.iterator().next().getJsonArray(0).encode().contains("Seq Scan") ? 1L : 0L));
        assertEquals(0, read, "the newest few of each number come from the index");
        assertTrue(check(number, words).containsKey("concerns"));
    }

    @Test
    void a_template_is_filled_from_the_case_and_says_nothing_by_itself() {
        JsonObject made = supervisor
                .post(
                        "/api/reply-templates",
                        new JsonObject()
                                .put("name", "路灯修好了")
                                .put("categories", new JsonArray().add("MUNICIPAL.STREET_LAMP"))
                                .put("words", "您反映的{反映事项}（{编号}），{责任单位}的维修人员已于{办理日期}到场{办理结果}，感谢您的监督。")
                                .put("required", new JsonArray().add("办理结果")))
                .expect(201)
                .json();
        String number = lamp();
        JsonObject one =
                worker
                        .get("/api/cases/" + number + "/reply-templates")
                        .expect(200)
                        .json()
                        .getJsonArray("items")
                        .stream()
                        .map(JsonObject.class::cast)
                        .filter(item -> item.getLong("id").equals(made.getLong("id")))
                        .findFirst()
                        .orElseThrow();
        assertTrue(one.getString("words").contains(number));
        assertEquals(
                List.of("办理日期", "办理结果"),
                one.getJsonArray("asks").stream()
                        .map(ask -> ((JsonObject) ask).getString("name"))
                        .toList());
        assertEquals(
                List.of("NO_SUBSTANCE"),
                kinds(check(number, one.getString("words")).getJsonArray("concerns")));
        String bare = one.getString("words").replace("{办理日期}", "").replace("{办理结果}", "");
        assertTrue(kinds(check(number, bare).getJsonArray("concerns")).contains("NO_SUBSTANCE"));
        String filled = one.getString("words").replace("{办理日期}", "11月24日").replace("{办理结果}", "更换了灯头，当晚恢复照明");
        assertEquals(List.of(), kinds(check(number, filled).getJsonArray("concerns")));
        worker.post("/api/cases/" + number + "/reply-templates/" + made.getLong("id"), null)
                .expect(204);
        assertEquals(1, app.count("SELECT uses FROM reply_templates WHERE id = $1", made.getLong("id")));
    }

    @Test
    void a_template_changed_is_another_version_and_the_one_before_is_kept() {
        JsonObject body = new JsonObject().put("name", "咨询答复").put("words", "关于{反映事项}：{答复内容}。");
        long id =
                supervisor.post("/api/reply-templates", body).expect(201).json().getLong("id");
        JsonObject next = body.copy().put("version", 1).put("active", false);
        assertEquals(
                2,
                supervisor
                        .put("/api/reply-templates/" + id, next)
                        .expect(200)
                        .json()
                        .getInteger("version"));
        supervisor.put("/api/reply-templates/" + id, next).expect(409);
        assertEquals(2, app.count("SELECT count(*) FROM reply_template_versions WHERE template_id = $1", id));
        supervisor
                .post("/api/reply-templates", body.copy().put("words", "还有{没写完"))
                .expect(422);
    }
}
