package linge.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import linge.Client;
import linge.TestApp;
import linge.clocks.WorkingTime;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whoever must explain a deadline reads all of a case's: by which article, what stood still, and what it was before. */
class ShownClocksTest {

    private static TestApp app;
    private static String grid;

    @BeforeAll
    static void start() {
        app = TestApp.demo();
        grid = app.grid();
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @Test
    void a_late_case_shows_its_clocks_with_article_pauses_and_old_values() {
        Client leader = app.staff("leader-" + grid);
        Client resident = app.resident();
        String number = resident.file(TestApp.streetLamp()).getString("number");
        leader.move(number, "ACCEPT");
        JsonObject handling = clocks(leader, number).get(1);
        Instant first = Instant.parse(handling.getString("due"));
        String until = app.clock()
                .instant()
                .atZone(WorkingTime.ZONE)
                .toLocalDate()
                .plusDays(3)
                .toString();
        leader.move(number, "SUSPEND", "words", "等配件", "until", until);
        app.forward(Duration.ofHours(2));
        leader.move(number, "RESUME");
        app.forward(Duration.ofDays(30));

        List<JsonObject> all = clocks(app.staff("leader-" + grid), number);
        assertEquals("ACCEPTANCE", all.get(0).getString("rule"));
        assertEquals("MET", all.get(0).getString("outcome"));
        JsonObject late = all.get(1);
        assertEquals("RED", late.getString("colour"));
        assertFalse(late.getString("article").isBlank());
        assertEquals(1, late.getJsonArray("pauses").size());
        List<String> acts = late.getJsonArray("events").stream()
                .map(event -> ((JsonObject) event).getString("act"))
                .toList();
        assertEquals(List.of("START", "PAUSE", "RESUME"), acts.subList(0, 3));
        assertTrue(acts.contains("RED"), acts::toString);
        JsonObject resumed = late.getJsonArray("events").getJsonObject(2);
        assertEquals(first, Instant.parse(resumed.getString("dueBefore")));
        assertTrue(Instant.parse(resumed.getString("dueAfter")).isAfter(first), resumed::encode);
    }

    @Test
    void it_is_for_staff_who_may_see_the_case() {
        Client resident = app.resident();
        String number = resident.file(TestApp.streetLamp()).getString("number");
        resident.get("/api/cases/" + number + "/clocks").refused(403, "not-allowed");
        app.staff("dispatcher-140404").get("/api/cases/" + number + "/clocks").refused(404, "not-found");
    }

    private static List<JsonObject> clocks(Client who, String number) {
        return who.get("/api/cases/" + number + "/clocks").expect(200).items().stream()
                .map(JsonObject.class::cast)
                .toList();
    }
}
