package linge.grids;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;

/** Reference systems of points: GPS, the shifted one of WeChat, AMap and Tencent, and Baidu's. */
public enum Crs {
    WGS84,
    GCJ02,
    BD09;

    /** Krasovsky 1940, which the shift is defined on. */
    private static final double AXIS = 6_378_245.0;

    private static final double ECCENTRICITY = 0.00669342162296594323;
    private static final double BAIDU = Math.PI * 3000.0 / 180.0;

    /** By its name in the contract; {@code wgs84} where none was said. */
    public static Optional<Crs> of(@Nullable String name) {
        if (name == null) {
            return Optional.of(WGS84);
        }
        for (Crs crs : values()) {
            if (crs.name().equalsIgnoreCase(name.strip())) {
                return Optional.of(crs);
            }
        }
        return Optional.empty();
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Degrees of this system as wgs84 degrees; right to a centimetre within China. */
    public Coordinate toWgs84(double lon, double lat) {
        return switch (this) {
            case WGS84 -> new Coordinate(lon, lat);
            case GCJ02 -> unshifted(lon, lat);
            case BD09 -> {
                Coordinate shifted = withoutBaidu(lon, lat);
                yield unshifted(shifted.x, shifted.y);
            }
        };
    }

    /** Wgs84 degrees as degrees of this system. */
    public Coordinate fromWgs84(double lon, double lat) {
        return switch (this) {
            case WGS84 -> new Coordinate(lon, lat);
            case GCJ02 -> shifted(lon, lat);
            case BD09 -> {
                Coordinate shifted = shifted(lon, lat);
                yield withBaidu(shifted.x, shifted.y);
            }
        };
    }

    private static Coordinate shifted(double lon, double lat) {
        double x = lon - 105.0;
        double y = lat - 35.0;
        double waves = (20.0 * Math.sin(6.0 * x * Math.PI) + 20.0 * Math.sin(2.0 * x * Math.PI)) * 2.0 / 3.0;
        double north = -100.0
                + 2.0 * x
                + 3.0 * y
                + 0.2 * y * y
                + 0.1 * x * y
                + 0.2 * Math.sqrt(Math.abs(x))
                + waves
                + (20.0 * Math.sin(y * Math.PI) + 40.0 * Math.sin(y / 3.0 * Math.PI)) * 2.0 / 3.0
                + (160.0 * Math.sin(y / 12.0 * Math.PI) + 320.0 * Math.sin(y * Math.PI / 30.0)) * 2.0 / 3.0;
        double east = 300.0
                + x
                + 2.0 * y
                + 0.1 * x * x
                + 0.1 * x * y
                + 0.1 * Math.sqrt(Math.abs(x))
                + waves
                + (20.0 * Math.sin(x * Math.PI) + 40.0 * Math.sin(x / 3.0 * Math.PI)) * 2.0 / 3.0
                + (150.0 * Math.sin(x / 12.0 * Math.PI) + 300.0 * Math.sin(x / 30.0 * Math.PI)) * 2.0 / 3.0;
        double radians = lat / 180.0 * Math.PI;
        double sine = Math.sin(radians);
        double magic = 1 - ECCENTRICITY * sine * sine;
        double root = Math.sqrt(magic);
        double perLat = (AXIS * (1 - ECCENTRICITY)) / (magic * root) * Math.PI / 180.0;
        double perLon = AXIS / root * Math.cos(radians) * Math.PI / 180.0;
        return new Coordinate(lon + east / perLon, lat + north / perLat);
    }

    /** The shift has no inverse in closed form; it is nearly constant over its own length, so a few steps find it. */
    private static Coordinate unshifted(double lon, double lat) {
        double wgsLon = lon;
        double wgsLat = lat;
        for (int step = 0; step < 6; step++) {
            Coordinate there = shifted(wgsLon, wgsLat);
            wgsLon += lon - there.x;
            wgsLat += lat - there.y;
        }
        return new Coordinate(wgsLon, wgsLat);
    }

    private static Coordinate withBaidu(double lon, double lat) {
        double radius = Math.sqrt(lon * lon + lat * lat) + 0.00002 * Math.sin(lat * BAIDU);
        double angle = Math.atan2(lat, lon) + 0.000003 * Math.cos(lon * BAIDU);
        return new Coordinate(radius * Math.cos(angle) + 0.0065, radius * Math.sin(angle) + 0.006);
    }

    private static Coordinate withoutBaidu(double lon, double lat) {
        double gcjLon = lon - 0.0065;
        double gcjLat = lat - 0.006;
        for (int step = 0; step < 4; step++) {
            Coordinate there = withBaidu(gcjLon, gcjLat);
            gcjLon += lon - there.x;
            gcjLat += lat - there.y;
        }
        return new Coordinate(gcjLon, gcjLat);
    }
}
