package linge.clocks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The arithmetic against somebody who walks minute by minute and day by day with the notices in hand. */
class ReckoningTest {

    private static final long SEED = 20261126;
    private static final int CASES = 2000;
    private static final LocalDateTime FIRST = LocalDateTime.of(2024, 1, 1, 0, 0);
    private static final long MINUTES = ChronoUnit.MINUTES.between(FIRST, LocalDateTime.of(2027, 12, 1, 0, 0));

    private final ServiceCalendar calendar = ServiceCalendar.shipped();
    private final Random random = new Random(SEED);

    private static final List<ServiceHours> HOURS = List.of(
            ServiceHours.USUAL,
            new ServiceHours(
                    List.of(ServiceHours.Period.of("08:00", "12:00"), ServiceHours.Period.of("14:30", "18:00")),
                    List.of()),
            new ServiceHours(
                    List.of(ServiceHours.Period.of("08:00", "12:00"), ServiceHours.Period.of("14:00", "17:30")),
                    List.of(new ServiceHours.Season(
                            java.time.MonthDay.of(6, 1),
                            java.time.MonthDay.of(8, 31),
                            List.of(
                                    ServiceHours.Period.of("07:30", "11:30"),
                                    ServiceHours.Period.of("15:00", "18:30"),
                                    ServiceHours.Period.of("19:00", "20:00"))))),
            // Winter hours that run over the end of the year.
            new ServiceHours(
                    List.of(ServiceHours.Period.of("08:00", "18:00")),
                    List.of(new ServiceHours.Season(
                            java.time.MonthDay.of(11, 16),
                            java.time.MonthDay.of(3, 15),
                            List.of(
                                    ServiceHours.Period.of("08:30", "12:00"),
                                    ServiceHours.Period.of("13:30", "17:00"))))));

    /** Walks; knows nothing of how the real arithmetic counts. */
    private final class Walker {
        private final ServiceHours hours;
        private final Map<LocalDate, Boolean> looked = new HashMap<>();

        Walker(ServiceHours hours) {
            this.hours = hours;
        }

        boolean works(LocalDate day) {
            return looked.computeIfAbsent(day, this::look);
        }

        private boolean look(LocalDate day) {
            for (CalendarFile.Notice notice : NOTICES) {
                for (ServiceCalendar.Day known : notice.days()) {
                    if (known.date().equals(day)) {
                        return known.works();
                    }
                }
            }
            boolean weekend = day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
            boolean sure = day.getMonthValue() == 1 && day.getDayOfMonth() == 1
                    || day.getMonthValue() == 5 && day.getDayOfMonth() <= 2
                    || day.getMonthValue() == 10 && day.getDayOfMonth() <= 3;
            return !weekend && !(day.getYear() > 2026 && sure);
        }

        boolean serves(LocalDateTime minute) {
            LocalDate day = minute.toLocalDate();
            if (!works(day)) {
                return false;
            }
            int second = minute.toLocalTime().toSecondOfDay();
            return hours.on(day).stream().anyMatch(period -> period.from() <= second && second < period.to());
        }

        /** After so many minutes that count and lie in no pause. */
        LocalDateTime walk(
                LocalDateTime from,
                long minutes,
                java.util.function.Predicate<LocalDateTime> counts,
                List<LocalDateTime[]> pauses) {
            LocalDateTime at = from;
            long left = minutes;
            while (left > 0) {
                LocalDateTime minute = at;
                boolean paused = pauses.stream().anyMatch(one -> !minute.isBefore(one[0]) && minute.isBefore(one[1]));
                if (!paused && counts.test(minute)) {
                    left--;
                }
                at = at.plusMinutes(1);
            }
            return at;
        }

        LocalDateTime plusWorkingDays(LocalDateTime from, int days) {
            LocalDateTime at = from;
            int left = days;
            while (left > 0) {
                at = at.plusDays(1);
                if (works(at.toLocalDate())) {
                    left--;
                }
            }
            return at;
        }
    }

    private static final List<CalendarFile.Notice> NOTICES =
            List.copyOf(CalendarFile.shipped().notices().values());

    private LocalDateTime anyMinute() {
        return FIRST.plusMinutes((long) (random.nextDouble() * MINUTES));
    }

    private static Instant at(LocalDateTime local) {
        return local.atZone(WorkingTime.ZONE).toInstant();
    }

