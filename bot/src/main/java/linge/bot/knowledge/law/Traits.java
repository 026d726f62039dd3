package linge.bot.knowledge.law;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import linge.bot.embed.Embedder;

/**
 * A question as numbers for the linear maps: its runs of characters, weighed by how rare they are, and its meaning. Only
 * runs that at least {@value #SEEN} questions of the training share are known, so none can be read back.
 */
final class Traits {
    static final int SEEN = 5;

    private final List<String> runs;
    private final float[] rarity;
    private final float[] centre;
    private final Map<String, Integer> numbers = new HashMap<>();

    /**
     * @param runs known, in the order of their numbers
     * @param rarity a weight for each
     * @param centre the mean of the questions' meanings
     */
    Traits(List<String> runs, float[] rarity, float[] centre) {
        this.runs = List.copyOf(runs);
        this.rarity = rarity;
        this.centre = centre;
        for (int i = 0; i < runs.size(); i++) {
            numbers.put(runs.get(i), i);
        }
    }

    static Traits learn(Collection<QuestionView> questions) {
        // Sorted, so that the same questions always give the same file.
        Map<String, Integer> seen = new TreeMap<>();
        float[] centre = new float[Embedder.SIZE];
        for (QuestionView question : questions) {
            question.runs().forEach(run -> seen.merge(run, 1, Integer::sum));
            for (int i = 0; i < centre.length; i++) {
                centre[i] += question.vector()[i] / questions.size();
            }
        }
        seen.values().removeIf(times -> times < SEEN);
        float[] rarity = new float[seen.size()];
        int number = 0;
        for (int times : seen.values()) {
            rarity[number++] = (float) Math.log((double) questions.size() / times);
        }
        return new Traits(List.copyOf(seen.keySet()), rarity, centre);
    }

    int count() {
        return runs.size() + Embedder.SIZE;
    }

    List<String> runs() {
        return runs;
    }

    float[] rarity() {
        return rarity;
    }

    float[] centre() {
        return centre;
    }

    /** Runs first, then meaning; each part of length one. */
    float[] of(QuestionView question) {
        float[] traits = new float[count()];
        double square = 0;
        for (String run : question.runs()) {
            Integer number = numbers.get(run);
            if (number != null) {
                traits[number] = rarity[number];
                square += (double) rarity[number] * rarity[number];
            }
        }
        scale(traits, 0, runs.size(), square);
        square = 0;
        for (int i = 0; i < centre.length; i++) {
            float off = question.vector()[i] - centre[i];
            traits[runs.size() + i] = off;
            square += (double) off * off;
        }
        scale(traits, runs.size(), traits.length, square);
        return traits;
    }

    private static void scale(float[] traits, int from, int to, double square) {
        float by = (float) (1 / Math.sqrt(Math.max(square, 1e-12)));
        for (int i = from; i < to; i++) {
            traits[i] *= by;
        }
    }
}
