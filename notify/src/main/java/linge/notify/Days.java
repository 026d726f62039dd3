package linge.notify;

import java.time.Instant;
import java.time.ZoneId;

/** Days and hours as residents and platforms count them: by the clock of Changzhi, which knows no summer time. */
final class Days {

    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private static final long OFFSET_SECONDS = 8 * 3_600;

    private Days() {}

    /** When the window of that length began that holds the instant, counted from midnight. */
    static Instant start(Instant at, int seconds) {
        long local = at.getEpochSecond() + OFFSET_SECONDS;
        return Instant.ofEpochSecond(Math.floorDiv(local, (long) seconds) * seconds - OFFSET_SECONDS);
    }
}
