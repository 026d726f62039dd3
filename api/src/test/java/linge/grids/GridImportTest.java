package linge.grids;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import linge.db.TestDatabase;
import linge.grids.intake.GridFault;
import linge.grids.intake.GridImport;
import linge.grids.intake.GridReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.locationtech.jts.geom.Coordinate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file of grids is taken whole, or every fault in it is told. */
class GridImportTest {
    private static final Logger log = LoggerFactory.getLogger(GridImportTest.class);
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-03-01T04:00:00Z"), ZoneOffset.UTC);
    private static final GridImport IMPORT = new GridImport(TestGround.GAZETTEER, NOON);
    private static final String A = TestGround.GRIDS.get(0).village();
    private static final String B = TestGround.GAZETTEER.all(linge.bot.place.Level.VILLAGE).stream()
            .map(v -> v.code())
            .filter(v -> v.startsWith("140429"))
            .findFirst()
            .orElseThrow();

    @TempDir
    Path folder;

    /** A square of a hundredth of a degree, so many hundredths east and north of a corner in the city. */
    private static JsonObject square(String code, double east, double north) {
        return feature(code, box(113 + east / 100, 36.2 + north / 100, 0.01));
    }

    private static JsonArray box(double west, double south, double side) {
        var ring = new JsonArray();
        double[][] corners = {{0, 0}, {side, 0}, {side, side}, {0, side}, {0, 0}};
        for (double[] corner : corners) {
            ring.add(new JsonArray().add(west + corner[0]).add(south + corner[1]));
        }
        return ring;
    }

    private static JsonObject feature(String code, JsonArray ring) {
        return new JsonObject()
                .put("type", "Feature")
                .put(
                        "properties",
                        new JsonObject()
                                .put("code", code)
                                .put("name", "网格" + code)
                                .put("households", 320))
                .put("geometry", new JsonObject().put("type", "Polygon").put("coordinates", new JsonArray().add(ring)));
    }

    private static JsonObject collection(JsonObject... features) {
        var array = new JsonArray();
        for (JsonObject feature : features) {
            array.add(feature);
        }
        return new JsonObject()
                .put("type", "FeatureCollection")
                .put("crs", "wgs84")
                .put("features", array);
    }

    private GridImport.Order order(String text) throws IOException {
        Path file = folder.resolve("grids.geojson");
        Files.writeString(file, text);
        return new GridImport.Order(file, null, null, "tester");
    }

    private List<GridFault> faults(JsonObject collection) throws IOException {
        return IMPORT.check(order(collection.encode())).faults();
    }

    private void assertFault(JsonObject collection, int feature, String words) throws IOException {
        List<GridFault> faults = faults(collection);
        assertEquals(1, faults.size(), faults::toString);
        assertEquals(feature, faults.get(0).feature());
        assertTrue(faults.get(0).detail().contains(words), faults.get(0)::detail);
    }

    private static JsonObject with(JsonObject feature, String property, Object value) {
        feature.getJsonObject("properties").put(property, value);
        return feature;
    }

    @Test
    void a_sound_file_has_no_fault_and_chinese_properties_are_read() throws IOException {
        JsonObject chinese = square(A + "002", 1, 0);
        chinese.put(
                "properties",
                new JsonObject()
                        .put("网格编码", Long.parseLong(A + "002"))
                        .put("网格名称", "东边网格")
                        .put("户数", "410"));
        JsonObject school = feature(A + "901", box(113.002, 36.202, 0.002));
        school.getJsonObject("properties").put("网格类型", "专属网格").put("专属类型", "学校");
        GridReport report = IMPORT.check(
                order(collection(square(A + "001", 0, 0), chinese, school).encode()));
        assertEquals(List.of(), report.faults());
        assertEquals(2, report.residential());
        assertEquals(1, report.dedicated());
        assertTrue(report.warnings().stream().anyMatch(w -> w.contains("没有网格")), report.warnings()::toString);
    }

    @Test
    void an_open_ring_is_told() throws IOException {
        JsonObject open = square(A + "001", 0, 0);
        open.getJsonObject("geometry")
                .getJsonArray("coordinates")
                .getJsonArray(0)
                .remove(4);
        assertFault(collection(square(A + "002", 1, 0), open), 2, "没有闭合");
    }

    @Test
    void a_bow_tie_is_told_with_its_place() throws IOException {
        JsonObject tie = square(A + "001", 0, 0);
        JsonArray ring =
                tie.getJsonObject("geometry").getJsonArray("coordinates").getJsonArray(0);
        JsonArray third = ring.getJsonArray(2);
        ring.set(2, ring.getJsonArray(3));
        ring.set(3, third);
        assertFault(collection(tie), 1, "自相交（113.00");
    }

    @Test
    void a_line_is_no_grid() throws IOException {
        JsonObject line = square(A + "001", 0, 0);
        line.getJsonObject("geometry").put("type", "LineString");
        assertFault(collection(line), 1, "不是LineString");
        JsonObject none = square(A + "001", 0, 0);
        none.putNull("geometry");
        assertFault(collection(none), 1, "没有geometry");
    }

