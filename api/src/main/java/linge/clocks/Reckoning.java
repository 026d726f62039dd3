package linge.clocks;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From a rule and what happened to a clock to its deadline. Pure arithmetic; {@link WorkingTime} knows the calendar. */
public final class Reckoning {

    /** The last second of a day: what may still be done on it is in time. */
    static final LocalTime DAY_ENDS = LocalTime.of(23, 59, 59);

    private Reckoning() {}

    /** The clock stood still from one moment to another. */
    public record Pause(Instant from, Instant to) {}

    /**
     * What happened to a clock.
     *
     * @param extended in the rule's units (months: in days)
     * @param pauses in order; only those begun before the deadline move it: time that has run out does not come back
     */
    record Run(Instant start, int extended, List<Pause> pauses) {
        static Run from(Instant start) {
            return new Run(start, 0, List.of());
        }
    }

    /**
     * @param time its calendar may be one that refuses to guess: then where a year is unknown the deadline is provisional, counted by
     *     weekdays
     */
    static Deadline of(ClockRule rule, Run run, WorkingTime time) {
        try {
            return reckon(rule, run, time, null);
        } catch (CalendarUnknown unknown) {
            WorkingTime guessing = new WorkingTime(time.calendar().orWeekdays(), time.hours());
            return reckon(rule, run, guessing, unknown.year());
        }
    }

    private static Deadline reckon(ClockRule rule, Run run, WorkingTime time, @Nullable Integer unknown) {
        Instant due = moment(rule, run, 0, time);
        Instant yellow = rule.yellow() == 0 ? null : moment(rule, run, rule.yellow(), time);
        return new Deadline(due, yellow == null || !yellow.isAfter(run.start()) ? null : yellow, unknown);
    }

    /** The deadline, or the moment so long before it: counted forward with so much less. */
    private static Instant moment(ClockRule rule, Run run, int less, WorkingTime time) {
        return switch (rule.unit()) {
            case MINUTES, HOURS -> byTheClock(rule, run, less);
            case SERVICE_HOURS -> byServiceTime(rule, run, less, time);
            case DAYS, MONTHS -> rule.dayEnd() ? endOfDay(rule, run, less, time) : sameTime(rule, run, less);
            case WORKING_DAYS ->
                rule.dayEnd() ? endOfWorkingDay(rule, run, less, time) : working(rule, run, less, time);
        };
    }

    private static long seconds(ClockRule rule, Run run, int less) {
        return (long) (rule.amount() + run.extended()) * rule.unit().seconds() - less * 60L;
    }

    private static Instant byTheClock(ClockRule rule, Run run, int less) {
        return stoodStill(run.start().plusSeconds(seconds(rule, run, less)), run);
    }

    private static Instant sameTime(ClockRule rule, Run run, int less) {
        LocalDate first = WorkingTime.local(run.start()).toLocalDate();
        long days = ChronoUnit.DAYS.between(first, lastDay(rule, run, first)) - less;
        return stoodStill(run.start().plus(Duration.ofDays(days)), run);
    }

    private static Instant stoodStill(Instant due, Run run) {
        Instant moved = due;
        for (Pause pause : run.pauses()) {
            if (pause.from().isBefore(moved)) {
                moved = moved.plus(Duration.between(pause.from(), pause.to()));
            }
        }
        return moved;
    }

    private static Instant byServiceTime(ClockRule rule, Run run, int less, WorkingTime time) {
        Duration total = Duration.ofSeconds(seconds(rule, run, less));
        Instant due = time.plusServiceHours(run.start(), total);
        for (Pause pause : run.pauses()) {
            if (pause.from().isBefore(due)) {
                total = total.plus(time.serviceTimeBetween(pause.from(), pause.to()));
                due = time.plusServiceHours(run.start(), total);
            }
        }
        return due;
    }

    private static Instant working(ClockRule rule, Run run, int less, WorkingTime time) {
        Instant due = time.plusWorkingDays(run.start(), rule.amount() + run.extended() - less);
        for (Pause pause : run.pauses()) {
            if (pause.from().isBefore(due)) {
                due = time.plusWorked(due, time.workedBetween(pause.from(), pause.to()));
            }
        }
        return due;
    }

    private static Instant endOfWorkingDay(ClockRule rule, Run run, int less, WorkingTime time) {
        LocalDate first = WorkingTime.local(run.start()).toLocalDate();
        int days = rule.amount() + run.extended() - less;
        LocalDate last =
                days == 0 ? time.calendar().atOrBefore(first) : time.calendar().plus(first, days);
        for (Pause pause : run.pauses()) {
            int stood = pause.from().isBefore(WorkingTime.at(last, DAY_ENDS))
                    ? time.calendar().between(day(pause.from()), day(pause.to()))
                    : 0;
            last = stood == 0 ? last : time.calendar().plus(last, stood);
        }
        return less == 0 ? WorkingTime.at(last, DAY_ENDS) : morning(last, time);
    }

    /** The first day does not count; a last day off gives way to the next working day (民法典 201 to 203). */
    private static Instant endOfDay(ClockRule rule, Run run, int less, WorkingTime time) {
        LocalDate last = lastDay(rule, run, day(run.start()));
        for (Pause pause : run.pauses()) {
            if (pause.from().isBefore(WorkingTime.at(time.calendar().atOrAfter(last), DAY_ENDS))) {
                last = last.plusDays(ChronoUnit.DAYS.between(day(pause.from()), day(pause.to())));
            }
        }
        return less == 0
                ? WorkingTime.at(time.calendar().atOrAfter(last), DAY_ENDS)
                : morning(time.calendar().atOrBefore(last.minusDays(less)), time);
    }

    private static LocalDate lastDay(ClockRule rule, Run run, LocalDate first) {
        return rule.unit() == ClockUnit.MONTHS
                ? first.plusMonths(rule.amount()).plusDays(run.extended())
                : first.plusDays((long) rule.amount() + run.extended());
    }

    /** A yellow card for a day is there when the office opens. */
    private static Instant morning(LocalDate day, WorkingTime time) {
        return WorkingTime.at(day, time.hours().opens(day));
    }

    private static LocalDate day(Instant at) {
        return WorkingTime.local(at).toLocalDate();
    }
}
