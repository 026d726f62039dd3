package linge.whistle;

import static linge.whistle.Scene.POWER;
import static linge.whistle.Scene.WATER;
import static linge.whistle.Scene.act;
import static linge.whistle.Scene.call;
import static linge.whistle.Scene.see;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import linge.Client;
import linge.TestApp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The time of called departments runs by a rule like all other time: of an area, by an article, kept when it changes. */
class WhistleClocksTest {

    private static final String MIGRATION = "/linge/migrations/V2_551__whistles_run_by_clock_rules.sql";

    private static TestApp app;
    private Scene scene;

    @BeforeAll
    static void start() {
        app = TestApp.demo();
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    /** Sessions of staff end with the day, and rules of one test are not the next one's. */
    @BeforeEach
    void signIn() {
        scene = new Scene(app);
        change(new JsonObject().put("inherit", true));
        app.forward(Duration.ofMinutes(1));
    }

    @Test
    void a_whistle_runs_by_the_rule_of_its_area_and_follows_when_that_changes() {
        String number = scene.accepted();
        JsonObject blown = scene.blown(number);
        String id = blown.getString("id");
        Instant blownAt = Instant.parse(blown.getString("blownAt"));
        assertEquals(List.of(blownAt.plus(Duration.ofHours(2))), dues("stopped_at IS NULL", number));

        setRule(4);
        app.forward(Duration.ofMinutes(1));
        Instant later = blownAt.plus(Duration.ofHours(4));
        assertEquals(later, dueOf(see(scene.town, id), WATER));
        assertEquals("4 小时内报到", see(scene.town, id).getJsonObject("clock").getString("rule"));
        assertEquals(List.of(later), dues("stopped_at IS NULL", number));
        // What was promised before stands in the clock's story.
        assertEquals(
                1,
                app.count(
                        "SELECT count(*) FROM clock_events e JOIN case_clocks k ON k.id = e.clock JOIN cases c ON c.id = k.subject"
                                + " WHERE c.number = $1 AND e.act = 'RECKON' AND e.due_before = e.due_after - interval '2 hours'",
                        number));

        app.forward(Duration.ofHours(3));
        assertEquals("CALLED", call(see(scene.town, id), WATER).getString("state"));
        app.forward(Duration.ofHours(1));
        assertEquals("LATE", call(see(scene.town, id), WATER).getString("state"));
        assertEquals(
                3,
                app.count("SELECT count(*) FROM whistle_lines WHERE act = 'LATE' AND whistle_id = $1::text::uuid", id));
        // A deadline that has passed is moved by nobody any more.
        setRule(8);
        app.forward(Duration.ofMinutes(1));
        assertEquals(later, dueOf(see(scene.town, id), WATER));

        JsonObject next = Scene.blow(scene.town, scene.accepted(), Scene.wanted())
                .expect(201)
                .json();
        assertEquals(Instant.parse(next.getString("blownAt")).plus(Duration.ofHours(8)), dueOf(next, POWER));
    }

    @Test
    void its_clock_is_met_missed_or_cancelled_and_none_runs_towards_a_later_meeting() {
        String met = scene.accepted();
        String id = scene.blown(met).getString("id");
        for (Client who : List.of(scene.housing, scene.water)) {
            Scene.reportIn(who, id).expect(200);
        }
        assertEquals(List.of(), outcomes(met));
        Scene.reportIn(scene.power, id).expect(200);
        assertEquals(List.of("MET"), outcomes(met));

        String off = scene.accepted();
        String calledOff = scene.blown(off).getString("id");
        act(scene.town, calledOff, "close", "callOff", true, "words", "已由物业修好").expect(200);
        assertEquals(List.of("CANCELLED"), outcomes(off));

        String missed = scene.accepted();
        String late = scene.blown(missed).getString("id");
        Scene.reportIn(scene.housing, late).expect(200);
        app.forward(Duration.ofHours(3));
        Scene.reportIn(scene.water, late).expect(200);
        Scene.reportIn(scene.power, late).expect(200);
        assertEquals(List.of("MISSED"), outcomes(missed));

        String appointed = scene.accepted();
        Instant evening = app.clock().instant().plus(Duration.ofHours(6));
        JsonObject wanted = Scene.wanted().put("meeting", new JsonObject().put("at", evening.toString()));
        JsonObject whistle =
                Scene.blow(scene.town, appointed, wanted).expect(201).json();
        assertEquals(List.of(), dues("true", appointed));
        app.forward(Duration.ofHours(3));
        assertEquals(
                "CALLED", call(see(scene.town, whistle.getString("id")), WATER).getString("state"));
        app.forward(Duration.ofHours(4));
        assertEquals(
                "LATE", call(see(scene.town, whistle.getString("id")), WATER).getString("state"));
    }

    @Test
    void a_case_that_waits_and_goes_on_keeps_its_own_deadline_apart_from_the_whistles() {
        String number = scene.accepted();
        String id = scene.blown(number).getString("id");
        Instant whistleDue = dueOf(see(scene.town, id), WATER);
        Client leader = app.staff("leader-" + scene.grid);
        String until =
                app.clock().instant().plus(Duration.ofDays(20)).toString().substring(0, 10);
        leader.move(number, "SUSPEND", "words", "等配件", "until", until);
        app.forward(Duration.ofMinutes(30));
        leader = app.staff("leader-" + scene.grid);
        leader.move(number, "RESUME");
        Instant due = Instant.parse(leader.seeCase(number).getString("due"));
        assertTrue(due.isAfter(whistleDue.plus(Duration.ofDays(1))), due::toString);
        // The rule of whistles does not wait.
        assertEquals(whistleDue, dueOf(see(scene.town, id), WATER));
    }

    @Test
    void running_whistles_of_before_get_their_clocks_and_none_twice() {
        String number = scene.accepted();
        String id = scene.blown(number).getString("id");
        Instant due = dueOf(see(scene.town, id), WATER);
        // As it was before clocks ran for whistles.
        app.sql(db -> db.query("UPDATE case_clocks SET subject = gen_random_uuid() WHERE rule = 'WHISTLE'")
                .execute());
        assertEquals(List.of(), dues("stopped_at IS NULL", number));
        for (int times = 0; times < 2; times++) {
            app.sql(db -> db.query(migration()).execute());
            assertEquals(List.of(due), dues("stopped_at IS NULL", number));
        }
        setRule(5);
        app.forward(Duration.ofMinutes(1));
        assertEquals(due.plus(Duration.ofHours(3)), dueOf(see(scene.town, id), WATER));
    }

    private void setRule(int hours) {
        change(new JsonObject().put("amount", hours).put("label", hours + " 小时内报到"));
    }

    private void change(JsonObject rule) {
        Client admin = app.staff("admin");
        String area = scene.county;
        JsonObject before =
                admin
                        .get("/api/staff/clocks/profiles?area=" + area)
                        .expect(200)
                        .json()
                        .getJsonArray("profiles")
                        .stream()
                        .flatMap(profile -> ((JsonObject) profile).getJsonArray("rules").stream())
                        .map(JsonObject.class::cast)
                        .filter(one -> one.getString("code").equals("WHISTLE"))
                        .findFirst()
                        .orElseThrow();
        admin.put(
                        "/api/staff/clocks/rules/WHISTLE",
                        rule.put("area", area).put("was", before.getLong("id")).put("why", "县里另有规定"))
                .expect(200);
    }

    private static Instant dueOf(JsonObject whistle, String department) {
        return Instant.parse(call(whistle, department).getString("due"));
    }

    private List<Instant> dues(String which, String number) {
        return rows(
                        "SELECT k.due_at FROM case_clocks k JOIN cases c ON c.id = k.subject WHERE k.rule = 'WHISTLE' AND c.number = $1 AND "
                                + which,
                        number)
                .map(row -> row.getOffsetDateTime("due_at").toInstant())
                .toList();
    }

    private List<String> outcomes(String number) {
        return rows(
                        "SELECT k.outcome::text AS outcome FROM case_clocks k JOIN cases c ON c.id = k.subject WHERE k.rule = 'WHISTLE' AND c.number = $1 AND k.outcome IS NOT NULL",
                        number)
                .map(row -> row.getString("outcome"))
                .toList();
    }

    private java.util.stream.Stream<Row> rows(String query, String number) {
        return java.util.stream.StreamSupport.stream(
                app.sql(db -> db.preparedQuery(query).execute(Tuple.of(number))).spliterator(), false);
    }

    private static String migration() {
        try (InputStream sql = Objects.requireNonNull(WhistleClocksTest.class.getResourceAsStream(MIGRATION))) {
            return new String(sql.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
