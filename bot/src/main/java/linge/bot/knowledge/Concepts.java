package linge.bot.knowledge;

import java.util.BitSet;
import java.util.List;
import java.util.regex.Pattern;
import linge.bot.text.Normalizer;
import linge.bot.text.Resources;

/** What residents mean by many words: {@code concepts.tsv}, a name and a regular expression each. Thread-safe. */
final class Concepts {
    private static final int MOST_READ = 600;
    /** A concept said in this many ways of asking for a card belongs to it fully. */
    private static final int ENOUGH = 3;

    private static final class Shipped {
        static final List<Pattern> PATTERNS = Resources.lines(Concepts.class, "concepts.tsv").stream()
                .map(line -> Pattern.compile(line.split("\t", 2)[1]))
                .toList();
    }

    private final int[][] counts;
    private final double[] weights;

    /** Counts the concepts of every card's questions; a title counts twice. */
    Concepts(List<CardForms> cards) {
        int many = Shipped.PATTERNS.size();
        counts = new int[cards.size()][many];
        weights = new double[many];
        int forms = 0;
        for (int c = 0; c < counts.length; c++) {
            List<String> questions = cards.get(c).questions();
            for (int q = 0; q < questions.size(); q++) {
                int weight = q == 0 ? 2 : 1;
                forms += weight;
                int[] row = counts[c];
                of(questions.get(q)).stream().forEach(concept -> row[concept] += weight);
            }
        }
        for (int concept = 0; concept < many; concept++) {
            int said = 0;
            for (int[] row : counts) {
                said += row[concept];
            }
            // A concept that every third question has tells little.
            weights[concept] = -Math.log((double) said / Math.max(1, forms) + 1e-3);
        }
    }

    /** The share of a question's concepts that each card has, rare ones weighing more; 0 where it has none. */
    double[] scores(String question) {
        var scores = new double[counts.length];
        BitSet said = of(question);
        double most = said.stream().mapToDouble(concept -> weights[concept]).sum();
        if (most <= 0) {
            return scores;
        }
        for (int c = 0; c < scores.length; c++) {
            int[] row = counts[c];
            scores[c] = said.stream()
                            .mapToDouble(concept -> weights[concept] * Math.min(ENOUGH, row[concept]) / ENOUGH)
                            .sum()
                    / most;
        }
        return scores;
    }

    /** Numbers of the concepts a text speaks of. */
    static BitSet of(String text) {
        String plain = Normalizer.normalize(text).replace(" ", "");
        String read = plain.length() > MOST_READ ? plain.substring(0, MOST_READ) : plain;
        var found = new BitSet();
        List<Pattern> patterns = Shipped.PATTERNS;
        for (int i = 0; i < patterns.size(); i++) {
            if (patterns.get(i).matcher(read).find()) {
                found.set(i);
            }
        }
        return found;
    }
}
