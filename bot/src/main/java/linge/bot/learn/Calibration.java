package linge.bot.learn;

/**
 * Turns scores into shares of belief: softmax(scale × score + shift of the label), fitted on scores of lines that the
 * scoring model had not seen, so that of all answers given with 0.8 four fifths are right.
 */
final class Calibration {
    private static final int ROUNDS = 400;
    private static final double STEP = 0.05;
    /** Holds the shift of a label with few lines near that of the others. */
    private static final double HOLD = 1e-3;

    private final double scale;
    private final double[] shifts;

    Calibration(double scale, double[] shifts) {
        this.scale = scale;
        this.shifts = shifts.clone();
    }

    /** Fits scale and shifts so that the right labels are as likely as can be (Adam over all rows). */
    static Calibration fit(double[][] scores, int[] wanted) {
        int labels = scores[0].length;
        double[] at = new double[labels + 1];
        double[] mean = new double[labels + 1];
        double[] square = new double[labels + 1];
        at[labels] = 2;
        for (int round = 1; round <= ROUNDS; round++) {
            double[] gradient = new double[labels + 1];
            var now = new Calibration(at[labels], at);
            for (int i = 0; i < scores.length; i++) {
                double[] shares = now.shares(scores[i]);
                for (int k = 0; k < labels; k++) {
                    double off = shares[k] - (wanted[i] == k ? 1 : 0);
                    gradient[k] += off;
                    gradient[labels] += off * scores[i][k];
                }
            }
            for (int k = 0; k <= labels; k++) {
                double slope = gradient[k] / scores.length + (k < labels ? HOLD * at[k] : 0);
                mean[k] = 0.9 * mean[k] + 0.1 * slope;
                square[k] = 0.999 * square[k] + 0.001 * slope * slope;
                double step = STEP * Math.min(1, 4 * (1 - (round - 1.0) / ROUNDS));
                at[k] -= step
                        * (mean[k] / (1 - Math.pow(0.9, round)))
                        / (Math.sqrt(square[k] / (1 - Math.pow(0.999, round))) + 1e-9);
            }
        }
        return new Calibration(at[labels], java.util.Arrays.copyOf(at, labels));
    }

    /** Shares that sum to 1. */
    double[] shares(double[] scores) {
        double[] shares = new double[scores.length];
        double most = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < shares.length; k++) {
            shares[k] = scale * scores[k] + shifts[k];
            most = Math.max(most, shares[k]);
        }
        double sum = 0;
        for (int k = 0; k < shares.length; k++) {
            shares[k] = Math.exp(shares[k] - most);
            sum += shares[k];
        }
        for (int k = 0; k < shares.length; k++) {
            shares[k] /= sum;
        }
        return shares;
    }

    double scale() {
        return scale;
    }

    double[] shifts() {
        return shifts.clone();
    }
}
