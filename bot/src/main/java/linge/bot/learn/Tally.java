package linge.bot.learn;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts a model's answers against what is right. Not thread-safe. */
public final class Tally {
    private static final int BINS = 15;

    private record Answer(String wanted, @Nullable String given, double confidence, boolean abstained) {
        boolean right() {
            return wanted.equals(given);
        }
    }

    /** Precision, recall and F1 of one label, and how many lines have it. */
    public record PerLabel(String label, int lines, double precision, double recall, double f1) {}

    private final List<Answer> answers = new ArrayList<>();

    public void add(String wanted, Scored scored) {
        answers.add(new Answer(wanted, scored.label(), scored.confidence(), scored.abstained()));
    }

    public int size() {
        return answers.size();
    }

    public Figures figures() {
        int answered =
                (int) answers.stream().filter(answer -> !answer.abstained()).count();
        long rightAnswered = answers.stream()
                .filter(answer -> !answer.abstained() && answer.right())
                .count();
        return new Figures(
                answers.size(),
                right(answers) / (double) Math.max(1, answers.size()),
                perLabel().stream().mapToDouble(PerLabel::f1).average().orElse(0),
                ece(),
                (answers.size() - answered) / (double) Math.max(1, answers.size()),
                rightAnswered / (double) Math.max(1, answered));
    }

    /** The share of right answers among the most confident, a share of all lines. */
    public double accuracyAt(double coverage) {
        int most = (int) Math.round(answers.size() * coverage);
        var sure = answers.stream()
                .sorted(Comparator.comparingDouble(Answer::confidence).reversed())
                .limit(most)
                .toList();
        return right(sure) / (double) Math.max(1, sure.size());
    }

    /** Every label that a line has, the most frequent first. */
    public List<PerLabel> perLabel() {
        var lines = new TreeMap<String, Integer>();
        var given = new TreeMap<String, Integer>();
        var hits = new TreeMap<String, Integer>();
        for (Answer answer : answers) {
            lines.merge(answer.wanted(), 1, Integer::sum);
            if (answer.given() != null) {
                given.merge(answer.given(), 1, Integer::sum);
            }
            if (answer.right()) {
                hits.merge(answer.wanted(), 1, Integer::sum);
            }
        }
        return lines.entrySet().stream()
                .map(entry -> {
                    int hit = hits.getOrDefault(entry.getKey(), 0);
                    double precision = hit / (double) Math.max(1, given.getOrDefault(entry.getKey(), 0));
                    double recall = hit / (double) entry.getValue();
                    double f1 = hit == 0 ? 0 : 2 * precision * recall / (precision + recall);
                    return new PerLabel(entry.getKey(), entry.getValue(), precision, recall, f1);
                })
                .sorted(Comparator.comparingInt(PerLabel::lines).reversed())
                .toList();
    }

    /** How often each label (outer) was answered with each (inner; empty for no answer). */
    public Map<String, Map<String, Integer>> confusion() {
        var table = new TreeMap<String, Map<String, Integer>>();
        for (Answer answer : answers) {
            String given = answer.given() == null ? "" : answer.given();
            table.computeIfAbsent(answer.wanted(), label -> new TreeMap<>()).merge(given, 1, Integer::sum);
        }
        return table;
    }

    /** The confidence below which a share of the answers lies. */
    double confidenceBelowWhich(double share) {
        double[] sorted =
                answers.stream().mapToDouble(Answer::confidence).sorted().toArray();
        return sorted.length == 0 ? 0 : sorted[Math.min(sorted.length - 1, (int) (sorted.length * share))];
    }

    private double ece() {
        double[] confidence = new double[BINS];
        double[] right = new double[BINS];
        for (Answer answer : answers) {
            int bin = Math.min(BINS - 1, (int) (answer.confidence() * BINS));
            confidence[bin] += answer.confidence();
            right[bin] += answer.right() ? 1 : 0;
        }
        double off = 0;
        for (int bin = 0; bin < BINS; bin++) {
            off += Math.abs(confidence[bin] - right[bin]);
        }
        return off / Math.max(1, answers.size());
    }

    private static long right(List<Answer> some) {
        return some.stream().filter(Answer::right).count();
    }
}
