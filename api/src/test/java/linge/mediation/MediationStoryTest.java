package linge.mediation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import linge.Client;
import linge.SampleRequests;
import linge.TestApp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Mediations over HTTP on a real database: from an application to an agreement that the court confirms. */
class MediationStoryTest {

    private static TestApp app;
    private static String grid;
    private static String county;
    private static Client desk;
    private static Client justice;

    @BeforeAll
    static void start() {
        app = TestApp.demo();
        grid = app.grid();
        county = grid.substring(0, 6);
    }

    /** Afresh: a test before may have set the clock past the end of sessions. */
    @BeforeEach
    void signIn() {
        desk = app.staff("dispatcher-" + county);
        justice = app.staff("officer-" + county + "-justice");
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @Test
    void from_an_application_to_an_agreement_and_its_confirmation() {
        String phone = TestApp.phone();
        String ownPhone = TestApp.phone();
        Client owner = app.resident(ownPhone);
        Client other = app.resident(phone);
        JsonObject applied = applied(owner, phone);
        String id = applied.getString("id");
        assertEquals("APPLIED", applied.getString("state"));
        assertEquals("郝**", applied.getJsonArray("parties").getJsonObject(0).getString("name"));
        assertEquals("MEDIATION_ACCEPTANCE", clock(applied, 0).getString("rule"));
        other.get("/api/mediations/" + id).refused(404, "not-found");

        act(desk, id, "ACCEPT");
        JsonObject asked = see(other, id);
        assertEquals(List.of("SAY_WILL"), asked.getJsonArray("acts").getList());
        act(other, id, "SAY_WILL", "yes", true);
        JsonObject committee = desk.get("/api/staff/mediation-committees?kind=NEIGHBOURS&area=" + grid)
                .expect(200)
                .items()
                .getJsonObject(0);
        assertTrue(committee.getBoolean("suggested"));
        assertTrue(committee.getJsonArray("kinds").contains("NEIGHBOURS"));
        String mediator = committee.getJsonArray("mediators").getJsonObject(0).getString("name");
        act(desk, id, "ASSIGN", "committee", committee.getString("id"), "mediators", new JsonArray().add(mediator));
        String first = parties(see(desk, id)).get(0);
        String second = parties(see(desk, id)).get(1);
        act(
                justice,
                id,
                "RECORD",
                "words",
                "双方各让一步",
                "place",
                "调解室",
                "came",
                new JsonArray().add(first).add(second));
        assertNull(see(owner, id).getJsonArray("sessions").getJsonObject(0).getString("minutes"));
        LocalDate today = LocalDate.ofInstant(app.clock().instant(), ZoneId.of("Asia/Shanghai"));
        JsonObject agreed = act(justice, id, "AGREE", "agreement", agreement(second, today));
        assertEquals("AGREED", agreed.getString("state"));
        assertEquals("OPEN", agreed.getString("confirmation"));
        assertEquals("MEDIATION_CONFIRMATION", clock(agreed, 2).getString("rule"));
        assertTrue(clock(agreed, 2).getString("article").contains("人民调解法第三十三条"));
        assertEquals("MET", clock(agreed, 1).getString("outcome"));

        // 30 days: told at ten days and three days before, each once, whoever looks how often.
        LocalDate last = LocalDate.ofInstant(
                Instant.parse(agreed.getString("confirmBy")).minusMillis(1), ZoneId.of("Asia/Shanghai"));
        assertFalse(last.isBefore(today.plusDays(30)), "thirty days, or the next working day");
        lookAt(last.minusDays(11));
        assertEquals(0, reminders(id, 10));
        lookAt(last.minusDays(10));
        lookAt(last.minusDays(10));
        assertEquals(1, reminders(id, 10));
        lookAt(last.minusDays(3));
        lookAt(last.minusDays(3));
        assertEquals(1, reminders(id, 3));
        assertEquals(1, reminders(id, 10));
        act(app.resident(ownPhone), id, "CONFIRM_APPLY");
        lookAt(last.plusDays(2));
        signIn();
        assertEquals("APPLIED", see(desk, id).getString("confirmation"), "asked in time: nothing lapses");
        act(desk, id, "CONFIRM_RESULT", "yes", true);
        act(desk, id, "PERFORM", "item", 1, "yes", true);
        assertEquals("CLOSED", act(desk, id, "CLOSE").getString("state"));
    }

    @Test
    void two_nodes_and_a_crash_between_say_a_reminder_once() {
        Client owner = app.resident();
        String id = applied(owner, TestApp.phone()).getString("id");
        try (TestApp other = TestApp.on(app.database(), Map.of("LINGE_DEMO", "true"))) {
            // The deadline to say whether it is taken has passed, and both look at once.
            other.clock().forward(Duration.ofDays(10));
            app.clock().forward(Duration.ofDays(10));
            other.forward(Duration.ZERO);
        }
        app.forward(Duration.ZERO);
        assertEquals(
                1,
                app.count(
                        "SELECT count(*) FROM mediation_lines WHERE mediation_id = $1 AND act = 'REMIND'",
                        UUID.fromString(id)));
    }

    @Test
    void a_case_stays_open_while_it_is_mediated_and_its_history_says_how_it_ended() {
        Client owner = app.resident();
        Client worker = app.staff("worker-" + grid);
        String number = owner.file(TestApp.streetLamp()).getString("number");
        worker.move(number, "ACCEPT");
        worker.move(number, "HANDLE");
        JsonObject opened = keyed(desk)
                .post(
                        "/api/staff/mediations",
                        new JsonObject()
                                .put("source", "DESK")
                                .put("case", number)
                                .put("facts", "两家为路灯的电费争执")
                                .put(
                                        "parties",
                                        new JsonArray()
                                                .add(new JsonObject()
                                                        .put("name", "郝梅梅")
                                                        .put("applies", true))
                                                .add(new JsonObject().put("name", "李有财"))))
                .expect(201)
                .json();
        String id = opened.getString("id");
        assertEquals(number, opened.getString("caseNumber"));
        String why = worker.tryMove(number, "REPORT_BACK", "words", "修好了，明天还会来看", "without", "没有拍照")
                .expect(409)
                .text();
        assertTrue(why.contains("正在调解"), why);
        act(desk, id, "FAIL", "words", "双方分歧太大");
        String history =
                owner.get("/api/cases/" + number + "/history").expect(200).text();
        assertTrue(history.contains("调解不成"), history);
        assertFalse(history.contains("李有财"), "nobody's name goes into the case");
    }

    @Test
    void names_are_read_for_a_purpose_that_is_written_down_and_the_party_is_told() {
        Client owner = app.resident();
        JsonObject applied = applied(owner, TestApp.phone());
        String id = applied.getString("id");
        desk.post("/api/mediations/" + id + "/identity", new JsonObject().put("purpose", "   打   "))
                .refused(422, "not-sensible");
        JsonArray people = desk.post("/api/mediations/" + id + "/identity", new JsonObject().put("purpose", "通知调解时间"))
                .expect(200)
                .items();
        assertEquals("李有财", people.getJsonObject(1).getString("name"));
        assertEquals(
                1,
                app.count(
                        "SELECT count(*) FROM audit_log WHERE act = 'mediation.identity' AND subject = $1",
                        applied.getString("number")));
        assertEquals(
                1,
                app.count(
                        "SELECT count(*) FROM notices WHERE template = 'identity-revealed' AND subject = $1",
                        "mediation:" + id));
    }

    @Test
    void a_hand_over_of_the_police_has_its_own_clock_and_the_police_see_it_without_names() {
        Client police = app.staff("officer-" + county + "-public_security");
        JsonObject handed = keyed(police)
                .post(
                        "/api/staff/mediations",
                        new JsonObject()
                                .put("source", "POLICE")
                                .put("kind", "NEIGHBOURS")
                                .put("area", county)
                                .put("facts", "因停车争吵，没有受伤")
                                .put(
                                        "parties",
                                        new JsonArray()
                                                .add(new JsonObject()
                                                        .put("name", "郝梅梅")
                                                        .put("applies", true))
                                                .add(new JsonObject().put("name", "李有财"))))
                .expect(201)
                .json();
        String id = handed.getString("id");
        assertEquals("APPLIED", handed.getString("state"));
        assertEquals(List.of(), handed.getJsonArray("acts").getList());
        police.post("/api/mediations/" + id + "/identity", new JsonObject().put("purpose", "回访当事人"))
                .refused(403, "not-allowed");
        JsonObject taken = act(justice, id, "ACCEPT");
        assertEquals("MEDIATION_POLICE", clock(taken, 1).getString("rule"));
        assertTrue(clock(taken, 1).getString("label").contains("15 日"));
        assertTrue(police.get("/api/staff/mediations").expect(200).items().size() > 0);
    }

    @Test
    void sent_again_with_the_same_key_it_is_one_application() {
        Client owner = keyed(app.resident());
        JsonObject body = SampleRequests.dispute().put("grid", grid);
        String id = owner.post("/api/mediations", body).expect(201).string("id");
        assertEquals(id, owner.post("/api/mediations", body).expect(201).string("id"));
    }

    private static JsonObject applied(Client owner, String otherPhone) {
        JsonObject body = SampleRequests.dispute().put("grid", grid);
        body.getJsonObject("other").put("phone", otherPhone);
        return keyed(owner).post("/api/mediations", body).expect(201).json();
    }

    private static JsonObject agreement(String who, LocalDate day) {
        return new JsonObject()
                .put("oral", false)
                .put("dispute", "楼上漏水，楼下墙面受潮")
                .put("signedOn", day.toString())
                .put(
                        "items",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("who", who)
                                        .put("what", "赔偿墙面修复费用")
                                        .put("fen", 350_000)
                                        .put("due", day.plusDays(15).toString())));
    }

