package linge.bot.knowledge.law;

import java.util.List;

/** Ridge regression from few rows with many columns: solved over rows, so that it takes seconds. */
final class Ridge {
    private final List<float[]> rows;
    private final double[][] lower;

    /**
     * @param rows what is known of each example
     * @param penalty on large weights
     */
    Ridge(List<float[]> rows, double penalty) {
        this.rows = rows;
        int n = rows.size();
        double[][] kernel = new double[n][n];
        Parallel.each(n, i -> {
            for (int j = 0; j <= i; j++) {
                kernel[i][j] = dot(rows.get(i), rows.get(j));
            }
            kernel[i][i] += penalty;
        });
        this.lower = cholesky(kernel);
    }

    /**
     * Weights that foretell targets.
     *
     * @param targets a row an example
     * @return a row a column of the examples, a column a target
     */
    float[][] weights(float[][] targets) {
        int n = rows.size();
        int outputs = targets[0].length;
        int inputs = rows.get(0).length;
        float[][] weights = new float[inputs][outputs];
        double[][] duals = new double[outputs][];
        Parallel.each(outputs, output -> {
            double[] target = new double[n];
            boolean any = false;
            for (int i = 0; i < n; i++) {
                target[i] = targets[i][output];
                any |= target[i] != 0;
            }
            duals[output] = any ? solve(target) : target;
        });
        Parallel.each(inputs, input -> {
            for (int i = 0; i < n; i++) {
                float value = rows.get(i)[input];
                if (value != 0) {
                    for (int output = 0; output < outputs; output++) {
                        weights[input][output] += (float) (value * duals[output][i]);
                    }
                }
            }
        });
        return weights;
    }

    private double[] solve(double[] target) {
        int n = target.length;
        double[] half = new double[n];
        for (int i = 0; i < n; i++) {
            double sum = target[i];
            for (int j = 0; j < i; j++) {
                sum -= lower[i][j] * half[j];
            }
            half[i] = sum / lower[i][i];
        }
        // Back through the transpose, taking each solved value out of those above it, so that rows are read in order.
        for (int i = n - 1; i >= 0; i--) {
            half[i] /= lower[i][i];
            for (int j = 0; j < i; j++) {
                half[j] -= lower[i][j] * half[i];
            }
        }
        return half;
    }

    private static double[][] cholesky(double[][] matrix) {
        for (int i = 0; i < matrix.length; i++) {
            double[] row = matrix[i];
            for (int j = 0; j <= i; j++) {
                double[] other = matrix[j];
                double sum = row[j];
                for (int k = 0; k < j; k++) {
                    sum -= row[k] * other[k];
                }
                row[j] = i == j ? Math.sqrt(sum) : sum / other[j];
            }
        }
        return matrix;
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
