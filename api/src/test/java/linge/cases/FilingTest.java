package linge.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import linge.Client;
import linge.Pictures;
import linge.Reply;
import linge.TestApp;
import linge.grids.Crs;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a resident may send to open a case, and what comes of it. */
class FilingTest {

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
    void words_that_name_a_community_find_it() {
        JsonObject filed = app.resident().file(new JsonObject().put("text", "潞州区紫金街街道八一社区路灯坏了"));
        assertEquals("140403005003", filed.getJsonObject("place").getString("code"));
        assertEquals(
                "140403005003", filed.getJsonObject("holder").getString("code").substring(0, 12));
    }

    @Test
    void an_address_beside_the_words_finds_it_too() {
        JsonObject filed =
                app.resident().file(new JsonObject().put("text", "路灯坏了").put("address", "潞州区紫金街街道八一社区三号楼"));
        assertEquals("140403005003", filed.getJsonObject("place").getString("code"));
        assertEquals("潞州区紫金街街道八一社区三号楼", filed.getString("address"));
    }

    @Test
    void home_is_taken_doubtfully_where_nothing_else_was_said() {
        Client resident = app.resident();
        JsonObject home = new JsonObject().put("address", "八一社区三号楼").put("grid", grid);
        Reply saved = resident.put(
                        "/api/me", new JsonObject().put("name", "王小明").put("home", home))
                .expect(200);
        assertEquals(
                grid, saved.json().getJsonObject("home").getJsonObject("grid").getString("code"));
        JsonObject found = resident.file(new JsonObject().put("text", "有人乱停车")).getJsonObject("grid");
        assertEquals(grid, found.getString("code"));
        assertTrue(found.getDouble("confidence") < 0.5);
    }

    @Test
    void a_point_is_understood_in_each_reference_system() {
        // The same spot as three kinds of maps tell it.
        for (Crs crs : Crs.values()) {
            var there = crs.fromWgs84(TestApp.LON, TestApp.LAT);
            JsonObject point =
                    new JsonObject().put("lon", there.x).put("lat", there.y).put("crs", crs.label());
            JsonObject kept = app.resident()
                    .file(new JsonObject().put("text", "路灯坏了").put("point", point))
                    .getJsonObject("point");
            assertEquals("wgs84", kept.getString("crs"));
            assertEquals(TestApp.LON, kept.getDouble("lon"), 0.00002);
            assertEquals(TestApp.LAT, kept.getDouble("lat"), 0.00002);
        }
    }

    @Test
    void what_lies_outside_the_city_is_refused() {
        JsonObject beijing = new JsonObject().put("lon", 116.4).put("lat", 39.9).put("crs", "wgs84");
        file(app.resident(), new JsonObject().put("text", "路灯坏了").put("point", beijing))
                .refused(422, "outside-city");
    }

    @Test
    void a_complaint_without_a_place_is_asked_back() {
        file(app.resident(), new JsonObject().put("text", "有人乱停车")).refused(422, "place-needed");
    }

    @Test
    void a_category_chosen_by_hand_wins_and_an_unknown_one_is_refused() {
        String chosen = app.nobody()
                .get("/api/categories")
                .expect(200)
                .items()
                .getJsonObject(3)
                .getString("code");
        JsonObject filed = app.resident().file(TestApp.streetLamp().put("category", chosen));
        assertEquals(chosen, filed.getJsonObject("category").getString("code"));
        file(app.resident(), TestApp.streetLamp().put("category", "没有这一类")).refused(422, "not-sensible");
    }

    @Test
    void words_come_back_as_they_were_written() {
        String words = "“老人”摔倒了……👨‍👩‍👧‍👦（三号楼）〔2026〕№７ <b>粗</b> '; DROP TABLE cases; -- \\ % _ é";
        Client resident = app.resident();
        String number = resident.file(TestApp.streetLamp().put("text", words)).getString("number");
        assertEquals(words, resident.seeCase(number).getString("text"));
        assertEquals(
                number,
                resident.get("/api/cases?view=all&q=" + encoded("DROP TABLE"))
                        .items()
                        .getJsonObject(0)
                        .getString("number"));
        assertEquals(words, app.staff("worker-" + grid).seeCase(number).getString("text"));
    }

