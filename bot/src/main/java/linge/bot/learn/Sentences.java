package linge.bot.learn;

import linge.bot.embed.Embedder;
import linge.bot.text.Normalizer;

/** The sentence vector of a text of any length: the mean over its windows. A few milliseconds for each window. */
final class Sentences {
    /** As many characters as the sentence model reads at once. */
    private static final int WINDOW = 190;

    private static final int MOST_WINDOWS = 5;

    private Sentences() {}

    static float[] vector(String text) {
        String normalized = Normalizer.normalize(text);
        float[] sum = new float[Embedder.SIZE];
        int windows = Math.max(1, Math.min(MOST_WINDOWS, (normalized.length() + WINDOW - 1) / WINDOW));
        for (int window = 0; window < windows; window++) {
            int from = window * WINDOW;
            float[] one =
                    Embedder.shared().text(normalized.substring(from, Math.min(normalized.length(), from + WINDOW)));
            for (int i = 0; i < sum.length; i++) {
                sum[i] += one[i] / windows;
            }
        }
        return sum;
    }
}
