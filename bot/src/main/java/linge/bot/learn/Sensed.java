package linge.bot.learn;

import java.util.List;
import java.util.function.Function;

/**
 * What a model makes of the meaning of a text beside its characters.
 *
 * @param share of the meaning in a score, 0 to 1
 * @param vectors the sentence vector of a text, as in training; asked by several threads
 */
record Sensed(Meaning meaning, double share, Function<String, float[]> vectors) {
    /** The scores of characters and meaning together. */
    double[] joined(double[] byCharacters, List<String> fields) {
        float[][] senses = fields.stream().map(vectors).toArray(float[][]::new);
        return joined(byCharacters, meaning.scores(senses), share);
    }

    static double[] joined(double[] byCharacters, double[] byMeaning, double share) {
        double[] joined = new double[byCharacters.length];
        for (int k = 0; k < joined.length; k++) {
            joined[k] = (1 - share) * byCharacters[k] + share * byMeaning[k];
        }
        return joined;
    }
}
