package linge.bot.knowledge;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds the cards that fit a question: BM25 over the words and character pairs of titles and asks. Immutable. */
final class CardIndex {
    private static final double K1 = 1.2;
    private static final double B = 0.4;

    /** A card and how well it fits, 0 to 1. */
    record Hit(Card card, double score) {}

    private record Posting(int form, int count) {}

    private final List<Card> cards;
    /** The card each form (a title or an ask) belongs to. */
    private final int[] cardOf;

    private final int[] lengths;
    private final double meanLength;
    private final Map<String, List<Posting>> postings = new HashMap<>();

    CardIndex(List<Card> cards) {
        this.cards = List.copyOf(cards);
        var owners = new ArrayList<Integer>();
        var sizes = new ArrayList<Integer>();
        for (int c = 0; c < this.cards.size(); c++) {
            Card card = this.cards.get(c);
            var forms = new ArrayList<>(card.asks());
            forms.add(card.title());
            for (String form : forms) {
                List<String> terms = Terms.of(form);
                var counts = new HashMap<String, Integer>();
                terms.forEach(term -> counts.merge(term, 1, Integer::sum));
                int at = owners.size();
                counts.forEach((term, count) ->
                        postings.computeIfAbsent(term, any -> new ArrayList<>()).add(new Posting(at, count)));
                owners.add(c);
                sizes.add(terms.size());
            }
        }
        cardOf = owners.stream().mapToInt(Integer::intValue).toArray();
        lengths = sizes.stream().mapToInt(Integer::intValue).toArray();
        meanLength =
                Math.max(1, sizes.stream().mapToInt(Integer::intValue).average().orElse(1));
    }

    /** The best k cards, best first; a score is the share of the question's weight that the best form covers. */
    List<Hit> search(String question, int k) {
        var scores = new double[cardOf.length];
        double most = 0;
        var counts = new HashMap<String, Integer>();
        Terms.of(question).forEach(term -> counts.merge(term, 1, Integer::sum));
        for (String term : counts.keySet()) {
            List<Posting> found = postings.getOrDefault(term, List.of());
            double idf = Math.log(1 + (cardOf.length - found.size() + 0.5) / (found.size() + 0.5));
            most += idf;
            for (Posting posting : found) {
                double norm = K1 * (1 - B + B * lengths[posting.form()] / meanLength);
                scores[posting.form()] += idf * posting.count() * (K1 + 1) / (posting.count() + norm);
            }
        }
        var best = new double[cards.size()];
        for (int form = 0; form < scores.length; form++) {
            best[cardOf[form]] = Math.max(best[cardOf[form]], scores[form]);
        }
        var hits = new ArrayList<Hit>();
        for (int c = 0; c < best.length; c++) {
            if (best[c] > 0) {
                hits.add(new Hit(cards.get(c), Math.min(1, best[c] / most)));
            }
        }
        hits.sort(Comparator.comparingDouble(Hit::score).reversed());
        return hits.subList(0, Math.min(k, hits.size()));
    }
}
