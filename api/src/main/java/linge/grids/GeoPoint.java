package linge.grids;

import io.vertx.core.json.JsonObject;
import linge.shared.Refusal;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;

/**
 * A point as a device tells it.
 *
 * @param accuracy radius in metres within which the device believes to be; 0 when it did not say
 */
public record GeoPoint(double lon, double lat, Crs crs, double accuracy) {

    public static GeoPoint wgs84(double lon, double lat) {
        return new GeoPoint(lon, lat, Crs.WGS84, 0);
    }

    /**
     * Reads the contract's {@code Point}.
     *
     * @throws Refusal for an unknown reference system
     */
    public static @Nullable GeoPoint of(@Nullable JsonObject json, String pointer) {
        if (json == null) {
            return null;
        }
        Crs crs = Crs.of(json.getString("crs"))
                .orElseThrow(() -> Refusal.badInput(pointer + "/crs", "坐标系只能是 wgs84、gcj02 或 bd09。"));
        Double accuracy = json.getDouble("accuracy");
        return new GeoPoint(
                json.getDouble("lon"), json.getDouble("lat"), crs, accuracy == null ? 0 : Math.max(0, accuracy));
    }

    /** Longitude and latitude in wgs84 degrees. */
    public Coordinate wgs84() {
        return crs.toWgs84(lon, lat);
    }
}
