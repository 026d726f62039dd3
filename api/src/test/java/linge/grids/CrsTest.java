package linge.grids;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Coordinate;

/** Points come home from the shifted systems. */
class CrsTest {
    private static double metres(Coordinate a, Coordinate b) {
        return Math.hypot((a.x - b.x) * Metres.perLon(a.y), (a.y - b.y) * 111_000);
    }

    @Test
    void tiananmen_in_gcj02_and_bd09_is_where_everybody_says() {
        // 116.397389, 39.908722 is the gate's well known wgs84-like place; its shifted pairs are widely published.
        Coordinate gcj = Crs.GCJ02.fromWgs84(116.404, 39.915);
        assertTrue(metres(gcj, new Coordinate(116.41024449916938, 39.91640428150164)) < 0.01, gcj::toString);
        Coordinate bd = Crs.BD09.fromWgs84(116.404, 39.915);
        Coordinate fromGcj = new Coordinate(116.41662724378733, 39.922699552216216);
        assertTrue(metres(bd, fromGcj) < 0.01, bd::toString);
    }

    @Test
    void a_point_of_the_city_comes_back_to_a_centimetre() {
        var random = new Random(3);
        for (int i = 0; i < 2_000; i++) {
            var here = new Coordinate(111.9 + random.nextDouble() * 2, 35.6 + random.nextDouble() * 1.6);
            for (Crs crs : Crs.values()) {
                Coordinate there = crs.fromWgs84(here.x, here.y);
                assertTrue(metres(here, crs.toWgs84(there.x, there.y)) < 0.01, crs + " " + here);
            }
        }
    }

    @Test
    void the_shift_over_the_city_is_some_hundreds_of_metres() {
        Coordinate seat = new Coordinate(113.10528, 36.18389);
        double gcj = metres(seat, Crs.GCJ02.fromWgs84(seat.x, seat.y));
        double bd = metres(seat, Crs.BD09.fromWgs84(seat.x, seat.y));
        assertTrue(gcj > 300 && gcj < 900, "gcj02: " + gcj);
        assertTrue(bd > 700 && bd < 2_000, "bd09: " + bd);
    }

    @Test
    void systems_go_by_the_names_of_the_contract() {
        assertEquals(Crs.GCJ02, Crs.of("gcj02").orElseThrow());
        assertEquals(Crs.WGS84, Crs.of(null).orElseThrow());
        assertTrue(Crs.of("epsg:3857").isEmpty());
    }
}