    /** At eleven in the morning of a day. */
    private static void lookAt(LocalDate day) {
        Instant then = day.atTime(11, 0).atZone(ZoneId.of("Asia/Shanghai")).toInstant();
        app.forward(Duration.between(app.clock().instant(), then));
    }

    /** How often both parties were told together that so many days are left. */
    private static long reminders(String id, int days) {
        long parties = app.count(
                "SELECT count(*) FROM notices WHERE template = 'mediation-reminder' AND subject = $1 AND key LIKE $2",
                "mediation:" + id,
                "%:court:" + days + ":%");
        assertEquals(0, parties % 2, "both parties or none");
        return parties / 2;
    }

    private static JsonObject clock(JsonObject mediation, int nth) {
        return mediation.getJsonArray("clocks").getJsonObject(nth);
    }

    private static List<String> parties(JsonObject mediation) {
        return mediation.getJsonArray("parties").stream()
                .map(one -> ((JsonObject) one).getString("id"))
                .toList();
    }

    private static JsonObject see(Client who, String id) {
        return who.get("/api/mediations/" + id).expect(200).json();
    }

    private static JsonObject act(Client who, String id, String act, Object... more) {
        JsonObject body =
                new JsonObject().put("act", act).put("version", see(who, id).getInteger("version"));
        for (int i = 0; i < more.length; i += 2) {
            body.put((String) more[i], more[i + 1]);
        }
        return who.post("/api/mediations/" + id + "/acts", body).expect(200).json();
    }

    private static Client keyed(Client who) {
        return who.with("Idempotency-Key", UUID.randomUUID().toString());
    }
}
