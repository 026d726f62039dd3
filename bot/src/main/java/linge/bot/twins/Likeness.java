package linge.bot.twins;

import java.util.List;

/**
 * How likely two reports tell of one matter.
 *
 * @param score 0 to 1, calibrated on the pairs of docs/accuracy.md: about as many of those with 0.7 are one matter
 * @param reasons what speaks for and against it, the weightiest first
 */
public record Likeness(double score, List<Reason> reasons) {

    /**
     * One thing that speaks for or against it.
     *
     * @param words one short Chinese phrase for whoever decides, e.g. 楼号不同（3 / 9）
     */
    public record Reason(Clue clue, boolean speaksFor, String words) {}

    /** What is looked at. */
    public enum Clue {
        WORDS(1.5),
        MATTER(2),
        OTHER_MATTER(-1.5),
        CATEGORY(1),
        OTHER_CATEGORY(-1),
        NEAR(1),
        FAR(-2),
        SAME_GRID(1),
        SAME_VILLAGE(0.5),
        NAME(1.5),
        OTHER_NAME(-1.5),
        NUMBER(1),
        OTHER_NUMBER(-3),
        LATER(-1.5),
        /** A matter of which everybody usually has their own, where no name or number is shared. */
        OWN(-2);

        private final double expected;

        Clue(double expected) {
            this.expected = expected;
        }

        /**
         * What it would weigh if nobody had seen a pair. Learning leaves it half of that at
         * least: hand-written pairs are hard ones, in which the same words often mislead.
         */
        double expected() {
            return expected;
        }
    }
}
