package linge.grids.demo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import linge.bot.place.Gazetteer;
import linge.bot.place.Place;
import linge.grids.Grid;
import linge.grids.GridKind;
import linge.grids.GridUse;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.Point;

/** Generated dedicated grids: small rounded patches, each inside one residential grid of its village. */
final class DedicatedGround {
    private static final int CORNERS = 20;
    /** Metres from the middle to the edge. */
    private static final double LEAST = 60;

    private static final double MOST = 190;

    private final Gazetteer gazetteer;

    DedicatedGround(Gazetteer gazetteer) {
        this.gazetteer = gazetteer;
    }

    private record Kind(GridUse use, String word) {}

    private static List<Kind> kindsOf(Place town, Dice dice) {
        if (town.name().endsWith("街道")) {
            return List.of(
                    new Kind(GridUse.SCHOOL, "小学"),
                    new Kind(GridUse.SCHOOL, "中学"),
                    new Kind(GridUse.HOSPITAL, "医院"),
                    new Kind(GridUse.PARK, dice.next() < 0.5 ? "公园" : "产业园"),
                    new Kind(GridUse.MARKET, "农贸市场"),
                    new Kind(GridUse.BUSINESS, "商业街"));
        }
        var kinds = new ArrayList<Kind>();
        kinds.add(new Kind(GridUse.SCHOOL, "小学"));
        kinds.add(new Kind(GridUse.HOSPITAL, "卫生院"));
        if (dice.next() < 0.6) {
            kinds.add(new Kind(GridUse.MARKET, "集贸市场"));
        }
        if (dice.next() < 0.4) {
            kinds.add(new Kind(GridUse.PARK, "产业园"));
        }
        return kinds;
    }

    /** Two to six a town; a zone that is one made-up community has its business block only. */
    List<Grid> over(List<Grid> residential) {
        var byTown = new LinkedHashMap<String, List<Grid>>();
        residential.forEach(grid -> byTown.computeIfAbsent(grid.code().substring(0, 9), t -> new ArrayList<>())
                .add(grid));
        var dedicated = new ArrayList<Grid>();
        byTown.forEach(
                (code, grids) -> dedicated.addAll(inTown(gazetteer.get(code).orElseThrow(), grids)));
        return dedicated;
    }

    private List<Grid> inTown(Place town, List<Grid> grids) {
        var dice = new Dice("dedicated grids of " + town.code());
        List<Kind> kinds = gazetteer.children(town.code()).size() == 1 && gazetteer.isZone(town.code())
                ? List.of(new Kind(GridUse.BUSINESS, "商务区"))
                : kindsOf(town, dice);
        var perVillage = new LinkedHashMap<String, Integer>();
        var under = new ArrayList<>(grids);
        var dedicated = new ArrayList<Grid>();
        for (Kind kind : kinds) {
            Grid below = under.isEmpty() ? null : under.remove(dice.between(0, under.size() - 1));
            while (below != null && room(below) < LEAST) {
                below = under.isEmpty() ? null : under.remove(dice.between(0, under.size() - 1));
            }
            if (below != null) {
                dedicated.add(dedicated(below, kind, dice, perVillage));
            }
        }
        return dedicated;
    }

    private Grid dedicated(Grid below, Kind kind, Dice dice, Map<String, Integer> perVillage) {
        String village = below.village();
        int number = perVillage.merge(village, 1, Integer::sum);
        String name = gazetteer.get(village).orElseThrow().name() + kind.word() + "专属网格";
        double reach = Math.min(room(below), dice.between(90, MOST));
        var outline = Cells.polygon(patch(middle(below), reach, dice));
        return new Grid(village + (900 + number), name, GridKind.DEDICATED, kind.use(), 0, outline);
    }

    private static Coordinate middle(Grid grid) {
        Point middle = grid.outline().getCentroid();
        return Plane.toPlane(middle.getX(), middle.getY());
    }

    /** How far a patch in the middle of a grid may reach and stay well inside. */
    private static double room(Grid grid) {
        Coordinate middle = middle(grid);
        var ring = (LineString) grid.outline().getBoundary();
        double least = Double.MAX_VALUE;
        for (int i = 1; i < ring.getNumPoints(); i++) {
            least = Math.min(least, toSide(middle, ring.getCoordinateN(i - 1), ring.getCoordinateN(i)));
        }
        return least * 0.8;
    }

    private static double toSide(Coordinate middle, Coordinate a, Coordinate b) {
        return org.locationtech.jts.algorithm.Distance.pointToSegment(
                middle, Plane.toPlane(a.x, a.y), Plane.toPlane(b.x, b.y));
    }

    /** A rounded block, turned a little: between a circle and a rectangle. */
    private static Coordinate[] patch(Coordinate middle, double reach, Dice dice) {
        double turn = dice.between(0, StrictMath.PI);
        double slim = dice.between(0.6, 0.95);
        Coordinate[] ring = new Coordinate[CORNERS + 1];
        for (int i = 0; i < CORNERS; i++) {
            double angle = 2 * StrictMath.PI * i / CORNERS;
            double c = StrictMath.cos(angle);
            double s = StrictMath.sin(angle);
            // |x|⁴ + |y|⁴ = 1 is a square with round corners; its corners reach 2^¼ as far as its sides.
            double out = reach / 1.19 / StrictMath.sqrt(StrictMath.sqrt(c * c * c * c + s * s * s * s));
            double x = out * c;
            double y = out * s * slim;
            double east = x * StrictMath.cos(turn) - y * StrictMath.sin(turn);
            double north = x * StrictMath.sin(turn) + y * StrictMath.cos(turn);
            ring[i] = new Coordinate(middle.x + east, middle.y + north);
        }
        ring[CORNERS] = ring[0].copy();
        return ring;
    }
}
