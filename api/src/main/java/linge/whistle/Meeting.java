package linge.whistle;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where and when they meet.
 *
 * @param place in words; null: where the case is
 * @param lon wgs84 degrees
 * @param at null: at once
 */
record Meeting(
        @Nullable String place,
        @Nullable Double lon,
        @Nullable Double lat,
        @Nullable Instant at) {}
