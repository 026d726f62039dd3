package linge.clocks;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;

/**
 * Arithmetic with the time an office works: working days by the calendar, service time by its hours. Pure; costs a look-up per
 * season and year that is crossed, not per day or minute.
 */
public record WorkingTime(ServiceCalendar calendar, ServiceHours hours) {

    public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private static final int DAY = 24 * 60 * 60;

    /** The calendar shipped with us, and the usual hours; beyond the years it knows weekdays are working days. */
    public static WorkingTime shipped() {
        return new WorkingTime(ServiceCalendar.shipped().orWeekdays(), ServiceHours.USUAL);
    }

    static LocalDateTime local(Instant at) {
        return LocalDateTime.ofInstant(at, ZONE);
    }

    static Instant at(LocalDate day, LocalTime time) {
        return day.atTime(time).atZone(ZONE).toInstant();
    }

    /** When service usually begins on a day. */
    public static Instant opening(LocalDate day) {
        return at(day, ServiceHours.USUAL.opens(day));
    }

    public boolean worksOn(LocalDate day) {
        return calendar.worksOn(day);
    }

    /** The same time of day, so many working days later; the day of the start does not count. */
    public Instant plusWorkingDays(Instant start, int days) {
        if (days == 0) {
            return start;
        }
        LocalDateTime from = local(start);
        return at(calendar.plus(from.toLocalDate(), days), from.toLocalTime());
    }

    /** So much service time later: nights, breaks and days off do not count. What ends with a period ends that day. */
    public Instant plusServiceHours(Instant start, Duration time) {
        long left = time.toSeconds();
        if (left == 0) {
            return start;
        }
        LocalDateTime from = local(start);
        LocalDate day = from.toLocalDate();
        if (worksOn(day)) {
            int second = from.toLocalTime().toSecondOfDay();
            int before = hours.servedBefore(day, second);
            int today = hours.secondsOn(day) - before;
            if (left <= today) {
                boolean open = hours.servedBefore(day, second + 1) > before;
                return served(day, before + (int) left).plusNanos(open ? start.getNano() : 0);
            }
            left -= today;
        }
        while (true) {
            LocalDate until = hours.sameUntil(day.plusDays(1));
            int each = hours.secondsOn(until);
            long whole = (left - 1) / each;
            int days = calendar.between(day, until);
            if (whole < days) {
                return served(calendar.plus(day, (int) whole + 1), (int) (left - whole * each));
            }
            left -= (long) days * each;
            day = until;
        }
    }

    /** How much service time lies between two moments. */
    public Duration serviceTimeBetween(Instant from, Instant to) {
        LocalDateTime start = local(from);
        LocalDateTime end = local(to);
        long seconds = -servedOn(start);
        LocalDate day = start.toLocalDate().minusDays(1);
        LocalDate last = end.toLocalDate().minusDays(1);
        while (day.isBefore(last)) {
            LocalDate until = hours.sameUntil(day.plusDays(1));
            until = until.isAfter(last) ? last : until;
            seconds += (long) calendar.between(day, until) * hours.secondsOn(until);
            day = until;
        }
        return Duration.ofSeconds(seconds + servedOn(end));
    }

    /** How much of working days, each of 24 hours, lies between two moments. */
    Duration workedBetween(Instant from, Instant to) {
        LocalDateTime start = local(from);
        LocalDateTime end = local(to);
        int days = calendar.between(
                start.toLocalDate().minusDays(1), end.toLocalDate().minusDays(1));
        return Duration.ofSeconds((long) days * DAY + workedOn(end) - workedOn(start));
    }

    /** So much of working days, each of 24 hours, after a moment of a working day. */
    Instant plusWorked(Instant start, Duration worked) {
        LocalDateTime from = local(start);
        long second = from.toLocalTime().toSecondOfDay() + worked.toSeconds();
        int days = (int) (second / DAY);
        LocalDate day = days == 0 ? from.toLocalDate() : calendar.plus(from.toLocalDate(), days);
        return at(day, LocalTime.ofSecondOfDay(second % DAY));
    }

    private Instant served(LocalDate day, int seconds) {
        return day.atStartOfDay(ZONE).plusSeconds(hours.servedAt(day, seconds)).toInstant();
    }

    private int servedOn(LocalDateTime at) {
        LocalDate day = at.toLocalDate();
        return worksOn(day) ? hours.servedBefore(day, at.toLocalTime().toSecondOfDay()) : 0;
    }

    private int workedOn(LocalDateTime at) {
        return worksOn(at.toLocalDate()) ? at.toLocalTime().toSecondOfDay() : 0;
    }
}
