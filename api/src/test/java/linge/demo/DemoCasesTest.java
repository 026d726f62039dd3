package linge.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import linge.Client;
import linge.Eventually;
import linge.Reply;
import linge.TestApp;
import linge.bot.triage.Categories;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** A made-up month beside one real case: seen on the board by those it concerns, and gone again without a trace. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DemoCasesTest {

    private static final int CASES = 120;

    private static TestApp app;
    private static Client admin;
    private static String real;

    @BeforeAll
    static void fill() {
        app = TestApp.demo();
        real = app.resident().file(TestApp.streetLamp()).getString("number");
        admin = app.staff("admin");
        long notices = app.count("SELECT count(*) FROM notices");
        assertTrue(admin.post("/api/demo/data", new JsonObject().put("cases", CASES))
                .expect(202)
                .json()
                .getBoolean("filling"));
        JsonObject done = Eventually.get(
                "filled", () -> admin.get("/api/demo/data").expect(200).json(), shown -> !shown.getBoolean("filling"));
        assertEquals(null, done.getString("wrong"));
        assertEquals(CASES, done.getInteger("cases"));
        assertEquals(notices, app.count("SELECT count(*) FROM notices"), "nobody is told anything");
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @Test
    @Order(1)
    void the_month_has_everything_a_board_must_show() {
        for (String move : List.of("ACCEPT", "DISPATCH", "HANDLE", "REPORT_BACK", "RATE", "REOPEN", "WARN", "CLIMB")) {
            assertTrue(
                    app.count(
                                    "SELECT count(*) FROM case_history h JOIN cases c ON c.id = h.case_id"
                                            + " WHERE c.demo AND h.move::text = $1",
                                    move)
                            > 0,
                    move);
        }
        assertEquals(0, app.count("SELECT count(*) FROM cases WHERE demo AND wake_at < now() - interval '1 minute'"));
        assertEquals(1, app.count("SELECT count(*) FROM cases WHERE NOT demo"));
        Set<String> known = new TreeSet<>();
        Categories.shipped().all().forEach(one -> known.add(one.code()));
        Stories.shipped().all().forEach(story -> assertTrue(known.contains(story.category()), story.category()));
    }

    @Test
    @Order(1)
    void every_figure_of_every_desk_opens_as_many_as_it_says_and_no_others() {
        String town = busiestTown();
        for (String user : List.of("supervisor-1404", "dispatcher-" + town.substring(0, 6), "supervisor-" + town)) {
            Client who = app.staff(user);
            JsonObject board = who.get("/api/board").expect(200).json();
            String area = board.getJsonObject("area").getString("code");
            for (Object one : board.getJsonArray("figures")) {
                JsonObject figure = (JsonObject) one;
                int listed = 0;
                String after = "";
                do {
                    JsonObject page = who.get("/api/board/cases?limit=50&figure=" + figure.getString("figure") + after)
                            .expect(200)
                            .json();
                    JsonArray items = page.getJsonArray("items");
                    listed += items.size();
                    items.forEach(item -> assertTrue(((JsonObject) item)
                            .getJsonObject("place")
                            .getString("code")
                            .startsWith(area)));
                    after = page.getString("next") == null ? null : "&after=" + page.getString("next");
                } while (after != null);
                assertEquals(figure.getInteger("base"), listed, () -> user + " " + figure.getString("figure"));
            }
        }
        Client townsman = app.staff("supervisor-" + town);
        townsman.get("/api/board?area=1404").refused(403, "not-allowed");
        townsman.get("/api/board?area=" + (town.endsWith("1") ? "140404" : "140404001"))
                .refused(403, "not-allowed");
        townsman.get("/api/board/export?format=csv&figure=FILED&area=1404").refused(403, "not-allowed");
    }

    @Test
    @Order(1)
    void an_administrator_sees_figures_and_no_words() {
        JsonArray items =
                admin.get("/api/board/cases?figure=FILED&limit=10").expect(200).items();
        assertFalse(items.isEmpty());
        items.forEach(item -> assertEquals(null, ((JsonObject) item).getString("text")));
        JsonObject hot = admin.get("/api/board/topics").expect(200).json();
        hot.getJsonArray("topics")
                .forEach(topic ->
                        assertTrue(((JsonObject) topic).getJsonArray("examples").isEmpty()));
        admin.get("/api/board/export?format=csv&figure=FILED&purpose=%E6%A0%B8%E5%AF%B9%E5%90%8D%E5%8D%95")
                .refused(403, "not-allowed");
    }

    @Test
    @Order(1)
    void files_hold_what_the_figure_says_without_names_unless_a_purpose_is_on_record() throws IOException {
        Client supervisor = app.staff("supervisor-1404");
        int filed = supervisor
                .get("/api/board")
                .expect(200)
                .json()
                .getJsonArray("figures")
                .getJsonObject(0)
                .getInteger("base");
        Reply csv = supervisor.get("/api/board/export?format=csv&figure=FILED").expect(200);
        assertEquals(filed + 1, csv.text().split("\r\n").length);
        assertFalse(csv.text().contains("反映人"));
        Reply xlsx =
                supervisor.get("/api/board/export?format=xlsx&figure=FILED").expect(200);
        try (ReadableWorkbook book = new ReadableWorkbook(new ByteArrayInputStream(xlsx.bytes()))) {
            assertEquals(filed + 1, book.getFirstSheet().read().size());
        }
        Reply named = supervisor
                .get(
                        "/api/board/export?format=csv&figure=FILED&purpose=%E6%A0%B8%E5%AF%B9%E5%9B%9E%E8%AE%BF%E5%90%8D%E5%8D%95")
                .expect(200);
        assertTrue(named.text().contains("反映人"));
        assertEquals(1, app.count("SELECT count(*) FROM case_exports WHERE purpose = '核对回访名单'"));
        assertEquals(2, app.count("SELECT count(*) FROM case_exports WHERE purpose IS NULL"));
        supervisor
                .get("/api/board/export?format=csv&figure=FILED&purpose=%E7%9C%8B")
                .refused(422, "not-sensible");
        supervisor.get("/api/board/export?format=pdf&figure=FILED").refused(400, "bad-input");
        supervisor.get("/api/board?from=2026-13-01").refused(400, "bad-input");
        supervisor.get("/api/board?from=2020-01-01&to=2026-01-01").refused(422, "not-sensible");
    }

    @Test
    @Order(1)
    void shapes_topics_and_trends_are_there() {
        Client supervisor = app.staff("supervisor-1404");
        assertEquals(
                12,
                supervisor
                        .get("/api/board/map")
                        .expect(200)
                        .json()
                        .getJsonArray("features")
                        .size());
        assertFalse(supervisor
                .get("/api/board/topics")
                .expect(200)
                .json()
                .getJsonArray("topics")
                .isEmpty());
        assertEquals(
                28,
                supervisor.get("/api/board/trend?step=day").expect(200).items().size());
    }

    @Test
    @Order(2)
    void a_real_case_can_neither_be_called_made_up_nor_lose_its_history() {
        assertThrows(
                PgException.class, () -> app.count("UPDATE cases SET demo = true WHERE number = $1 RETURNING 1", real));
        assertThrows(
                PgException.class,
                () -> app.count(
                        "DELETE FROM case_history WHERE case_id = (SELECT id FROM cases WHERE number = $1) RETURNING 1",
                        real));
        assertThrows(PgException.class, () -> app.count("UPDATE case_history SET words = 'x' RETURNING 1"));
    }

    @Test
    @Order(3)
    void it_goes_without_a_trace_and_what_is_real_stays() {
        admin.post("/api/demo/data", new JsonObject()).refused(409, "already-there");
        app.staff("supervisor-1404").delete("/api/demo/data").refused(403, "not-allowed");
        assertEquals(0, admin.delete("/api/demo/data").expect(200).json().getInteger("cases"));
        assertEquals(1, app.count("SELECT count(*) FROM cases"));
        assertEquals(1, app.count("SELECT count(DISTINCT case_id) FROM case_history"));
        assertEquals(1, app.count("SELECT count(*) FROM case_rounds"));
        assertEquals(0, app.count("SELECT count(*) FROM residents WHERE demo"));
        assertEquals(1, app.count("SELECT count(*) FROM case_readings"));
    }

    private static String busiestTown() {
        return app.sql(db -> db.query(
                        "SELECT left(area, 9) AS town FROM cases WHERE demo GROUP BY 1 ORDER BY count(*) DESC LIMIT 1")
                .execute()
                .map(rows -> rows.iterator().next().getString("town")));
    }
}
