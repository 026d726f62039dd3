package linge.legal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import linge.Client;
import linge.Reply;
import linge.SampleRequests;
import linge.TestApp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Applications for legal aid at their desk: examined, made up, decided, given to somebody, objected to. */
class LegalAidDeskTest {

    private static TestApp app;
    private static Client desk;
    private static Client justice;

    @BeforeAll
    static void start() {
        app = TestApp.demo();
    }

    /** Afresh: a test before may have set the clock past the end of sessions. */
    @BeforeEach
    void signIn() {
        String county = app.grid().substring(0, 6);
        desk = app.staff("dispatcher-" + county);
        justice = app.staff("officer-" + county + "-justice");
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @Test
    void granted_within_seven_days_and_given_within_three_by_the_articles() {
        Client owner = app.resident();
        String number = applied(owner, null);
        JsonObject granted = act(justice, number, "GRANT", "article", "法律援助法第三十一条");
        assertEquals("GRANTED", granted.getString("stage"));
        JsonObject examined = clock(granted, "LEGAL_AID_EXAMINATION");
        assertEquals("MET", examined.getString("outcome"));
        assertTrue(examined.getString("article").contains("第四十三条"));
        assertNull(clock(granted, "LEGAL_AID_ASSIGNMENT").getString("stoppedAt"));
        JsonObject assigned = act(desk, number, "ASSIGN", "helper", "王律师", "office", "长治某律师事务所");
        assertEquals("ASSIGNED", assigned.getString("stage"));
        assertEquals("MET", clock(assigned, "LEGAL_AID_ASSIGNMENT").getString("outcome"));
        assertEquals(
                "DONE", act(desk, number, "REPORT", "words", "已经调解结案，工资全部拿到。").getString("stage"));
        String told = owner.get("/api/inbox").expect(200).text();
        assertTrue(told.contains("决定给予法律援助") || told.contains("已指派"), told);
    }

    @Test
    void what_is_missing_is_told_once_and_the_clock_waits_for_it() {
        String phone = TestApp.phone();
        Client owner = app.resident(phone);
        String number = applied(owner, null);
        JsonObject waiting = act(justice, number, "TELL_MISSING", "papers", new JsonArray().add("工资流水"));
        assertEquals("PAPERS", waiting.getString("stage"));
        assertTrue(clock(waiting, "LEGAL_AID_EXAMINATION").getString("pausedAt") != null);
        Instant before = due(waiting);
        app.forward(Duration.ofDays(3));
        signIn();
        owner = app.resident(phone);
        assertEquals(List.of("SUPPLY"), mine(owner, number).getJsonArray("acts").getList());
        JsonObject supplied = act(owner, number, "SUPPLY", "words", "工资流水已上传");
        assertEquals("EXAMINING", supplied.getString("stage"));
        assertTrue(!due(supplied).isBefore(before.plus(Duration.ofDays(2))), "three days of waiting do not count");
        tryAct(justice, number, "TELL_MISSING", "papers", new JsonArray().add("还要一样"))
                .refused(409, "out-of-turn");
    }

    @Test
    void where_the_limitation_is_near_aid_comes_first_and_papers_later() {
        Client owner = app.resident();
        LocalDate soon = LocalDate.ofInstant(app.clock().instant(), ZoneId.of("Asia/Shanghai"))
                .plusDays(3);
        String number = applied(owner, soon);
        tryAct(justice, number, "TELL_MISSING", "papers", new JsonArray().add("工资流水"))
                .refused(409, "out-of-turn");
        act(justice, number, "GRANT", "article", "法律援助法第四十四条");
        JsonObject later = act(justice, number, "TELL_MISSING", "papers", new JsonArray().add("工资流水"));
        assertEquals("GRANTED", later.getString("stage"), "aid goes on while papers are fetched");
    }

    @Test
    void a_refusal_is_objected_to_and_somebody_else_decides_within_five_days() {
        Client owner = app.resident();
        String number = applied(owner, null);
        JsonObject refused = act(justice, number, "REFUSE", "article", "法律援助法第四十一条", "words", "收入超过标准。");
        assertEquals("REFUSED", refused.getString("stage"));
        JsonObject objected = act(owner, number, "OBJECT", "words", "已经失业半年，没有收入。");
        assertTrue(clock(objected, "LEGAL_AID_OBJECTION").getString("article").contains("第四十九条"));
        tryAct(justice, number, "DECIDE_OBJECTION", "yes", true, "words", "有道理").refused(403, "not-allowed");
        tryAct(desk, number, "DECIDE_OBJECTION", "yes", true, "words", "有道理").refused(403, "not-allowed");
    }

    @Test
    void an_objection_that_is_right_opens_it_again_once_granted_and_waiting_for_somebody() {
        Client owner = app.resident();
        String number = applied(owner, null);
        act(desk, number, "REFUSE", "article", "法律援助法第四十一条", "words", "收入超过标准。");
        act(owner, number, "OBJECT", "words", "已经失业半年，没有收入。");
        JsonObject right = act(justice, number, "DECIDE_OBJECTION", "yes", true, "words", "核实属实。");
        assertEquals("OVERTURNED", right.getString("stage"));
        assertEquals("MET", clock(right, "LEGAL_AID_OBJECTION").getString("outcome"));
        JsonObject again = mine(owner, right.getString("again"));
        assertEquals("GRANTED", again.getString("stage"));
        tryAct(justice, number, "DECIDE_OBJECTION", "yes", true, "words", "核实属实。")
                .refused(409, "out-of-turn");
    }

    private static String applied(Client owner, @org.jspecify.annotations.Nullable LocalDate limitation) {
        JsonObject application = SampleRequests.application();
        if (limitation != null) {
            application.put("limitation", limitation.toString());
        }
        return SampleRequests.withHeaders("applyForLegalAid", owner)
                .post("/api/legal/applications", application)
                .expect(201)
                .json()
                .getJsonObject("case")
                .getString("number");
    }

    private static JsonObject mine(Client owner, String number) {
        return owner.get("/api/legal/applications/" + number).expect(200).json().getJsonObject("progress");
    }

    private static Instant due(JsonObject progress) {
        return Instant.parse(clock(progress, "LEGAL_AID_EXAMINATION").getString("due"));
    }

    private static JsonObject clock(JsonObject progress, String rule) {
        return progress.getJsonArray("clocks").stream()
                .map(JsonObject.class::cast)
                .filter(one -> one.getString("rule").equals(rule))
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    private static JsonObject act(Client who, String number, String act, Object... more) {
        return tryAct(who, number, act, more).expect(200).json();
    }

    private static Reply tryAct(Client who, String number, String act, Object... more) {
        JsonObject body = new JsonObject().put("act", act);
        for (int i = 0; i < more.length; i += 2) {
            body.put((String) more[i], more[i + 1]);
        }
        return who.post("/api/legal/applications/" + number + "/acts", body);
    }
}
