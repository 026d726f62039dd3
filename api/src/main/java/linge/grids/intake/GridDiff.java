package linge.grids.intake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import linge.grids.Grid;
import linge.grids.Metres;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;

/** What another set of grids would change; pure. */
public final class GridDiff {
    /** Degrees; a centimetre, which is how exactly files are written. */
    private static final double SAME = 1e-7;

    private GridDiff() {}

    /** What becomes of a grid. */
    public enum Kind {
        ADDED,
        CHANGED,
        REMOVED
    }

    /** What is different about a grid that both sets have. */
    public enum What {
        NAME,
        KIND,
        HOUSEHOLDS,
        OUTLINE
    }

    /**
     * One grid that is not the same in both.
     *
     * @param what empty for a grid added or removed
     * @param moved metres between the middles of the outlines; 0 for a grid added or removed
     * @param box around where it is and was
     */
    public record Change(String code, String name, Kind kind, List<What> what, int moved, Envelope box) {}

    /** @param same how many are as they were */
    public record Changes(List<Change> changes, int same) {}

    /** Blocks: some seconds for ten thousand grids. */
    public static Changes between(List<Grid> before, List<Grid> after) {
        Map<String, Grid> old = new HashMap<>();
        before.forEach(grid -> old.put(grid.code(), grid));
        Map<String, Change> changes = new TreeMap<>();
        int same = 0;
        for (Grid grid : after) {
            Grid was = old.remove(grid.code());
            if (was == null) {
                changes.put(grid.code(), alone(grid, Kind.ADDED));
                continue;
            }
            List<What> what = what(was, grid);
            if (what.isEmpty()) {
                same++;
            } else {
                changes.put(grid.code(), changed(was, grid, what));
            }
        }
        old.values().forEach(grid -> changes.put(grid.code(), alone(grid, Kind.REMOVED)));
        return new Changes(List.copyOf(changes.values()), same);
    }

    private static Change alone(Grid grid, Kind kind) {
        return new Change(
                grid.code(), grid.name(), kind, List.of(), 0, grid.outline().getEnvelopeInternal());
    }

    private static Change changed(Grid was, Grid is, List<What> what) {
        Envelope box = new Envelope(was.outline().getEnvelopeInternal());
        box.expandToInclude(is.outline().getEnvelopeInternal());
        int moved = what.contains(What.OUTLINE) ? (int) Math.round(apart(was.outline(), is.outline())) : 0;
        return new Change(is.code(), is.name(), Kind.CHANGED, what, moved, box);
    }

    private static List<What> what(Grid was, Grid is) {
        List<What> what = new ArrayList<>();
        if (!was.name().equals(is.name())) {
            what.add(What.NAME);
        }
        if (was.kind() != is.kind() || !Objects.equals(was.use(), is.use())) {
            what.add(What.KIND);
        }
        if (was.households() != is.households()) {
            what.add(What.HOUSEHOLDS);
        }
        if (!was.outline().norm().equalsExact(is.outline().norm(), SAME)) {
            what.add(What.OUTLINE);
        }
        return List.copyOf(what);
    }

    private static double apart(Geometry one, Geometry other) {
        Coordinate a = one.getCentroid().getCoordinate();
        Coordinate b = other.getCentroid().getCoordinate();
        return Metres.between(a, b);
    }
}
