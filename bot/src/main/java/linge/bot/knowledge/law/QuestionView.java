package linge.bot.knowledge.law;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import linge.bot.embed.Embedder;
import linge.bot.text.Normalizer;

/**
 * A question as the search reads it.
 *
 * @param normalized its text
 * @param vector its meaning, of length one
 */
record QuestionView(String normalized, float[] vector) {
    /** Longer questions are cut here, in characters: what matters is said by then, and time stays bounded. */
    private static final int MOST = 400;

    /** Longest run of characters that counts as one feature. */
    private static final int LONGEST_GRAM = 3;

    static QuestionView of(String question) {
        String normalized = Normalizer.normalize(question);
        if (normalized.length() > MOST) {
            normalized = normalized.substring(0, MOST);
        }
        // Without the model's instruction for questions: on legal questions it finds a little less with it.
        return new QuestionView(normalized, Embedder.shared().text(normalized));
    }

    /** Runs of one to three letters, digits or Chinese characters, each once. */
    Set<String> runs() {
        var runs = new LinkedHashSet<String>();
        List<Integer> row = new ArrayList<>();
        for (int i = 0; i <= normalized.length(); ) {
            int c = i < normalized.length() ? normalized.codePointAt(i) : ' ';
            if (Character.isLetterOrDigit(c)) {
                row.add(c);
            } else {
                addRuns(row, runs);
                row.clear();
            }
            i += Character.charCount(c);
        }
        return runs;
    }

    private static void addRuns(List<Integer> row, Set<String> runs) {
        for (int from = 0; from < row.size(); from++) {
            var run = new StringBuilder();
            for (int to = from; to < Math.min(row.size(), from + LONGEST_GRAM); to++) {
                runs.add(run.appendCodePoint(row.get(to)).toString());
            }
        }
    }
}