    private static LocalDateTime local(Instant at) {
        return LocalDateTime.ofInstant(at, WorkingTime.ZONE);
    }

    private static ClockRule rule(int amount, ClockUnit unit, boolean dayEnd) {
        return new ClockRule(1, "12345", "ANY", "任意", "任意", "起", amount, unit, dayEnd, true, 1000, 0);
    }

    @Test
    void working_days_are_those_of_a_walk_from_day_to_day() {
        Walker walker = new Walker(ServiceHours.USUAL);
        WorkingTime time = new WorkingTime(calendar.orWeekdays(), ServiceHours.USUAL);
        for (int i = 0; i < CASES; i++) {
            LocalDateTime start = anyMinute();
            int days = 1 + random.nextInt(40);
            assertEquals(
                    walker.plusWorkingDays(start, days),
                    local(time.plusWorkingDays(at(start), days)),
                    () -> start + " + " + days);
        }
    }

    @Test
    void service_time_is_that_of_a_walk_from_minute_to_minute() {
        for (int i = 0; i < CASES; i++) {
            ServiceHours hours = HOURS.get(i % HOURS.size());
            Walker walker = new Walker(hours);
            WorkingTime time = new WorkingTime(calendar.orWeekdays(), hours);
            LocalDateTime start = anyMinute();
            int minutes = 1 + random.nextInt(i % 20 == 0 ? 6000 : 600);
            LocalDateTime walked = walker.walk(start, minutes, walker::serves, List.of());
            assertEquals(
                    walked,
                    local(time.plusServiceHours(at(start), Duration.ofMinutes(minutes))),
                    () -> start + " + " + minutes + " min of " + hours);
            assertEquals(
                    Duration.ofMinutes(minutes),
                    time.serviceTimeBetween(at(start), at(walked)),
                    () -> "back from " + walked);
        }
    }

    @Test
    void pauses_put_service_time_off_as_a_walker_would_who_waits() {
        for (int i = 0; i < CASES; i++) {
            ServiceHours hours = HOURS.get(i % HOURS.size());
            Walker walker = new Walker(hours);
            WorkingTime time = new WorkingTime(calendar, hours);
            LocalDateTime start = anyMinute();
            ClockRule rule = rule(1 + random.nextInt(12), ClockUnit.SERVICE_HOURS, false);
            List<LocalDateTime[]> pauses = pauses(start, 2 * 24 * 60);
            int extended = random.nextInt(4);
            LocalDateTime walked = walker.walk(start, (rule.amount() + extended) * 60L, walker::serves, pauses);
            Deadline due = Reckoning.of(rule, new Reckoning.Run(at(start), extended, begun(pauses, walked)), time);
            assertEquals(walked, local(due.due()), () -> start + " " + rule.amount() + " h, " + shown(pauses));
        }
    }

    @Test
    void pauses_put_working_days_off_by_the_working_time_they_take() {
        Walker walker = new Walker(ServiceHours.USUAL);
        WorkingTime time = new WorkingTime(calendar, ServiceHours.USUAL);
        for (int i = 0; i < CASES; i++) {
            LocalDateTime start = anyMinute();
            ClockRule rule = rule(1 + random.nextInt(8), ClockUnit.WORKING_DAYS, false);
            int extended = random.nextInt(5);
            LocalDateTime due = walker.plusWorkingDays(start, rule.amount() + extended);
            List<LocalDateTime[]> pauses = pauses(start, 4 * 24 * 60);
            List<LocalDateTime[]> counted = new ArrayList<>();
            for (LocalDateTime[] pause : pauses) {
                if (pause[0].isBefore(due)) {
                    long stood = minutes(pause[0], pause[1], minute -> walker.works(minute.toLocalDate()));
                    due = onwards(walker, due, stood);
                    counted.add(pause);
                }
            }
            LocalDateTime walked = due;
            Deadline reckoned = Reckoning.of(rule, new Reckoning.Run(at(start), extended, given(pauses)), time);
            assertEquals(walked, local(reckoned.due()), () -> start + " + " + rule.amount() + ", " + shown(counted));
        }
    }

