package linge.bot.reply;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Numbers by which nearly equal answers are found among very many: the smallest of several orders over the runs of an answer, in
 * bands of two. Two answers that share four fifths of their runs have at least one number in common in 99 of 100 cases, and most of
 * them in common; two that share a half, one or two.
 */
public final class Prints {

    /** Other ways of printing need other numbers: kept beside them. */
    public static final int VERSION = 1;

    private static final int RUN = 5;
    private static final int BANDS = 8;
    private static final int ROWS = 2;

    private Prints() {}

    /** None for an answer too short to be anybody's copy. */
    public static List<Long> of(String answer) {
        String words = Copies.plain(answer);
        if (words.length() < Copies.SHORTEST) {
            return List.of();
        }
        long[] least = new long[BANDS * ROWS];
        Arrays.fill(least, Long.MAX_VALUE);
        for (int i = 0; i + RUN <= words.length(); i++) {
            long run = hash(words, i);
            for (int order = 0; order < least.length; order++) {
                least[order] = Math.min(least[order], mixed(run + order * 0x9E3779B97F4A7C15L));
            }
        }
        List<Long> prints = new ArrayList<>(BANDS);
        for (int band = 0; band < BANDS; band++) {
            long print = band;
            for (int row = 0; row < ROWS; row++) {
                print = mixed(print * 31 + least[band * ROWS + row]);
            }
            prints.add(print);
        }
        return prints;
    }

    private static long hash(String words, int from) {
        long hash = 1125899906842597L;
        for (int i = from; i < from + RUN; i++) {
            hash = 31 * hash + words.charAt(i);
        }
        return hash;
    }

    /** The end of SplitMix64: every bit depends on all. */
    private static long mixed(long x) {
        long z = (x ^ (x >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
