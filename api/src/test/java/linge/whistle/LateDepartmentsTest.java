package linge.whistle;

import static linge.whistle.Scene.POWER;
import static linge.whistle.Scene.WATER;
import static linge.whistle.Scene.call;
import static linge.whistle.Scene.see;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import linge.Client;
import linge.Eventually;
import linge.TestApp;
import linge.db.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The clock on two nodes at once: who does not come in time is late, once. */
class LateDepartmentsTest {

    private static TestApp one;
    private static TestApp other;
    private static Scene scene;

    @BeforeAll
    static void start() {
        TestDatabase database = TestApp.demoDatabase();
        one = TestApp.on(database, Map.of("LINGE_DEMO", "true"));
        other = TestApp.on(database, Map.of("LINGE_DEMO", "true"));
        scene = new Scene(one);
    }

    @AfterAll
    static void stop() {
        other.close();
        one.close();
    }

    @Test
    void who_does_not_come_in_time_is_late_once_and_the_centre_and_its_supervisors_hear_it() {
        List<String> ids = IntStream.range(0, 5)
                .mapToObj(i -> scene.blown(scene.accepted()).getString("id"))
                .toList();
        ids.forEach(id -> Scene.reportIn(scene.housing, id).expect(200));
        String urgent = Scene.blow(scene.town, scene.accepted(), Scene.wanted().put("emergency", true))
                .expect(201)
                .string("id");

        forwardBoth(Duration.ofMinutes(31));
        assertEquals(3, lateLines(urgent));
        ids.forEach(id -> assertEquals(0, lateLines(id)));

        forwardBoth(Duration.ofMinutes(90));
        for (String id : ids) {
            assertEquals(2, lateLines(id), "each missing department once");
            JsonObject whistle = see(scene.town, id);
            assertEquals("LATE", call(whistle, WATER).getString("state"));
            assertTrue(call(whistle, POWER).getBoolean("overdue"));
            assertTrue(whistle.getJsonObject("clock").getBoolean("overdue"));
        }
        forwardBoth(Duration.ofMinutes(90));
        assertEquals(13, one.count("SELECT count(*) FROM whistle_lines WHERE act = 'LATE'"));

        Client supervisor = one.staff("supervisor-" + scene.grid.substring(0, 9));
        for (Client ear : List.of(scene.town, supervisor)) {
            Eventually.get("told of two late departments", () -> late(ear, ids.get(0)), told -> told == 2);
        }
        Eventually.get("told that it is late itself", () -> late(scene.water, ids.get(0)), told -> told == 1);
        assertEquals(
                6,
                scene.town
                        .get("/api/whistles")
                        .expect(200)
                        .json()
                        .getJsonObject("counts")
                        .getInteger("late"));

        // It may and should still come; that it was late stays.
        JsonObject came = Scene.reportIn(scene.water, ids.get(0)).expect(200).json();
        assertEquals("REPORTED_IN", call(came, WATER).getString("state"));
        assertNotNull(call(came, WATER).getString("lateAt"));
    }

    private static void forwardBoth(Duration by) {
        Scene.atOnce(List.of(
                () -> {
                    one.forward(by);
                    return true;
                },
                () -> {
                    other.forward(by);
                    return true;
                }));
        // Whichever had the last in hand: nobody is left to be found now.
        one.forward(Duration.ZERO);
        other.forward(Duration.ZERO);
    }

    private static long lateLines(String id) {
        return one.count("SELECT count(*) FROM whistle_lines WHERE act = 'LATE' AND whistle_id = $1::text::uuid", id);
    }

    private static long late(Client who, String id) {
        return who.get("/api/inbox?limit=100").expect(200).items().stream()
                .map(JsonObject.class::cast)
                .filter(item -> ("whistle:" + id).equals(item.getString("subject"))
                        && item.getString("title").contains("未报到"))
                .count();
    }
}
