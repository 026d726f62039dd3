package linge.notify;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A channel's refusal: an answer that says what to do next, so it carries no stack trace. */
public final class NotSent extends RuntimeException {

    /** What to do after a failure. */
    public enum Kind {
        /** Busy, unreachable: known not to have been taken. The same channel again, later. */
        TRY_AGAIN,
        /** This channel cannot reach this person now: the next one may. */
        NEXT_CHANNEL,
        /** Wrong for good, e.g. a number that does not exist: an operator has to look. */
        NEVER,
        /** Asked, and no answer: perhaps it was taken. Repeated only where the other side drops the second. */
        UNKNOWN
    }

    private final Kind kind;
    private final @Nullable Duration earliest;

    private NotSent(Kind kind, String reason, @Nullable Duration earliest) {
        super(reason, null, false, false);
        this.kind = kind;
        this.earliest = earliest;
    }

    public static NotSent tryAgain(String reason) {
        return new NotSent(Kind.TRY_AGAIN, reason, null);
    }

    /** Try again, but not before that long: a quota's window, a provider's Retry-After. */
    public static NotSent tryAgainAfter(Duration earliest, String reason) {
        return new NotSent(Kind.TRY_AGAIN, reason, earliest);
    }

    public static NotSent nextChannel(String reason) {
        return new NotSent(Kind.NEXT_CHANNEL, reason, null);
    }

    public static NotSent never(String reason) {
        return new NotSent(Kind.NEVER, reason, null);
    }

    public static NotSent unknown(String reason) {
        return new NotSent(Kind.UNKNOWN, reason, null);
    }

    public Kind kind() {
        return kind;
    }

    /** The least time to wait before the next try, or null to leave it to the back-off. */
    public @Nullable Duration earliest() {
        return earliest;
    }

    /** Why, in words an operator reads. */
    public String reason() {
        String message = getMessage();
        return message == null ? kind.name() : message;
    }
}
