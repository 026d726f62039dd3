package linge.board;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import linge.grids.Grid;
import linge.grids.GridIndex;
import linge.grids.GridKind;
import linge.grids.Grids;
import linge.grids.Outlines;
import linge.shared.AreaLevel;
import linge.shared.Names;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.PrecisionModel;
import org.locationtech.jts.operation.union.UnaryUnionOp;
import org.locationtech.jts.precision.GeometryPrecisionReducer;
import org.locationtech.jts.simplify.TopologyPreservingSimplifier;

/**
 * The ground of an area's parts, joined from the outlines of their grids: for a map to be shaded. Joined once for each version of
 * the grids, on a worker; drawn more coarsely the larger the area.
 */
final class AreaShapes {

    private final Grids grids;
    private final Names names;
    private final WorkerExecutor worker;
    private final Map<String, JsonObject> made = new ConcurrentHashMap<>();

    AreaShapes(Vertx vertx, Grids grids, Names names) {
        this.grids = grids;
        this.names = names;
        this.worker = vertx.createSharedWorkerExecutor("linge-board", 1);
    }

    /** A GeoJSON FeatureCollection in wgs84, each feature with {@code code} and {@code name}. */
    Future<JsonObject> of(String area, int digits) {
        GridIndex index = grids.index();
        String key = index.version().id() + "/" + area;
        // Few areas are looked at; other versions' are forgotten with the first of a new one.
        made.keySet().removeIf(old -> !old.startsWith(index.version().id() + "/"));
        JsonObject known = made.get(key);
        return known != null
                ? Future.succeededFuture(known)
                : worker.executeBlocking(() -> made.computeIfAbsent(key, k -> shapes(index, area, digits)), false);
    }

    private JsonObject shapes(GridIndex index, String area, int digits) {
        Map<String, List<Geometry>> parts = new TreeMap<>();
        for (Grid grid : index.all()) {
            boolean counts = grid.kind() == GridKind.RESIDENTIAL || digits == AreaLevel.GRID.digits();
            if (counts && grid.code().startsWith(area)) {
                parts.computeIfAbsent(grid.code().substring(0, digits), code -> new ArrayList<>())
                        .add(grid.outline());
            }
        }
        JsonArray features = new JsonArray();
        parts.forEach((code, outlines) -> features.add(new JsonObject()
                .put("type", "Feature")
                .put("geometry", Outlines.geometry(joined(outlines, coarseness(area))))
                .put("properties", new JsonObject().put("code", code).put("name", names.area(code)))));
        return new JsonObject()
                .put("type", "FeatureCollection")
                .put("features", features)
                .put("demo", index.version().demo());
    }

    private static Geometry joined(List<Geometry> outlines, double coarseness) {
        Geometry whole = outlines.size() == 1 ? outlines.get(0) : UnaryUnionOp.union(outlines);
        Geometry coarse = TopologyPreservingSimplifier.simplify(whole, coarseness);
        return GeometryPrecisionReducer.reduce(coarse, new PrecisionModel(1e5));
    }

    /** Degrees; a tenth of a kilometre for a city, nothing to speak of for a village. */
    private static double coarseness(String area) {
        return switch (AreaLevel.of(area)) {
            case CITY -> 0.002;
            case COUNTY -> 0.0006;
            case TOWN -> 0.0001;
            case VILLAGE, GRID -> 0.00002;
        };
    }
}
