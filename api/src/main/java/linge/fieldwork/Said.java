package linge.fieldwork;

import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import linge.grids.GeoPoint;
import linge.shared.Refusal;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;

/**
 * What a phone says of when and where: its own clock, which may be wrong, and how far ahead of ours that clock was as it sent.
 *
 * @param ahead milliseconds; negative when the phone's clock is late
 * @param lon wgs84 degrees
 * @param accuracy metres within which the phone believed to be; null when it did not say
 */
record Said(
        Instant at,
        long ahead,
        Instant received,
        @Nullable Double lon,
        @Nullable Double lat,
        @Nullable Double accuracy) {

    /** A phone out of the network for longer than this was not at work. */
    static final Duration OLDEST = Duration.ofDays(31);

    /** The body's {@code at} and {@code point}, sent at the body's {@code sentAt} by the same clock. */
    static Said of(JsonObject body, Instant sentAt, Instant now, String pointer) {
        Instant received = now.truncatedTo(ChronoUnit.MILLIS);
        Instant at = instant(body.getString("at"), pointer + "/at");
        long ahead = Duration.between(received, sentAt).toMillis();
        GeoPoint point = GeoPoint.of(body.getJsonObject("point"), pointer + "/point");
        Coordinate where = point == null ? null : point.wgs84();
        Said said = new Said(
                at,
                ahead,
                received,
                where == null ? null : where.x,
                where == null ? null : where.y,
                point == null || point.accuracy() == 0 ? null : point.accuracy());
        if (said.ours().isBefore(received.minus(OLDEST))) {
            throw Refusal.notSensible(pointer + "/at", "时间太早了，只能补记 " + OLDEST.toDays() + " 天内的工作。");
        }
        return said;
    }

    static Instant instant(String text, String pointer) {
        try {
            OffsetDateTime read = OffsetDateTime.parse(text);
            // A phone whose battery was out may believe in 1970; nothing else is a date of ours.
            if (read.getYear() >= 1970 && read.getYear() < 2200) {
                return read.toInstant().truncatedTo(ChronoUnit.MILLIS);
            }
        } catch (DateTimeException e) {
            throw Refusal.badInput(pointer, "时间格式不对，应形如 2026-11-26T09:10:00+08:00。");
        }
        throw Refusal.badInput(pointer, "时间格式不对，应形如 2026-11-26T09:10:00+08:00。");
    }

    /** The same moment by our clock, never later than when we heard of it. */
    Instant ours() {
        Instant ours = at.minusMillis(ahead);
        return ours.isAfter(received) ? received : ours;
    }
}
