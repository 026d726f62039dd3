package linge.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import linge.Client;
import linge.Reply;
import linge.TestApp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Money takes two people and a budget, and an honour its owner's word. */
class RewardsTest {

    private static TestApp app;
    private static String county;
    private static String user;
    private static Term term;
    private static Client worker;
    private static Client supervisor;
    private static Client admin;

    @BeforeAll
    static void start() {
        app = TestApp.demo();
        county = app.sql(
                db -> db.query("""
                        SELECT left(area, 6) AS county FROM staff WHERE role = 'GRID_WORKER' GROUP BY 1 ORDER BY count(*), 1 LIMIT 1""").execute().map(rows -> rows.iterator().next().getString("county")));
        user = app.sql(db -> db.preparedQuery("""
                        SELECT username FROM staff WHERE role = 'GRID_WORKER' AND starts_with(area, $1) ORDER BY area LIMIT 1""")
                .execute(io.vertx.sqlclient.Tuple.of(county))
                .map(rows -> rows.iterator().next().getString("username")));
        term = new Term(Term.quarterOf(app.clock().instant()).year() - 1, 4);
        worker = app.staff(user);
        supervisor = app.staff("supervisor-" + county);
        admin = app.staff("admin");
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    private static JsonObject proposal(Term of, long fen, String ground) {
        return new JsonObject()
                .put("user", user)
                .put("period", of.code())
                .put("amount", fen)
                .put("ground", ground);
    }

    private static Reply propose(Term of, long fen, String ground) {
        return supervisor.post("/api/evaluation/rewards", proposal(of, fen, ground));
    }

    private static Reply act(Client who, int id, String act, String words) {
        return who.post(
                "/api/evaluation/rewards/" + id + "/acts",
                new JsonObject().put("act", act).put("words", words));
    }

    private static void budget(int year, long fen) {
        supervisor
                .put(
                        "/api/evaluation/budget",
                        new JsonObject()
                                .put("area", county)
                                .put("year", year)
                                .put("amount", fen)
                                .put("why", "年初预算"))
                .expect(200);
    }

    private static JsonObject ledger(int year) {
        return supervisor
                .get("/api/evaluation/rewards?area=" + county + "&year=" + year)
                .expect(200)
                .json();
    }

    @Test
    void whoever_proposed_a_reward_does_not_approve_it_and_only_what_is_approved_is_paid() {
        budget(term.year(), 100_000);
        int id = propose(term, 30_000, "季度考核第一名").expect(201).json().getInteger("id");
        act(supervisor, id, "APPROVE", null).refused(403, "not-allowed");
        act(supervisor, id, "PAY", null).refused(409, "out-of-turn");
        act(worker, id, "APPROVE", null).refused(403, "not-allowed");
        act(admin, id, "APPROVE", null).expect(200);
        act(admin, id, "APPROVE", null).refused(409, "already-there");
        JsonObject paid = act(supervisor, id, "PAY", null).expect(200).json();
        assertEquals("PAID", paid.getString("state"));
        assertEquals(
                300_00,
                worker.get("/api/evaluation/rewards")
                        .expect(200)
                        .items()
                        .getJsonObject(0)
                        .getInteger("amount"));
        assertThrows(
                RuntimeException.class,
                () -> app.sql(db -> db.query("DELETE FROM reward_entries").execute()));
        assertThrows(RuntimeException.class, () -> app.sql(db -> db.query("""
                        INSERT INTO reward_acts (entry_id, act, staff_id, at)
                        SELECT id, 'APPROVE', proposed_by, now() FROM reward_entries""").execute()));
    }

    @Test
    void a_budget_holds_and_a_wrong_entry_is_taken_back_by_one_of_its_own_that_takes_two_as_well() {
        Term of = new Term(term.year() - 1, 2);
        int first = propose(of, 60_000, "半年抢险补助").expect(201).json().getInteger("id");
        act(admin, first, "APPROVE", null).refused(409, "out-of-turn");
        budget(of.year(), 100_000);
        act(admin, first, "APPROVE", null).expect(200);
        int second = propose(of, 60_000, "半年走访补助").expect(201).json().getInteger("id");
        act(admin, second, "APPROVE", null).refused(409, "out-of-turn");
        act(admin, first, "REVERSE", null).refused(422, "not-sensible");
        int reversal =
                act(supervisor, first, "REVERSE", "人写错了").expect(200).json().getInteger("id");
        act(supervisor, first, "REVERSE", "人写错了").refused(409, "already-there");
        act(supervisor, reversal, "APPROVE", null).refused(403, "not-allowed");
        act(admin, reversal, "APPROVE", null).expect(200);
        act(admin, second, "APPROVE", null).expect(200);
        JsonObject totals = ledger(of.year()).getJsonObject("totals");
        assertEquals(60_000, totals.getInteger("approved"));
        assertEquals(100_000, totals.getInteger("budget"));
        assertEquals(3, ledger(of.year()).getJsonArray("items").size());
        supervisor
                .put(
                        "/api/evaluation/budget",
                        new JsonObject()
                                .put("area", county)
                                .put("year", of.year())
                                .put("amount", 10)
                                .put("why", "压缩"))
                .refused(422, "not-sensible");
    }

    @Test
    void the_ledger_as_a_file_has_its_mark_and_no_formula_runs() {
        Term of = new Term(term.year() - 2, 1);
        propose(of, 12_345, "=HYPERLINK(\"http://evil\",\"点我\")").expect(201);
        Reply file = supervisor
                .get("/api/evaluation/rewards/csv?area=" + county + "&year=" + of.year())
                .expect(200);
        assertTrue(file.text().startsWith("\uFEFF\"序号\""), file::text);
        assertTrue(file.text().contains("123.45"), file::text);
        assertTrue(file.text().contains("\"'=HYPERLINK("), file::text);
        assertFalse(file.text().contains(",\"=HYPERLINK"), file::text);
    }

    @Test
    void an_honour_is_chosen_from_what_is_published_and_shown_outside_only_as_its_owner_allows() {
        JsonObject chosen =
                new JsonObject().put("user", user).put("period", term.code()).put("words", "走访最勤，群众最满意");
        supervisor.post("/api/evaluation/honours", chosen).refused(409, "out-of-turn");
        supervisor
                .post(
                        "/api/evaluation/periods",
                        new JsonObject().put("area", county).put("period", term.code()))
                .expect(201);
        String id =
                supervisor.post("/api/evaluation/honours", chosen).expect(201).string("id");
        supervisor.post("/api/evaluation/honours", chosen).refused(409, "already-there");
        assertEquals(
                1, worker.get("/api/evaluation/honours").expect(200).items().size());
        assertEquals(0, shown().size(), "without a word, nobody outside sees it");

        String name =
                worker.get("/api/evaluation/honours").items().getJsonObject(0).getString("name");
        Client colleague = app.staff("leader-" + user.substring("worker-".length()));
        colleague.post(consent(id), new JsonObject().put("consent", "NAMED")).refused(404, "not-found");
        worker.post(consent(id), new JsonObject().put("consent", "MASKED")).expect(200);
        assertEquals(name.substring(0, 1) + "**", shown().getJsonObject(0).getString("name"));
        worker.post(consent(id), new JsonObject().put("consent", "NAMED")).expect(200);
        assertEquals(name, shown().getJsonObject(0).getString("name"));
        worker.post(consent(id), new JsonObject().put("consent", "DECLINED")).expect(200);
        assertEquals(0, shown().size());
        assertEquals(
                0,
                supervisor
                        .get("/api/evaluation/honours?area=" + county)
                        .expect(200)
                        .items()
                        .size());

        supervisor.delete("/api/evaluation/honours/" + id).expect(204);
        worker.post(consent(id), new JsonObject().put("consent", "NAMED")).refused(404, "not-found");
    }

    private static io.vertx.core.json.JsonArray shown() {
        return app.nobody().get("/api/honours?area=" + county).expect(200).items();
    }

    private static String consent(String id) {
        return "/api/evaluation/honours/" + id + "/consent";
    }
}
