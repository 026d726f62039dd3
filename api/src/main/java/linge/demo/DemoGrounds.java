package linge.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import linge.grids.Grid;
import linge.grids.GridKind;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Point;

/** Where made-up reports come from: some dozens of grids, more of them in the city's middle, a few of them sore spots. */
final class DemoGrounds {

    /** A grid, and a point in it. */
    record Spot(Grid grid, double lon, double lat) {}

    private static final GeometryFactory SHAPES = new GeometryFactory();
    private static final String MIDDLE = "140403";
    private static final int GRIDS = 180;
    private static final int SORE = 7;
    /** About 60 metres. */
    private static final double JITTER = 0.0006;

    private final List<Grid> grids = new ArrayList<>();
    private final List<Spot> sore = new ArrayList<>();

    DemoGrounds(List<Grid> all, Random dice) {
        List<Grid> residential =
                all.stream().filter(grid -> grid.kind() == GridKind.RESIDENTIAL).toList();
        List<Grid> middle = residential.stream()
                .filter(grid -> grid.county().equals(MIDDLE))
                .toList();
        for (int i = 0; i < GRIDS && !residential.isEmpty(); i++) {
            List<Grid> from = i % 5 < 2 && !middle.isEmpty() ? middle : residential;
            grids.add(from.get(dice.nextInt(from.size())));
        }
        for (int i = 0; i < SORE && !grids.isEmpty(); i++) {
            sore.add(inside(grids.get(i * 5 % grids.size()), dice));
        }
    }

    List<Grid> grids() {
        return List.copyOf(grids);
    }

    Spot pick(Random dice) {
        // Some grids report much more than others.
        int first = (int) (Math.pow(dice.nextDouble(), 1.7) * grids.size());
        return inside(grids.get(Math.min(first, grids.size() - 1)), dice);
    }

    /** Near one of the few places where something goes on for weeks. */
    Spot pickSore(String category, Random dice) {
        Spot spot = sore.get(Math.floorMod(category.hashCode(), sore.size()));
        double lon = spot.lon() + (dice.nextDouble() - 0.5) * 2 * JITTER;
        double lat = spot.lat() + (dice.nextDouble() - 0.5) * 2 * JITTER;
        return spot.grid().outline().contains(SHAPES.createPoint(new Coordinate(lon, lat)))
                ? new Spot(spot.grid(), lon, lat)
                : spot;
    }

    private static Spot inside(Grid grid, Random dice) {
        Envelope box = grid.outline().getEnvelopeInternal();
        for (int i = 0; i < 30; i++) {
            double lon = box.getMinX() + dice.nextDouble() * box.getWidth();
            double lat = box.getMinY() + dice.nextDouble() * box.getHeight();
            if (grid.outline().contains(SHAPES.createPoint(new Coordinate(lon, lat)))) {
                return new Spot(grid, lon, lat);
            }
        }
        Point middle = grid.outline().getInteriorPoint();
        return new Spot(grid, middle.getX(), middle.getY());
    }
}
