package linge.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import linge.Client;
import linge.TestApp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The clocks behind a case's deadline. */
class CaseClocksTest {

    private final TestApp app = TestApp.demo();

    @AfterEach
    void stop() {
        app.close();
    }

    private List<String> story(String number) {
        return app.sql(db -> db.preparedQuery("""
                        SELECT k.rule || ' ' || e.act AS said FROM clock_events e JOIN case_clocks k ON k.id = e.clock
                        JOIN cases c ON c.id = k.subject WHERE c.number = $1 ORDER BY e.at, k.started_at, e.seq""").execute(Tuple.of(number)).map(rows -> {
            List<String> said = new ArrayList<>();
            rows.forEach(row -> said.add(row.getString("said")));
            return said;
        }));
    }

    @Test
    void each_promise_of_a_case_is_a_clock_that_is_met_or_missed() {
        Client worker = app.staff("worker-" + app.grid());
        String number = app.resident().file(TestApp.streetLamp()).getString("number");
        worker.move(number, "ACCEPT");
        worker.move(number, "HANDLE");
        worker.move(number, "REPORT_BACK", "words", "灯已修好，居民在场确认");
        List<String> story = story(number);
        assertEquals(List.of("ACCEPTANCE START", "ACCEPTANCE STOP"), story.subList(0, 2));
        assertEquals("STOP", story.get(story.size() - 1).split(" ")[1]);
        assertEquals(0, app.count("""
                SELECT count(*) FROM case_clocks k JOIN cases c ON c.id = k.subject
                WHERE c.number = $1 AND (k.stopped_at IS NULL OR k.outcome <> 'MET')""", number));
    }

    @Test
    void a_rule_that_is_changed_moves_the_deadline_of_cases_under_way_and_keeps_the_old_one() {
        Client worker = app.staff("worker-" + app.grid());
        String number = app.resident().file(TestApp.streetLamp()).getString("number");
        String before = worker.move(number, "ACCEPT").getString("due");
        Client admin = app.staff("admin");
        String rule = story(number).get(2).split(" ")[0];
        long was = app.count("SELECT max(id) FROM clock_rules WHERE code = $1 AND area = ''", rule);
        admin.put(
                        "/api/staff/clocks/rules/" + rule,
                        new JsonObject().put("was", was).put("amount", 30).put("why", "省里统一"))
                .expect(200);
        app.forward(java.time.Duration.ZERO);
        String after = worker.seeCase(number).getString("due");
        assertNotEquals(before, after);
        assertEquals(
                List.of(before, after),
                app.sql(db -> db.preparedQuery("""
                                SELECT e.due_before, e.due_after FROM clock_events e JOIN case_clocks k ON k.id = e.clock
                                JOIN cases c ON c.id = k.subject WHERE c.number = $1 AND e.act = 'RECKON'""")
                        .execute(Tuple.of(number))
                        .map(rows -> rows.iterator().next())
                        .map(row -> List.of(
                                row.getOffsetDateTime(0).toInstant().toString(),
                                row.getOffsetDateTime(1).toInstant().toString()))));
    }
}
