package linge.board;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Where many reports lie close together: points with at least {@link #LEAST} others within {@link #REACH} metres grow into one
 * spot, as in DBSCAN. Pure; points lie in cells as wide as the reach, so that each looks only at those around it.
 */
final class Spots {

    /** Metres. */
    static final double REACH = 150;

    static final int LEAST = 5;

    private static final double METRES_PER_DEGREE = 111_320;

    private Spots() {}

    /** A report with its point in wgs84 degrees. */
    record Point(UUID id, double lon, double lat) {}

    /** Reports close together, and the middle of them. */
    record Spot(double lon, double lat, List<Point> points) {}

    private record Cell(long x, long y) {}

    /** The largest spots. */
    static List<Spot> of(List<Point> points, int most) {
        if (points.isEmpty()) {
            return List.of();
        }
        double narrow = Math.cos(Math.toRadians(points.get(0).lat()));
        Map<Cell, List<Integer>> cells = new HashMap<>();
        for (int i = 0; i < points.size(); i++) {
            cells.computeIfAbsent(cell(points.get(i), narrow), c -> new ArrayList<>())
                    .add(i);
        }
        int[] spotOf = new int[points.size()];
        List<List<Point>> spots = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) {
            if (spotOf[i] == 0 && near(points, i, cells, narrow).size() >= LEAST) {
                spots.add(new ArrayList<>());
                grow(points, i, cells, narrow, spotOf, spots.size(), spots.get(spots.size() - 1));
            }
        }
        return spots.stream()
                .map(Spots::spot)
                .sorted(Comparator.comparingInt((Spot spot) -> spot.points().size())
                        .reversed()
                        .thenComparingDouble(Spot::lon)
                        .thenComparingDouble(Spot::lat))
                .limit(most)
                .toList();
    }

    private static void grow(
            List<Point> points,
            int seed,
            Map<Cell, List<Integer>> cells,
            double narrow,
            int[] spotOf,
            int number,
            List<Point> members) {
        Deque<Integer> waiting = new ArrayDeque<>(List.of(seed));
        while (!waiting.isEmpty()) {
            int at = waiting.pop();
            if (spotOf[at] == 0) {
                spotOf[at] = number;
                members.add(points.get(at));
            }
            List<Integer> near = near(points, at, cells, narrow);
            if (near.size() >= LEAST) {
                for (int other : near) {
                    if (spotOf[other] == 0) {
                        spotOf[other] = number;
                        members.add(points.get(other));
                        waiting.push(other);
                    }
                }
            }
        }
    }

    /** Those within reach, the point itself among them. */
    private static List<Integer> near(List<Point> points, int at, Map<Cell, List<Integer>> cells, double narrow) {
        Cell here = cell(points.get(at), narrow);
        List<Integer> near = new ArrayList<>();
        for (long x = here.x() - 1; x <= here.x() + 1; x++) {
            for (long y = here.y() - 1; y <= here.y() + 1; y++) {
                for (int other : cells.getOrDefault(new Cell(x, y), List.of())) {
                    if (metres(points.get(at), points.get(other), narrow) <= REACH) {
                        near.add(other);
                    }
                }
            }
        }
        return near;
    }

    private static double metres(Point a, Point b, double narrow) {
        double x = (a.lon() - b.lon()) * narrow * METRES_PER_DEGREE;
        double y = (a.lat() - b.lat()) * METRES_PER_DEGREE;
        return Math.hypot(x, y);
    }

    private static Cell cell(Point point, double narrow) {
        return new Cell((long) Math.floor(point.lon() * narrow * METRES_PER_DEGREE / REACH), (long)
                Math.floor(point.lat() * METRES_PER_DEGREE / REACH));
    }

    private static Spot spot(List<Point> points) {
        double lon = points.stream().mapToDouble(Point::lon).average().orElse(0);
        double lat = points.stream().mapToDouble(Point::lat).average().orElse(0);
        return new Spot(lon, lat, List.copyOf(points));
    }
}
