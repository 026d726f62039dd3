package linge.wechat;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import linge.db.Times;
import linge.grids.Crs;
import linge.grids.FoundGrid;
import linge.grids.GeoPoint;
import linge.grids.Grid;
import linge.grids.GridIndex;
import linge.grids.Grids;
import linge.shared.AreaLevel;
import linge.shared.Names;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Point;

/** What a code to scan stands for: {@code g:} and the code of a grid or village. */
final class Scenes {

    private static final String PREFIX = "g:";
    /** A village is a wide place: what the resident says about where goes before it. */
    private static final double VILLAGE_METRES = 1_000;

    private static final int MOST_ABOVE = 8;

    private static final String FIND = "SELECT url FROM wechat_scenes WHERE scene = $1";
    private static final String KEEP = """
            INSERT INTO wechat_scenes (scene, url, made_at) VALUES ($1, $2, $3)
            ON CONFLICT (scene) DO UPDATE SET url = wechat_scenes.url RETURNING url""";

    private final Pool db;
    private final Clock clock;
    private final Grids grids;
    private final Names names;

    Scenes(Pool db, Clock clock, Grids grids, Names names) {
        this.db = db;
        this.clock = clock;
        this.grids = grids;
        this.names = names;
    }

    static String of(String area) {
        return PREFIX + area;
    }

    /** Where a scanned code hangs; null for one that is none of ours, or of a grid that is no more. */
    Answering.@Nullable Place place(String scene) {
        String area = scene.startsWith(PREFIX) ? scene.substring(PREFIX.length()) : "";
        if (!AreaLevel.isCode(area)) {
            return null;
        }
        return switch (AreaLevel.of(area)) {
            case GRID -> {
                Optional<Grid> grid = grids.index().get(area);
                yield grid.isEmpty() ? null : place(area, within(grid.get()), 0);
            }
            case VILLAGE -> {
                List<Grid> all = grids.index().ofVillage(area);
                yield all.isEmpty()
                        ? null
                        : place(area, all.get(all.size() / 2).outline().getInteriorPoint(), VILLAGE_METRES);
            }
            case TOWN, COUNTY, CITY -> null;
        };
    }

    private Answering.Place place(String area, Point at, double metres) {
        return new Answering.Place(names.area(area), new GeoPoint(at.getX(), at.getY(), Crs.WGS84, metres));
    }

    /** A point that finds this grid and not one that lies over it. */
    private Point within(Grid grid) {
        GridIndex index = grids.index();
        Geometry open = grid.outline();
        for (int tries = 0; tries < MOST_ABOVE; tries++) {
            Point point = open.getInteriorPoint();
            FoundGrid found =
                    index.at(GeoPoint.wgs84(point.getX(), point.getY())).grid();
            Grid above = found == null ? null : index.get(found.code()).orElse(null);
            if (above == null || above.code().equals(grid.code())) {
                return point;
            }
            Geometry rest = open.difference(above.outline());
            if (rest.isEmpty()) {
                return point;
            }
            open = rest;
        }
        return open.getInteriorPoint();
    }

    /** The address a code holds: WeChat's own for the scene, made once. */
    Future<String> address(Platform platform, String area) {
        String scene = of(area);
        return db.preparedQuery(FIND)
                .execute(Tuple.of(scene))
                .compose(rows -> rows.size() > 0
                        ? Future.succeededFuture(rows.iterator().next().getString("url"))
                        : platform.code(scene)
                                .compose(url ->
                                        db.preparedQuery(KEEP).execute(Tuple.of(scene, url, Times.at(clock.instant()))))
                                .map(kept -> kept.iterator().next().getString("url")));
    }
}
