package linge.legal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import linge.Client;
import linge.Reply;
import linge.SampleRequests;
import linge.TestApp;
import linge.clocks.ServiceCalendar;
import linge.clocks.WorkingTime;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LegalTest {

    private static final String UNKNOWN = "邻居家的无人机老往我家鱼塘里喷彩带怎么处理";

    private static TestApp app;
    private static Client dispatcher;
    private static Client admin;

    @BeforeAll
    static void start() {
        app = TestApp.demo();
        dispatcher = app.staff("dispatcher-" + app.grid().substring(0, 6));
        admin = app.staff("admin");
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    private static JsonObject ask(String question) {
        return app.nobody()
                .post("/api/legal/questions", new JsonObject().put("question", question))
                .expect(200)
                .json();
    }

    @Test
    void every_sentence_of_an_answer_rests_on_an_article() {
        JsonObject answer = ask("老板拖欠工资怎么办");
        assertEquals("CARD", answer.getString("kind"), answer::encode);
        assertEquals("wages-unpaid", answer.getString("card"));
        assertFalse(answer.getBoolean("refused"));
        answer.getJsonArray("sentences")
                .forEach(sentence -> assertFalse(
                        ((JsonObject) sentence).getJsonArray("citations").isEmpty(), answer::encode));
        JsonObject cited = answer.getJsonArray("citations").getJsonObject(0);
        assertTrue(cited.getString("label").startsWith("《"), cited::encode);
        assertTrue(cited.getString("url").startsWith("https://"), cited::encode);
        assertNotNull(answer.getJsonObject("route").getString("name"));
    }

    @Test
    void cards_are_listed_by_topic_and_shown_with_steps_and_papers() {
        JsonArray topics =
                app.nobody().get("/api/legal/topics").expect(200).json().getJsonArray("items");
        String topic = topics.getJsonObject(0).getString("code");
        JsonArray cards = app.nobody()
                .get("/api/legal/cards?topic=" + topic)
                .expect(200)
                .json()
                .getJsonArray("items");
        assertEquals(topics.getJsonObject(0).getInteger("cards"), cards.size());
        JsonObject card = app.nobody()
                .get("/api/legal/cards/" + cards.getJsonObject(0).getString("id"))
                .expect(200)
                .json();
        assertFalse(card.getJsonArray("steps").isEmpty());
        assertFalse(card.getJsonArray("papers").isEmpty());
        assertFalse(card.getBoolean("local"));
        app.nobody().get("/api/legal/cards/no-such-card").refused(404, "not-found");
        assertFalse(app.nobody()
                .get("/api/legal/cards?q=%E5%B7%A5%E8%B5%84")
                .expect(200)
                .json()
                .getJsonArray("items")
                .isEmpty());
    }

    @Test
    void many_asking_at_once_get_the_answers_one_would_get() throws Exception {
        List<String> questions = List.of("老板拖欠工资怎么办", "离婚孩子归谁", "老公打我怎么办", "今天天气怎么样", "工伤怎么认定");
        List<JsonObject> alone = questions.stream().map(LegalTest::ask).toList();
        ExecutorService people = Executors.newFixedThreadPool(8);
        try {
            List<Future<JsonObject>> answers = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                String question = questions.get(i % questions.size());
                answers.add(people.submit(() -> ask(question)));
            }
            for (int i = 0; i < answers.size(); i++) {
                assertEquals(alone.get(i % questions.size()), answers.get(i).get());
            }
        } finally {
            people.shutdownNow();
        }
    }

    @Test
    void the_check_asks_one_question_after_the_other_and_tells_all_missing_papers_at_once() {
        JsonObject answers = new JsonObject();
        JsonObject wanted = SampleRequests.answers();
        JsonObject step = app.nobody()
                .post("/api/legal/eligibility", new JsonObject().put("answers", answers))
                .expect(200)
                .json();
        for (int i = 0; !step.getBoolean("done") && i < 20; i++) {
            String question = step.getJsonObject("question").getString("id");
            assertNotNull(wanted.getString(question), "asked unexpectedly: " + question);
            answers.put(question, wanted.getString(question));
            step = app.nobody()
                    .post("/api/legal/eligibility", new JsonObject().put("answers", answers))
                    .expect(200)
                    .json();
        }
        JsonObject result = step.getJsonObject("result");
        assertTrue(result.getBoolean("mayApply"), result::encode);
        assertEquals(2, result.getJsonArray("papers").size(), result::encode);
        app.nobody()
                .post(
                        "/api/legal/eligibility",
                        new JsonObject().put("answers", new JsonObject().put("matter", "no-such-matter")))
                .refused(422, "not-sensible");
    }

    @Test
    void an_application_is_a_case_of_the_centre_under_the_laws_clocks() {
        Client resident = app.resident();
        JsonObject application = SampleRequests.withHeaders("applyForLegalAid", resident)
                .post("/api/legal/applications", SampleRequests.application())
                .expect(201)
                .json();
        JsonObject filed = application.getJsonObject("case");
        assertEquals("LAW.AID", filed.getJsonObject("category").getString("code"));
        assertEquals("COUNTY", filed.getJsonObject("holder").getString("level"));
        assertTrue(filed.getJsonObject("clock").getString("article").contains("第四十三条"), filed::encode);
        assertEquals(
                lastDay(filed.getString("filedAt"), 7),
                filed.getJsonObject("clock").getString("due"));
        assertEquals(2, application.getJsonArray("missing").size());
        String number = filed.getString("number");
        assertTrue(resident.get("/api/cases").json().encode().contains(number));
        assertTrue(
                dispatcher.get("/api/cases?view=todo&limit=100").json().encode().contains(number));
        app.staff("worker-" + app.grid()).get("/api/cases/" + number).refused(404, "not-found");
        JsonObject accepted = dispatcher.move(number, "ACCEPT");
        assertTrue(accepted.getJsonObject("clock").getString("rule").contains("3 日"), accepted::encode);
        assertEquals(
                lastDay(accepted.getString("updatedAt"), 3),
                accepted.getJsonObject("clock").getString("due"));
        JsonObject assigned = dispatcher.move(number, "HANDLE");
        assertEquals(null, assigned.getJsonObject("clock"));
    }

    @Test
    void an_application_sent_again_is_one_case_and_one_that_cannot_wait_is_helped_at_once() {
        Client resident =
                app.resident().with("Idempotency-Key", UUID.randomUUID().toString());
        String soon = LocalDate.now(ZoneId.of("Asia/Shanghai")).plusDays(3).toString();
        JsonObject body = SampleRequests.application().put("limitation", soon);
        JsonObject first =
                resident.post("/api/legal/applications", body).expect(201).json();
        JsonObject again =
                resident.post("/api/legal/applications", body).expect(201).json();
        assertEquals(
                first.getJsonObject("case").getString("number"),
                again.getJsonObject("case").getString("number"));
        assertTrue(first.getBoolean("atOnce"));
        assertTrue(
                first.getJsonObject("case")
                        .getJsonObject("clock")
                        .getString("article")
                        .contains("第四十四条"),
                first::encode);
        resident.post("/api/legal/applications", body.copy().put("facts", "别的事"))
                .refused(409, "key-reused");
    }

    @Test
    void who_cannot_apply_is_told_why() {
        Client resident = SampleRequests.withHeaders("applyForLegalAid", app.resident());
        resident.post(
                        "/api/legal/applications",
                        SampleRequests.application().put("answers", new JsonObject().put("matter", "wages")))
                .refused(422, "not-sensible");
        resident.post(
                        "/api/legal/applications",
                        SampleRequests.application()
                                .put("answers", SampleRequests.answers().put("lawyer", "yes")))
                .refused(422, "not-sensible");
    }

    @Test
    void the_form_is_filled_in_with_what_is_known() {
        Client resident = app.resident();
        resident.put(
                        "/api/me",
                        new JsonObject().put("name", "王小明").put("home", new JsonObject().put("grid", app.grid())))
                .expect(200);
        JsonObject draft = resident.post(
                        "/api/legal/applications/draft", new JsonObject().put("answers", SampleRequests.answers()))
                .expect(200)
                .json();
        assertEquals("王小明", draft.getString("name"));
        assertEquals(app.grid(), draft.getJsonObject("grid").getString("code"));
        assertTrue(draft.getString("matter").contains("工资"), draft::encode);
        assertTrue(draft.getJsonObject("step").getBoolean("done"));
    }

    @Test
    void what_nobody_could_answer_is_counted_without_numbers_and_becomes_a_card_on_every_node() {
        ask(UNKNOWN + "，我电话13812345678");
        ask(UNKNOWN + "，我电话13912345678！");
        JsonObject asked = dispatcher.get("/api/legal/unanswered").expect(200).json().getJsonArray("items").stream()
                .map(JsonObject.class::cast)
                .filter(one -> one.getString("question").contains("鱼塘"))
                .findFirst()
                .orElseThrow();
        assertEquals(2, asked.getInteger("asked"));
        assertFalse(asked.getString("question").contains("138"), asked::encode);
        long id = asked.getLong("id");
        JsonObject draft = dispatcher
                .post("/api/legal/unanswered/" + id + "/draft", null)
                .expect(200)
                .json();
        assertEquals(
                draft,
                dispatcher.post("/api/legal/unanswered/" + id + "/draft", null).json());
        assertFalse(draft.getJsonArray("problems").isEmpty());
        String path = "/api/legal/drafts/" + draft.getLong("id");
        admin.post(path + "/publish", new JsonObject().put("version", 0)).refused(422, "not-sensible");

        JsonObject card = SampleRequests.card()
                .put("title", "邻居的无人机喷彩带")
                .put("asks", new JsonArray(List.of(UNKNOWN, "无人机往鱼塘喷彩带", "邻居无人机喷彩带怎么办", "彩带喷到我家鱼塘里")));
        JsonObject changed = dispatcher.put(path, card).expect(200).json();
        assertEquals(new JsonArray(), changed.getJsonArray("problems"));
        dispatcher.put(path, card).refused(409, "stale-version");
        try (TestApp other = TestApp.on(app.database(), java.util.Map.of("LINGE_DEMO", "true"))) {
            JsonObject published = admin.post(
                            path + "/publish", new JsonObject().put("version", changed.getInteger("version")))
                    .expect(200)
                    .json();
            assertTrue(published.getBoolean("published"));
            assertEquals(published.getString("card"), ask(UNKNOWN).getString("card"));
            Client there = app.nobody().at(other.url());
            linge.Eventually.holds(
                    "the other node has the card",
                    () -> there.get("/api/legal/cards/" + published.getString("card"))
                                    .status()
                            == 200);
        }
        Reply file = dispatcher.get(path + "/markdown").expect(200);
        assertTrue(file.text().startsWith("# "), file::text);
        assertTrue(file.text().contains("- ask: " + UNKNOWN), file::text);
        dispatcher.delete(path).refused(403, "not-allowed");
        dispatcher.post("/api/legal/unanswered/" + id + "/done", null).expect(204);
        assertFalse(dispatcher.get("/api/legal/unanswered").json().encode().contains("鱼塘"));
        admin.delete(path).expect(204);
        assertFalse("CARD".equals(ask(UNKNOWN).getString("kind")));
    }

    @Test
    void numbers_that_lead_to_a_person_are_left_out() {
        assertEquals(
                "我叫…，卡…，座机…，邮箱…",
                Questions.plain("我叫14040219900101001X，卡6222021234567890123，座机0355-1234567，邮箱a.b@c.cn"));
        assertEquals("赔３天还是2000元", Questions.plain("赔３天还是2000元").replace("3", "３"));
        assertEquals(null, Questions.plain("？？ 12"));
    }

    /** So many days after a moment, to the end of the last, which is a working day (民法典 201 to 203). */
    private static String lastDay(String from, int days) {
        java.time.LocalDate last =
                Instant.parse(from).atZone(WorkingTime.ZONE).toLocalDate().plusDays(days);
        return ServiceCalendar.shipped()
                .orWeekdays()
                .atOrAfter(last)
                .atTime(23, 59, 59)
                .atZone(WorkingTime.ZONE)
                .toInstant()
                .toString();
    }
}
