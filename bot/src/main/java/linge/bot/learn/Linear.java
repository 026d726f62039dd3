package linge.bot.learn;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** Weights of every feature for every label: one separator a label, side by side. Read-only. */
final class Linear {
    private final int labels;
    /** Those of feature f begin at f × labels. */
    private final float[] weights;

    private final float[] bias;

    Linear(int labels, float[] weights, float[] bias) {
        this.labels = labels;
        this.weights = weights;
        this.bias = bias;
    }

    /** Trains one separator for each label. The result does not depend on how many threads the pool has. */
    static Linear train(
            Vector[] rows, int features, int[] wanted, int labels, double[] costs, long seed, ExecutorService pool) {
        float[] weights = new float[features * labels];
        float[] bias = new float[labels];
        var running = new ArrayList<Future<?>>();
        for (int label = 0; label < labels; label++) {
            int mine = label;
            running.add(pool.submit(() -> {
                boolean[] members = new boolean[rows.length];
                for (int i = 0; i < rows.length; i++) {
                    members[i] = wanted[i] == mine;
                }
                double[] found = Separator.weights(rows, features, members, costs, seed + mine);
                for (int f = 0; f < features; f++) {
                    weights[f * labels + mine] = (float) found[f];
                }
                bias[mine] = (float) found[features];
            }));
        }
        await(running);
        return new Linear(labels, weights, bias);
    }

    /** How far a text is on the side of each label. */
    double[] scores(Vector vector) {
        double[] scores = new double[labels];
        for (int k = 0; k < labels; k++) {
            scores[k] = bias[k];
        }
        int[] ids = vector.ids();
        float[] values = vector.values();
        for (int i = 0; i < ids.length; i++) {
            int at = ids[i] * labels;
            for (int k = 0; k < labels; k++) {
                scores[k] += values[i] * weights[at + k];
            }
        }
        return scores;
    }

    float[] weights() {
        return weights;
    }

    float[] bias() {
        return bias;
    }

    private static void await(List<Future<?>> running) {
        try {
            for (Future<?> one : running) {
                one.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("training was interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
