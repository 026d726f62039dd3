package linge.whistle;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where and when they meet.
 *
 * @param place in words; null: where the case is
 * @param elsewhere whether that is far from the case, so that its point says nothing
 * @param lon wgs84 degrees
 * @param at null: at once
 */
record Meeting(
        @Nullable String place,
        boolean elsewhere,
        @Nullable Double lon,
        @Nullable Double lat,
        @Nullable Instant at) {}
