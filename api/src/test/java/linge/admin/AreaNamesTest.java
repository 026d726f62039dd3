package linge.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import java.time.Duration;
import linge.Client;
import linge.Reply;
import linge.TestApp;
import linge.bot.place.AddressIndex;
import linge.bot.place.Gazetteer;
import linge.grids.Grids;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A name that a city adds finds its area at once, everywhere, until it is taken back. */
class AreaNamesTest {

    private static TestApp app;
    private static String village;
    private static String grid;
    private static Client admin;
    private static Client supervisor;

    @BeforeAll
    static void start() {
        app = TestApp.demo();
        grid = app.grid();
        village = grid.substring(0, 12);
        admin = app.staff("admin");
        supervisor = app.staff("supervisor-" + grid.substring(0, 6));
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    private static String names(String area) {
        return "/api/admin/areas/" + area + "/names";
    }

    private static Reply add(String area, String name, String kind) {
        return admin.post(names(area), new JsonObject().put("name", name).put("kind", kind));
    }

    private static JsonObject found(String words) {
        return app.nobody()
                .get("/api/grids/find?q=" + java.net.URLEncoder.encode(words, java.nio.charset.StandardCharsets.UTF_8))
                .expect(200)
                .json();
    }

    private static String place(String words) {
        JsonObject place = found(words).getJsonObject("place");
        return place == null ? "none" : place.getString("code");
    }

    @Test
    void a_report_that_says_an_added_name_lands_in_its_grid_and_no_longer_once_it_is_removed() {
        Client resident = app.resident();
        JsonObject report = new JsonObject().put("text", "惠丰苑门口的路灯坏了三天，晚上看不见路").put("privacy", "ANONYMOUS");
        resident.with("Idempotency-Key", "惠丰苑".hashCode() + "-before")
                .post("/api/cases", report)
                .refused(422, "place-needed");

        JsonObject added = add(village, "惠丰苑", "ESTATE").expect(201).json();
        assertNull(added.getString("note"));
        JsonObject filed = resident.with("Idempotency-Key", "12345678-after")
                .post("/api/cases", report)
                .expect(201)
                .json();
        assertEquals(village, filed.getJsonObject("grid").getString("code").substring(0, 12), filed::encode);
        assertEquals(village, place("惠丰苑"));

        admin.delete(names(village) + "/" + added.getLong("id")).expect(204);
        assertEquals("none", place("惠丰苑"));
        admin.delete(names(village) + "/" + added.getLong("id")).refused(404, "not-found");
        assertEquals(
                2,
                app.count("SELECT count(*) FROM audit_log WHERE act LIKE 'area.name-%' AND subject = '" + village
                        + "' AND details->>'name' = '惠丰苑'"));
        assertEquals(1, app.count("SELECT count(*) FROM area_names WHERE name = '惠丰苑' AND removed_at IS NOT NULL"));
    }

    @Test
    void the_bot_hears_the_added_name_too() {
        JsonObject said = new JsonObject().put("text", "长治老毛巾厂院的下水道堵了，污水流了一地");
        add(village, "老毛巾厂院", "OTHER").expect(201);
        String conversation = app.resident().post("/api/chat", said).expect(200).string("conversation");
        assertEquals(
                1,
                app.count("SELECT count(*) FROM conversations WHERE id = '" + conversation + "' AND talk::text LIKE '%"
                        + village + "%'"));
        assertEquals(
                village,
                app.nobody()
                        .post("/api/triage", said)
                        .expect(200)
                        .json()
                        .getJsonObject("place")
                        .getString("code"));
    }

    @Test
    void another_node_hears_of_it_and_a_node_that_starts_later_knows_it() {
        Vertx vertx = Vertx.vertx();
        Pool db = app.database().pool(vertx);
        var options = new Grids.Options(2_000, Duration.ofDays(1));
        Gazetteer gazetteer = Gazetteer.shipped();
        var addresses = new AddressIndex(gazetteer);
        Grids before = Grids.open(vertx, db, gazetteer, addresses, Clock.systemUTC(), options, false)
                .await();
        try {
            assertNull(before.index().find("老磷肥厂院", null).place());
            long id = add(village, "老磷肥厂院", "FORMER").expect(201).json().getLong("id");
            // What a hint or the slow look does.
            assertTrue(before.refresh().await());
            assertEquals(village, before.index().find("老磷肥厂院", null).place().code());
            Grids later = Grids.open(vertx, db, gazetteer, addresses, Clock.systemUTC(), options, false)
                    .await();
            assertEquals(village, later.index().find("老磷肥厂院", null).place().code());
            later.close().await();
            admin.delete(names(village) + "/" + id).expect(204);
            assertTrue(before.refresh().await());
            assertNull(before.index().find("老磷肥厂院", null).place());
        } finally {
            before.close().await();
            db.close().await();
            vertx.close().await();
        }
    }

    @Test
    void a_supervisor_reads_the_names_and_changes_none_and_other_areas_stay_closed() {
        add(village, "老火柴厂院", "OTHER").expect(201);
        JsonObject seen = supervisor.get(names(village)).expect(200).json();
        assertTrue(!seen.getBoolean("mayChange"));
        assertTrue(seen.getJsonArray("items").stream()
                .map(JsonObject.class::cast)
                .anyMatch(one -> one.getString("name").equals("老火柴厂院") && one.getString("addedBy") != null));
        supervisor
                .post(names(village), new JsonObject().put("name", "惠安苑").put("kind", "ESTATE"))
                .refused(403, "not-allowed");
        String elsewhere = grid.startsWith("140427") ? "140428" : "140427";
        supervisor.get(names(elsewhere)).refused(403, "not-allowed");
        admin.get(names(grid)).refused(404, "not-found");
    }

    @Test
    void shipped_names_are_shown_and_cannot_be_removed() {
        JsonObject shipped = admin.get(names("140427105"))
                .expect(200)
                .json()
                .getJsonArray("items")
                .getJsonObject(0);
        assertEquals("桥上乡", shipped.getString("name"));
        assertEquals("MERGED", shipped.getString("kind"));
        assertNull(shipped.getLong("id"));
        assertNotNull(add("140427105", "桥上乡", "OTHER").refused(422, "not-sensible"));
    }

    @Test
    void a_name_that_means_another_village_is_added_with_a_word_about_it() {
        Gazetteer gazetteer = Gazetteer.shipped();
        String other = gazetteer.all(linge.bot.place.Level.VILLAGE).stream()
                .filter(one -> one.name().length() >= 4 && !one.code().startsWith(village))
                .filter(one -> place(one.name()).equals(one.code()))
                .findFirst()
                .orElseThrow()
                .code();
        String name = gazetteer.get(other).orElseThrow().name();
        JsonObject added = add(village, name, "OTHER").expect(201).json();
        assertTrue(added.getString("note").contains(gazetteer.fullName(other)), added::encode);
        assertTrue(added.getString("note").contains("会先问是哪一处"), added::encode);
        assertEquals("none", place(name));
        admin.delete(names(village) + "/" + added.getLong("id")).expect(204);
        assertEquals(other, place(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "苑",
                "路灯",
                "小区门口",
                "我们小区",
                "惠丰苑13800138000",
                "<script>alert(1)</script>",
                "'; DROP TABLE area_names; --",
                "潞州区",
                "长治市",
                "北京市",
                "\u202e\u200b苑\u0000",
                "惠丰苑，东关"
            })
    void a_hostile_name_is_refused_in_chinese_and_changes_nothing(String name) {
        long before = app.count("SELECT count(*) FROM area_names");
        add(village, name, "OTHER").refused(422, "not-sensible");
        assertEquals(before, app.count("SELECT count(*) FROM area_names"));
        add(village, "惠民苑", "NICKNAME").refused(400, "bad-input");
    }

    @Test
    void a_name_is_there_once_and_thirty_are_enough() {
        String town = village.substring(0, 9);
        String letters = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥乾坤震巽坎离艮兑";
        for (int i = 0; i < 30; i++) {
            add(town, "试名" + letters.charAt(i) + "院", "OTHER").expect(201);
        }
        add(town, "试名 甲 院", "OTHER").refused(422, "not-sensible");
        add(town, "试名又一院", "OTHER").refused(422, "not-sensible");
        app.sql(db -> db.query("UPDATE area_names SET removed_at = added_at, removed_by = added_by WHERE area = '"
                        + town + "'")
                .execute());
    }
}
