package linge.grids.demo;

import org.locationtech.jts.geom.Coordinate;

/** Metres east and north of a point in the city; good to half a percent across it. */
final class Plane {
    private static final double LON = 112.9;
    private static final double LAT = 36.4;
    private static final double PER_LAT = 110_950;
    // StrictMath: the same ground on every machine.
    private static final double PER_LON = 111_320 * StrictMath.cos(StrictMath.toRadians(LAT));

    private Plane() {}

    static Coordinate toPlane(double lon, double lat) {
        return new Coordinate((lon - LON) * PER_LON, (lat - LAT) * PER_LAT);
    }

    /** Degrees, rounded to a millionth, so that cells that share a corner share its very numbers. */
    static Coordinate toDegrees(Coordinate metres) {
        return new Coordinate(round(metres.x / PER_LON + LON), round(metres.y / PER_LAT + LAT));
    }

    private static double round(double degrees) {
        return StrictMath.rint(degrees * 1e6) / 1e6;
    }
}
