package linge.grids;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import linge.bot.place.Gazetteer;
import linge.bot.place.Level;
import linge.bot.place.Place;
import linge.grids.demo.DemoGround;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.coverage.CoverageValidator;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.prep.PreparedGeometry;
import org.locationtech.jts.geom.prep.PreparedGeometryFactory;
import org.locationtech.jts.index.strtree.STRtree;
import org.locationtech.jts.io.WKBWriter;
import org.locationtech.jts.io.geojson.GeoJsonReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The generated ground is whole, the same everywhere, and near enough to the real one. */
class DemoGroundTest {
    private static final Logger log = LoggerFactory.getLogger(DemoGroundTest.class);
    private static final GeometryFactory GEOMETRY = new GeometryFactory();
    private static final Map<String, Double> AREAS = Map.ofEntries(
            Map.entry("140403", 344.0),
            Map.entry("140404", 483.0),
            Map.entry("140405", 1190.0),
            Map.entry("140406", 615.0),
            Map.entry("140423", 1178.0),
            Map.entry("140425", 1550.0),
            Map.entry("140426", 1101.0),
            Map.entry("140427", 1013.0),
            Map.entry("140428", 1029.0),
            Map.entry("140429", 1610.0),
            Map.entry("140430", 1297.0),
            Map.entry("140431", 2549.0));
    private static final Map<String, Coordinate> SEATS = Map.ofEntries(
            Map.entry("140403", new Coordinate(113.10528, 36.18389)),
            Map.entry("140404", new Coordinate(113.04417, 36.04583)),
            Map.entry("140405", new Coordinate(112.88194, 36.3275)),
            Map.entry("140406", new Coordinate(113.22444, 36.33139)),
            Map.entry("140423", new Coordinate(113.02528, 36.53547)),
            Map.entry("140425", new Coordinate(113.41721, 36.20712)),
            Map.entry("140426", new Coordinate(113.36945, 36.50289)),
            Map.entry("140427", new Coordinate(113.18571, 36.11736)),
            Map.entry("140428", new Coordinate(112.86101, 36.1245)),
            Map.entry("140429", new Coordinate(112.85417, 36.84278)),
            Map.entry("140430", new Coordinate(112.68722, 36.76306)),
            Map.entry("140431", new Coordinate(112.32472, 36.50139)));

    private static final Gazetteer gazetteer = Gazetteer.shipped();
    private static List<Grid> grids = List.of();
    private static List<Grid> residential = List.of();
    private static final STRtree tree = new STRtree();

    @BeforeAll
    static void generate() {
        grids = TestGround.GRIDS;
        residential =
                grids.stream().filter(g -> g.kind() == GridKind.RESIDENTIAL).toList();
        log.info("{} residential and {} dedicated grids", residential.size(), grids.size() - residential.size());
        for (Grid grid : residential) {
            tree.insert(
                    grid.outline().getEnvelopeInternal(),
                    new Known(grid, PreparedGeometryFactory.prepare(grid.outline())));
        }
    }

    private record Known(Grid grid, PreparedGeometry outline) {}

    @SuppressWarnings("unchecked")
    private static List<Grid> at(double lon, double lat) {
        Geometry point = GEOMETRY.createPoint(new Coordinate(lon, lat));
        return ((List<Known>) tree.query(point.getEnvelopeInternal()))
                .stream()
                        .filter(k -> k.outline().covers(point))
                        .map(Known::grid)
                        .toList();
    }

    @Test
    void every_village_has_at_least_one_grid_and_every_grid_a_village() {
        var villages = residential.stream().map(Grid::village).collect(Collectors.toSet());
        assertEquals(gazetteer.all(Level.VILLAGE).stream().map(Place::code).collect(Collectors.toSet()), villages);
        assertTrue(residential.size() > 3_500 && residential.size() < 4_500, "grids: " + residential.size());
    }

    @Test
    void codes_are_unique_and_run_from_west_to_east() {
        assertEquals(grids.size(), grids.stream().map(Grid::code).distinct().count());
        assertTrue(grids.stream().allMatch(g -> g.code().matches("[0-9]{15}")));
    }

    @Test
    void residential_grids_meet_without_gap_or_overlap() {
        Geometry[] outlines = residential.stream().map(Grid::outline).toArray(Geometry[]::new);
        Geometry[] faults = CoverageValidator.validate(outlines);
        var bad = new ArrayList<String>();
        for (int i = 0; i < faults.length; i++) {
            if (faults[i] != null) {
                bad.add(residential.get(i).code() + " " + faults[i]);
            }
        }
        assertEquals(List.of(), bad);
        Geometry city = org.locationtech.jts.coverage.CoverageUnion.union(outlines);
        assertEquals(
                1,
                city.getNumGeometries(),
                () -> "the city is one piece, but has one of its own at "
                        + city.getGeometryN(city.getNumGeometries() - 1).getCentroid());
        assertEquals(0, ((org.locationtech.jts.geom.Polygon) city).getNumInteriorRing(), "without holes");
        double sum =
                residential.stream().mapToDouble(g -> g.outline().getArea()).sum();
        assertEquals(city.getArea(), sum, city.getArea() * 1e-9);
    }

