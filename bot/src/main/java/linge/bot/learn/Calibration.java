package linge.bot.learn;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Turns scores into shares of belief, so that of all answers given with 0.8 four fifths are right. Fitted on scores of
 * lines that the scoring model had not seen.
 *
 * <p>The order of labels stays that of their scores: a softmax with one scale makes shares of them, and a rising line
 * through points (share of the best label, how often it was right) says what the best share is to be.
 */
final class Calibration {
    private static final int MOST_POINTS = 12;
    private static final int LEAST_LINES = 50;
    private static final int HALVINGS = 40;
    private static final double CLOSE_ENOUGH = 1e-4;

    private final double scale;
    private final double[] said;
    private final double[] meant;

    Calibration(double scale, double[] said, double[] meant) {
        this.scale = scale;
        this.said = said.clone();
        this.meant = meant.clone();
    }

    static Calibration fit(double[][] scores, int[] wanted) {
        double scale = likeliestScale(scores, wanted);
        int n = scores.length;
        double[] best = new double[n];
        boolean[] right = new boolean[n];
        for (int i = 0; i < n; i++) {
            int top = top(scores[i]);
            best[i] = softmax(scores[i], scale)[top];
            right[i] = top == wanted[i];
        }
        Integer[] order = IntStream.range(0, n).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble(i -> best[i]));
        int points = Math.max(1, Math.min(MOST_POINTS, n / LEAST_LINES));
        double[] said = new double[points];
        double[] meant = new double[points];
        for (int p = 0; p < points; p++) {
            int begin = (int) ((long) n * p / points);
            int end = (int) ((long) n * (p + 1) / points);
            for (int i = begin; i < end; i++) {
                said[p] += best[order[i]] / (end - begin);
                meant[p] += right[order[i]] ? 1.0 / (end - begin) : 0;
            }
        }
        return rising(scale, said, meant);
    }

    /** The scale that makes the right labels as likely as can be; the likelihood has one peak, so thirds close in on it. */
    private static double likeliestScale(double[][] scores, int[] wanted) {
        double low = Math.log(0.05);
        double high = Math.log(50);
        for (int round = 0; round < HALVINGS; round++) {
            double third = (high - low) / 3;
            if (surprise(scores, wanted, Math.exp(low + third)) < surprise(scores, wanted, Math.exp(high - third))) {
                high -= third;
            } else {
                low += third;
            }
        }
        return Math.exp((low + high) / 2);
    }

    private static double surprise(double[][] scores, int[] wanted, double scale) {
        double sum = 0;
        for (int i = 0; i < scores.length; i++) {
            sum -= Math.log(softmax(scores[i], scale)[wanted[i]] + 1e-12);
        }
        return sum;
    }

    /**
     * The closest line that never falls: neighbours out of order are pooled (equal weights) and become one point in their
     * middle, not a flat piece: on that the surer answer could no longer be told from the less sure.
     */
    private static Calibration rising(double scale, double[] said, double[] meant) {
        double[] sums = new double[meant.length];
        double[] places = new double[meant.length];
        int[] sizes = new int[meant.length];
        int pools = 0;
        for (int point = 0; point < meant.length; point++) {
            sums[pools] = meant[point];
            places[pools] = said[point];
            sizes[pools++] = 1;
            while (pools > 1 && sums[pools - 2] / sizes[pools - 2] >= sums[pools - 1] / sizes[pools - 1]) {
                pools--;
                sums[pools - 1] += sums[pools];
                places[pools - 1] += places[pools];
                sizes[pools - 1] += sizes[pools];
            }
        }
        double[] middles = new double[pools];
        double[] rising = new double[pools];
        for (int pool = 0; pool < pools; pool++) {
            middles[pool] = places[pool] / sizes[pool];
            rising[pool] = sums[pool] / sizes[pool];
        }
        return new Calibration(scale, middles, rising);
    }

    /** Shares that sum to 1, in the order of the scores. */
    double[] shares(double[] scores) {
        double[] shares = softmax(scores, scale);
        int top = top(scores);
        double wanted = Math.max(meaning(shares[top]), 1.0 / shares.length + 1e-6);
        double low = -6;
        double high = 6;
        double[] tempered = shares;
        for (int round = 0; round < HALVINGS && Math.abs(tempered[top] - wanted) > CLOSE_ENOUGH; round++) {
            double middle = (low + high) / 2;
            tempered = softmax(scores, scale * Math.exp(middle));
            if (tempered[top] < wanted) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return tempered;
    }

    private double meaning(double share) {
        int points = said.length;
        if (share <= said[0]) {
            // Below all that was seen it goes down with the share.
            return meant[0] * share / Math.max(said[0], 1e-9);
        }
        if (share >= said[points - 1]) {
            double left = Math.max(1 - said[points - 1], 1e-9);
            double most = Math.max(meant[points - 1], Math.min(0.999, (1 + meant[points - 1]) / 2));
            return meant[points - 1] + (most - meant[points - 1]) * (share - said[points - 1]) / left;
        }
        int above = 1;
        while (said[above] < share) {
            above++;
        }
        double width = Math.max(said[above] - said[above - 1], 1e-12);
        return meant[above - 1] + (meant[above] - meant[above - 1]) * (share - said[above - 1]) / width;
    }

    private static double[] softmax(double[] scores, double scale) {
        double[] shares = new double[scores.length];
        double most = scores[top(scores)];
        double sum = 0;
        for (int k = 0; k < shares.length; k++) {
            shares[k] = Math.exp(scale * (scores[k] - most));
            sum += shares[k];
        }
        for (int k = 0; k < shares.length; k++) {
            shares[k] /= sum;
        }
        return shares;
    }

    private static int top(double[] scores) {
        int top = 0;
        for (int k = 1; k < scores.length; k++) {
            if (scores[k] > scores[top]) {
                top = k;
            }
        }
        return top;
    }

    double scale() {
        return scale;
    }

    double[] said() {
        return said.clone();
    }

    double[] meant() {
        return meant.clone();
    }
}
