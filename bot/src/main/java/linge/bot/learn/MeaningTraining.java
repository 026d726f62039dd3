package linge.bot.learn;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Learns from sentence vectors: least squares a label with the kernel (1 + x·y)², so that pairs of directions count, line
 * after line over the table of all kernels (Gauss and Seidel's way). Afterwards the lines are summed into one form a label.
 *
 * <p>A hinge loss in its place is a point worse alone, a linear machine two, and random features of a kernel no better than
 * a linear one (docs/accuracy.md).
 */
final class MeaningTraining {
    private static final int MOST_AXES = 256;
    private static final int TURNS = 8;
    private static final int ROUNDS = 10;
    /** The table of kernels of so many lines takes 576 MB. */
    private static final int MOST_LINES = 12_000;

    private final float[][][] senses;
    private final int[] wanted;
    private final int labels;
    private final double[] costs;
    private final long seed;
    private final ExecutorService pool;

    /**
     * @param senses of each line the vector of each field, all of one length
     * @param costs how dear an error on a line is
     * @param pool the result does not depend on how many threads it has
     */
    MeaningTraining(float[][][] senses, int[] wanted, int labels, double[] costs, long seed, ExecutorService pool) {
        int[] kept = sample(senses.length, MOST_LINES, seed);
        this.senses = Arrays.stream(kept).mapToObj(i -> senses[i]).toArray(float[][][]::new);
        this.wanted = Arrays.stream(kept).map(i -> wanted[i]).toArray();
        this.costs = Arrays.stream(kept).mapToDouble(i -> costs[i]).toArray();
        this.labels = labels;
        this.seed = seed;
        this.pool = pool;
    }

    /** The numbers of all lines or, of more than {@code most}, of so many of them; ascending. */
    static int[] sample(int lines, int most, long seed) {
        int[] order = IntStream.range(0, lines).toArray();
        if (lines <= most) {
            return order;
        }
        var random = new SplittableRandom(seed);
        for (int i = 0; i < most; i++) {
            int j = i + random.nextInt(lines - i);
            int swap = order[i];
            order[i] = order[j];
            order[j] = swap;
        }
        int[] kept = Arrays.copyOf(order, most);
        Arrays.sort(kept);
        return kept;
    }

    Meaning run() {
        float[][] centres = centres();
        float[][] rows = Arrays.stream(senses)
                .map(one -> Meaning.sideBySide(one, centres))
                .toArray(float[][]::new);
        float[][] axes = axes(rows);
        float[][] points =
                Arrays.stream(rows).map(row -> Meaning.along(axes, row)).toArray(float[][]::new);
        float[][] kernels = kernels(points);
        float[][] forms = atOnce(IntStream.range(0, labels)
                        .<Callable<float[]>>mapToObj(label -> () -> form(points, pulls(kernels, label)))
                        .toList())
                .toArray(float[][]::new);
        return new Meaning(centres, axes, forms);
    }

    private float[][] centres() {
        int fields = senses[0].length;
        float[][] centres = new float[fields][senses[0][0].length];
        for (float[][] line : senses) {
            for (int field = 0; field < fields; field++) {
                for (int i = 0; i < line[field].length; i++) {
                    centres[field][i] += line[field][i] / senses.length;
                }
            }
        }
        return centres;
    }

    /** An orthonormal base of the directions in which the rows are longest, by orthogonal iteration. */
    private float[][] axes(float[][] rows) {
        int length = rows[0].length;
        float[][] moments = moments(rows, length);
        var random = new java.util.Random(seed);
        float[][] base = new float[Math.min(MOST_AXES, length)][length];
        for (float[] axis : base) {
            for (int i = 0; i < length; i++) {
                axis[i] = (float) random.nextGaussian();
            }
        }
        for (int turn = 0; turn < TURNS; turn++) {
            float[][] before = base;
            base = atOnce(Arrays.stream(before)
                            .<Callable<float[]>>map(axis -> () -> times(axis, moments))
                            .toList())
                    .toArray(float[][]::new);
            straighten(base);
        }
        return base;
    }

    private float[][] moments(float[][] rows, int length) {
        return atOnce(IntStream.range(0, length)
                        .<Callable<float[]>>mapToObj(i -> () -> {
                            float[] sum = new float[length];
                            for (float[] row : rows) {
                                add(sum, row, row[i], length);
                            }
                            return sum;
                        })
                        .toList())
                .toArray(float[][]::new);
    }

    private static float[] times(float[] vector, float[][] matrix) {
        float[] product = new float[vector.length];
        for (int i = 0; i < vector.length; i++) {
            add(product, matrix[i], vector[i], vector.length);
        }
        return product;
    }

    /** Makes each axis square to those before it and of length 1; one that lies within them becomes zero. */
    private static void straighten(float[][] base) {
        for (int axis = 0; axis < base.length; axis++) {
            double whole = length(base[axis]);
            // Twice, as once leaves a trace of the longest axes.
            for (int again = 0; again < 2; again++) {
                for (int before = 0; before < axis; before++) {
                    double shared = 0;
                    for (int i = 0; i < base[axis].length; i++) {
                        shared += base[axis][i] * base[before][i];
                    }
                    add(base[axis], base[before], (float) -shared, base[axis].length);
                }
            }
            double left = length(base[axis]);
            float scale = left > 1e-6 * whole ? (float) (1 / left) : 0;
            for (int i = 0; i < base[axis].length; i++) {
                base[axis][i] *= scale;
            }
        }
    }

    private static double length(float[] vector) {
        double square = 0;
        for (float value : vector) {
            square += (double) value * value;
        }
        return Math.sqrt(square);
    }

    /** (1 + x·y)² of every two lines; the points end in 1, so that x·y of points already has it. */
    private float[][] kernels(float[][] points) {
        int n = points.length;
        float[][] turned = new float[points[0].length][n];
        for (int i = 0; i < n; i++) {
            for (int axis = 0; axis < turned.length; axis++) {
                turned[axis][i] = points[i][axis];
            }
        }
        return atOnce(IntStream.range(0, n)
                        .<Callable<float[]>>mapToObj(i -> () -> {
                            float[] row = new float[n];
                            for (int axis = 0; axis < turned.length; axis++) {
                                add(row, turned[axis], points[i][axis], n);
                            }
                            for (int j = 0; j < n; j++) {
                                row[j] *= row[j];
                            }
                            return row;
                        })
                        .toList())
                .toArray(float[][]::new);
    }

    /** How much each line pulls towards the label, or, below zero, away from it. */
    private float[] pulls(float[][] kernels, int label) {
        int n = kernels.length;
        float[] pulls = new float[n];
        float[] scores = new float[n];
        int[] order = IntStream.range(0, n).toArray();
        var random = new SplittableRandom(seed + label);
        for (int round = 0; round < ROUNDS; round++) {
            for (int s = 0; s < n; s++) {
                int j = s + random.nextInt(n - s);
                int i = order[j];
                order[j] = order[s];
                order[s] = i;
                double slack = 0.5 / costs[i];
                double off = (wanted[i] == label ? 1 : -1) - scores[i] - pulls[i] * slack;
                float step = (float) (off / (kernels[i][i] + slack));
                pulls[i] += step;
                add(scores, kernels[i], step, n);
            }
        }
        return pulls;
    }

    private static float[] form(float[][] points, float[] pulls) {
        int axes = points[0].length;
        double[][] sums = new double[axes][];
        for (int i = 0; i < axes; i++) {
            sums[i] = new double[i + 1];
        }
        for (int line = 0; line < points.length; line++) {
            for (int i = 0; i < axes; i++) {
                double scale = (double) pulls[line] * points[line][i];
                double[] sum = sums[i];
                for (int j = 0; j <= i; j++) {
                    sum[j] += scale * points[line][j];
                }
            }
        }
        float[] form = new float[axes * (axes + 1) / 2];
        int at = 0;
        for (double[] row : sums) {
            for (double value : row) {
                form[at++] = (float) value;
            }
        }
        return form;
    }

    /** The one loop that all the time goes into; written so that the machine does several numbers at a time. */
    private static void add(float[] to, float[] from, float times, int length) {
        for (int i = 0; i < length; i++) {
            to[i] += times * from[i];
        }
    }

    private <T> List<T> atOnce(List<Callable<T>> tasks) {
        try {
            var done = new java.util.ArrayList<T>(tasks.size());
            for (Future<T> one : pool.invokeAll(tasks)) {
                done.add(one.get());
            }
            return done;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("training was interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
