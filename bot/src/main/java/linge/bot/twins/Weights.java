package linge.bot.twins;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import linge.bot.text.Resources;
import linge.bot.twins.Likeness.Clue;

/**
 * How much each clue counts: a logistic regression over hand-written pairs, for staff who see both reports, and another for strangers
 * that never looks at what words somebody chose.
 */
public final class Weights {

    private static final String START = "START";
    private static final int ROUNDS = 4000;
    private static final double RATE = 0.5;
    /** Pulls weights to what is expected: some clues are seen a dozen times only, and hard pairs are no fair sample of life. */
    private static final double DAMPING = 0.01;

    /** Who is told: {@link #STRANGERS} never depends on the words of the other report beyond its matter and place. */
    public enum View {
        STAFF,
        STRANGERS
    }

    /** Two reports of which somebody knows whether they tell of one matter. */
    public record Pair(Report one, Report other, boolean same) {}

    private final double start;
    private final Map<Clue, Double> weights;

    private Weights(double start, Map<Clue, Double> weights) {
        this.start = start;
        this.weights = weights;
    }

    static Weights shipped(View view) {
        Map<Clue, Double> weights = new EnumMap<>(Clue.class);
        double start = 0;
        for (String line : Resources.lines(Weights.class, "weights.tsv")) {
            String[] cells = line.split("\t");
            double weight = Double.parseDouble(cells[1 + view.ordinal()]);
            if (cells[0].equals(START)) {
                start = weight;
            } else {
                weights.put(Clue.valueOf(cells[0]), weight);
            }
        }
        return new Weights(start, weights);
    }

    double of(Clue clue) {
        return weights.getOrDefault(clue, 0.0);
    }

    double score(Clues clues) {
        double sum = start;
        for (Clue clue : Clue.values()) {
            sum += of(clue) * clues.strength(clue);
        }
        return 1 / (1 + Math.exp(-sum));
    }

    /** Learns both views; the lines of {@code weights.tsv}. Deterministic. */
    public static List<String> learn(List<Pair> pairs) {
        Weights staff = learn(pairs, View.STAFF);
        Weights strangers = learn(pairs, View.STRANGERS);
        List<String> lines = new java.util.ArrayList<>();
        lines.add(String.format(Locale.ROOT, "%s\t%.3f\t%.3f", START, staff.start, strangers.start));
        for (Clue clue : Clue.values()) {
            lines.add(String.format(Locale.ROOT, "%s\t%.3f\t%.3f", clue, staff.of(clue), strangers.of(clue)));
        }
        return lines;
    }

    static Weights learn(List<Pair> pairs, View view) {
        List<Clues> clues = pairs.stream()
                .map(pair -> view == View.STAFF
                        ? Clues.of(Traits.of(pair.one()), Traits.of(pair.other()), view)
                        : Clues.of(
                                Traits.of(pair.one()).withoutHomes(),
                                Traits.of(pair.other()).withoutHomes(),
                                view))
                .toList();
        Map<Clue, Double> weights = new EnumMap<>(Clue.class);
        for (Clue clue : Clue.values()) {
            weights.put(clue, mayLookAt(clue, view) ? clue.expected() : 0);
        }
        Weights now = new Weights(0, weights);
        for (int round = 0; round < ROUNDS; round++) {
            double startStep = 0;
            Map<Clue, Double> steps = new EnumMap<>(Clue.class);
            for (int i = 0; i < pairs.size(); i++) {
                double error = (pairs.get(i).same() ? 1 : 0) - now.score(clues.get(i));
                startStep += error;
                for (Clue clue : Clue.values()) {
                    steps.merge(clue, error * clues.get(i).strength(clue), Double::sum);
                }
            }
            for (Clue clue : Clue.values()) {
                if (mayLookAt(clue, view)) {
                    double step =
                            steps.getOrDefault(clue, 0.0) / pairs.size() + DAMPING * (clue.expected() - now.of(clue));
                    double next = now.of(clue) + RATE * step;
                    weights.put(
                            clue,
                            clue.expected() > 0
                                    ? Math.max(clue.expected() / 2, next)
                                    : Math.min(clue.expected() / 2, next));
                }
            }
            now = new Weights(now.start + RATE * startStep / pairs.size(), weights);
        }
        return now;
    }

    private static boolean mayLookAt(Clue clue, View view) {
        return view == View.STAFF || clue != Clue.WORDS;
    }
}
