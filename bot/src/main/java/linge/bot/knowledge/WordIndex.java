package linge.bot.knowledge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** BM25 over a few hundred short documents: words, character pairs and characters. Immutable. */
final class WordIndex {
    private static final double K1 = 1.2;
    private static final double B = 0.6;

    private record Posting(int document, int count) {}

    private final int[] lengths;
    private final double meanLength;
    private final Map<String, List<Posting>> postings = new HashMap<>();

    WordIndex(List<String> documents) {
        lengths = new int[documents.size()];
        long sum = 0;
        for (int i = 0; i < lengths.length; i++) {
            int at = i;
            List<String> terms = Terms.all(documents.get(i));
            var counts = new HashMap<String, Integer>();
            terms.forEach(term -> counts.merge(term, 1, Integer::sum));
            counts.forEach((term, count) ->
                    postings.computeIfAbsent(term, any -> new ArrayList<>()).add(new Posting(at, count)));
            lengths[i] = terms.size();
            sum += terms.size();
        }
        meanLength = Math.max(1, (double) sum / Math.max(1, lengths.length));
    }

    /** How well each document covers a question; divided by the weight of the question's own terms. */
    double[] scores(String question) {
        var scores = new double[lengths.length];
        double most = 0;
        for (String term : new LinkedHashSet<>(Terms.of(question))) {
            List<Posting> found = postings.getOrDefault(term, List.of());
            double idf = Math.log(1 + (lengths.length - found.size() + 0.5) / (found.size() + 0.5));
            most += idf;
            for (Posting posting : found) {
                double norm = K1 * (1 - B + B * lengths[posting.document()] / meanLength);
                scores[posting.document()] += idf * posting.count() * (K1 + 1) / (posting.count() + norm);
            }
        }
        for (int i = 0; i < scores.length && most > 0; i++) {
            scores[i] /= most;
        }
        return scores;
    }
}
