package linge.clocks;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One clock of one subject as it stands. Pure: what happens to it makes another.
 *
 * @param reckoned the last change of calendar, hours and rules it was reckoned by
 * @param extended in the rule's units (months: in days)
 * @param yellowGiven when its yellow card was given; an extension arms another
 * @param outcome null while it runs
 */
public record RunningClock(
        UUID id,
        UUID subject,
        String area,
        ClockRule rule,
        long reckoned,
        Instant startedAt,
        int extended,
        List<Reckoning.Pause> pauses,
        @Nullable Instant pausedAt,
        Deadline deadline,
        @Nullable Instant yellowGiven,
        @Nullable Instant redGiven,
        @Nullable Instant stoppedAt,
        @Nullable Outcome outcome) {

    /** How it ended. */
    public enum Outcome {
        MET,
        MISSED,
        CANCELLED
    }

    /** What its colour says to whoever looks at it. */
    public enum Colour {
        GREEN,
        YELLOW,
        RED
    }

    static RunningClock started(UUID id, UUID subject, String area, ClockRule rule, Instant at, ClockBook book) {
        Deadline deadline = book.deadline(rule, area, Reckoning.Run.from(at));
        return new RunningClock(
                id, subject, area, rule, book.change(), at, 0, List.of(), null, deadline, null, null, null, null);
    }

    public Instant due() {
        return deadline.due();
    }

    public boolean runs() {
        return stoppedAt == null;
    }

    /** As at a moment; a paused clock does not change its colour. */
    public Colour colour(Instant now) {
        Instant at = stoppedAt != null ? stoppedAt : pausedAt != null ? pausedAt : now;
        Instant yellow = deadline.yellow();
        return at.isAfter(due()) ? Colour.RED : yellow != null && !at.isBefore(yellow) ? Colour.YELLOW : Colour.GREEN;
    }

    /** When the next card is due; null when none is. */
    @Nullable
    Instant next() {
        if (!runs() || pausedAt != null || redGiven != null) {
            return null;
        }
        Instant yellow = deadline.yellow();
        return yellow != null && yellowGiven == null ? yellow : due();
    }

    Reckoning.Run run() {
        return new Reckoning.Run(startedAt, extended, pauses);
    }

    /** In time or not; time stands still in a pause. */
    RunningClock stopped(Instant at) {
        Instant until = pausedAt == null ? at : pausedAt;
        return ended(at, until.isAfter(due()) ? Outcome.MISSED : Outcome.MET);
    }

    RunningClock cancelled(Instant at) {
        return ended(at, Outcome.CANCELLED);
    }

    RunningClock paused(Instant at) {
        return with(pauses, at, extended, deadline, yellowGiven, redGiven, reckoned, rule);
    }

    RunningClock resumed(Instant at, ClockBook book) {
        List<Reckoning.Pause> longer = new ArrayList<>(pauses);
        if (pausedAt != null) {
            longer.add(new Reckoning.Pause(pausedAt, at));
        }
        Reckoning.Run run = new Reckoning.Run(startedAt, extended, List.copyOf(longer));
        // By the rule it ran by; whether that has changed is looked at apart.
        return with(
                run.pauses(), null, extended, book.deadline(rule, area, run), yellowGiven, redGiven, reckoned, rule);
    }

    /** Another deadline, and with it another yellow card when that is still to come. */
    RunningClock extended(int by, Instant at, ClockBook book) {
        Deadline later = book.deadline(rule, area, new Reckoning.Run(startedAt, extended + by, pauses));
        Instant yellow = later.yellow();
        boolean again = yellow != null && yellow.isAfter(at);
        return with(pauses, pausedAt, extended + by, later, again ? null : yellowGiven, redGiven, reckoned, rule);
    }

    /**
     * Reckoned by what is in force now. A deadline that has passed stays as it was, and none is moved into the past: nobody can
     * keep a promise that was made after its time.
     */
    RunningClock reckonedAgain(ClockBook book, Instant now) {
        ClockRule inForce = book.rule(rule.code(), area);
        Deadline fresh = book.deadline(inForce, area, run());
        boolean stays =
                redGiven != null || colour(now) == Colour.RED || fresh.due().isBefore(now);
        return stays
                ? with(pauses, pausedAt, extended, deadline, yellowGiven, redGiven, book.change(), rule)
                : with(pauses, pausedAt, extended, fresh, yellowGiven, redGiven, book.change(), inForce);
    }

    RunningClock given(Colour card, Instant at) {
        return card == Colour.RED
                ? with(pauses, pausedAt, extended, deadline, yellowGiven, at, reckoned, rule)
                : with(pauses, pausedAt, extended, deadline, at, redGiven, reckoned, rule);
    }

    RunningClock movedTo(String another) {
        return new RunningClock(
                id,
                subject,
                another,
                rule,
                0,
                startedAt,
                extended,
                pauses,
                pausedAt,
                deadline,
                yellowGiven,
                redGiven,
                stoppedAt,
                outcome);
    }

    private RunningClock ended(Instant at, Outcome how) {
        return new RunningClock(
                id,
                subject,
                area,
                rule,
                reckoned,
                startedAt,
                extended,
                pauses,
                pausedAt,
                deadline,
                yellowGiven,
                redGiven,
                at,
                how);
    }

    private RunningClock with(
            List<Reckoning.Pause> pauses,
            @Nullable Instant pausedAt,
            int extended,
            Deadline deadline,
            @Nullable Instant yellowGiven,
            @Nullable Instant redGiven,
            long reckoned,
            ClockRule rule) {
        return new RunningClock(
                id,
                subject,
                area,
                rule,
                reckoned,
                startedAt,
                extended,
                pauses,
                pausedAt,
                deadline,
                yellowGiven,
                redGiven,
                stoppedAt,
                outcome);
    }
}
