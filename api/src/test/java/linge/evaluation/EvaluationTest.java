package linge.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import linge.Client;
import linge.TestApp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** A quarter gone by in a small county: counted, published, objected to, made final; and its year. In this order. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EvaluationTest {

    private static TestApp app;
    private static Past past;
    private static String county;
    private static List<String> grids;
    private static Term term;
    private static Instant begin;
    private static String user;
    private static Client worker;
    private static Client supervisor;
    private static Client admin;
    private static String number;

    @BeforeAll
    static void write() {
        app = TestApp.demo();
        past = new Past(app);
        county = app.sql(
                db -> db.query("""
                        SELECT left(area, 6) AS county FROM staff WHERE role = 'GRID_WORKER' GROUP BY 1 ORDER BY count(*), 1 LIMIT 1""").execute().map(rows -> rows.iterator().next().getString("county")));
        grids = app.sql(db -> db.preparedQuery("""
                        SELECT area FROM staff WHERE role = 'GRID_WORKER' AND starts_with(area, $1) ORDER BY area LIMIT 8""").execute(Tuple.of(county)).map(rows -> {
            List<String> found = new ArrayList<>();
            rows.forEach(row -> found.add(row.getString("area")));
            return found;
        }));
        // The last quarter of the last year: over, with its year, whenever this runs.
        term = new Term(Term.quarterOf(app.clock().instant()).year() - 1, 4);
        begin = term.from().plus(Duration.ofDays(10));
        user = "worker-" + grids.get(0);
        worker = app.staff(user);
        supervisor = app.staff("supervisor-" + county);
        admin = app.staff("admin");
        String grid = grids.get(0);

        number = past.answered(grid, user, begin, Duration.ofDays(1))
                .line("RATE", "RATED", begin.plus(Duration.ofDays(2)), "", null, 5)
                .done();
        past.answered(grid, user, begin.plusSeconds(60), Duration.ofDays(2))
                .line("RATE", "RATED", begin.plus(Duration.ofDays(3)), "", null, 1)
                .line("REOPEN", "ACCEPTED", begin.plus(Duration.ofDays(4)), "", begin.plus(Duration.ofDays(9)), null)
                .done();
        past.accepted(grid, user, begin)
                .line("CAUTION", "ACCEPTED", begin.plus(Duration.ofDays(4)), null, begin.plus(Duration.ofDays(5)), null)
                .line("WARN", "ACCEPTED", begin.plus(Duration.ofDays(5)), null, begin.plus(Duration.ofDays(5)), null)
                .done();
        past.filed(grid, begin)
                .line(
                        "CLIMB",
                        "SUBMITTED",
                        begin.plus(Duration.ofHours(2)),
                        null,
                        begin.plus(Duration.ofHours(4)),
                        null)
                .done();
        past.found(grid, user, begin, "河边栏杆断了一截")
                .line("ACCEPT", "ACCEPTED", begin.plusSeconds(600), user, begin.plus(Duration.ofDays(5)), null)
                .line("REPORT_BACK", "REPORTED", begin.plus(Duration.ofDays(1)), user, null, null)
                .done();
        past.logged(user, "VISIT", null, begin, 3);
        past.logged(user, "PATROL", null, begin, 0);
        long campaign = app.count("""
                INSERT INTO campaigns (area, title, begins, ends, created_by, created_at)
                SELECT $1, '反诈敲门', current_date - 400, current_date, id, now() FROM staff WHERE username = 'admin' RETURNING id""", county);
        past.logged(user, "DOOR_KNOCK", campaign, begin, 40);
        // Outside the quarter, and of no campaign: these do not count.
        past.logged(user, "VISIT", null, term.from().minusSeconds(1), 1);
        past.logged(user, "DOOR_KNOCK", null, begin, 9);
        randomly(new Random(2026));
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    /** Days at work by the dice, for the other teams. */
    private static void randomly(Random dice) {
        for (String grid : grids.subList(1, 6)) {
            String other = "worker-" + grid;
            for (int n = dice.nextInt(12); n > 0; n--) {
                Instant filed = begin.plus(Duration.ofMinutes(dice.nextInt(60 * 24 * 40)));
                Duration took = Duration.ofHours(1 + dice.nextInt(24 * 9));
                Past.Life life = past.answered(grid, other, filed, took);
                if (dice.nextBoolean()) {
                    Instant rated = filed.plus(took).plus(Duration.ofMinutes(90L * dice.nextInt(60)));
                    life.line("RATE", "RATED", rated, "", null, 1 + dice.nextInt(5));
                }
                life.done();
            }
            for (int n = dice.nextInt(9); n > 0; n--) {
                past.logged(other, "VISIT", null, begin.plus(Duration.ofHours(dice.nextInt(500))), 1);
            }
        }
        past.leave("worker-" + grids.get(5), term.first(), term.last().minusDays(5));
    }

    @Test
    @Order(1)
    void every_deed_in_the_log_counts_by_its_rule_and_names_its_evidence() {
        Map<String, JsonObject> sums = sums(score(worker));
        Map<String, Double> points = new HashMap<>();
        sums.forEach((counted, sum) -> points.put(counted, sum.getDouble("points")));
        assertEquals(
                Map.ofEntries(
                        Map.entry("ACCEPTED_IN_TIME", 2.0),
                        Map.entry("RESOLVED_IN_TIME", 4.5),
                        Map.entry("OVERDUE", -3.0),
                        Map.entry("YELLOW_CARD", -0.5),
                        Map.entry("ACCEPTANCE_MISSED", -1.0),
                        Map.entry("SATISFIED", 1.0),
                        Map.entry("DISSATISFIED", -1.5),
                        Map.entry("REOPENED", -2.0),
                        Map.entry("FOUND_CONFIRMED", 1.0),
                        Map.entry("VISIT", 0.2),
                        Map.entry("PATROL", 0.2),
                        Map.entry("CAMPAIGN_HOUSEHOLDS", 2.0)),
                points);
        List<JsonObject> lines = lines(worker, "");
        JsonObject satisfied = lines.stream()
                .filter(line -> line.getString("counted").equals("SATISFIED"))
                .findFirst()
                .orElseThrow();
        assertEquals(number, satisfied.getString("number"));
        assertEquals("评分 5", satisfied.getString("words"));
        assertTrue(satisfied.getInteger("book") > 0);
        assertEquals(
                begin.plus(Duration.ofDays(2)).toEpochMilli(),
                Instant.parse(satisfied.getString("at")).toEpochMilli());
    }

    @Test
    @Order(2)
    void lines_add_up_to_the_score_the_ranking_says_the_same_and_counting_again_changes_nothing() {
        JsonObject ranking = ranking("");
        assertEquals(ranking, ranking(""), "counted twice");
        for (int i = 0; i < 6; i++) {
            JsonObject one = ranked(ranking, "worker-" + grids.get(i));
            Client leader = supervisor;
            List<JsonObject> lines = lines(leader, "&user=" + one.getString("user"));
            assertEquals(one.getDouble("points"), total(lines, "points"), 1e-9, one::encode);
        }
        JsonObject away = ranked(ranking, "worker-" + grids.get(5));
        assertNull(away.getInteger("rank"));
        assertTrue(away.getString("unranked").contains("不参加排名"), away::encode);
        assertTrue(away.getInteger("duty") < away.getInteger("days") / 3);
    }

    @Test
    @Order(3)
    void a_worker_sees_only_the_own_and_leaders_only_their_area() {
        worker.get(path("score", "&user=worker-" + grids.get(1))).refused(404, "not-found");
        app.staff("worker-" + grids.get(1)).get(path("lines", "&user=" + user)).refused(404, "not-found");
        worker.get(path("ranking", "&area=" + county)).refused(403, "not-allowed");
        Client elsewhere = app.staff("supervisor-" + (county.equals("140403") ? "140404" : "140403"));
        elsewhere.get(path("score", "&user=" + user)).refused(404, "not-found");
        elsewhere.get(path("ranking", "&area=" + county)).refused(403, "not-allowed");
        app.staff("dispatcher-" + county).get(path("score", "&user=" + user)).expect(200);
        app.staff("dispatcher-" + county)
                .post("/api/evaluation/periods", period())
                .refused(403, "not-allowed");
    }

    @Test
    @Order(4)
    void what_is_not_over_is_not_published_and_nobody_objects_before() {
        Term running = Term.quarterOf(app.clock().instant());
        supervisor
                .post(
                        "/api/evaluation/periods",
                        new JsonObject().put("area", county).put("period", running.code()))
                .refused(409, "out-of-turn");
        worker.post("/api/evaluation/objections", objection(null, "我觉得少算了")).refused(409, "out-of-turn");
        supervisor.post("/api/evaluation/periods/final", period()).refused(409, "out-of-turn");
    }

    @Test
    @Order(5)
    void publishing_freezes_scores_and_lines_so_that_other_rules_change_only_what_is_open() {
        JsonObject before = ranking("");
        List<JsonObject> lines = lines(worker, "");
        supervisor.post("/api/evaluation/periods", period()).expect(201);
        supervisor.post("/api/evaluation/periods", period()).refused(409, "already-there");
        JsonObject after = ranking("");
        assertEquals("PUBLISHED", after.getJsonObject("period").getString("state"));
        assertEquals(before.getJsonArray("people"), after.getJsonArray("people"));
        assertEquals(lines, lines(worker, ""));

        String earlier = new Term(term.year(), 3).code();
        past.logged(user, "VISIT", null, new Term(term.year(), 3).from().plusSeconds(9), 1);
        double openBefore = standing(supervisor
                        .get("/api/evaluation/score?user=" + user + "&period=" + earlier)
                        .expect(200)
                        .json())
                .getDouble("points");
        JsonObject rules = supervisor
                .get("/api/evaluation/rules?area=" + county)
                .expect(200)
                .json();
        assertFalse(rules.getBoolean("own"));
        JsonObject changed = change(
                rules, rule -> rule.put("points", rule.getDouble("points") * 10).putNull("cap"));
        JsonObject own =
                supervisor.put("/api/evaluation/rules", changed).expect(200).json();
        assertTrue(own.getBoolean("own"));
        supervisor.put("/api/evaluation/rules", changed).refused(409, "stale-version");
        assertEquals(after.getJsonArray("people"), ranking("").getJsonArray("people"));
        assertEquals(lines, lines(worker, ""));
        // A visit after the fact counts nowhere in what is published either.
        past.logged(user, "VISIT", null, begin, 1);
        assertEquals(lines, lines(worker, ""));
        assertEquals(
                openBefore * 10,
                standing(supervisor
                                .get("/api/evaluation/score?user=" + user + "&period=" + earlier)
                                .expect(200)
                                .json())
                        .getDouble("points"),
                1e-9);
        supervisor
                .put(
                        "/api/evaluation/rules",
                        new JsonObject()
                                .put("area", county)
                                .put("was", own.getLong("id"))
                                .put("inherit", true)
                                .put("why", "恢复"))
                .expect(200);
    }

    @Test
    @Order(6)
    void what_is_published_can_be_neither_changed_nor_deleted_even_in_the_database() {
        for (String attempt : List.of(
                "UPDATE evaluation_lines SET points = 0",
                "DELETE FROM evaluation_lines",
                "UPDATE evaluation_scores SET points = 9999",
                "UPDATE evaluation_periods SET book_id = 1, published_at = now()",
                "DELETE FROM evaluation_periods",
                "UPDATE evaluation_rules SET points = 0",
                "UPDATE evaluation_books SET ranking = false")) {
            assertThrows(
                    RuntimeException.class,
                    () -> app.sql(db -> db.query(attempt).execute()),
                    attempt);
        }
    }

    @Test
    @Order(7)
    void the_inbox_says_that_it_is_published_and_until_when_one_may_object() {
        JsonObject told = (JsonObject)
                worker.get("/api/inbox?limit=5").expect(200).items().getValue(0);
        assertTrue(told.encode().contains("考核已公示"), told::encode);
        JsonObject score = score(worker);
        assertTrue(score.getBoolean("mayObject"));
        assertTrue(score.getJsonObject("standing").getInteger("rank") >= 1);
        Instant until = Instant.parse(score.getJsonObject("period").getString("objectionsUntil"));
        Instant published = Instant.parse(score.getJsonObject("period").getString("publishedAt"));
        // Five working days are seven to sixteen days, by the holidays.
        Duration window = Duration.between(published, until);
        assertTrue(window.toDays() >= 5 && window.toDays() <= 16, window::toString);
    }

    @Test
    @Order(8)
    void an_upheld_objection_strikes_a_line_and_stands_beside_it_another_is_rejected_with_reasons() {
        List<JsonObject> lines = lines(worker, "");
        int overdue = nth(lines, "OVERDUE");
        double before = standing(score(worker)).getDouble("points");
        String struck = worker.post("/api/evaluation/objections", objection(overdue, "当天停电，系统里有记录"))
                .expect(201)
                .string("id");
        worker.post("/api/evaluation/objections", objection(overdue, "再说一遍")).refused(409, "already-there");
        String kept = worker.post("/api/evaluation/objections", objection(nth(lines, "REOPENED"), "居民提的是新事情"))
                .expect(201)
                .string("id");
        worker.post("/api/evaluation/objections", objection(9999, "没有这一条")).refused(404, "not-found");

        JsonObject upheld = new JsonObject().put("upheld", true).put("words", "停电属实，这一条不算");
        worker.post(decision(struck), upheld).refused(403, "not-allowed");
        admin.post(decision(struck), upheld).refused(403, "not-allowed");
        app.staff("supervisor-" + (county.equals("140403") ? "140404" : "140403"))
                .post(decision(struck), upheld)
                .refused(404, "not-found");
        assertEquals(
                2,
                supervisor
                        .get("/api/evaluation/objections?view=open")
                        .expect(200)
                        .items()
                        .size());
        supervisor.post("/api/evaluation/periods/final", period()).refused(409, "out-of-turn");
        supervisor.post(decision(struck), upheld).expect(200);
        supervisor.post(decision(struck), upheld).refused(409, "already-there");
        supervisor
                .post(decision(kept), new JsonObject().put("upheld", false).put("words", "历史记录显示是同一件事"))
                .expect(200);

        assertEquals(before + 3, standing(score(worker)).getDouble("points"), 1e-9);
        JsonObject line = lines(worker, "").stream()
                .filter(one -> one.getInteger("nth") == overdue)
                .findFirst()
                .orElseThrow();
        assertEquals(-3.0, line.getDouble("points"), "the line stays as it was");
        assertEquals(0.0, line.getDouble("counts"));
        JsonObject told = (JsonObject)
                worker.get("/api/inbox?limit=5").expect(200).items().getValue(0);
        assertTrue(told.encode().contains("异议不成立"), told::encode);
    }

    @Test
    @Order(9)
    void an_objection_to_the_whole_score_says_how_much_is_added_and_ranks_follow() {
        double before = standing(score(worker)).getDouble("points");
        String whole = worker.post("/api/evaluation/objections", objection(null, "还有一次抢险没有记上"))
                .expect(201)
                .string("id");
        JsonObject upheld = new JsonObject().put("upheld", true).put("words", "抢险属实，补记");
        supervisor.post(decision(whole), upheld).refused(422, "not-sensible");
        supervisor.post(decision(whole), upheld.copy().put("points", 500.25)).expect(200);
        JsonObject standing = standing(score(worker));
        assertEquals(before + 500.25, standing.getDouble("points"), 1e-9);
        assertEquals(1, standing.getInteger("rank"));
        assertTrue(standing.getBoolean("corrected"));
    }

    @Test
    @Order(10)
    void with_ranking_switched_off_nobody_sees_an_order_and_everybody_the_own_points() {
        JsonObject rules = supervisor
                .get("/api/evaluation/rules?area=" + county)
                .expect(200)
                .json();
        JsonObject off = supervisor
                .put("/api/evaluation/rules", change(rules, rule -> rule).put("ranking", false))
                .expect(200)
                .json();
        JsonObject ranking = ranking("");
        assertFalse(ranking.getBoolean("ranking"));
        List<String> areas = new ArrayList<>();
        for (Object one : ranking.getJsonArray("people")) {
            assertNull(((JsonObject) one).getInteger("rank"));
            areas.add(((JsonObject) one).getString("area"));
        }
        assertEquals(areas.stream().sorted().toList(), areas, "by grid, not by merit");
        JsonObject own = score(worker);
        assertNull(own.getJsonObject("standing").getInteger("rank"));
        assertTrue(own.getJsonObject("standing").getDouble("points") > 400);
        assertFalse(lines(worker, "").isEmpty());
        supervisor
                .put(
                        "/api/evaluation/rules",
                        new JsonObject()
                                .put("area", county)
                                .put("was", off.getLong("id"))
                                .put("inherit", true)
                                .put("why", "恢复"))
                .expect(200);
    }

    @Test
    @Order(11)
    void after_the_window_nobody_objects_and_the_period_is_made_final_once_all_is_decided() {
        String open = app.staff("worker-" + grids.get(1))
                .post("/api/evaluation/objections", objection(null, "请再核一遍"))
                .expect(201)
                .string("id");
        app.clock().forward(Duration.ofDays(17));
        Client later = app.staff(user);
        later.post("/api/evaluation/objections", objection(nth(lines(later, ""), "VISIT"), "还有一次"))
                .refused(409, "out-of-turn");
        Client decides = app.staff("supervisor-" + county);
        decides.post("/api/evaluation/periods/final", period()).refused(409, "out-of-turn");
        decides.post(decision(open), new JsonObject().put("upheld", false).put("words", "核过了，没有错"))
                .expect(200);
        assertEquals(
                "FINAL",
                decides.post("/api/evaluation/periods/final", period())
                        .expect(200)
                        .string("state"));
        decides.post("/api/evaluation/periods/final", period()).refused(409, "already-there");
        assertFalse(score(later).getBoolean("mayObject"));
        assertEquals(4, app.count("""
                        SELECT count(DISTINCT act) FROM audit_log WHERE act IN
                        ('evaluation.publish', 'evaluation.final', 'evaluation.uphold', 'evaluation.object')"""));
    }

    @Test
    @Order(12)
    void a_year_is_published_from_four_final_quarters_and_nothing_else() {
        Client decides = app.staff("supervisor-" + county);
        JsonObject year = new JsonObject().put("area", county).put("period", "" + term.year());
        decides.post("/api/evaluation/periods", year).refused(409, "out-of-turn");
        for (int quarter = 1; quarter <= 3; quarter++) {
            decides.post("/api/evaluation/periods", period().put("period", term.year() + "Q" + quarter))
                    .expect(201);
        }
        app.clock().forward(Duration.ofDays(17));
        Client later = app.staff("supervisor-" + county);
        for (int quarter = 1; quarter <= 3; quarter++) {
            later.post("/api/evaluation/periods/final", period().put("period", term.year() + "Q" + quarter))
                    .expect(200);
        }
        later.post("/api/evaluation/periods", year).expect(201);
        JsonObject score = later.get("/api/evaluation/score?user=" + user + "&period=" + term.year())
                .expect(200)
                .json();
        double mean = 0;
        for (int quarter = 1; quarter <= 4; quarter++) {
            mean += standing(later.get("/api/evaluation/score?user=" + user + "&period=" + term.year() + "Q" + quarter)
                            .expect(200)
                            .json())
                    .getDouble("compared");
        }
        assertEquals(mean / 4, standing(score).getDouble("points"), 0.01);
        JsonArray lines = later.get("/api/evaluation/lines?user=" + user + "&period=" + term.year())
                .expect(200)
                .items();
        assertEquals(4, lines.size());
        assertEquals(1, standing(score).getInteger("rank"));
    }

    // How it is asked.

    private static String path(String what, String more) {
        return "/api/evaluation/" + what + "?period=" + term.code() + more;
    }

    private static JsonObject period() {
        return new JsonObject().put("area", county).put("period", term.code());
    }

    private static JsonObject objection(Integer line, String words) {
        return new JsonObject().put("period", term.code()).put("line", line).put("words", words);
    }

    private static String decision(String objection) {
        return "/api/evaluation/objections/" + objection + "/decision";
    }

    private static JsonObject score(Client who) {
        return who.get(path("score", "")).expect(200).json();
    }

    private static JsonObject standing(JsonObject score) {
        return score.getJsonObject("standing");
    }

    private static Map<String, JsonObject> sums(JsonObject score) {
        Map<String, JsonObject> sums = new HashMap<>();
        score.getJsonArray("sums").forEach(one -> sums.put(((JsonObject) one).getString("counted"), (JsonObject) one));
        return sums;
    }

    /** All pages of them. */
    private static List<JsonObject> lines(Client who, String more) {
        List<JsonObject> all = new ArrayList<>();
        Integer after = null;
        do {
            JsonObject page = who.get(path("lines", "&limit=7" + more + (after == null ? "" : "&after=" + after)))
                    .expect(200)
                    .json();
            page.getJsonArray("items").forEach(one -> all.add((JsonObject) one));
            after = page.getInteger("next");
        } while (after != null);
        return all;
    }

    private static JsonObject ranking(String more) {
        JsonObject whole = null;
        Integer after = 0;
        while (after != null) {
            JsonObject page = supervisor
                    .get(path("ranking", "&limit=100&area=" + county + "&after=" + after + more))
                    .expect(200)
                    .json();
            if (whole == null) {
                whole = page;
            } else {
                whole.getJsonArray("people").addAll(page.getJsonArray("people"));
            }
            after = page.getInteger("next");
        }
        whole.remove("next");
        return whole;
    }

    private static JsonObject ranked(JsonObject ranking, String user) {
        return ranking.getJsonArray("people").stream()
                .map(one -> (JsonObject) one)
                .filter(one -> one.getString("user").equals(user))
                .findFirst()
                .orElseThrow();
    }

    private static double total(List<JsonObject> lines, String field) {
        return Math.round(lines.stream()
                                .mapToDouble(line -> line.getDouble(field))
                                .sum()
                        * 100)
                / 100.0;
    }

    private static int nth(List<JsonObject> lines, String counted) {
        return lines.stream()
                .filter(line -> line.getString("counted").equals(counted))
                .findFirst()
                .orElseThrow()
                .getInteger("nth");
    }

    private static JsonObject change(JsonObject rules, java.util.function.UnaryOperator<JsonObject> how) {
        JsonArray changed = new JsonArray();
        rules.getJsonArray("rules").forEach(one -> {
            JsonObject rule = (JsonObject) one;
            changed.add(how.apply(new JsonObject()
                    .put("counted", rule.getString("counted"))
                    .put("points", rule.getDouble("points"))
                    .put("cap", rule.getDouble("cap"))
                    .put("words", rule.getString("words"))));
        });
        return new JsonObject()
                .put("area", county)
                .put("was", rules.getLong("id"))
                .put("why", "按本县办法")
                .put("ranking", rules.getBoolean("ranking"))
                .put("leastDuty", rules.getInteger("leastDuty"))
                .put("missing", rules.getString("missing"))
                .put("rules", changed);
    }
}
