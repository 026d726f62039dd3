package linge.mediation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import linge.Client;
import linge.Reply;
import linge.SampleRequests;
import linge.TestApp;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long a mediation may take, over HTTP on a real database: more time, time that stands still, and the board of what runs out. */
class MediationTimeTest {

    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    private static TestApp app;
    private static String grid;
    private static String county;
    private static @Nullable Client desk;

    @BeforeAll
    static void start() {
        app = TestApp.demo();
        grid = app.grid();
        county = grid.substring(0, 6);
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    /** Holidays as of 2026: 中秋 is 25 to 27 September, the week of 国庆 ends on 7 October. */
    @ParameterizedTest(name = "{0} from {1}: {2} more, stands still from {3} to {4}: {5}")
    @CsvSource({
        "DESK, 2026-08-10 09:00, 0, , , 2026-09-10 23:59",
        "DESK, 2026-08-10 09:00, 7, , , 2026-09-17 23:59",
        "DESK, 2026-08-10 09:00, 15, , , 2026-09-28 23:59",
        "DESK, 2026-08-10 09:00, 30, , , 2026-10-10 23:59",
        "DESK, 2026-08-10 09:00, 0, 2026-08-20 10:00, 2026-09-02 15:00, 2026-09-23 23:59",
        "DESK, 2026-08-10 09:00, 7, 2026-08-20 10:00, 2026-08-24 10:00, 2026-09-21 23:59",
        "POLICE, 2026-08-10 09:00, 15, , , 2026-09-09 23:59",
        "COURT, 2026-08-10 09:00, 30, , , 2026-10-09 23:59",
    })
    void what_it_comes_to(MediationSource source, String from, int more, String still, String on, String due) {
        at(from);
        String id = mediating(source);
        if (more > 0) {
            extend(id, more, "等材料");
        }
        if (still != null) {
            at(still);
            act(id, "PAUSE", "words", "送检漏水原因");
            at(on);
            act(id, "RESUME", "words", "鉴定意见已送达");
        }
        assertEquals(due, DAY.format(Instant.parse(see(id).getString("due")).atZone(ZONE)));
    }

    @Test
    void more_time_is_what_all_want_within_the_rule_and_the_day_before_stays_to_be_seen() {
        at("2026-08-10 09:00");
        String id = mediating(MediationSource.DESK);
        JsonObject before = see(id);
        assertEquals(List.of(7, 15, 30), days(before));
        JsonArray all = parties(before);
        refused(
                id,
                "not-sensible",
                "EXTEND",
                "words",
                "等材料",
                "days",
                7,
                "agreed",
                new JsonArray().add(all.getString(0)));
        refused(id, "not-sensible", "EXTEND", "words", "等材料", "days", 31, "agreed", all);
        refused(id, "not-sensible", "EXTEND", "days", 7, "agreed", all);
        JsonObject after = extend(id, 7, "楼体要等雨季过去");
        assertEquals(before.getJsonArray("moreTime").getJsonObject(0).getString("until"), after.getString("due"));
        assertEquals(List.of(7, 15, 23), days(after));
        JsonObject moved = event(after, "EXTEND");
        assertEquals(before.getString("due"), moved.getString("dueBefore"));
        assertEquals(after.getString("due"), moved.getString("dueAfter"));
        assertEquals("期限由 9月10日 延到 9月17日，申请人、对方同意。楼体要等雨季过去", lastWords(after));
        assertEquals(2, told(id, "%延长期限：期限由 9月10日 延到 9月17日%"), "both parties");
        assertEquals(1, audited(after, "mediation.extend"));

        assertEquals(List.of(), days(extend(id, 23, "还要等")));
        assertFalse(see(id).getJsonArray("acts").contains("EXTEND"), "nothing is left");
        refused(id, "not-sensible", "EXTEND", "words", "再等", "days", 1, "agreed", all);
    }

    @Test
    void what_comes_from_a_petition_takes_no_longer() {
        at("2026-08-10 09:00");
        String id = mediating(MediationSource.PETITION);
        assertFalse(see(id).getJsonArray("acts").contains("EXTEND"));
        refused(id, "not-sensible", "EXTEND", "words", "等材料", "days", 1, "agreed", parties(see(id)));
    }

    @Test
    void an_appraisal_has_a_clock_of_its_own_and_whoever_forgets_it_is_reminded() {
        at("2026-08-10 09:00");
        String id = mediating(MediationSource.DESK);
        JsonObject waits = act(id, "PAUSE", "words", "送检漏水原因");
        assertEquals("PAUSED", waits.getString("state"));
        assertEquals(
                "2026-09-20 23:59",
                DAY.format(Instant.parse(waits.getString("due")).atZone(ZONE)));
        assertTrue(clock(waits, "MEDIATION").getString("pausedAt") != null, "it stands still");
        assertEquals(2, told(id, "%调解暂停：等鉴定，调解期限停止计算。送检漏水原因%"));
        // The month would be over: it stands still, and nobody is told that it is late.
        at("2026-09-12 11:00");
        assertEquals(0, reminded(id));
        at("2026-09-19 11:00");
        assertEquals(1, reminded(id));
        at("2026-09-22 11:00");
        at("2026-09-22 11:30");
        assertEquals(2, reminded(id), "once near, once past");
        JsonObject on = act(id, "RESUME", "words", "鉴定意见已送达");
        assertEquals("MISSED", clock(on, "MEDIATION_APPRAISAL").getString("outcome"));
        assertEquals("MEDIATING", on.getString("state"));
        assertTrue(lastWords(on).startsWith("期限接着计算，到 10月"), lastWords(on));
        assertEquals(1, audited(on, "mediation.pause"));
        assertEquals(1, audited(on, "mediation.resume"));
    }

    @Test
    void time_that_has_run_out_neither_grows_nor_stands_still() {
        at("2026-08-10 09:00");
        String id = mediating(MediationSource.DESK);
        at("2026-09-11 10:00");
        JsonArray acts = see(id).getJsonArray("acts");
        assertFalse(acts.contains("EXTEND") || acts.contains("PAUSE"), acts.encode());
        refused(id, "out-of-turn", "EXTEND", "words", "等材料", "days", 7, "agreed", parties(see(id)));
        refused(id, "out-of-turn", "PAUSE", "words", "送检");
    }

    @Test
    void the_board_shows_its_clocks_among_the_others_page_by_page_and_nobodys_name() {
        at("2026-08-10 09:00");
        String id = mediating(MediationSource.DESK);
        JsonObject one = see(id);
        at("2026-09-10 08:00");
        String lamp = app.resident().file(TestApp.streetLamp()).getString("number");
        List<JsonObject> all = board(desk(), 24, 1);
        List<String> dues = all.stream().map(clock -> clock.getString("due")).toList();
        assertEquals(
                dues.stream()
                        .map(Instant::parse)
                        .sorted()
                        .map(Instant::toString)
                        .toList(),
                dues);
        JsonObject shown = all.stream()
                .filter(clock -> id.equals(clock.getJsonObject("subject").getString("mediation")))
                .findFirst()
                .orElseThrow();
        assertEquals("MEDIATION", shown.getString("rule"));
        assertTrue(shown.getString("article").contains("第三十三条"));
        JsonObject subject = shown.getJsonObject("subject");
        assertEquals(one.getString("number"), subject.getString("number"));
        assertTrue(subject.getString("text").startsWith("邻里纠纷 · "), subject.getString("text"));
        assertTrue(subject.getString("holder").contains("调解委员会"), subject.getString("holder"));
        assertFalse(shown.encode().contains("郝") || shown.encode().contains("李有财"), "nobody's name");
        assertFalse(subject.getString("text").contains("漏水"), "nor what was written");
        assertTrue(
                all.stream()
                        .anyMatch(clock ->
                                lamp.equals(clock.getJsonObject("subject").getString("number"))),
                "cases beside it");
    }

    @Test
    void a_grid_worker_sees_there_what_they_mediate_and_nothing_else_of_their_grids_disputes() {
        at("2026-08-10 09:00");
        String user = "worker-" + grid;
        String others = mediating(MediationSource.DESK);
        at("2026-09-10 08:00");
        assertFalse(onBoard(app.staff(user), others), "a dispute of their grid, mediated by others");
        long red = app.staff(user)
                .get("/api/staff/clocks?hours=24")
                .expect(200)
                .json()
                .getLong("soon");

        at("2026-08-10 09:00");
        assertFalse(
                app.staff(user).get("/api/staff/mediations").expect(200).json().getBoolean("mediator"));
        String office = committee(user);
        String own = opened(MediationSource.DESK, county);
        willing(own);
        act(own, "ASSIGN", "committee", office, "mediators", new JsonArray().add("郭网格"));
        at("2026-09-10 08:00");
        JsonObject list =
                app.staff(user).get("/api/staff/mediations").expect(200).json();
        assertTrue(list.getBoolean("mediator"));
        assertEquals(1, list.getJsonArray("items").size());
        assertTrue(onBoard(app.staff(user), own), "theirs, though it lies in the county");
        assertEquals(
                red + 1,
                app.staff(user)
                        .get("/api/staff/clocks?hours=24")
                        .expect(200)
                        .json()
                        .getLong("soon"));
        assertFalse(onBoard(app.staff(user), others));
        assertTrue(onBoard(desk(), own) && onBoard(desk(), others));
    }

    private static boolean onBoard(Client who, String id) {
        return board(who, 24, 50).stream()
                .anyMatch(clock -> id.equals(clock.getJsonObject("subject").getString("mediation")));
    }

    /** All pages. */
    private static List<JsonObject> board(Client who, int hours, int page) {
        List<JsonObject> all = new ArrayList<>();
        String next = "";
        do {
            JsonObject found = who.get("/api/staff/clocks?hours=" + hours + "&limit=" + page + next)
                    .expect(200)
                    .json();
            all.addAll(Papers.objects(found.getJsonArray("items")));
            next = found.getString("next") == null ? null : "&cursor=" + found.getString("next");
        } while (next != null);
        return all;
    }

    /** A committee of the county on which this person is. */
    private static String committee(String user) {
        return keyed(app.staff("admin"))
                .post(
                        "/api/staff/mediation-committees",
                        new JsonObject()
                                .put(
                                        "name",
                                        "网格人民调解委员会"
                                                + UUID.randomUUID().toString().substring(0, 8))
                                .put("area", county)
                                .put("kinds", new JsonArray())
                                .put(
                                        "mediators",
                                        new JsonArray()
                                                .add(new JsonObject()
                                                        .put("name", "郭网格")
                                                        .put("user", user))))
                .json()
                .getString("id");
    }

    /** Taken now, wanted by both, with mediators. */
    private static String mediating(MediationSource source) {
        String id = opened(source, grid);
        willing(id);
        JsonObject office = desk().get("/api/staff/mediation-committees?kind=NEIGHBOURS&area=" + grid)
                .expect(200)
                .items()
                .getJsonObject(0);
        String mediator = office.getJsonArray("mediators").getJsonObject(0).getString("name");
        act(id, "ASSIGN", "committee", office.getString("id"), "mediators", new JsonArray().add(mediator));
        return id;
    }

    private static String opened(MediationSource source, String area) {
        String id = keyed(desk())
                .post(
                        "/api/staff/mediations",
                        SampleRequests.dispute()
                                .put("source", source.name())
                                .put("area", area)
                                .put(
                                        "parties",
                                        new JsonArray()
                                                .add(person("郝梅梅").put("applies", true))
                                                .add(person("李有财"))))
                .expect(201)
                .string("id");
        if (source.handedOver()) {
            act(id, "ACCEPT");
        }
        return id;
    }

    private static JsonObject person(String name) {
        return new JsonObject().put("name", name).put("phone", TestApp.phone());
    }

    private static void willing(String id) {
        parties(see(id)).forEach(party -> act(id, "SAY_WILL", "party", party, "yes", true));
    }

    private static JsonObject extend(String id, int days, String why) {
        return act(id, "EXTEND", "days", days, "words", why, "agreed", parties(see(id)));
    }

    private static JsonArray parties(JsonObject mediation) {
        return Papers.objects(mediation.getJsonArray("parties")).stream()
                .map(one -> one.getString("id"))
                .collect(Papers.array());
    }

    private static List<Integer> days(JsonObject mediation) {
        return Papers.objects(mediation.getJsonArray("moreTime")).stream()
                .map(one -> one.getInteger("days"))
                .toList();
    }

    private static JsonObject clock(JsonObject mediation, String rule) {
        return Papers.objects(mediation.getJsonArray("clocks")).stream()
                .filter(one -> rule.equals(one.getString("rule")))
                .findFirst()
                .orElseThrow();
    }

    private static JsonObject event(JsonObject mediation, String act) {
        return Papers.objects(clock(mediation, "MEDIATION").getJsonArray("events")).stream()
                .filter(one -> act.equals(one.getString("act")))
                .findFirst()
                .orElseThrow();
    }

    private static String lastWords(JsonObject mediation) {
        JsonArray lines = mediation.getJsonArray("lines");
        return lines.getJsonObject(lines.size() - 1).getString("words");
    }

    /** How many parties have been told so. */
    private static long told(String id, String words) {
        return app.count(
                "SELECT count(*) FROM notices WHERE template = 'mediation-news' AND subject = $1 AND fields::text LIKE $2",
                "mediation:" + id,
                words);
    }

    private static long reminded(String id) {
        return app.count(
                "SELECT count(*) FROM mediation_lines WHERE mediation_id = $1 AND act = 'REMIND' AND words LIKE '%鉴定%'",
                UUID.fromString(id));
    }

    private static long audited(JsonObject mediation, String act) {
        return app.count(
                "SELECT count(*) FROM audit_log WHERE act = $1 AND subject = $2", act, mediation.getString("number"));
    }

    private static void refused(String id, String why, String act, Object... more) {
        int status = why.equals("out-of-turn") ? 409 : 422;
        sent(id, act, more).refused(status, why);
    }

    private static JsonObject act(String id, String act, Object... more) {
        return sent(id, act, more).expect(200).json();
    }

    private static Reply sent(String id, String act, Object... more) {
        JsonObject body = new JsonObject().put("act", act).put("version", see(id).getInteger("version"));
        for (int i = 0; i < more.length; i += 2) {
            body.put((String) more[i], more[i + 1]);
        }
        return desk().post("/api/mediations/" + id + "/acts", body);
    }

    private static JsonObject see(String id) {
        return desk().get("/api/mediations/" + id).expect(200).json();
    }

    /** Signed in afresh after each setting of the clock: a session does not live through it. */
    private static Client desk() {
        return desk == null ? desk = app.staff("dispatcher-" + county) : desk;
    }

    /** Sets the clock, and lets it do what is due then. */
    private static void at(String moment) {
        Instant then = LocalDateTime.parse(moment, DAY).atZone(ZONE).toInstant();
        app.forward(Duration.between(app.clock().instant(), then));
        desk = null;
    }

    private static Client keyed(Client who) {
        return who.with("Idempotency-Key", UUID.randomUUID().toString());
    }
}