    @Test
    void what_cannot_be_seen_is_taken_out() {
        // Escaped as a program may send it: in UTF-8 a lone surrogate cannot even be written.
        String escaped = TestApp.streetLamp()
                .put("text", "WORDS")
                .encode()
                .replace("WORDS", " 路灯\\u0000坏\\u202e了\\u200b\\u0007\\r\\n三天\\ud800 ");
        String text = app.resident()
                .with("Idempotency-Key", UUID.randomUUID().toString())
                .send("POST", "/api/cases", "application/json", escaped.getBytes(StandardCharsets.UTF_8))
                .expect(201)
                .string("text");
        assertEquals("路灯坏了\n三天", text);
    }

    @Test
    void words_that_hold_nothing_are_refused() {
        for (String nothing : new String[] {" ", "\u200b\u200b", "\n\t", "\u0000"}) {
            file(app.resident(), TestApp.streetLamp().put("text", nothing)).refused(400, "bad-input");
        }
    }

    @Test
    void a_photo_is_filed_with_its_case_and_only_once() throws IOException {
        Client resident = app.resident();
        String id = resident.send("POST", "/api/media", "application/octet-stream", Pictures.png())
                .expect(201)
                .string("id");
        JsonObject filing = TestApp.streetLamp().put("media", new JsonArray().add(id));
        JsonObject filed = resident.file(filing);
        assertEquals(id, filed.getJsonArray("media").getJsonObject(0).getString("id"));
        assertEquals("/api/media/" + id + "/thumbnail", filed.getString("thumbnail"));
        Client worker = app.staff("worker-" + grid);
        assertEquals("image/jpeg", worker.get("/api/media/" + id).expect(200).header("content-type"));
        app.resident().get("/api/media/" + id).refused(404, "not-found");
        file(resident, filing).refused(422, "not-sensible");
        file(
                        app.resident(),
                        TestApp.streetLamp()
                                .put(
                                        "media",
                                        new JsonArray().add(UUID.randomUUID().toString())))
                .refused(422, "not-sensible");
        assertEquals(1, resident.get("/api/cases?view=all").items().size());
    }

    @Test
    void a_page_that_calls_itself_a_picture_is_refused() {
        byte[] page = "<html><script>alert(1)</script></html>".getBytes(StandardCharsets.UTF_8);
        Reply refused = app.resident().send("POST", "/api/media", "image/png", page);
        assertTrue(refused.status() >= 400 && refused.status() < 500, refused::text);
    }

    @Test
    void a_resident_pages_through_their_cases_newest_first() {
        Client resident = app.resident();
        String oldest = resident.file(TestApp.streetLamp()).getString("number");
        String middle = resident.file(TestApp.streetLamp()).getString("number");
        String newest = resident.file(TestApp.streetLamp()).getString("number");
        Reply first = resident.get("/api/cases?limit=2").expect(200);
        assertEquals(newest, first.items().getJsonObject(0).getString("number"));
        assertEquals(middle, first.items().getJsonObject(1).getString("number"));
        Reply second =
                resident.get("/api/cases?limit=2&after=" + first.string("next")).expect(200);
        assertEquals(oldest, second.items().getJsonObject(0).getString("number"));
        assertNull(second.string("next"));
        assertEquals(3, first.json().getJsonObject("counts").getInteger("open"));
        assertFalse(first.items().getJsonObject(0).containsKey("reporter"));
    }

    private static Reply file(Client resident, JsonObject filing) {
        return resident.with("Idempotency-Key", UUID.randomUUID().toString()).post("/api/cases", filing);
    }

    private static String encoded(String text) {
        return java.net.URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
