package linge.board;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import linge.shared.Refusal;
import org.jspecify.annotations.Nullable;

/** Days in the city's time, the first and the last both included; as moments from the first midnight up to, not including, the last. */
public record Period(LocalDate first, LocalDate last) {

    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    /** More than a year of days is asked for in pieces. */
    static final int MOST_DAYS = 400;

    /** What is asked for without days: four weeks up to today. */
    private static final int USUAL_DAYS = 28;

    private static final LocalDate EARLIEST = LocalDate.of(2000, 1, 1);
    private static final LocalDate LATEST = LocalDate.of(2999, 12, 31);

    /** @throws Refusal {@code NOT_SENSIBLE} for days in the wrong order, too many, or none we could know of */
    public Period {
        if (last.isBefore(first)) {
            throw Refusal.notSensible("/to", "结束日期不能早于开始日期。");
        }
        if (first.isBefore(EARLIEST) || last.isAfter(LATEST)) {
            throw Refusal.notSensible("/from", "日期应在 2000 年到 2999 年之间。");
        }
        if (ChronoUnit.DAYS.between(first, last) >= MOST_DAYS) {
            throw Refusal.notSensible("/to", "一次最多看 " + MOST_DAYS + " 天，请分段查看。");
        }
    }

    /** @throws Refusal also {@code BAD_INPUT} for what is no day */
    static Period of(@Nullable String from, @Nullable String to, Instant now) {
        LocalDate last = to == null ? LocalDate.ofInstant(now, ZONE) : day("/to", to);
        LocalDate first = from == null ? last.minusDays(USUAL_DAYS - 1) : day("/from", from);
        return new Period(first, last);
    }

    private static LocalDate day(String pointer, String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw Refusal.badInput(pointer, "日期应写成 2026-11-01 的样子。");
        }
    }

    public Instant from() {
        return first.atStartOfDay(ZONE).toInstant();
    }

    public Instant to() {
        return last.plusDays(1).atStartOfDay(ZONE).toInstant();
    }

    /** The end, or now where the end is still to come: what has not happened yet is not judged. */
    public Instant until(Instant now) {
        Instant until = to().isBefore(now) ? to() : now;
        return until.isBefore(from()) ? from() : until;
    }

    long days() {
        return ChronoUnit.DAYS.between(first, last) + 1;
    }

    /** As many days right before. */
    Period before() {
        return new Period(first.minusDays(days()), first.minusDays(1));
    }
}
