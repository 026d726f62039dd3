package linge.bot.learn;

import java.util.List;

/**
 * What a model makes of the words of a text beside its characters.
 *
 * @param share of the words in a score of both, 0 to 1
 */
record Worded(Lexicon lexicon, Linear linear, double share) {
    /** The scores of characters and words together. */
    double[] joined(double[] byCharacters, List<String> fields) {
        return Sensed.joined(byCharacters, linear.scores(lexicon.vector(fields)), share);
    }
}