    @Test
    void hours_stand_still_for_as_long_as_a_pause_takes() {
        Walker walker = new Walker(ServiceHours.USUAL);
        WorkingTime time = new WorkingTime(calendar, ServiceHours.USUAL);
        for (int i = 0; i < CASES; i++) {
            LocalDateTime start = anyMinute();
            ClockRule rule = rule(1 + random.nextInt(48), ClockUnit.HOURS, false);
            List<LocalDateTime[]> pauses = pauses(start, 24 * 60);
            LocalDateTime walked = walker.walk(start, rule.amount() * 60L, minute -> true, pauses);
            Deadline due = Reckoning.of(rule, new Reckoning.Run(at(start), 0, begun(pauses, walked)), time);
            assertEquals(walked, local(due.due()), () -> start + " " + rule.amount() + " h, " + shown(pauses));
        }
    }

    @Test
    void calendar_days_end_with_the_last_day_or_the_next_that_is_worked() {
        Walker walker = new Walker(ServiceHours.USUAL);
        WorkingTime time = new WorkingTime(calendar, ServiceHours.USUAL);
        for (int i = 0; i < CASES; i++) {
            LocalDateTime start = anyMinute();
            ClockRule rule = rule(1 + random.nextInt(90), ClockUnit.DAYS, true);
            LocalDate last = start.toLocalDate();
            for (int day = 0; day < rule.amount(); day++) {
                last = last.plusDays(1);
            }
            while (!walker.works(last)) {
                last = last.plusDays(1);
            }
            Deadline due = Reckoning.of(rule, Reckoning.Run.from(at(start)), time);
            assertEquals(last.atTime(23, 59, 59), local(due.due()), () -> start + " + " + rule.amount());
            assertEquals(last.getYear() > 2026, due.provisional(), "provisional exactly beyond the notices");
        }
    }

    @Test
    void a_pause_begun_after_the_deadline_brings_no_time_back() {
        WorkingTime time = new WorkingTime(calendar, ServiceHours.USUAL);
        Instant start = at(LocalDateTime.of(2026, 11, 23, 10, 0));
        ClockRule rule = rule(2, ClockUnit.HOURS, false);
        Reckoning.Pause late = new Reckoning.Pause(start.plusSeconds(7201), start.plusSeconds(20000));
        assertEquals(
                start.plusSeconds(7200),
                Reckoning.of(rule, new Reckoning.Run(start, 0, List.of(late)), time)
                        .due());
    }

    /** Up to two, one after the other, somewhere after the start. */
    private List<LocalDateTime[]> pauses(LocalDateTime start, int longest) {
        List<LocalDateTime[]> pauses = new ArrayList<>();
        LocalDateTime from = start;
        for (int i = random.nextInt(3); i > 0; i--) {
            LocalDateTime begin = from.plusMinutes(random.nextInt(longest));
            LocalDateTime end = begin.plusMinutes(1 + random.nextInt(longest));
            pauses.add(new LocalDateTime[] {begin, end});
            from = end.plusMinutes(1);
        }
        return pauses;
    }

    /** Those begun while time was left: who stands still after the end is not a clock. */
    private static List<Reckoning.Pause> begun(List<LocalDateTime[]> pauses, LocalDateTime end) {
        return given(pauses.stream().filter(one -> one[0].isBefore(end)).toList());
    }

    private static List<Reckoning.Pause> given(List<LocalDateTime[]> pauses) {
        return pauses.stream()
                .map(one -> new Reckoning.Pause(at(one[0]), at(one[1])))
                .toList();
    }

    private static String shown(List<LocalDateTime[]> pauses) {
        return String.join(
                ", ", pauses.stream().map(one -> one[0] + " to " + one[1]).toList());
    }

    private static long minutes(
            LocalDateTime from, LocalDateTime to, java.util.function.Predicate<LocalDateTime> counts) {
        long count = 0;
        for (LocalDateTime at = from; at.isBefore(to); at = at.plusMinutes(1)) {
            if (counts.test(at)) {
                count++;
            }
        }
        return count;
    }

    /** So many minutes of working days on; a whole day is over when the next working day begins. */
    private static LocalDateTime onwards(Walker walker, LocalDateTime from, long minutes) {
        LocalDateTime at = from;
        for (long left = minutes; left > 0; left--) {
            at = at.plusMinutes(1);
            while (!walker.works(at.toLocalDate())) {
                at = at.plusDays(1).toLocalDate().atStartOfDay();
            }
        }
        return at;
    }
}
