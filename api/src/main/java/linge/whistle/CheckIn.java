package linge.whistle;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import linge.grids.GeoPoint;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;

/**
 * A department's check-in on site.
 *
 * @param people who came, by name
 * @param spot where the phone believed to be; null when it could not or would not say
 * @param distance metres to where they meet; null when either is unknown
 */
record CheckIn(
        Instant at,
        UUID by,
        String name,
        List<String> people,
        @Nullable Spot spot,
        @Nullable Integer distance,
        Standing standing) {

    /** Whether the place speaks for it. A check-in from afar counts, and shows it. */
    enum Standing {
        HERE,
        FAR,
        /** Nothing to compare, or the phone was too unsure. */
        UNKNOWN
    }

    /** A phone less sure than this says nothing. */
    private static final double TOO_UNSURE = 1_000;
    /** What a phone says of its own error is believed so far and no further: it could say anything. */
    private static final double BELIEVED = 200;

    private static final double EARTH = 6_371_008.8;

    /**
     * A place as it was sent, in wgs84 degrees.
     *
     * @param crs in which it was sent
     * @param accuracy metres; 0 when the phone did not say
     */
    record Spot(double lon, double lat, String crs, double accuracy) {
        static @Nullable Spot of(@Nullable GeoPoint point) {
            if (point == null) {
                return null;
            }
            Coordinate at = point.wgs84();
            return new Spot(at.x, at.y, point.crs().label(), point.accuracy());
        }
    }

    /** @param far metres from the meeting beyond which it is marked */
    static CheckIn of(
            Instant at, UUID by, String name, List<String> people, @Nullable Spot spot, Meeting meeting, int far) {
        Double lon = meeting.lon();
        Double lat = meeting.lat();
        if (spot == null || lon == null || lat == null) {
            return new CheckIn(at, by, name, people, spot, null, Standing.UNKNOWN);
        }
        double metres = metres(spot.lon(), spot.lat(), lon, lat);
        Standing standing = spot.accuracy() > TOO_UNSURE
                ? Standing.UNKNOWN
                : metres <= far + Math.min(spot.accuracy(), BELIEVED) ? Standing.HERE : Standing.FAR;
        return new CheckIn(at, by, name, people, spot, (int) Math.round(metres), standing);
    }

    /** Along the great circle. */
    static double metres(double lon, double lat, double otherLon, double otherLat) {
        double dLat = Math.toRadians(otherLat - lat) / 2;
        double dLon = Math.toRadians(otherLon - lon) / 2;
        double chord = Math.sin(dLat) * Math.sin(dLat)
                + Math.cos(Math.toRadians(lat)) * Math.cos(Math.toRadians(otherLat)) * Math.sin(dLon) * Math.sin(dLon);
        return 2 * EARTH * Math.asin(Math.min(1, Math.sqrt(chord)));
    }
}
