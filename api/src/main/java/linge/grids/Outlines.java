package linge.grids;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.Polygon;

/** Outlines as GeoJSON in wgs84 (RFC 7946). */
public final class Outlines {
    private Outlines() {}

    static JsonObject collection(List<Grid> grids, boolean demo, boolean truncated) {
        var features = new JsonArray();
        for (Grid grid : grids) {
            features.add(new JsonObject()
                    .put("type", "Feature")
                    .put("geometry", geometry(grid.outline()))
                    .put(
                            "properties",
                            new JsonObject()
                                    .put("code", grid.code())
                                    .put("name", grid.name())
                                    .put("kind", grid.kind().name())
                                    .put("demo", demo)));
        }
        return new JsonObject()
                .put("type", "FeatureCollection")
                .put("features", features)
                .put("truncated", truncated);
    }

    /** A polygon or multipolygon as a GeoJSON geometry. */
    public static JsonObject geometry(Geometry outline) {
        if (outline instanceof Polygon polygon) {
            return new JsonObject().put("type", "Polygon").put("coordinates", rings(polygon));
        }
        var polygons = new JsonArray();
        for (int i = 0; i < outline.getNumGeometries(); i++) {
            polygons.add(rings((Polygon) outline.getGeometryN(i)));
        }
        return new JsonObject().put("type", "MultiPolygon").put("coordinates", polygons);
    }

    private static JsonArray rings(Polygon polygon) {
        // Outer rings run counter-clockwise, holes clockwise; JTS's norm is the other way round.
        Polygon turned = (Polygon) polygon.norm().reverse();
        var rings = new JsonArray().add(ring(turned.getExteriorRing()));
        for (int i = 0; i < turned.getNumInteriorRing(); i++) {
            rings.add(ring(turned.getInteriorRingN(i)));
        }
        return rings;
    }

    private static JsonArray ring(LineString line) {
        var ring = new JsonArray();
        for (Coordinate corner : line.getCoordinates()) {
            ring.add(new JsonArray().add(corner.x).add(corner.y));
        }
        return ring;
    }
}
