package linge.bot.learn;

import java.util.SplittableRandom;

/**
 * Finds the weights that part the lines of one label from all others: a linear support vector machine with squared hinge
 * loss, by dual coordinate descent (Hsieh et al., ICML 2008, as in liblinear).
 *
 * <p>A feature that is much more frequent in the label than elsewhere, or much less, is trusted more: its values are scaled
 * by its log-count ratio (Wang and Manning, ACL 2012, between their plain and naive Bayes machines). The scale is folded
 * into the weights.
 */
final class Separator {
    private static final double CLOSE_ENOUGH = 0.1;
    private static final int MOST_ROUNDS = 200;
    private static final double TRUST_ALL = 0.3;
    private static final double TRUST_TELLING = 0.25;

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
        float[] trust = trust(rows, features, mine);
        double[] alphas = new double[n];
        double[] curvature = new double[n];
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            order[i] = i;
            double square = 1;
            for (int k = 0; k < rows[i].ids().length; k++) {
                float value = rows[i].values()[k];
                square += value * value * trust[rows[i].ids()[k]];
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
                    add(weights, features, rows[i], trust, (alphas[i] - before) * sign);
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

    private static void add(double[] weights, int features, Vector row, float[] trust, double step) {
        int[] ids = row.ids();
        float[] values = row.values();
        for (int k = 0; k < ids.length; k++) {
            weights[ids[k]] += step * values[k] * trust[ids[k]];
        }
        weights[features] += step;
    }

    /** The square of each feature's scale. */
    private static float[] trust(Vector[] rows, int features, boolean[] mine) {
        int[] within = new int[features];
        int[] without = new int[features];
        double allWithin = features;
        double allWithout = features;
        for (int i = 0; i < rows.length; i++) {
            for (int id : rows[i].ids()) {
                if (mine[i]) {
                    within[id]++;
                    allWithin++;
                } else {
                    without[id]++;
                    allWithout++;
                }
            }
        }
        float[] trust = new float[features];
        for (int f = 0; f < features; f++) {
            double ratio = Math.log((within[f] + 1) / allWithin) - Math.log((without[f] + 1) / allWithout);
            double scale = TRUST_ALL + TRUST_TELLING * Math.abs(ratio);
            trust[f] = (float) (scale * scale);
        }
        return trust;
    }
}
