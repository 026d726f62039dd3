package linge.bot.twins;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What somebody reported, as far as it helps to know it again.
 *
 * @param address where it is, when that was said apart from the text
 * @param area code of the grid (15 digits) or of the smallest place known (12, 9, 6); null when nobody knows
 * @param point where it is, or null
 * @param category code of what it was understood to be about, or null
 * @param at when it was reported
 */
public record Report(
        String text,
        @Nullable String address,
        @Nullable String area,
        @Nullable Point point,
        @Nullable String category,
        Instant at) {

    /**
     * A point on the ground.
     *
     * @param lon degrees of WGS 84
     * @param accuracy metres around it where the matter may be
     */
    public record Point(double lon, double lat, double accuracy) {

        private static final double METRES_A_DEGREE = 111_320;
        /** What a phone's whereabouts are off by, where nobody said. */
        public static final double USUAL_ACCURACY = 30;

        /** Metres over the ground; right to a thousandth within a city. */
        public double metresTo(Point other) {
            double north = (other.lat - lat) * METRES_A_DEGREE;
            double east = (other.lon - lon) * METRES_A_DEGREE * Math.cos(Math.toRadians((lat + other.lat) / 2));
            return Math.hypot(north, east);
        }
    }

    /** All its words. */
    String words() {
        return address == null ? text : text + "\n" + address;
    }
}
