package linge.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import linge.Client;
import linge.Reply;
import linge.SettableClock;
import linge.TestApp;
import linge.bot.place.AddressIndex;
import linge.bot.place.Gazetteer;
import linge.demo.DemoStaff;
import linge.grids.Crs;
import linge.grids.Grids;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Coordinate;

/** A file of grids is looked at first, gets its day, and comes into force by the clock. */
class GridImportsTest {

    private static TestApp app;
    private static Client admin;
    private static String grid;

    @BeforeAll
    static void start() {
        app = TestApp.demo();
        admin = app.staff("admin");
        grid = app.grid();
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    private static LocalDate today() {
        return LocalDate.ofInstant(app.clock().instant(), Grids.SHANGHAI);
    }

    private static JsonObject feature(String code, String name, JsonObject geometry) {
        return new JsonObject()
                .put("type", "Feature")
                .put(
                        "properties",
                        new JsonObject().put("code", code).put("name", name).put("households", 321))
                .put("geometry", geometry);
    }

    /** A grid in force, by another name. */
    private static JsonObject renamed(String code, String name) {
        return feature(code, name, outline(code));
    }

    private static JsonObject outline(String code) {
        return admin.get("/api/grids/" + code).expect(200).json().getJsonObject("outline");
    }

    private static JsonObject file(JsonObject... features) {
        return new JsonObject()
                .put("type", "FeatureCollection")
                .put("crs", "wgs84")
                .put("features", new JsonArray(List.of(features)));
    }

    private static Reply send(Client who, JsonObject file) throws IOException {
        return who.send(
                "POST",
                "/api/admin/grids/imports?name=grids.geojson",
                "application/octet-stream",
                file.encode().getBytes(StandardCharsets.UTF_8));
    }

    private static JsonObject uploaded(JsonObject file) throws IOException {
        return send(admin, file).expect(201).json();
    }

    private static String path(JsonObject imported) {
        return "/api/admin/grids/imports/" + imported.getLong("id");
    }

    private static JsonObject day(LocalDate day) {
        return new JsonObject().put("effectiveFrom", day.toString());
    }

    private static String told(JsonObject imported) {
        return imported.getJsonArray("faults").encode();
    }

    @Test
    void every_fault_is_told_with_its_feature_and_nothing_is_kept_to_come_into_force() throws IOException {
        JsonObject good = renamed(grid, "好的");
        JsonObject twice = feature(grid.substring(0, 12) + "901", "压在别人身上", outline(grid));
        JsonObject badCode = feature("14040", "编码短了", outline(grid));
        JsonObject elsewhere = feature("150000000000001", "别的省", outline(grid));
        JsonObject open = feature(
                grid.substring(0, 12) + "902",
                "没有闭合",
                new JsonObject()
                        .put("type", "Polygon")
                        .put(
                                "coordinates",
                                new JsonArray("[[[113.1,36.1],[113.11,36.1],[113.11,36.11],[113.1,36.11]]]")));
        long versions = app.count("SELECT count(*) FROM grid_versions");

        JsonObject imported = uploaded(file(good, twice, badCode, elsewhere, open));

        assertEquals("FAULTY", imported.getString("state"));
        assertTrue(told(imported).contains("重叠"), told(imported));
        assertTrue(told(imported).contains("15位数字"), told(imported));
        assertTrue(told(imported).contains("不在本市地名表里"), told(imported));
        assertTrue(told(imported).contains("没有闭合"), told(imported));
        assertEquals(
                imported.getInteger("faultCount"),
                imported.getJsonArray("faults").size());
        assertEquals(versions, app.count("SELECT count(*) FROM grid_versions"));
        admin.post(path(imported) + "/schedule", day(today().plusDays(9))).refused(409, "out-of-turn");
    }

    @Test
    void what_is_no_geojson_is_told_and_is_no_fault_of_ours() throws IOException {
        for (String text :
                List.of("{", "[]", "\u0000", "<kml/>", "{\"type\":\"FeatureCollection\",\"features\":[1]}")) {
            JsonObject imported = admin.send(
                            "POST",
                            "/api/admin/grids/imports?name=x",
                            "application/octet-stream",
                            text.getBytes(StandardCharsets.UTF_8))
                    .expect(201)
                    .json();
            assertEquals("FAULTY", imported.getString("state"), text);
        }
        admin.send("POST", "/api/admin/grids/imports?name=x", "application/octet-stream", new byte[0])
                .refused(400, "unreadable-body");
    }

    @Test
    void ground_shifted_as_gcj02_shifts_it_is_told() throws IOException {
        JsonArray some = admin.get("/api/grids/outlines?west=113.09&south=36.17&east=113.14&north=36.22")
                .expect(200)
                .json()
                .getJsonArray("features");
        JsonArray shifted = new JsonArray();
        some.stream()
                .map(JsonObject.class::cast)
                .filter(one -> one.getJsonObject("properties").getString("kind").equals("RESIDENTIAL"))
                .forEach(one -> shifted.add(new JsonObject()
                        .put("type", "Feature")
                        .put("properties", one.getJsonObject("properties"))
                        .put("geometry", shifted(one.getJsonObject("geometry")))));
        assertTrue(shifted.size() >= 3, "too few grids there");

        JsonObject imported = uploaded(new JsonObject()
                .put("type", "FeatureCollection")
                .put("crs", "wgs84")
                .put("features", shifted));

        assertTrue(told(imported).contains("正好是gcj02坐标的偏移量"), told(imported));
    }

    private static JsonObject shifted(JsonObject geometry) {
        return new JsonObject()
                .put("type", geometry.getString("type"))
                .put("coordinates", shifted(geometry.getJsonArray("coordinates")));
    }

    private static JsonArray shifted(JsonArray coordinates) {
        if (coordinates.getValue(0) instanceof Number) {
            Coordinate moved = Crs.GCJ02.fromWgs84(coordinates.getDouble(0), coordinates.getDouble(1));
            return new JsonArray().add(moved.x).add(moved.y);
        }
        JsonArray all = new JsonArray();
        coordinates.forEach(one -> all.add(shifted((JsonArray) one)));
        return all;
    }

    @Test
    void a_sound_file_says_what_it_changes_and_whom_it_touches() throws IOException {
        app.resident().file(TestApp.streetLamp());
        String other = app.sql(db -> db.query(
                        "SELECT code FROM grids WHERE code LIKE '140429%' AND kind = 'RESIDENTIAL' ORDER BY code LIMIT 1")
                .execute()
                .map(rows -> rows.iterator().next().getString("code")));

        JsonObject imported = uploaded(file(renamed(other, "改了名的网格")));

        assertEquals("READY", imported.getString("state"));
        assertEquals(1, imported.getInteger("changed"));
        assertEquals(0, imported.getInteger("added"));
        assertEquals(app.count("SELECT count(*) FROM grids WHERE version = 1") - 1, imported.getLong("removed"));
        assertTrue(imported.getLong("openCases") >= 1);
        assertTrue(imported.getLong("staff") >= 4);
        assertTrue(imported.getJsonArray("warnings").encode().contains("不含"), imported.encode());

        JsonArray changed = admin.get(path(imported) + "/changes?change=CHANGED")
                .expect(200)
                .items();
        assertEquals(1, changed.size());
        assertEquals(
                new JsonArray(List.of("NAME", "HOUSEHOLDS")),
                changed.getJsonObject(0).getJsonArray("what"));
        JsonObject page = admin.get(path(imported) + "/changes?change=REMOVED&limit=2")
                .expect(200)
                .json();
        JsonObject next = admin.get(path(imported) + "/changes?change=REMOVED&limit=2&after=" + page.getString("next"))
                .expect(200)
                .json();
        assertFalse(page.getJsonArray("items")
                .encode()
                .equals(next.getJsonArray("items").encode()));

        JsonObject bounds = Objects.requireNonNull(imported.getJsonObject("bounds"));
        JsonArray shown = admin.get(path(imported) + "/map?west=" + bounds.getDouble("west") + "&south="
                        + bounds.getDouble("south") + "&east=" + bounds.getDouble("east") + "&north="
                        + bounds.getDouble("north"))
                .expect(200)
                .json()
                .getJsonArray("features");
        assertTrue(shown.stream()
                .map(one -> ((JsonObject) one).getJsonObject("properties"))
                .anyMatch(one -> one.getString("code").equals(other)
                        && one.getString("side").equals("AFTER")));
        assertEquals(0, app.count("SELECT count(*) FROM grid_versions WHERE effective_from > now()"));
    }

    @Test
    void it_comes_into_force_on_its_day_on_every_node_and_can_be_called_back_until_then() throws IOException {
        JsonObject first = uploaded(file(renamed(grid, "只剩这一个")));
        JsonObject second = uploaded(file(renamed(grid, "不会生效的")));
        LocalDate in = today().plusDays(20);
        admin.post(path(first) + "/schedule", day(today())).refused(422, "not-sensible");
        assertEquals(
                "SCHEDULED",
                admin.post(path(first) + "/schedule", day(in)).expect(200).string("state"));
        admin.post(path(first) + "/schedule", day(in.plusDays(1))).refused(409, "out-of-turn");
        admin.post(path(second) + "/schedule", day(in)).refused(409, "already-there");
        admin.post(path(second) + "/schedule", day(in.plusDays(1))).expect(200);
        assertEquals(
                in.toString(), admin.get("/api/admin/home").expect(200).json().getString("coming"));
        assertEquals(
                "CANCELLED",
                admin.post(path(second) + "/cancel", new JsonObject())
                        .expect(200)
                        .string("state"));
        admin.post(path(second) + "/cancel", new JsonObject()).refused(409, "out-of-turn");

        Vertx vertx = Vertx.vertx();
        Pool db = app.database().pool(vertx);
        SettableClock clock = new SettableClock();
        Gazetteer gazetteer = Gazetteer.shipped();
        AddressIndex addresses = new AddressIndex(gazetteer);
        List<Grids> nodes = List.of(
                Grids.open(vertx, db, gazetteer, addresses, clock, Grids.Options.usual(), false)
                        .await(),
                Grids.open(vertx, db, gazetteer, addresses, clock, Grids.Options.usual(), false)
                        .await());
        clock.forward(Duration.ofDays(19));
        for (Grids node : nodes) {
            assertFalse(node.refresh().await());
            assertTrue(node.index().size() > 1);
        }
        clock.forward(Duration.ofDays(2));
        for (Grids node : nodes) {
            node.refresh().await();
            assertEquals(1, node.index().size());
            assertEquals("只剩这一个", node.index().get(grid).orElseThrow().name());
            assertFalse(node.refresh().await(), "it changes once");
        }
        nodes.forEach(node -> node.close().await());
        db.close().await();
        vertx.close().await();
        assertEquals(
                "CANCELLED",
                admin.post(path(first) + "/cancel", new JsonObject())
                        .expect(200)
                        .string("state"));
    }

    @Test
    void a_grid_that_comes_into_force_has_posts_to_be_filled() throws IOException {
        String fresh = grid.substring(0, 12) + "903";
        JsonObject imported = uploaded(file(feature(fresh, "新划的网格", outline(grid))));
        assertEquals(0, app.count("SELECT count(*) FROM posts WHERE area = $1", fresh));
        admin.post(path(imported) + "/schedule", day(today().plusDays(30))).expect(200);
        assertEquals(2, app.count("SELECT count(*) FROM posts WHERE area = $1", fresh));
        admin.post(path(imported) + "/cancel", new JsonObject()).expect(200);
    }

    @Test
    void a_county_looks_and_the_city_decides() throws IOException {
        String user = "county-" + System.nanoTime();
        admin.post(
                        "/api/staff",
                        new JsonObject()
                                .put("user", user)
                                .put("name", "县区管理员")
                                .put("role", "ADMINISTRATOR")
                                .put("area", "140403")
                                .put("password", DemoStaff.PASSWORD))
                .expect(201);
        Client county = app.staff(user);
        county.get("/api/admin/grids").expect(200);
        send(county, file()).refused(403, "not-allowed");
    }

    @Test
    void what_nobody_gave_a_day_is_forgotten_after_a_month() throws IOException {
        JsonObject imported = uploaded(file(renamed(grid, "没人要的")));
        app.sql(db -> db.preparedQuery("UPDATE grid_imports SET at = at - interval '31 days' WHERE id = $1")
                .execute(io.vertx.sqlclient.Tuple.of(imported.getLong("id"))));
        app.houseKeeping();
        admin.get(path(imported)).refused(404, "not-found");
        assertEquals(0, app.count("SELECT count(*) FROM grid_versions WHERE source = 'x'"));
        assertTrue(admin.get("/api/admin/grids").expect(200).json().getJsonArray("versions").stream()
                .anyMatch(one -> ((JsonObject) one).getString("state").equals("IN_FORCE")));
    }
}
