package linge.notify;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Keeps this node from asking a provider that is down: after so many failures in a row it rests, then one call tries
 * whether it is back. Each node finds out for itself.
 */
final class Breaker {

    /** Closed lets all through, open none, half open the one that tries. */
    enum State {
        CLOSED,
        OPEN,
        HALF_OPEN
    }

    private final InstantSource clock;
    private final int failures;
    private final Duration rest;

    private int inARow;
    private @Nullable Instant openUntil;
    private boolean trying;

    /**
     * @param failures in a row after which it opens, at least 1
     * @param rest how long it then stays open; a try whose end never comes counts as failed after as long
     */
    Breaker(InstantSource clock, int failures, Duration rest) {
        if (failures < 1 || rest.isZero() || rest.isNegative()) {
            throw new IllegalArgumentException("a breaker opens after at least one failure, and rests");
        }
        this.clock = clock;
        this.failures = failures;
        this.rest = rest;
    }

    synchronized State state() {
        Instant until = openUntil;
        if (until == null) {
            return State.CLOSED;
        }
        return clock.instant().isBefore(until) && !trying ? State.OPEN : State.HALF_OPEN;
    }

    /** Whether a call may go now; who is told yes has to tell how it ended. */
    synchronized boolean lets() {
        Instant until = openUntil;
        if (until == null) {
            return true;
        }
        Instant now = clock.instant();
        if (now.isBefore(until)) {
            return false;
        }
        trying = true;
        openUntil = now.plus(rest);
        return true;
    }

    synchronized void succeeded() {
        inARow = 0;
        openUntil = null;
        trying = false;
    }

    synchronized void failed() {
        inARow++;
        if (trying || inARow >= failures) {
            openUntil = clock.instant().plus(rest);
        }
        trying = false;
    }

    /** When it lets one through again; now, where it does already. */
    synchronized Instant opensAgain() {
        Instant until = openUntil;
        return until == null ? clock.instant() : until;
    }
}
