package linge.grids;

import org.locationtech.jts.algorithm.Distance;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.Polygon;

/** Lengths and areas on the ground of shapes in degrees; good to half a percent over a county. */
public final class Metres {
    private static final double PER_LAT = 111_000;
    private static final double PER_LON = 111_320;

    private Metres() {}

    static double perLon(double lat) {
        return PER_LON * Math.cos(Math.toRadians(lat));
    }

    /** From a point to the nearest edge of a polygon or multipolygon, whichever side it lies on. */
    static double toEdge(Coordinate point, Geometry outline) {
        double east = perLon(point.y);
        double least = Double.MAX_VALUE;
        for (int i = 0; i < outline.getNumGeometries(); i++) {
            if (outline.getGeometryN(i) instanceof Polygon polygon) {
                least = Math.min(least, toLine(point, polygon.getExteriorRing(), east));
                for (int hole = 0; hole < polygon.getNumInteriorRing(); hole++) {
                    least = Math.min(least, toLine(point, polygon.getInteriorRingN(hole), east));
                }
            }
        }
        return least;
    }

    private static double toLine(Coordinate point, LineString line, double east) {
        double least = Double.MAX_VALUE;
        var here = new Coordinate(0, 0);
        Coordinate[] corners = line.getCoordinates();
        for (int i = 1; i < corners.length; i++) {
            least = Math.min(
                    least,
                    Distance.pointToSegment(here, near(point, corners[i - 1], east), near(point, corners[i], east)));
        }
        return least;
    }

    private static Coordinate near(Coordinate point, Coordinate corner, double east) {
        return new Coordinate((corner.x - point.x) * east, (corner.y - point.y) * PER_LAT);
    }

    /** The box that reaches so many metres around a point. */
    static Envelope around(Coordinate point, double metres) {
        double lon = metres / perLon(point.y);
        double lat = metres / PER_LAT;
        return new Envelope(point.x - lon, point.x + lon, point.y - lat, point.y + lat);
    }

    /** From one point to another. */
    public static double between(Coordinate one, Coordinate other) {
        return Math.hypot((other.x - one.x) * perLon(one.y), (other.y - one.y) * PER_LAT);
    }

    /** Square metres of a shape in degrees. */
    public static double area(Geometry shape) {
        if (shape.isEmpty()) {
            return 0;
        }
        return shape.getArea() * perLon(shape.getEnvelopeInternal().centre().y) * PER_LAT;
    }
}