    @Test
    void two_grids_of_one_code_are_told() throws IOException {
        assertFault(collection(square(A + "001", 0, 0), square(A + "001", 1, 0)), 2, "与第1个要素重复");
    }

    @Test
    void codes_that_are_not_in_the_gazetteer_are_told_by_their_level() throws IOException {
        assertFault(collection(square("999999001001001", 0, 0)), 1, "县区编码999999");
        assertFault(collection(square("140403999001001", 0, 0)), 1, "编码140403999");
        assertFault(collection(square("140403001999001", 0, 0)), 1, "编码140403001999");
        assertFault(collection(square("14040300", 0, 0)), 1, "15位数字");
    }

    @Test
    void properties_that_make_no_sense_are_told() throws IOException {
        assertFault(collection(with(square(A + "001", 0, 0), "kind", "HOLY")), 1, "网格类型");
        assertFault(collection(with(square(A + "001", 0, 0), "households", -3)), 1, "户数");
        assertFault(collection(with(square(A + "001", 0, 0), "households", "好多")), 1, "户数");
        assertFault(collection(with(square(A + "001", 0, 0), "name", "长".repeat(61))), 1, "网格名称");
        assertFault(collection(with(square(A + "001", 0, 0), "name", " ")), 1, "没有网格名称");
        assertFault(collection(with(square(A + "001", 0, 0), "kind", "DEDICATED")), 1, "专属类型");
    }

    @Test
    void swapped_longitude_and_latitude_are_recognised() throws IOException {
        assertFault(collection(feature(A + "001", box(36.2, 113, 0.01))), 1, "写反了");
    }

    @Test
    void metres_and_far_places_are_recognised() throws IOException {
        assertFault(collection(feature(A + "001", box(500_000, 4_000_000, 1_000))), 1, "投影坐标");
        assertFault(collection(feature(A + "001", box(116.4, 39.9, 0.01))), 1, "超出长治市范围");
    }

    @Test
    void an_overlap_is_told_with_both_grids_and_its_size() throws IOException {
        List<GridFault> faults = faults(collection(square(A + "001", 0, 0), square(A + "002", 0.5, 0)));
        assertEquals(1, faults.size(), faults::toString);
        assertEquals(2, faults.get(0).feature());
        assertTrue(faults.get(0).detail().contains(A + "001"), faults.get(0)::detail);
        // Half of a square of 0.01 degrees at this latitude.
        assertTrue(
                faults.get(0).detail().matches(".*重叠4[89][0-9]{4}平方米.*|.*重叠5[0-2][0-9]{4}平方米.*"),
                faults.get(0)::detail);
    }

    @Test
    void grids_that_share_a_border_do_not_overlap() throws IOException {
        assertEquals(List.of(), faults(collection(square(A + "001", 0, 0), square(A + "002", 1, 0))));
    }

    @Test
    void ground_that_grids_enclose_and_nobody_has_is_told() throws IOException {
        var features = new ArrayList<JsonObject>();
        for (int east = 0; east < 3; east++) {
            for (int north = 0; north < 3; north++) {
                if (east != 1 || north != 1) {
                    features.add(square(A + String.format("%03d", east * 3 + north + 1), east, north));
                }
            }
        }
        List<GridFault> faults = faults(collection(features.toArray(JsonObject[]::new)));
        assertEquals(1, faults.size(), faults::toString);
        assertTrue(faults.get(0).detail().contains("空白没有网格（113.015"), faults.get(0)::detail);
    }

    @Test
    void a_dedicated_grid_over_two_counties_is_told() throws IOException {
        JsonObject school =
                with(with(feature(A + "901", box(113.008, 36.203, 0.004)), "kind", "DEDICATED"), "use", "SCHOOL");
        assertFault(collection(square(A + "001", 0, 0), square(B + "001", 1, 0), school), 3, "武乡县");
    }

    @Test
    void every_fault_is_told_not_only_the_first() throws IOException {
        JsonObject bad = with(with(square("1", 0, 0), "name", ""), "households", -1);
        assertEquals(3, faults(collection(bad)).size());
    }

    @Test
    void reference_systems_are_converted_or_refused() throws IOException {
        Coordinate gcj = Crs.GCJ02.fromWgs84(113, 36.2);
        JsonObject shifted = collection(feature(A + "001", box(gcj.x, gcj.y, 0.01)));
        for (String name : List.of("gcj02", "GCJ-02")) {
            assertEquals(List.of(), faults(shifted.copy().put("crs", name)), name);
        }
        for (String name : List.of("urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4490", "urn:ogc:def:crs:EPSG::4326")) {
            JsonObject old = new JsonObject().put("type", "name").put("properties", new JsonObject().put("name", name));
            assertEquals(List.of(), faults(collection(square(A + "001", 0, 0)).put("crs", old)), name);
        }
        assertFault(collection(square(A + "001", 0, 0)).put("crs", "EPSG:3857"), 0, "不认识坐标系");
        JsonObject silent = collection(square(A + "001", 0, 0));
        silent.remove("crs");
        GridReport report = IMPORT.check(order(silent.encode()));
        assertEquals(List.of(), report.faults());
        assertTrue(report.warnings().get(0).contains("没有声明坐标系"));
    }

