package linge.bot.learn;

import java.util.SplittableRandom;

/**
 * Finds the weights that part the lines of one label from all others: a linear support vector machine with squared hinge
 * loss, by dual coordinate descent (Hsieh et al., ICML 2008), which is what liblinear does.
 */
final class Separator {
    private static final double CLOSE_ENOUGH = 0.05;
    private static final int MOST_ROUNDS = 200;

    private Separator() {}

    /**
     * Weights for each feature and, last, the bias.
     *
     * @param mine whether a row is of the label
     * @param costs how dear an error on a row is
     */
    static double[] weights(Vector[] rows, int features, boolean[] mine, double[] costs, long seed) {
        int n = rows.length;
        double[] weights = new double[features + 1];
        double[] alphas = new double[n];
        double[] curvature = new double[n];
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            order[i] = i;
            double square = 1;
            for (float value : rows[i].values()) {
                square += value * value;
            }
            curvature[i] = square + 0.5 / costs[i];
        }
        var random = new SplittableRandom(seed);
        int active = n;
        double highest = Double.POSITIVE_INFINITY;
        for (int round = 0; round < MOST_ROUNDS; round++) {
            double most = Double.NEGATIVE_INFINITY;
            double least = Double.POSITIVE_INFINITY;
            for (int i = 0; i < active; i++) {
                int j = i + random.nextInt(active - i);
                int swap = order[i];
                order[i] = order[j];
                order[j] = swap;
            }
            for (int s = 0; s < active; s++) {
                int i = order[s];
                int sign = mine[i] ? 1 : -1;
                double gradient = sign * (rows[i].dot(weights) + weights[features]) - 1 + alphas[i] * 0.5 / costs[i];
                double projected = gradient;
                if (alphas[i] == 0) {
                    // Rows far on their own side are left out of the next rounds.
                    if (gradient > highest) {
                        active--;
                        order[s] = order[active];
                        order[active] = i;
                        s--;
                        continue;
                    }
                    projected = Math.min(gradient, 0);
                }
                most = Math.max(most, projected);
                least = Math.min(least, projected);
                if (Math.abs(projected) > 1e-12) {
                    double before = alphas[i];
                    alphas[i] = Math.max(before - gradient / curvature[i], 0);
                    add(weights, features, rows[i], (alphas[i] - before) * sign);
                }
            }
            if (most - least <= CLOSE_ENOUGH) {
                if (active == n) {
                    break;
                }
                active = n;
                highest = Double.POSITIVE_INFINITY;
            } else {
                highest = most <= 0 ? Double.POSITIVE_INFINITY : most;
            }
        }
        return weights;
    }

    private static void add(double[] weights, int features, Vector row, double step) {
        int[] ids = row.ids();
        float[] values = row.values();
        for (int k = 0; k < ids.length; k++) {
            weights[ids[k]] += step * values[k];
        }
        weights[features] += step;
    }
}
