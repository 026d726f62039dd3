package linge.grids;

import static linge.grids.TestGround.INDEX;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import linge.bot.place.Level;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;

/** A point finds its grid, and says how sure that is. */
class GridIndexTest {

    private static GeoPoint middleOf(Grid grid, Crs crs) {
        Coordinate middle = grid.outline().getCentroid().getCoordinate();
        Coordinate there = crs.fromWgs84(middle.x, middle.y);
        return new GeoPoint(there.x, there.y, crs, 0);
    }

    private static Grid quiet() {
        // A residential grid with nothing laid over it.
        return TestGround.GRIDS.stream()
                .filter(g -> g.kind() == GridKind.RESIDENTIAL)
                .filter(g -> TestGround.GRIDS.stream()
                        .noneMatch(d -> d.kind() == GridKind.DEDICATED && d.outline().intersects(g.outline())))
                .findFirst()
                .orElseThrow();
    }

    private static Grid dedicated() {
        return TestGround.GRIDS.stream()
                .filter(g -> g.kind() == GridKind.DEDICATED)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void the_middle_of_a_grid_finds_it_in_every_reference_system() {
        Grid grid = quiet();
        for (Crs crs : Crs.values()) {
            FoundGrid found = INDEX.at(middleOf(grid, crs)).grid();
            assertNotNull(found);
            assertEquals(grid.code(), found.code());
            assertTrue(found.confidence() > 0.95);
            assertTrue(found.demo());
            assertNull(found.distance());
            assertTrue(found.reason().contains(grid.name()));
        }
    }

    @Test
    void a_dedicated_grid_wins_over_the_residential_one_below() {
        Grid school = dedicated();
        GridAnswer answer = INDEX.at(middleOf(school, Crs.WGS84));
        assertNotNull(answer.grid());
        assertEquals(school.code(), answer.grid().code());
        assertEquals(GridKind.DEDICATED, answer.grid().kind());
        assertNotNull(answer.place());
        assertEquals(school.village(), answer.place().code());
    }

    @Test
    void on_a_border_the_neighbour_is_named_and_the_confidence_lower() {
        Grid grid = quiet();
        Geometry neighbour = null;
        String code = "";
        for (Grid other : TestGround.GRIDS) {
            if (other.kind() == GridKind.RESIDENTIAL && !other.equals(grid)) {
                Geometry shared = other.outline().intersection(grid.outline());
                if (shared.getLength() > 0.002) {
                    neighbour = shared;
                    code = other.code();
                }
            }
        }
        assertNotNull(neighbour);
        Coordinate edge = neighbour.getCentroid().getCoordinate();
        GridAnswer answer = INDEX.at(GeoPoint.wgs84(edge.x, edge.y));
        assertNotNull(answer.grid());
        assertTrue(answer.grid().confidence() <= 0.7);
        assertTrue(answer.grid().reason().contains("紧邻"));
        String expected = code;
        assertTrue(answer.candidates().stream().anyMatch(c -> c.code().equals(expected))
                || answer.grid().code().equals(expected));
    }

    @Test
    void just_outside_the_nearest_grid_is_found_with_its_distance() {
        double west = 180;
        Coordinate edge = new Coordinate();
        for (Grid grid : TestGround.GRIDS) {
            for (Coordinate corner : grid.outline().getCoordinates()) {
                if (corner.x < west) {
                    west = corner.x;
                    edge = corner;
                }
            }
        }
        double kilometre = 1_000 / Metres.perLon(edge.y);
        GridAnswer answer = INDEX.at(GeoPoint.wgs84(edge.x - kilometre, edge.y));
        assertNotNull(answer.grid());
        Double distance = answer.grid().distance();
        assertNotNull(distance);
        assertEquals(1_000, distance, 60);
        assertTrue(answer.grid().confidence() < 0.6);
        assertNull(answer.refused());
        GridAnswer far = INDEX.at(GeoPoint.wgs84(edge.x - 3 * kilometre, edge.y));
        assertNull(far.grid());
        assertNotNull(far.refused());
    }

    @Test
    void far_away_there_is_no_grid_but_a_sentence() {
        for (GeoPoint point : new GeoPoint[] {
            GeoPoint.wgs84(116.39, 39.9), GeoPoint.wgs84(0, 0), GeoPoint.wgs84(-180, -90), GeoPoint.wgs84(180, 90)
        }) {
            GridAnswer answer = INDEX.at(point);
            assertNull(answer.grid());
            assertNotNull(answer.refused());
            assertTrue(answer.refused().contains("不在长治市"));
        }
    }

    @Test
    void a_vague_device_is_asked_to_confirm() {
        GeoPoint exact = middleOf(quiet(), Crs.WGS84);
        GridAnswer answer = INDEX.at(new GeoPoint(exact.lon(), exact.lat(), Crs.WGS84, 3_000));
        assertNotNull(answer.grid());
        assertTrue(answer.grid().confidence() <= 0.5);
        assertTrue(answer.grid().reason().contains("误差"));
    }

    @Test
    void a_box_touches_the_grids_around_its_middle_first() {
        Grid grid = quiet();
        Envelope box = new Envelope(grid.outline().getCentroid().getCoordinate());
        box.expandBy(0.0001);
        assertEquals(grid.code(), INDEX.touching(box, 10).get(0).code());
        assertEquals(301, INDEX.touching(new Envelope(111, 115, 35, 38), 301).size());
        assertTrue(INDEX.touching(new Envelope(10, 11, 10, 11), 10).isEmpty());
    }

    @Test
    void an_index_without_grids_refuses_and_does_not_fail() {
        GridIndex empty = TestGround.index(0, java.util.List.of());
        assertNotNull(empty.at(GeoPoint.wgs84(113.1, 36.2)).refused());
        assertNull(empty.find("潞州区东街街道", null).grid());
        assertFalse(empty.find("潞州区", null).place() == null);
    }

    @Test
    void every_county_seat_finds_a_grid_of_its_county() {
        for (var county : TestGround.GAZETTEER.all(Level.COUNTY)) {
            assertTrue(TestGround.GRIDS.stream().anyMatch(g -> g.county().equals(county.code())));
        }
        FoundGrid seat = INDEX.at(GeoPoint.wgs84(112.85417, 36.84278)).grid();
        assertNotNull(seat);
        assertTrue(seat.code().startsWith("140429100"), seat.code());
        assertTrue(seat.placeName().startsWith("武乡县丰州镇"), seat.placeName());
    }
}
