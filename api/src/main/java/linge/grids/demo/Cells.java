package linge.grids.demo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import linge.grids.demo.DemoGround.Seed;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.PrecisionModel;
import org.locationtech.jts.triangulate.VoronoiDiagramBuilder;

/** One Voronoi diagram over all middles: neighbouring cells share their corners, number by number. */
final class Cells {
    static final GeometryFactory DEGREES = new GeometryFactory(new PrecisionModel(), 4326);

    private Cells() {}

    /**
     * The cell of each seed, in degrees.
     *
     * @throws IllegalStateException when two seeds fall on one point
     */
    static Map<Seed, Polygon> of(List<Seed> seeds, List<Coordinate> strangers) {
        var at = new HashMap<Coordinate, Seed>();
        var all = new ArrayList<>(strangers);
        for (Seed seed : seeds) {
            if (at.put(seed.middle(), seed) != null) {
                throw new IllegalStateException("two grids have one middle in " + seed.village());
            }
            all.add(seed.middle());
        }
        var builder = new VoronoiDiagramBuilder();
        builder.setSites(all);
        builder.setClipEnvelope(new Envelope(-300_000, 300_000, -300_000, 300_000));
        Geometry diagram = builder.getDiagram(new GeometryFactory());
        var cells = new HashMap<Seed, Polygon>();
        for (int i = 0; i < diagram.getNumGeometries(); i++) {
            Geometry cell = diagram.getGeometryN(i);
            Seed seed = at.get((Coordinate) cell.getUserData());
            if (seed != null) {
                cells.put(seed, polygon(cell.getCoordinates()));
            }
        }
        return cells;
    }

    /** A ring of metres as a polygon of degrees; corners that round to one point become one. */
    static Polygon polygon(Coordinate[] ring) {
        var corners = new ArrayList<Coordinate>();
        for (Coordinate corner : ring) {
            Coordinate degrees = Plane.toDegrees(corner);
            if (corners.isEmpty() || !corners.get(corners.size() - 1).equals2D(degrees)) {
                corners.add(degrees);
            }
        }
        return DEGREES.createPolygon(corners.toArray(Coordinate[]::new));
    }
}
