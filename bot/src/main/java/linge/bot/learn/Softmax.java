package linge.bot.learn;

import java.util.SplittableRandom;

/**
 * Finds the weights under which wanted shares of belief are likeliest (multinomial logistic regression on soft targets), by
 * stochastic descent with a step of its own for every feature (AdaGrad). One thread: the same input gives the same weights.
 */
final class Softmax {
    private Softmax() {}

    /** What a row should be answered with, and how much the row counts. */
    record Target(int[] labels, float[] shares, double weight) {
        static Target of(int label, double weight) {
            return new Target(new int[] {label}, new float[] {1}, weight);
        }
    }

    /**
     * How the descent runs.
     *
     * @param rounds over all rows
     * @param rate of the first step
     * @param decay pulls weights to nought with every step that touches them
     */
    record Descent(int rounds, double rate, double decay) {}

    static Linear train(Vector[] rows, Target[] targets, int features, int labels, Descent descent, long seed) {
        float[] weights = new float[features * labels];
        float[] bias = new float[labels];
        float[] steps = new float[features];
        double biasSteps = 1e-8;
        float[] off = new float[labels];
        int[] order = new int[rows.length];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        var random = new SplittableRandom(seed);
        for (int round = 0; round < descent.rounds(); round++) {
            for (int i = order.length - 1; i > 0; i--) {
                int j = random.nextInt(i + 1);
                int swap = order[i];
                order[i] = order[j];
                order[j] = swap;
            }
            double cool = descent.rate() * (1 - 0.9 * round / descent.rounds());
            for (int row : order) {
                Target target = targets[row];
                // A row of small weight is met in some rounds only, as often as it counts: the same on average, and
                // faster.
                if (rows[row].ids().length == 0 || random.nextDouble() >= target.weight()) {
                    continue;
                }
                shares(rows[row], weights, bias, off);
                for (int k = 0; k < target.labels().length; k++) {
                    off[target.labels()[k]] -= target.shares()[k];
                }
                float size = 0;
                for (int k = 0; k < labels; k++) {
                    off[k] *= (float) Math.max(1, target.weight());
                    size += off[k] * off[k];
                }
                biasSteps += size;
                add(bias, 0, off, (float) (-0.1 * cool / Math.sqrt(biasSteps)), 1);
                int[] ids = rows[row].ids();
                float[] values = rows[row].values();
                for (int i = 0; i < ids.length; i++) {
                    int id = ids[i];
                    steps[id] += values[i] * values[i] * size;
                    double step = cool / Math.sqrt(steps[id] + 1e-8);
                    add(weights, id * labels, off, (float) (-step * values[i]), (float) (1 - step * descent.decay()));
                }
            }
        }
        return new Linear(labels, weights, bias);
    }

    /** Shares of belief from scores. */
    static double[] shares(double[] scores) {
        double most = Double.NEGATIVE_INFINITY;
        for (double score : scores) {
            most = Math.max(most, score);
        }
        double[] shares = new double[scores.length];
        double sum = 0;
        for (int k = 0; k < shares.length; k++) {
            shares[k] = Math.exp(scores[k] - most);
            sum += shares[k];
        }
        for (int k = 0; k < shares.length; k++) {
            shares[k] /= sum;
        }
        return shares;
    }

    private static void add(float[] to, int at, float[] off, float times, float keep) {
        for (int k = 0; k < off.length; k++) {
            to[at + k] = to[at + k] * keep + times * off[k];
        }
    }

    private static void shares(Vector row, float[] weights, float[] bias, float[] out) {
        int labels = out.length;
        System.arraycopy(bias, 0, out, 0, labels);
        int[] ids = row.ids();
        for (int i = 0; i < ids.length; i++) {
            int at = ids[i] * labels;
            float value = row.values()[i];
            for (int k = 0; k < labels; k++) {
                out[k] += value * weights[at + k];
            }
        }
        float most = out[0];
        for (int k = 1; k < labels; k++) {
            most = Math.max(most, out[k]);
        }
        float sum = 0;
        for (int k = 0; k < labels; k++) {
            out[k] = (float) Math.exp(out[k] - most);
            sum += out[k];
        }
        for (int k = 0; k < labels; k++) {
            out[k] /= sum;
        }
    }
}