    @Test
    void a_random_point_of_the_city_lies_in_exactly_one_residential_grid() {
        var random = new Random(7);
        int inside = 0;
        for (int i = 0; i < 20_000; i++) {
            List<Grid> found = at(112 + random.nextDouble() * 1.8, 35.8 + random.nextDouble() * 1.3);
            assertTrue(found.size() <= 1, () -> "in several: " + found);
            inside += found.size();
        }
        assertTrue(inside > 8_000, "inside: " + inside);
    }

    @Test
    void a_dedicated_grid_lies_inside_one_village() {
        var villages = new HashMap<String, Geometry>();
        for (Grid grid : residential) {
            villages.merge(grid.village(), grid.outline(), Geometry::union);
        }
        List<Grid> dedicated =
                grids.stream().filter(g -> g.kind() == GridKind.DEDICATED).toList();
        assertTrue(dedicated.size() > 350, "dedicated: " + dedicated.size());
        assertEquals(
                List.of(),
                dedicated.stream()
                        .filter(g -> !g.outline().isValid()
                                || !villages.get(g.village()).covers(g.outline()))
                        .map(Grid::code)
                        .toList());
        var used = new HashSet<GridUse>();
        dedicated.forEach(g -> used.add(g.use()));
        assertEquals(java.util.EnumSet.allOf(GridUse.class), used);
    }

    @Test
    void every_county_seat_lies_in_its_county() {
        SEATS.forEach((county, seat) -> assertEquals(
                List.of(county), at(seat.x, seat.y).stream().map(Grid::county).toList()));
    }

    @Test
    void counties_have_about_their_real_area() {
        var has = new HashMap<String, Double>();
        double squareKilometre = 111.32 * Math.cos(Math.toRadians(36.4)) * 110.95;
        residential.forEach(g -> has.merge(g.county(), g.outline().getArea() * squareKilometre, Double::sum));
        log.info("areas in square kilometres: {}", has);
        AREAS.forEach((county, area) -> assertEquals(area, has.get(county), area * 0.15, "area of " + county));
    }

    @Test
    void generated_twice_the_ground_is_the_same() throws Exception {
        long start = System.nanoTime();
        List<Grid> again = DemoGround.generate(gazetteer);
        log.info("generated in {} ms", (System.nanoTime() - start) / 1_000_000);
        assertEquals(digest(grids), digest(again));
    }

    private static String digest(List<Grid> grids) throws Exception {
        var sha = java.security.MessageDigest.getInstance("SHA-256");
        for (Grid grid : grids) {
            sha.update(
                    (grid.code() + grid.name() + grid.households()).getBytes(java.nio.charset.StandardCharsets.UTF_8));
            sha.update(new WKBWriter().write(grid.outline()));
        }
        return java.util.HexFormat.of().formatHex(sha.digest());
    }

    @Test
    void most_of_the_real_ground_falls_into_its_own_county() throws Exception {
        Path real = Path.of("../../shared/data/places/changzhi_counties_wgs84.geojson");
        if (!"true".equals(System.getenv("CI"))) {
            Assumptions.assumeTrue(Files.exists(real));
        }
        var json = new io.vertx.core.json.JsonObject(Files.readString(real));
        double right = 0;
        double all = 0;
        var misses = new HashMap<String, Integer>();
        for (Object item : json.getJsonArray("features")) {
            var feature = (io.vertx.core.json.JsonObject) item;
            String code = String.valueOf(feature.getJsonObject("properties").getValue("adcode"));
            PreparedGeometry outline = PreparedGeometryFactory.prepare(
                    new GeoJsonReader().read(feature.getJsonObject("geometry").encode()));
            var box = outline.getGeometry().getEnvelopeInternal();
            for (double lon = box.getMinX(); lon < box.getMaxX(); lon += 0.006) {
                for (double lat = box.getMinY(); lat < box.getMaxY(); lat += 0.005) {
                    if (outline.covers(GEOMETRY.createPoint(new Coordinate(lon, lat)))) {
                        all++;
                        List<Grid> found = at(lon, lat);
                        boolean hit = !found.isEmpty() && found.get(0).county().equals(code);
                        right += hit ? 1 : 0;
                        if (!hit) {
                            misses.merge(code + (found.isEmpty() ? " outside" : " elsewhere"), 1, Integer::sum);
                        }
                    }
                }
            }
        }
        log.info("share of the real ground in its own county: {} (misses {} of {})", right / all, misses, all);
        assertTrue(right / all > 0.75, "share: " + right / all);
    }
}
