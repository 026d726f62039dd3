package linge.notify;

import java.time.Duration;
import java.util.SplittableRandom;

/**
 * How long to wait before the next try: twice as long each time, up to a bound, and each delivery a little differently so
 * that those which failed together do not come back together.
 */
public record BackOff(Duration first, Duration longest) {

    public BackOff {
        if (first.isZero() || first.isNegative() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException("a back-off grows from more than nothing: " + first + " to " + longest);
        }
    }

    /**
     * Between half and all of the doubled time. The spread is drawn from the delivery and the attempt, so that a
     * simulation repeats itself.
     */
    public Duration after(int attempt, long delivery) {
        long doubled = first.toMillis() << Math.min(attempt - 1, 30);
        long most = doubled <= 0 ? longest.toMillis() : Math.min(doubled, longest.toMillis());
        double spread = new SplittableRandom(delivery * 31 + attempt).nextDouble();
        return Duration.ofMillis(Math.round(most * (0.5 + spread / 2)));
    }
}
