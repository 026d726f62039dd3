package linge.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import linge.Client;
import linge.TestApp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What looks like gaming is shown with its cases, what only resembles it is not; and a person decides. */
class SignalsTest {

    private static TestApp app;
    private static Past past;
    private static String county;
    private static List<String> grids;
    private static Term term;
    private static Instant begin;
    private static Client supervisor;

    @BeforeAll
    static void write() {
        app = TestApp.demo();
        past = new Past(app);
        county = app.grid().substring(0, 6);
        grids = app.sql(db -> db.preparedQuery("""
                        SELECT area FROM staff WHERE role = 'GRID_WORKER' AND starts_with(area, $1) ORDER BY area LIMIT 10""").execute(Tuple.of(county)).map(rows -> {
            List<String> found = new ArrayList<>();
            rows.forEach(row -> found.add(row.getString("area")));
            return found;
        }));
        Term running = Term.quarterOf(app.clock().instant());
        term = Term.quarterOf(running.from().minusSeconds(1));
        // Morning in the city.
        begin = term.from().plus(Duration.ofDays(10)).plus(Duration.ofHours(9));
        supervisor = app.staff("supervisor-" + county);
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    private static String worker(int n) {
        return "worker-" + grids.get(n);
    }

    private static Past.Life answered(int n, Instant filed, Duration after) {
        return past.answered(grids.get(n), worker(n), filed, after);
    }

    private static void rated(int n, Instant at, UUID resident) {
        past.answered(grids.get(n), worker(n), at.minus(Duration.ofDays(2)), Duration.ofDays(1), resident)
                .line("RATE", "RATED", at, "", null, 5)
                .done();
    }

    private static List<JsonObject> signals(int n) {
        return supervisor
                .get("/api/evaluation/signals?period=" + term.code() + "&area=" + grids.get(n))
                .expect(200)
                .items()
                .stream()
                .map(one -> (JsonObject) one)
                .toList();
    }

    private static Set<String> kinds(int n) {
        return signals(n).stream().map(one -> one.getString("kind")).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void three_answers_reopened_at_once_are_shown_and_three_reopened_weeks_later_are_not() {
        for (int i = 0; i < 3; i++) {
            Instant filed = begin.plus(Duration.ofDays(i));
            Instant answered = filed.plus(Duration.ofDays(1));
            answered(0, filed, Duration.ofDays(1))
                    .line("REOPEN", "ACCEPTED", answered.plus(Duration.ofHours(5)), "", null, null)
                    .done();
            answered(1, filed, Duration.ofDays(1))
                    .line("REOPEN", "ACCEPTED", answered.plus(Duration.ofDays(6)), "", null, null)
                    .done();
        }
        List<JsonObject> found = signals(0);
        assertEquals(Set.of("CLOSE_REOPEN"), kinds(0));
        assertEquals(3, found.get(0).getJsonArray("cases").size());
        assertTrue(found.get(0).getString("reason").contains("72 小时"), found.get(0)::encode);
        assertEquals(Set.of(), kinds(1));
    }

    @Test
    void many_top_scores_within_minutes_are_shown_and_the_same_over_a_week_are_not() {
        for (int i = 0; i < 5; i++) {
            rated(2, begin.plus(Duration.ofMinutes(i)), past.resident());
            rated(3, begin.plus(Duration.ofHours(20L * i)), past.resident());
        }
        assertEquals(Set.of("RATING_BURST"), kinds(2));
        assertEquals(5, signals(2).get(0).getJsonArray("cases").size());
        assertEquals(Set.of(), kinds(3));
    }

    @Test
    void one_resident_who_praises_again_and_again_is_shown_and_four_residents_are_not() {
        UUID same = past.resident();
        for (int i = 0; i < 4; i++) {
            rated(4, begin.plus(Duration.ofDays(3L * i)), same);
            rated(5, begin.plus(Duration.ofDays(3L * i)), past.resident());
        }
        assertTrue(signals(4).get(0).getString("reason").contains("同一位居民"));
        assertEquals(Set.of(), kinds(5));
    }

    @Test
    void scores_seconds_after_the_answer_are_shown_once_they_repeat() {
        for (int i = 0; i < 3; i++) {
            Instant filed = begin.plus(Duration.ofDays(2L * i));
            answered(6, filed, Duration.ofHours(30))
                    .line("RATE", "RATED", filed.plus(Duration.ofHours(30)).plusSeconds(20), "", null, 5)
                    .done();
            if (i < 2) {
                answered(7, filed, Duration.ofHours(30))
                        .line("RATE", "RATED", filed.plus(Duration.ofHours(30)).plusSeconds(20), "", null, 5)
                        .done();
            }
        }
        assertTrue(signals(6).get(0).getString("reason").contains("60 秒"));
        assertEquals(Set.of(), kinds(7));
    }

    @Test
    void closing_at_the_edge_is_shown_as_a_habit_not_as_an_exception() {
        Duration edge = Duration.ofHours(119);
        for (int i = 0; i < 6; i++) {
            Instant filed = begin.plus(Duration.ofDays(i));
            answered(8, filed, i < 4 ? edge : Duration.ofDays(1)).done();
            answered(9, filed, i < 1 ? edge : Duration.ofDays(1)).done();
        }
        JsonObject found = signals(8).get(0);
        assertEquals("EDGE", found.getString("kind"));
        assertEquals(4, found.getJsonArray("cases").size());
        assertEquals(Set.of(), kinds(9));
    }

    @Test
    void one_matter_split_into_many_is_shown_with_its_cases_and_a_person_decides_what_it_was() {
        for (int i = 0; i < 3; i++) {
            past.found(grids.get(0), "assistant-" + grids.get(0), begin.plusSeconds(60L * i), (i + 1) + " 号楼楼道灯坏了不亮")
                    .done();
        }
        for (String text : List.of("河边栏杆断了一截", "幼儿园门口井盖松动", "菜市场后门堆了垃圾")) {
            past.found(grids.get(1), "assistant-" + grids.get(1), begin, text).done();
        }
        // The same words on other days are another round.
        for (int i = 0; i < 3; i++) {
            past.found(grids.get(1), "assistant-" + grids.get(1), begin.plus(Duration.ofDays(1L + i)), "楼道灯坏了不亮")
                    .done();
        }
        assertEquals(Set.of(), kinds(1).stream().filter("SPLITTING"::equals).collect(Collectors.toSet()));
        JsonObject found = signals(0).stream()
                .filter(one -> one.getString("kind").equals("SPLITTING"))
                .findFirst()
                .orElseThrow();
        assertEquals(3, found.getJsonArray("cases").size());

        JsonObject decision = new JsonObject()
                .put("key", found.getString("key"))
                .put("period", term.code())
                .put("area", county)
                .put("confirmed", true)
                .put("words", "看过照片，是同一盏灯");
        app.staff("dispatcher-" + county)
                .post("/api/evaluation/signals", decision)
                .refused(403, "not-allowed");
        app.staff("supervisor-" + (county.equals("140403") ? "140404" : "140403"))
                .post("/api/evaluation/signals", decision)
                .refused(403, "not-allowed");
        supervisor
                .post("/api/evaluation/signals", decision.copy().put("key", "EDGE:nobody"))
                .refused(404, "not-found");
        // Nothing happens by itself: only once it is confirmed does it take points, in the period in which that is.
        String user = "assistant-" + grids.get(0);
        assertEquals(0.0, points(user));
        supervisor.post("/api/evaluation/signals", decision).expect(200);
        supervisor.post("/api/evaluation/signals", decision).refused(409, "already-there");
        assertEquals(-5.0, points(user));
        JsonObject line = (JsonObject) app.staff(user)
                .get("/api/evaluation/lines?counted=SIGNAL_CONFIRMED")
                .expect(200)
                .items()
                .getValue(0);
        assertTrue(line.getString("words").contains("几乎一样"), line::encode);
        JsonObject kept = signals(0).stream()
                .filter(one -> one.getString("key").equals(found.getString("key")))
                .findFirst()
                .orElseThrow();
        assertEquals(found.getJsonArray("cases"), kept.getJsonArray("cases"));
        assertEquals("看过照片，是同一盏灯", kept.getJsonObject("decided").getString("words"));
    }

    /** In the quarter that runs now. */
    private static double points(String user) {
        return supervisor
                .get("/api/evaluation/score?user=" + user)
                .expect(200)
                .json()
                .getJsonObject("standing")
                .getDouble("points");
    }
}
