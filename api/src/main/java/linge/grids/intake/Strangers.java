package linge.grids.intake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import linge.bot.place.Gazetteer;
import linge.bot.place.Place;
import linge.grids.Grid;
import linge.grids.GridKind;
import org.locationtech.jts.geom.prep.PreparedGeometry;
import org.locationtech.jts.geom.prep.PreparedGeometryFactory;
import org.locationtech.jts.index.strtree.STRtree;

/** Grids that lie among those of another county: mostly a code that was written wrongly, seldom an exclave. Pure. */
final class Strangers {
    private static final int MOST = 20;

    private Strangers() {}

    /** Chinese sentences. */
    @SuppressWarnings("unchecked")
    static List<String> among(List<Grid> grids, Gazetteer gazetteer) {
        Map<String, Integer> sizes = new HashMap<>();
        STRtree tree = new STRtree();
        for (Grid grid : grids) {
            if (grid.kind() == GridKind.RESIDENTIAL) {
                sizes.merge(grid.county(), 1, Integer::sum);
                tree.insert(grid.outline().getEnvelopeInternal(), grid);
            }
        }
        List<String> found = new ArrayList<>();
        if (sizes.size() < 2) {
            return found;
        }
        for (Grid grid : grids) {
            if (grid.kind() != GridKind.RESIDENTIAL || sizes.getOrDefault(grid.county(), 0) < 2) {
                continue;
            }
            PreparedGeometry ground = PreparedGeometryFactory.prepare(grid.outline());
            List<Grid> beside = ((List<Grid>) tree.query(grid.outline().getEnvelopeInternal()))
                    .stream()
                            .filter(other -> other != grid && ground.intersects(other.outline()))
                            .toList();
            if (!beside.isEmpty()
                    && beside.stream().noneMatch(other -> other.county().equals(grid.county()))) {
                if (found.size() == MOST) {
                    found.add("还有别的网格四周都是外县区的网格，未一一列出。");
                    break;
                }
                found.add("网格" + grid.code() + " " + grid.name() + "的编码属于" + name(grid.county(), gazetteer) + "，但四周都是"
                        + name(beside.get(0).county(), gazetteer) + "的网格，请核对编码。");
            }
        }
        return found;
    }

    private static String name(String county, Gazetteer gazetteer) {
        return gazetteer.get(county).map(Place::name).orElse(county);
    }
}
