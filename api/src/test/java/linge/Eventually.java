package linge;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits for what happens by itself: asks again and again, and fails with the last answer. */
public final class Eventually {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration START = Duration.ofMinutes(3);
    private static final long BREATH_NANOS = Duration.ofMillis(20).toNanos();

    private Eventually() {}

    /** The first answer that fits. */
    public static <T> T get(String what, Supplier<T> ask, Predicate<T> fits) {
        return get(what, PATIENCE, ask, fits);
    }

    private static <T> T get(String what, Duration patience, Supplier<T> ask, Predicate<T> fits) {
        long until = System.nanoTime() + patience.toNanos();
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

    /** A whole service of its own has begun: on a busy machine that takes longer than anything it does afterwards. */
    public static void started(Supplier<Boolean> ready) {
        get("ready", START, ready, holds -> holds);
    }
}
