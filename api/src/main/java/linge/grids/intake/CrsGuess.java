package linge.grids.intake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import linge.grids.Crs;
import linge.grids.Grid;
import linge.grids.Metres;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;

/**
 * Whether a file's ground lies beside where it lay until now just as far as the shift of another reference system would put it:
 * then the file is in that system and says otherwise. Pure.
 */
final class CrsGuess {
    /** Fewer grids in common say nothing. */
    private static final int FEWEST = 3;
    /** Metres: a ground that lies no farther off than this is where it was. */
    private static final double IN_PLACE = 60;
    /** Metres: below this the shift would explain nothing. */
    private static final double OFF = 200;

    private CrsGuess() {}

    /** One Chinese sentence, or null where nothing speaks for it. */
    static @Nullable String fault(List<Grid> file, List<Grid> inForce) {
        Map<String, Coordinate> before = new HashMap<>();
        inForce.forEach(
                grid -> before.put(grid.code(), grid.outline().getCentroid().getCoordinate()));
        List<Coordinate[]> pairs = new ArrayList<>();
        for (Grid grid : file) {
            Coordinate was = before.get(grid.code());
            if (was != null) {
                pairs.add(new Coordinate[] {grid.outline().getCentroid().getCoordinate(), was});
            }
        }
        if (pairs.size() < FEWEST || median(pairs, Crs.WGS84) < OFF) {
            return null;
        }
        for (Crs guess : List.of(Crs.GCJ02, Crs.BD09)) {
            if (median(pairs, guess) < IN_PLACE) {
                return "整个文件比现行网格偏了约" + Math.round(median(pairs, Crs.WGS84)) + "米，正好是" + guess.label()
                        + "坐标的偏移量。请把文件的坐标系（crs）改成" + guess.label() + "再上传。";
            }
        }
        return null;
    }

    /** Metres between where grids were and where they are if the file were in this system: the middle one. */
    private static double median(List<Coordinate[]> pairs, Crs crs) {
        double[] apart = pairs.stream()
                .mapToDouble(pair -> Metres.between(crs.toWgs84(pair[0].x, pair[0].y), pair[1]))
                .sorted()
                .toArray();
        return apart[apart.length / 2];
    }
}
