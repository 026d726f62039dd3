package linge.bot.learn;

import java.util.Arrays;
import java.util.Locale;
import linge.bot.text.Normalizer;

/**
 * What a model sees of a text: every run of one to four neighbouring characters of a field, as a 64-bit hash.
 *
 * <p>No string is made for a run, which is why reading is cheaper than segmenting into words; what words add is told in
 * docs/accuracy.md. Two different runs share a hash about once in 10^13 texts.
 */
final class Grams {
    static final int LONGEST = 4;

    private static final long STEP = 0x9E3779B97F4A7C15L;

    private Grams() {}

    /** A growing list of hashes. */
    static final class Hashes {
        long[] values = new long[1024];
        int size;

        void add(long value) {
            if (size == values.length) {
                values = Arrays.copyOf(values, size * 2);
            }
            values[size++] = value;
        }
    }

    /** Adds the hashes of a field, with repeats, in the order met; the same run in another field is another feature. */
    static void read(String readable, int field, Hashes out) {
        for (int i = 0; i < readable.length(); i++) {
            long hash = 0x6C696E6765L + field * STEP;
            for (int n = 0; n < LONGEST && i + n < readable.length(); n++) {
                hash = (hash ^ readable.charAt(i + n)) * STEP;
                hash ^= hash >>> 29;
                out.add(mixed(hash + n));
            }
        }
    }

    /** The hash of a word of a field. */
    static long hash(String word, int field) {
        long hash = 0x776F7264L + field * STEP;
        for (int i = 0; i < word.length(); i++) {
            hash = (hash ^ word.charAt(i)) * STEP;
            hash ^= hash >>> 29;
        }
        return mixed(hash);
    }

    /** The hash of two words that follow each other. */
    static long pair(long first, long second) {
        return mixed(first * 31 + second);
    }

    /**
     * The text as grams are read from it: one form of each character, lower case, every digit the same (numbers of
     * tickets, roads and days are nobody's habit), and not longer than so many characters.
     */
    static String readable(String text, int most) {
        String normalized = Normalizer.normalize(text).toLowerCase(Locale.ROOT);
        var out = new StringBuilder(Math.min(most, normalized.length()));
        boolean digits = false;
        for (int i = 0; i < normalized.length() && out.length() < most; i++) {
            char c = normalized.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            if (!digit || !digits) {
                out.append(digit ? '0' : c);
            }
            digits = digit;
        }
        return out.toString();
    }

    private static long mixed(long hash) {
        long mixed = (hash ^ (hash >>> 33)) * 0xFF51AFD7ED558CCDL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return mixed ^ (mixed >>> 33);
    }
}
