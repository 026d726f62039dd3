package linge.notify.simulation;

import java.util.Objects;
import java.util.SplittableRandom;

/**
 * Chance drawn from a seed and from what it is about, not from the order of asking: the same city has the same year
 * whichever node comes first.
 */
record Dice(long seed) {

    /** From 0 to 1. */
    double draw(Object... about) {
        return new SplittableRandom(seed * 1_000_003 + Objects.hash(about)).nextDouble();
    }

    boolean happens(double chance, Object... about) {
        return draw(about) < chance;
    }
}
