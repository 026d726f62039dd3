package linge.bot.knowledge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import linge.bot.embed.Embedder;
import linge.bot.text.Normalizer;

/**
 * Finds the cards that fit a question, by four signs weighed together: the nearest known questions and the middle of
 * all (by sentence vectors), the words, and the concepts behind the words. Immutable, thread-safe.
 */
final class CardIndex {
    /**
     * Weights of the signs; fitted as a softmax over the cards on questions each of which was left out of its own card.
     * See docs/accuracy.md.
     */
    private static final double NEAREST = 14.1;

    private static final double MIDDLE = 19.5;
    private static final double WORDS = 4.3;
    private static final double CONCEPTS = 5.3;

    /** How many of the nearest known questions are looked at. */
    private static final int NEIGHBOURS = 3;

    /** A vector reads this many characters; a longer story is read from its beginning. */
    private static final int MOST_READ = 300;

    /**
     * A card for a question.
     *
     * @param share of all cards' weight, 0 to 1: how far it stands out among them
     * @param nearest cosine of the question with the nearest known question: whether it is about this at all
     */
    record Hit(Card card, double share, double nearest) {}

    private final List<Card> cards;
    private final float[][][] questions;
    private final float[][] middles;
    private final WordIndex words;
    private final Concepts concepts;

    CardIndex(List<Card> cards) {
        this.cards = List.copyOf(cards);
        CardVectors vectors = CardVectors.shipped();
        List<CardForms> forms = this.cards.stream().map(CardForms::of).toList();
        questions = forms.stream()
                .map(form -> form.questions().stream().map(vectors::of).toArray(float[][]::new))
                .toArray(float[][][]::new);
        middles = new float[questions.length][];
        for (int i = 0; i < questions.length; i++) {
            middles[i] = middle(questions[i]);
        }
        words = new WordIndex(forms.stream().map(CardForms::words).toList());
        concepts = new Concepts(forms);
    }

    /** The best k cards, best first; none for a text without a word. */
    List<Hit> search(String question, int k) {
        String read = Normalizer.normalize(question);
        if (read.codePoints().noneMatch(Character::isLetterOrDigit) || cards.isEmpty()) {
            return List.of();
        }
        float[] asked = Embedder.shared().text(read.length() > MOST_READ ? read.substring(0, MOST_READ) : read);
        double[] shared = words.scores(read);
        double[] meant = concepts.scores(read);
        var nearest = new double[shared.length];
        var scores = new double[shared.length];
        double best = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < scores.length; i++) {
            double[] near = nearest(asked, questions[i]);
            nearest[i] = near[0];
            scores[i] = NEAREST * Arrays.stream(near).average().orElse(0)
                    + MIDDLE * dot(asked, middles[i])
                    + WORDS * shared[i]
                    + CONCEPTS * meant[i];
            best = Math.max(best, scores[i]);
        }
        double sum = 0;
        for (double score : scores) {
            sum += Math.exp(score - best);
        }
        var hits = new ArrayList<Hit>(scores.length);
        for (int i = 0; i < scores.length; i++) {
            hits.add(new Hit(cards.get(i), Math.exp(scores[i] - best) / sum, nearest[i]));
        }
        hits.sort(Comparator.comparingDouble(Hit::share).reversed());
        return List.copyOf(hits.subList(0, Math.min(k, hits.size())));
    }

    /** The highest cosines, at most three, highest first. */
    private static double[] nearest(float[] asked, float[][] known) {
        double[] cosines = new double[known.length];
        for (int i = 0; i < cosines.length; i++) {
            cosines[i] = -dot(asked, known[i]);
        }
        Arrays.sort(cosines);
        return Arrays.stream(cosines).limit(NEIGHBOURS).map(cosine -> -cosine).toArray();
    }

    private static float[] middle(float[][] vectors) {
        var sum = new float[Embedder.SIZE];
        for (float[] vector : vectors) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += vector[i];
            }
        }
        float length = (float) Math.sqrt(Math.max(1e-12, dot(sum, sum)));
        for (int i = 0; i < sum.length; i++) {
            sum[i] /= length;
        }
        return sum;
    }

    /** Four sums at once: the compiler does not reorder a single one. */
    private static float dot(float[] a, float[] b) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        for (int i = 0; i < Embedder.SIZE; i += 4) {
            s0 += a[i] * b[i];
            s1 += a[i + 1] * b[i + 1];
            s2 += a[i + 2] * b[i + 2];
            s3 += a[i + 3] * b[i + 3];
        }
        return s0 + s1 + s2 + s3;
    }
}
