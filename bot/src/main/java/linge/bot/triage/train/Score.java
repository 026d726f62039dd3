package linge.bot.triage.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import linge.bot.triage.CategoryModel;

/** How often a model is right on lines it has not seen. */
record Score(int lines, double accuracy, double firstLevel, double inTopThree, double macroF1, List<Answer> answers) {

    /** One line answered: what was expected, what was said, how surely. */
    record Answer(Line line, String said, double confidence) {
        boolean isRight() {
            return said.equals(line.code());
        }
    }

    static Score of(CategoryModel model, List<Line> lines) {
        String[] codes = model.codes();
        var answers = new ArrayList<Answer>();
        int top = 0;
        int firstLevel = 0;
        for (Line line : lines) {
            double[] scores = model.scores(line.text());
            int best = 0;
            int better = 0;
            double expected = 0;
            for (int i = 0; i < scores.length; i++) {
                best = scores[i] > scores[best] ? i : best;
                expected = codes[i].equals(line.code()) ? scores[i] : expected;
            }
            for (double score : scores) {
                better += score > expected ? 1 : 0;
            }
            String said = scores.length == 0 ? "" : codes[best];
            answers.add(new Answer(line, said, scores.length == 0 ? 0 : scores[best]));
            top += scores.length > 0 && better < 3 ? 1 : 0;
            firstLevel += !said.isEmpty() && level(said).equals(level(line.code())) ? 1 : 0;
        }
        double right = answers.stream().filter(Answer::isRight).count();
        int n = Math.max(1, lines.size());
        return new Score(lines.size(), right / n, (double) firstLevel / n, (double) top / n, macroF1(answers), answers);
    }

    private static String level(String code) {
        return code.substring(0, code.indexOf('.'));
    }

    private static double macroF1(List<Answer> answers) {
        Map<String, int[]> counts = new TreeMap<>();
        for (Answer answer : answers) {
            int[] expected = counts.computeIfAbsent(answer.line().code(), k -> new int[3]);
            if (answer.isRight()) {
                expected[0]++;
            } else {
                expected[1]++;
                counts.computeIfAbsent(answer.said(), k -> new int[3])[2]++;
            }
        }
        return counts.values().stream()
                .mapToDouble(c -> 2.0 * c[0] / Math.max(1, 2 * c[0] + c[1] + c[2]))
                .average()
                .orElse(0);
    }

    /** The share answered when only answers at or above a confidence are given, and how many of those are right. */
    String atLeast(double confidence) {
        var given = answers.stream().filter(a -> a.confidence() >= confidence).toList();
        double right = given.stream().filter(Answer::isRight).count();
        return "| %.2f | %.3f | %.3f |"
                .formatted(confidence, (double) given.size() / Math.max(1, lines), right / Math.max(1, given.size()));
    }

    @Override
    public String toString() {
        return "lines %d, accuracy %.3f, first level %.3f, in top three %.3f, macro-F1 %.3f"
                .formatted(lines, accuracy, firstLevel, inTopThree, macroF1);
    }
}
