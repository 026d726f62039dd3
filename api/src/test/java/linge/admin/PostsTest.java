package linge.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import linge.Client;
import linge.TestApp;
import linge.grids.Grids;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Posts: who has them, who acts today, what is vacant, and what an area has. */
class PostsTest {

    private static TestApp app;
    private static String grid;
    private static Client admin;

    @BeforeAll
    static void start() {
        app = TestApp.demo();
        grid = app.grid();
        admin = app.staff("admin");
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    private static LocalDate today() {
        return LocalDate.ofInstant(app.clock().instant(), Grids.SHANGHAI);
    }

    private static JsonObject post(String area, String role) {
        return admin.get("/api/posts?own=true&area=" + area).expect(200).items().stream()
                .map(JsonObject.class::cast)
                .filter(one -> one.getString("role").equals(role))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> onDuty(JsonObject post) {
        return post.getJsonArray("onDuty").stream()
                .map(one -> ((JsonObject) one).getString("user"))
                .toList();
    }

    /** A grid nobody else's test looks at. */
    private static String another(int nth) {
        return app.sql(db -> db.preparedQuery(
                        "SELECT area FROM staff WHERE role = 'GRID_WORKER' AND area LIKE '140406%' ORDER BY area OFFSET $1 LIMIT 1")
                .execute(io.vertx.sqlclient.Tuple.of(nth))
                .map(rows -> rows.iterator().next().getString("area")));
    }

    @Test
    void while_the_holder_is_away_the_deputy_acts_and_gives_it_back_when_the_leave_is_cut_short() {
        String at = another(0);
        String id = post(at, "GRID_WORKER").getString("id");
        admin.post(
                        "/api/posts/" + id + "/holders",
                        new JsonObject().put("user", "deputy-" + at).put("hold", "DEPUTY"))
                .expect(201);
        assertEquals(List.of("worker-" + at), onDuty(post(at, "GRID_WORKER")));

        admin.post(
                        "/api/staff/worker-" + at + "/leave",
                        new JsonObject()
                                .put("from", today().toString())
                                .put("until", today().plusDays(3).toString()))
                .expect(204);
        JsonObject away = admin.get("/api/posts/" + id).expect(200).json();
        assertEquals(List.of("deputy-" + at), onDuty(away));
        assertFalse(away.getBoolean("vacant"));
        JsonObject leave = away.getJsonArray("leaves").getJsonObject(0);
        assertEquals("worker-" + at, leave.getString("user"));

        admin.delete("/api/staff/worker-" + at + "/leave/" + leave.getString("id"))
                .expect(204);
        assertEquals(List.of("worker-" + at), onDuty(post(at, "GRID_WORKER")));
        admin.delete("/api/staff/worker-" + at + "/leave/" + leave.getString("id"))
                .refused(404, "not-found");
    }

    @Test
    void a_post_whose_holder_leaves_is_vacant_and_keeps_its_history() {
        String at = another(1);
        JsonObject post = post(at, "GRID_WORKER");
        admin.patch("/api/staff/worker-" + at, new JsonObject().put("active", false))
                .expect(200);

        List<String> vacant = admin.get("/api/posts?vacant=true&area=" + at).expect(200).items().stream()
                .map(one -> ((JsonObject) one).getString("id"))
                .toList();
        assertEquals(List.of(post.getString("id")), vacant);
        JsonObject area =
                admin.get("/api/admin/areas/" + at.substring(0, 12)).expect(200).json();
        assertEquals(1, area.getJsonObject("counts").getInteger("withoutWorker"));

        String holding = post.getJsonArray("holders").getJsonObject(0).getString("id");
        admin.delete("/api/posts/holders/" + holding).expect(204);
        JsonObject shown =
                admin.get("/api/posts/" + post.getString("id")).expect(200).json();
        assertTrue(shown.getBoolean("vacant"));
    }

    @Test
    void an_appointment_that_has_not_begun_is_taken_back_as_if_it_never_was() {
        String at = another(2);
        String id = post(at, "GRID_LEADER").getString("id");
        String holding = admin.post(
                        "/api/posts/" + id + "/holders",
                        new JsonObject()
                                .put("user", "worker-" + at)
                                .put("hold", "DELEGATE")
                                .put("from", today().plusDays(5).toString())
                                .put("until", today().plusDays(9).toString()))
                .expect(201)
                .string("id");
        admin.delete("/api/posts/holders/" + holding).expect(204);
        assertEquals(0, app.count("SELECT count(*) FROM post_holders WHERE id = $1", UUID.fromString(holding)));
    }

    @Test
    void an_office_gets_a_post_once() {
        JsonObject wanted = new JsonObject()
                .put("area", grid.substring(0, 9))
                .put("role", "DEPARTMENT_OFFICER")
                .put("department", "HEALTH");
        admin.post("/api/admin/posts", wanted).expect(201);
        admin.post("/api/admin/posts", wanted).refused(409, "already-there");
        admin.post("/api/admin/posts", wanted.copy().put("department", "NOBODY"))
                .refused(422, "not-sensible");
        admin.post("/api/admin/posts", wanted.copy().put("area", grid)).refused(422, "not-sensible");
        admin.post("/api/admin/posts", new JsonObject().put("area", "140499").put("role", "DISPATCHER"))
                .refused(422, "not-sensible");
    }

    @Test
    void a_supervisor_reads_the_own_area_and_changes_nothing() {
        Client supervisor = app.staff("supervisor-" + grid.substring(0, 6));
        String id = post(grid, "GRID_WORKER").getString("id");
        assertFalse(supervisor.get("/api/posts/" + id).expect(200).json().getBoolean("mayChange"));
        supervisor.get("/api/posts?area=140406").refused(403, "not-allowed");
        supervisor
                .post(
                        "/api/posts/" + id + "/holders",
                        new JsonObject().put("user", "worker-" + grid).put("hold", "DEPUTY"))
                .refused(403, "not-allowed");
        supervisor.get("/api/admin/areas/1404").refused(403, "not-allowed");
    }

    @Test
    void an_area_adds_up_to_its_parts() {
        JsonObject city = admin.get("/api/admin/areas/1404").expect(200).json();
        long parts = city.getJsonArray("children").stream()
                .mapToLong(one -> ((JsonObject) one).getJsonObject("counts").getLong("grids"))
                .sum();
        assertEquals(parts, city.getJsonObject("counts").getLong("grids"));
        assertEquals(12, city.getJsonArray("children").size());

        JsonObject village = admin.get("/api/admin/areas/" + grid.substring(0, 12))
                .expect(200)
                .json();
        JsonObject child = village.getJsonArray("children").stream()
                .map(JsonObject.class::cast)
                .filter(one -> one.getString("code").equals(grid))
                .findFirst()
                .orElseThrow();
        assertEquals(1, child.getJsonArray("workers").size());
        long before = child.getJsonObject("counts").getLong("openCases");
        app.resident().file(TestApp.streetLamp());
        JsonObject one = admin.get("/api/admin/areas/" + grid).expect(200).json();
        assertEquals(before + 1, one.getJsonObject("counts").getLong("openCases"));
        assertEquals(4, one.getJsonArray("parents").size());
    }

    @Test
    void the_home_says_what_is_missing() {
        JsonObject home = admin.get("/api/admin/home").expect(200).json();
        assertTrue(home.getLong("grids") > 1000);
        assertTrue(home.getLong("actsToday") >= 0);
        JsonArray known =
                admin.get("/api/staff/calendar?year=2026").expect(200).json().getJsonArray("years");
        LocalDate today = today();
        List<Integer> wanted =
                today.getMonthValue() >= 11 ? List.of(today.getYear(), today.getYear() + 1) : List.of(today.getYear());
        assertEquals(
                wanted.stream().filter(year -> !known.contains(year)).toList(),
                home.getJsonArray("yearsMissing").getList());
    }
}