    @Test
    void what_is_no_geojson_is_told_and_does_no_harm() throws IOException {
        for (String text : List.of(
                "",
                "{",
                "[]",
                "null",
                "\u0000",
                "{\"type\":\"FeatureCollection\"}",
                "{\"type\":\"FeatureCollection\",\"features\":[",
                "{\"type\":\"FeatureCollection\",\"features\":[{]}",
                "[".repeat(100_000),
                "{\"a\":" + "9".repeat(5_000) + "}",
                "{\"type\":\"FeatureCollection\",\"features\":[" + "{\"a\":".repeat(500) + "1",
                "{\"type\":\"FeatureCollection\",\"features\":[]} {}")) {
            List<GridFault> faults = IMPORT.check(order(text)).faults();
            assertFalse(faults.isEmpty(), text.length() > 60 ? "long" : text);
        }
        for (String features : List.of(
                "1",
                "null",
                "\"x\"",
                "{}",
                "[[]]",
                "{\"type\":\"Feature\",\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[1,null],[\"a\"]]]}}")) {
            String text = "{\"type\":\"FeatureCollection\",\"features\":[" + features + "]}";
            assertFalse(IMPORT.check(order(text)).faults().isEmpty(), features);
        }
        Path nowhere = folder.resolve("nowhere");
        assertTrue(IMPORT.check(new GridImport.Order(nowhere, null, null, "tester"))
                .faults()
                .get(0)
                .detail()
                .contains("找不到"));
        assertFalse(IMPORT.check(new GridImport.Order(folder, null, null, "tester"))
                .faults()
                .isEmpty());
    }

    @Test
    void a_file_of_more_than_200_megabytes_is_refused_unread() throws IOException {
        Path huge = folder.resolve("huge.geojson");
        try (var file = new java.io.RandomAccessFile(huge.toFile(), "rw")) {
            file.setLength(201L * 1024 * 1024);
        }
        assertTrue(IMPORT.check(new GridImport.Order(huge, null, null, "tester"))
                .faults()
                .get(0)
                .detail()
                .contains("200 MB"));
    }

    @Test
    void with_any_fault_nothing_is_imported_and_without_all_of_it_is() throws Exception {
        var vertx = Vertx.vertx();
        Pool pool = TestDatabase.fresh().pool(vertx);
        try {
            var versions = new GridVersions(vertx, pool);
            GridReport refused = IMPORT.run(
                            vertx,
                            versions,
                            order(collection(square(A + "001", 0, 0), square("1", 1, 0))
                                    .encode()))
                    .await();
            assertFalse(refused.imported());
            assertEquals(0L, count(pool, "grid_versions"));
            GridImport.Order order = order(
                    collection(square(A + "001", 0, 0), square(A + "002", 1, 0)).encode());
            GridReport past = IMPORT.run(
                            vertx,
                            versions,
                            new GridImport.Order(order.file(), LocalDate.of(2026, 2, 28), null, "tester"))
                    .await();
            assertTrue(past.faults().get(0).detail().contains("早于今天"));
            GridReport taken = IMPORT.run(vertx, versions, order).await();
            assertTrue(taken.imported(), () -> taken.lines().toString());
            assertEquals(2L, count(pool, "grids"));
            Grids grids = Grids.open(
                            vertx,
                            pool,
                            TestGround.GAZETTEER,
                            TestGround.ADDRESSES,
                            NOON,
                            new Grids.Options(2_000, Duration.ofDays(1)),
                            true)
                    .await();
            FoundGrid found = grids.index().at(GeoPoint.wgs84(113.015, 36.205)).grid();
            assertEquals(A + "002", found.code());
            assertFalse(found.demo());
        } finally {
            pool.close().await();
            vertx.close().await();
        }
    }

    private static long count(Pool pool, String table) {
        return pool.query("SELECT count(*) FROM " + table)
                .execute()
                .await()
                .iterator()
                .next()
                .getLong(0);
    }

    @Test
    void the_demo_ground_goes_out_as_geojson_and_comes_back_without_a_fault() throws IOException {
        JsonObject out = Outlines.collection(TestGround.GRIDS, true, false).put("crs", "wgs84");
        for (int i = 0; i < TestGround.GRIDS.size(); i++) {
            Grid grid = TestGround.GRIDS.get(i);
            JsonObject properties =
                    out.getJsonArray("features").getJsonObject(i).getJsonObject("properties");
            properties.put("households", grid.households());
            if (grid.use() != null) {
                properties.put("use", grid.use().name());
            }
        }
        Path file = folder.resolve("demo.geojson");
        Files.write(file, out.encode().getBytes(StandardCharsets.UTF_8));
        long start = System.nanoTime();
        GridReport report = IMPORT.check(new GridImport.Order(file, null, null, "tester"));
        log.info("{} grids checked in {} ms", TestGround.GRIDS.size(), (System.nanoTime() - start) / 1_000_000);
        assertEquals(List.of(), report.faults());
        assertEquals(TestGround.GRIDS.size(), report.residential() + report.dedicated());
    }
}
