package linge;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits for what happens by itself: asks again and again, and fails with the last answer. */
public final class Eventually {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long BREATH_NANOS = Duration.ofMillis(20).toNanos();

    private Eventually() {}

    /** The first answer that fits. */
    public static <T> T get(String what, Supplier<T> ask, Predicate<T> fits) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        T answer = ask.get();
        while (!fits.test(answer)) {
            if (System.nanoTime() > until) {
                throw new AssertionError("never " + what + "; last: " + answer);
            }
            LockSupport.parkNanos(BREATH_NANOS);
            answer = ask.get();
        }
        return answer;
    }

    public static void holds(String what, Supplier<Boolean> condition) {
        get(what, condition, holds -> holds);
    }
}
