package linge.bot.dialogue;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a message tells of where.
 *
 * @param words the address as said, or null
 * @param vague the words alone do not lead there: 我家门口
 * @param code of the smallest place known, 6 to 12 digits, or null
 * @param name that place in full, or null
 * @param candidates when several places fit, likeliest first, at most 3
 */
record Where(
        @Nullable String words,
        boolean vague,
        @Nullable String code,
        @Nullable String name,
        List<Outcome.Ground> candidates) {
    static final Where NOWHERE = new Where(null, true, null, null, List.of());

    /** Whether somebody could walk there: a village or community is known, or words that say more than "my door". */
    boolean leadsThere() {
        return (code != null && code.length() == 12) || (words != null && !vague);
    }

    boolean saysSomething() {
        return words != null || code != null;
    }
}
