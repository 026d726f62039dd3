package linge.bot.dialogue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import linge.bot.text.Resources;
import linge.bot.triage.Triage;
import linge.bot.triage.Triaged;

/**
 * Knows what is wanted: a linear model over characters, pairs of characters, the patterns of {@code intents.tsv} and what
 * triage makes of the text, taught when it is loaded by the lines of {@code intent-lines.txt}. Read-only afterwards.
 */
final class Intents {
    private static final Intent[] ALL = Intent.values();
    private static final int ROUNDS = 60;
    private static final double STEP = 0.25;
    private static final double SHRINK = 1e-4;
    /** A pattern was written because it is nearly always right: it weighs as much as several characters. */
    private static final double PATTERN = 2.5;

    private final Triage triage = Triage.shipped();
    private final Map<Intent, List<Pattern>> patterns = new EnumMap<>(Intent.class);
    private final Map<String, double[]> weights = new HashMap<>();

    /** @param confidence 0 to 1, the model's share */
    record Wanted(Intent intent, double confidence) {}

    private record Feature(String name, double value) {}

    private record Example(Intent intent, List<Feature> features) {}

    Intents() {
        for (String line : Resources.lines(Intents.class, "intents.tsv")) {
            String[] cells = line.split("\t", 2);
            patterns.computeIfAbsent(Intent.valueOf(cells[0]), k -> new ArrayList<>())
                    .add(Pattern.compile(cells[1]));
        }
        teach(examples());
    }

    private List<Example> examples() {
        var examples = new ArrayList<Example>();
        Intent intent = Intent.REPORT;
        for (String line : Resources.lines(Intents.class, "intent-lines.txt")) {
            if (line.startsWith("= ")) {
                intent = Intent.valueOf(line.substring(2));
            } else {
                examples.add(new Example(intent, features(line, triage.of(line))));
            }
        }
        return examples;
    }

    /** Softmax regression, one example at a time, in an order that is always the same. */
    private void teach(List<Example> examples) {
        int stride = 7919;
        for (int round = 0; round < ROUNDS; round++) {
            double step = STEP / (1 + round * 0.15);
            for (int i = 0; i < examples.size(); i++) {
                Example example = examples.get((int) (((long) i * stride + round) % examples.size()));
                double[] shares = shares(example.features());
                for (Feature feature : example.features()) {
                    double[] row = weights.computeIfAbsent(feature.name(), k -> new double[ALL.length]);
                    for (int k = 0; k < ALL.length; k++) {
                        double error = (k == example.intent().ordinal() ? 1 : 0) - shares[k];
                        row[k] += step * (error * feature.value() - SHRINK * row[k]);
                    }
                }
            }
        }
    }

    /** Every intent, likeliest first. */
    List<Wanted> of(String plain, Triaged triaged) {
        double[] shares = shares(features(plain, triaged));
        var ranked = new ArrayList<Wanted>();
        for (int k = 0; k < ALL.length; k++) {
            ranked.add(new Wanted(ALL[k], shares[k]));
        }
        ranked.sort(Comparator.comparingDouble(Wanted::confidence).reversed());
        return ranked;
    }

    /** Whether the words of a pattern of this intent stand in the text. */
    boolean named(Intent intent, String plain) {
        return patterns.getOrDefault(intent, List.of()).stream()
                .anyMatch(pattern -> pattern.matcher(plain).find());
    }

    private double[] shares(List<Feature> features) {
        double[] scores = new double[ALL.length];
        for (Feature feature : features) {
            double[] row = weights.get(feature.name());
            if (row != null) {
                for (int k = 0; k < ALL.length; k++) {
                    scores[k] += row[k] * feature.value();
                }
            }
        }
        double most = Double.NEGATIVE_INFINITY;
        for (double score : scores) {
            most = Math.max(most, score);
        }
        double sum = 0;
        for (int k = 0; k < ALL.length; k++) {
            scores[k] = Math.exp(scores[k] - most);
            sum += scores[k];
        }
        for (int k = 0; k < ALL.length; k++) {
            scores[k] /= sum;
        }
        return scores;
    }

    private List<Feature> features(String text, Triaged triaged) {
        String read = text.length() > 120 ? text.substring(0, 120) : text;
        var features = new ArrayList<Feature>();
        features.add(new Feature("bias", 1));
        // Long texts have many pairs: each counts less, so that a rule still outweighs them.
        double each = 2 / Math.sqrt(Math.max(4, read.length()));
        String framed = "^" + read + "$";
        for (int i = 0; i < framed.length(); i++) {
            if (i > 0 && i < framed.length() - 1) {
                features.add(new Feature("c:" + framed.charAt(i), each));
            }
            if (i + 1 < framed.length()) {
                features.add(new Feature("b:" + framed.substring(i, i + 2), each * 1.5));
            }
            if (i + 2 < framed.length()) {
                features.add(new Feature("t:" + framed.substring(i, i + 3), each));
            }
        }
        patterns.forEach((intent, list) -> {
            if (named(intent, text)) {
                features.add(new Feature("p:" + intent, PATTERN));
            }
        });
        String kind = kind(triaged);
        features.add(new Feature("k:" + kind, 1));
        features.add(new Feature(read.length() <= 4 ? "n:tiny" : read.length() <= 10 ? "n:short" : "n:long", 0.5));
        return features;
    }

    /** Whether triage knows a problem in the text, and of which sort. */
    private static String kind(Triaged triaged) {
        if (triaged.category() == null || triaged.confidence() < 0.4) {
            return "none";
        }
        String code = triaged.category().code();
        String sure = triaged.confidence() < 0.7 ? "?" : "";
        if (code.startsWith("LAW.") || code.startsWith("GENERAL.")) {
            return code + sure;
        }
        return (code.startsWith("DISPUTE.") || code.startsWith("LABOUR.") ? "dispute" : "problem") + sure;
    }
}
