package linge.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import linge.Client;
import linge.TestApp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CorrectionsTest {

    private static TestApp app;
    private static Client resident;
    private static Client worker;

    @BeforeAll
    static void start() {
        app = TestApp.demo();
        resident = app.resident();
        worker = app.staff("worker-" + app.grid());
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    private static String filed(String text) {
        return resident.file(TestApp.streetLamp().put("text", text)).getString("number");
    }

    private static List<Corrections.Line> lines() {
        return app.sql(db -> new Corrections().lines(db));
    }

    @Test
    void a_corrected_case_has_its_category_department_and_history_line_and_leaves_a_line_to_train_by() {
        String number = filed("路灯坏了，联系我13812345678");
        String was = worker.seeCase(number).getJsonObject("category").getString("code");
        JsonObject corrected = worker.move(number, "CORRECT", "category", "LAW.AID", "words", "其实是要法律援助");
        assertEquals("LAW.AID", corrected.getJsonObject("category").getString("code"));
        assertEquals("JUSTICE", corrected.getJsonObject("department").getString("code"));
        JsonArray history =
                worker.get("/api/cases/" + number + "/history").json().getJsonArray("items");
        String words = history.getJsonObject(history.size() - 1).getString("words");
        assertTrue(words.contains("法律援助") && words.contains("其实是要法律援助"), words);
        Corrections.Line line = lines().stream()
                .filter(one -> one.text().startsWith("路灯坏了，联系我"))
                .findFirst()
                .orElseThrow();
        assertEquals("LAW.AID", line.label());
        assertEquals(was, line.was());
        assertFalse(line.text().contains("138"), line.text());
    }

    @Test
    void a_correction_taken_back_teaches_nothing() {
        String number = filed("路灯不亮，更正又改回");
        String was = worker.seeCase(number).getJsonObject("category").getString("code");
        worker.move(number, "CORRECT", "category", "LAW.AID");
        worker.move(number, "CORRECT", "category", was);
        assertTrue(lines().stream().noneMatch(line -> line.text().contains("更正又改回")));
    }

    @Test
    void an_unknown_category_or_the_same_is_refused() {
        String number = filed("路灯坏了好几天");
        String was = worker.seeCase(number).getJsonObject("category").getString("code");
        worker.tryMove(number, "CORRECT", "category", "NO.SUCH").refused(422, "not-sensible");
        worker.tryMove(number, "CORRECT", "category", was).refused(422, "not-sensible");
        worker.tryMove(number, "CORRECT").refused(422, "not-sensible");
    }
}
