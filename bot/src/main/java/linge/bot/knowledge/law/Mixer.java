package linge.bot.knowledge.law;

import java.util.List;

/**
 * Learns what each clue is worth: weights that make the right articles of each question likely among all looked at
 * (softmax over the list, Adam, a small penalty on weights). Deterministic.
 */
final class Mixer {
    private static final int ROUNDS = 200;
    private static final double STEP = 0.05;
    private static final double PENALTY = 1e-4;

    private Mixer() {}

    /**
     * One question's articles.
     *
     * @param clues a row an article
     * @param right which rows answer
     */
    record Example(float[][] clues, boolean[] right) {}

    static float sum(float[] weights, float[] clues) {
        float sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i] * clues[i];
        }
        return sum;
    }

    static float[] learn(List<Example> examples) {
        int n = examples.get(0).clues()[0].length;
        double[] spread = spread(examples, n);
        double[] weights = new double[n];
        double[] first = new double[n];
        double[] second = new double[n];
        for (int round = 1; round <= ROUNDS; round++) {
            double[] slope = slope(examples, weights, spread);
            for (int i = 0; i < n; i++) {
                double g = slope[i] + PENALTY * weights[i];
                first[i] = 0.9 * first[i] + 0.1 * g;
                second[i] = 0.99 * second[i] + 0.01 * g * g;
                double m = first[i] / (1 - Math.pow(0.9, round));
                double v = second[i] / (1 - Math.pow(0.99, round));
                weights[i] -= STEP * m / (Math.sqrt(v) + 1e-8);
            }
        }
        float[] learned = new float[n];
        for (int i = 0; i < n; i++) {
            learned[i] = (float) (weights[i] / spread[i]);
        }
        return learned;
    }

    /** The standard deviation of each clue, so that one step size suits all. */
    private static double[] spread(List<Example> examples, int n) {
        double[] sum = new double[n];
        double[] square = new double[n];
        long count = 0;
        for (Example example : examples) {
            for (float[] clue : example.clues()) {
                for (int i = 0; i < n; i++) {
                    sum[i] += clue[i];
                    square[i] += (double) clue[i] * clue[i];
                }
                count++;
            }
        }
        double[] spread = new double[n];
        for (int i = 0; i < n; i++) {
            double mean = sum[i] / count;
            spread[i] = Math.sqrt(Math.max(square[i] / count - mean * mean, 1e-8));
        }
        return spread;
    }

    private static double[] slope(List<Example> examples, double[] weights, double[] spread) {
        int n = weights.length;
        double[][] parts = new double[examples.size()][];
        float[] scaled = new float[n];
        for (int i = 0; i < n; i++) {
            scaled[i] = (float) (weights[i] / spread[i]);
        }
        Parallel.each(examples.size(), e -> parts[e] = slope(examples.get(e), scaled, spread));
        double[] slope = new double[n];
        for (double[] part : parts) {
            for (int i = 0; i < n; i++) {
                slope[i] += part[i] / examples.size();
            }
        }
        return slope;
    }

    private static double[] slope(Example example, float[] weights, double[] spread) {
        int rows = example.clues().length;
        double[] likely = new double[rows];
        double most = Double.NEGATIVE_INFINITY;
        int right = 0;
        for (int row = 0; row < rows; row++) {
            likely[row] = sum(weights, example.clues()[row]);
            most = Math.max(most, likely[row]);
            right += example.right()[row] ? 1 : 0;
        }
        double total = 0;
        for (int row = 0; row < rows; row++) {
            likely[row] = Math.exp(likely[row] - most);
            total += likely[row];
        }
        double[] slope = new double[weights.length];
        for (int row = 0; row < rows; row++) {
            double off = likely[row] / total - (example.right()[row] ? 1.0 / right : 0);
            float[] clue = example.clues()[row];
            for (int i = 0; i < slope.length; i++) {
                slope[i] += off * clue[i] / spread[i];
            }
        }
        return slope;
    }
}
