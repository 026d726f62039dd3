package linge.cases;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Working days by the State Council's yearly notice (holidays and the weekends worked for them, 调休), service hours 8 to 18.
 * Where no notice is known yet, Monday to Friday are working days.
 */
public final class WorkingTime {

    public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final LocalTime OPENS = LocalTime.of(8, 0);
    private static final LocalTime CLOSES = LocalTime.of(18, 0);

    /** Days that differ from their weekday: true for a weekend worked, false for a holiday. */
    private final Map<LocalDate, Boolean> exceptions;

    private WorkingTime(Map<LocalDate, Boolean> exceptions) {
        this.exceptions = Map.copyOf(exceptions);
    }

    /** The calendar shipped beside this class, {@code working-days.csv}. */
    public static WorkingTime shipped() {
        Map<LocalDate, Boolean> exceptions = new HashMap<>();
        InputStream in = Objects.requireNonNull(WorkingTime.class.getResourceAsStream("working-days.csv"));
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            lines.lines()
                    .filter(line -> !line.isBlank() && line.charAt(0) != '#')
                    .forEach(line -> {
                        String[] parts = line.split(",", -1);
                        LocalDate last = LocalDate.parse(parts[1]);
                        for (LocalDate day = LocalDate.parse(parts[0]); !day.isAfter(last); day = day.plusDays(1)) {
                            exceptions.put(day, parts[2].equals("work"));
                        }
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new WorkingTime(exceptions);
    }

    /** When service begins on a day. */
    static Instant opening(LocalDate day) {
        return day.atTime(OPENS).atZone(ZONE).toInstant();
    }

    public boolean worksOn(LocalDate day) {
        boolean weekday = day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY;
        return exceptions.getOrDefault(day, weekday);
    }

    /** The same time of day, so many working days later; the day of the start does not count. */
    public Instant plusWorkingDays(Instant start, int days) {
        ZonedDateTime at = start.atZone(ZONE);
        int left = days;
        while (left > 0) {
            at = at.plusDays(1);
            if (worksOn(at.toLocalDate())) {
                left--;
            }
        }
        return at.toInstant();
    }

    /** So much service time later: nights and days off do not count. */
    public Instant plusServiceHours(Instant start, Duration time) {
        ZonedDateTime at = start.atZone(ZONE);
        Duration left = time;
        while (true) {
            ZonedDateTime opens = at.with(OPENS);
            ZonedDateTime closes = at.with(CLOSES);
            if (worksOn(at.toLocalDate()) && at.isBefore(closes)) {
                ZonedDateTime from = at.isBefore(opens) ? opens : at;
                Duration today = Duration.between(from, closes);
                if (left.compareTo(today) <= 0) {
                    return from.plus(left).toInstant();
                }
                left = left.minus(today);
            }
            at = at.plusDays(1).with(OPENS);
        }
    }
}
