package linge.grids.intake;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import linge.bot.place.Gazetteer;
import linge.bot.place.Place;
import linge.grids.Grid;
import linge.grids.GridKind;
import linge.grids.Metres;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.PrecisionModel;
import org.locationtech.jts.geom.prep.PreparedGeometry;
import org.locationtech.jts.geom.prep.PreparedGeometryFactory;
import org.locationtech.jts.index.strtree.STRtree;
import org.locationtech.jts.operation.overlayng.OverlayNG;
import org.locationtech.jts.operation.overlayng.OverlayNGRobust;
import org.locationtech.jts.operation.overlayng.UnaryUnionNG;

/** Checks sound grids together: overlaps, gaps between them, dedicated grids across county borders; pure. */
final class GroundCheck {
    private static final PrecisionModel LATTICE = new PrecisionModel(1e6);

    private final List<Numbered> grids;
    private final Gazetteer gazetteer;
    private final Tolerance tolerance;
    private final List<GridFault> faults = new ArrayList<>();

    private GroundCheck(List<Numbered> grids, Gazetteer gazetteer, Tolerance tolerance) {
        this.grids = grids;
        this.gazetteer = gazetteer;
        this.tolerance = tolerance;
    }

    /** A grid with the number of its feature. */
    record Numbered(int number, Grid grid) {}

    /** What drawing by hand excuses, in square metres: slivers that overlap, and slivers that nobody has. */
    record Tolerance(double overlap, double gap) {
        static Tolerance usual() {
            return new Tolerance(100, 1_000);
        }
    }

    static List<GridFault> check(List<Numbered> grids, Gazetteer gazetteer, Tolerance tolerance) {
        var check = new GroundCheck(grids, gazetteer, tolerance);
        check.overlaps();
        Map<String, Geometry> counties = check.counties();
        check.gaps(counties);
        check.dedicatedAcrossCounties(counties);
        return check.faults;
    }

    private List<Numbered> residential() {
        return grids.stream()
                .filter(g -> g.grid().kind() == GridKind.RESIDENTIAL)
                .toList();
    }

    private void fault(Numbered grid, String detail) {
        faults.add(new GridFault(grid.number(), grid.grid().code(), detail));
    }

    @SuppressWarnings("unchecked")
    private void overlaps() {
        var tree = new STRtree();
        residential().forEach(g -> tree.insert(g.grid().outline().getEnvelopeInternal(), g));
        for (Numbered one : residential()) {
            PreparedGeometry prepared =
                    PreparedGeometryFactory.prepare(one.grid().outline());
            for (Numbered other :
                    (List<Numbered>) tree.query(one.grid().outline().getEnvelopeInternal())) {
                if (other.number() > one.number()
                        && prepared.intersects(other.grid().outline())) {
                    overlap(one, other);
                }
            }
        }
    }

    private void overlap(Numbered one, Numbered other) {
        Geometry shared =
                OverlayNGRobust.overlay(one.grid().outline(), other.grid().outline(), OverlayNG.INTERSECTION);
        double area = Metres.area(shared);
        if (area > tolerance.overlap()) {
            fault(
                    other,
                    "与第" + one.number() + "个要素（" + one.grid().code() + " "
                            + one.grid().name() + "）重叠" + squareMetres(area) + "（"
                            + GridCheck.at(shared.getInteriorPoint().getCoordinate()) + "附近）。");
        }
    }

    private Map<String, Geometry> counties() {
        var byCounty = new LinkedHashMap<String, List<Geometry>>();
        residential()
                .forEach(g -> byCounty.computeIfAbsent(g.grid().county(), c -> new ArrayList<>())
                        .add(g.grid().outline()));
        var counties = new LinkedHashMap<String, Geometry>();
        byCounty.forEach((county, outlines) -> counties.put(county, joined(outlines)));
        return counties;
    }

    /** Joined on a lattice of a millionth of a degree: cracks thinner than that are drawn, not meant. */
    private static Geometry joined(Collection<Geometry> shapes) {
        return UnaryUnionNG.union(shapes, new GeometryFactory(), LATTICE);
    }

    /** Ground that grids enclose and nobody has. Another county may lie in a hole, so all are joined first. */
    private void gaps(Map<String, Geometry> counties) {
        if (counties.isEmpty()) {
            return;
        }
        Geometry city = joined(counties.values());
        for (int i = 0; i < city.getNumGeometries(); i++) {
            if (city.getGeometryN(i) instanceof Polygon piece) {
                for (int hole = 0; hole < piece.getNumInteriorRing(); hole++) {
                    gap(new GeometryFactory()
                            .createPolygon(piece.getInteriorRingN(hole).getCoordinates()));
                }
            }
        }
    }

    private void gap(Polygon hole) {
        double area = Metres.area(hole);
        if (area <= tolerance.gap()) {
            return;
        }
        for (Numbered beside : residential()) {
            if (beside.grid().outline().intersects(hole)) {
                fault(
                        beside,
                        "旁边有" + squareMetres(area) + "空白没有网格（"
                                + GridCheck.at(hole.getInteriorPoint().getCoordinate()) + "附近）。");
                return;
            }
        }
    }

    private void dedicatedAcrossCounties(Map<String, Geometry> counties) {
        var prepared = new LinkedHashMap<String, PreparedGeometry>();
        counties.forEach((code, ground) -> prepared.put(code, PreparedGeometryFactory.prepare(ground)));
        for (Numbered dedicated : grids) {
            Geometry outline = dedicated.grid().outline();
            PreparedGeometry own = prepared.get(dedicated.grid().county());
            if (dedicated.grid().kind() != GridKind.DEDICATED || (own != null && own.covers(outline))) {
                continue;
            }
            prepared.forEach((code, ground) -> {
                if (!code.equals(dedicated.grid().county()) && ground.intersects(outline)) {
                    double area =
                            Metres.area(OverlayNGRobust.overlay(ground.getGeometry(), outline, OverlayNG.INTERSECTION));
                    if (area > tolerance.overlap()) {
                        String name = gazetteer.get(code).map(Place::name).orElse(code);
                        fault(dedicated, "专属网格应在一个县区内，但有" + squareMetres(area) + "在" + name + "。");
                    }
                }
            });
            if (own == null) {
                fault(dedicated, "专属网格所在县区没有普通网格。");
            }
        }
    }

    private static String squareMetres(double area) {
        return area >= 1_000_000
                ? String.format(Locale.ROOT, "%.2f平方公里", area / 1_000_000)
                : String.format(Locale.ROOT, "%.0f平方米", area);
    }
}
