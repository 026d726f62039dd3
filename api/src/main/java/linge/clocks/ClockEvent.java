package linge.clocks;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Something that happened to a clock, with its deadline before and after; kept for good. */
public record ClockEvent(
        Act act,
        Instant at,
        @Nullable Instant dueBefore,
        @Nullable Instant dueAfter,
        @Nullable Integer unknownYear,
        @Nullable String why) {

    /** What can happen. */
    public enum Act {
        START,
        PAUSE,
        RESUME,
        EXTEND,
        /** Reckoned again: the calendar, the hours or the rule changed. */
        RECKON,
        /** The subject went to another area. */
        MOVE,
        YELLOW,
        RED,
        STOP,
        CANCEL
    }
}
