package linge.grids;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import linge.db.TestDatabase;
import linge.http.Contract;
import linge.shared.Caller;
import linge.shared.Refusal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Coordinate;

/** The grid operations of the contract, asked over HTTP. */
class GridApiTest {
    private static final Set<String> OURS =
            Set.of("listPlaces", "findGridAt", "findGridByWords", "listGridOutlines", "getGrid");
    private static final Grid SOME = TestGround.GRIDS.get(0);

    private static final Vertx vertx = Vertx.vertx();
    private static Pool pool;
    private static Grids grids;
    private static HttpServer server;
    private static WebClient client;

    @BeforeAll
    static void serve() {
        pool = TestDatabase.fresh().pool(vertx);
        Clock clock = Clock.systemUTC();
        var options = new Grids.Options(2_000, Duration.ofDays(1));
        grids = Grids.open(vertx, pool, TestGround.GAZETTEER, TestGround.ADDRESSES, clock, options, false)
                .await();
        grids.add(
                        new GridVersion(0, LocalDate.of(2026, 1, 1), "generated", true, "test", clock.instant()),
                        TestGround.GRIDS)
                .await();
        Contract contract = Contract.load(vertx, ctx -> Future.succeededFuture(Caller.NOBODY))
                .await();
        JsonArray team = new JsonArray()
                .add(new JsonObject()
                        .put("role", "GRID_WORKER")
                        .put("roleName", "网格员")
                        .put("name", "甲"));
        new GridApi(grids, code -> Future.succeededFuture(team), caller -> Future.succeededFuture(Optional.empty()))
                .mount(contract);
        Pattern.compile("operationId: (\\w+)")
                .matcher(vertx.fileSystem().readFile("openapi.yaml").await().toString())
                .results()
                .map(operation -> operation.group(1))
                .filter(id -> !OURS.contains(id))
                .forEach(id -> contract.on(id, call -> Future.failedFuture(Refusal.notFound("这项操作"))));
        Router router = contract.router();
        // What a refusal looks like on the wire is the http package's matter; here its status is enough.
        router.route()
                .failureHandler(ctx -> ctx.response()
                        .setStatusCode(
                                ctx.failure() instanceof Refusal refusal
                                        ? refusal.kind().status()
                                        : 400)
                        .end());
        server = vertx.createHttpServer().requestHandler(router).listen(0).await();
        client = WebClient.create(vertx);
    }

    @AfterAll
    static void close() {
        grids.close().await();
        server.close().await();
        pool.close().await();
        vertx.close().await();
    }

    private static HttpResponse<?> response(String path) {
        return client.get(server.actualPort(), "localhost", path).send().await();
    }

    private static JsonObject get(String path) {
        HttpResponse<?> response = response(path);
        assertEquals(200, response.statusCode(), path + " " + response.bodyAsString());
        return response.bodyAsJsonObject();
    }

    @Test
    void places_go_down_from_counties_to_the_grids_of_a_village() {
        assertEquals(12, get("/api/places").getJsonArray("items").size());
        JsonObject town = get("/api/places?parent=" + SOME.code().substring(0, 9));
        assertEquals("VILLAGE", town.getJsonArray("items").getJsonObject(0).getString("level"));
        JsonArray own = get("/api/places?parent=" + SOME.village()).getJsonArray("grids");
        assertEquals(SOME.code(), own.getJsonObject(0).getString("code"));
        assertTrue(own.getJsonObject(0).getBoolean("demo"));
        assertEquals(404, response("/api/places?parent=140499").statusCode());
        assertEquals(404, response("/api/places?parent=14040").statusCode());
    }

    @Test
    void a_point_is_answered_in_each_reference_system() {
        Coordinate middle = SOME.outline().getCentroid().getCoordinate();
        for (Crs crs : Crs.values()) {
            Coordinate there = crs.fromWgs84(middle.x, middle.y);
            JsonObject answer = get("/api/grids/at?lon=" + there.x + "&lat=" + there.y + "&crs=" + crs.label());
            assertTrue(answer.getJsonObject("grid").getString("code").startsWith(SOME.village()), answer::encode);
            assertEquals("VILLAGE", answer.getJsonObject("place").getString("level"));
        }
        JsonObject far = get("/api/grids/at?lon=0&lat=0");
        assertNull(far.getValue("grid"));
        assertNotNull(far.getString("refused"));
        assertEquals(400, response("/api/grids/at?lon=113&lat=36&crs=epsg").statusCode());
    }

    @Test
    void words_are_answered_and_blank_ones_refused() {
        JsonObject answer = client.get(server.actualPort(), "localhost", "/api/grids/find")
                .addQueryParam("q", "襄垣县侯堡镇")
                .send()
                .await()
                .bodyAsJsonObject();
        assertEquals("140423102", answer.getJsonObject("place").getString("code"));
        assertTrue(answer.containsKey("grid"));
        assertEquals(400, response("/api/grids/find?q=%20").statusCode());
    }

    @Test
    void outlines_are_at_most_three_hundred_and_say_so() {
        JsonObject city = get("/api/grids/outlines?west=111&south=35&east=115&north=38");
        assertEquals(300, city.getJsonArray("features").size());
        assertTrue(city.getBoolean("truncated"));
        Coordinate middle = SOME.outline().getCentroid().getCoordinate();
        JsonObject near = get("/api/grids/outlines?west=" + middle.x + "&east=" + (middle.x + 0.0001) + "&south="
                + middle.y + "&north=" + (middle.y + 0.0001));
        assertFalse(near.getBoolean("truncated"));
        assertFalse(near.getJsonArray("features").isEmpty());
        assertEquals(
                422,
                response("/api/grids/outlines?west=114&south=35&east=113&north=38")
                        .statusCode());
    }

    @Test
    void a_grid_shows_its_team_and_who_a_case_climbs_to() {
        JsonObject page = get("/api/grids/" + SOME.code());
        assertEquals(SOME.name(), page.getString("name"));
        assertEquals("2026-01-01", page.getString("effectiveFrom"));
        assertEquals("Polygon", page.getJsonObject("outline").getString("type"));
        assertEquals("甲", page.getJsonArray("team").getJsonObject(0).getString("name"));
        List<String> chain = page.getJsonArray("chain").stream()
                .map(step -> ((JsonObject) step).getString("name"))
                .toList();
        assertEquals(4, chain.size());
        assertEquals("东街街道综治中心", chain.get(1));
        assertEquals("潞州区综治中心", chain.get(2));
        assertEquals("长治市综治中心", chain.get(3));
        assertEquals(404, response("/api/grids/140403001999001").statusCode());
    }
}
