package linge.bot.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class MeaningTest {
    private static final ExecutorService POOL = Executors.newFixedThreadPool(2);

    @AfterAll
    static void close() {
        POOL.shutdownNow();
    }

    /** Vectors of one field; the label is 1 where their first two numbers have the same sign, which no line parts. */
    private static float[][][] vectors(int many, int length, long seed) {
        var random = new Random(seed);
        float[][][] vectors = new float[many][1][length];
        for (float[][] one : vectors) {
            for (int i = 0; i < length; i++) {
                one[0][i] = (float) random.nextGaussian() * (i < 2 ? 3 : 1);
            }
        }
        return vectors;
    }

    private static int[] labels(float[][][] vectors) {
        return Arrays.stream(vectors)
                .mapToInt(one -> one[0][0] * one[0][1] > 0 ? 1 : 0)
                .toArray();
    }

    private static Meaning learnt(float[][][] vectors, int[] wanted) {
        double[] costs = new double[vectors.length];
        Arrays.fill(costs, 1);
        return new MeaningTraining(vectors, wanted, 2, costs, 1, POOL).run();
    }

    private static double right(Meaning meaning, float[][][] vectors) {
        int[] wanted = labels(vectors);
        int right = 0;
        for (int i = 0; i < vectors.length; i++) {
            double[] scores = meaning.scores(vectors[i]);
            right += (scores[1] > scores[0] ? 1 : 0) == wanted[i] ? 1 : 0;
        }
        return right / (double) vectors.length;
    }

    @Test
    void it_learns_what_only_a_pair_of_directions_tells() {
        float[][][] seen = vectors(600, 8, 1);
        double right = right(learnt(seen, labels(seen)), vectors(400, 8, 2));
        assertTrue(right > 0.9, right + " right");
    }

    @Test
    void it_learns_from_vectors_that_all_lie_in_a_plane() {
        float[][][] seen = vectors(300, 8, 3);
        for (float[][] one : seen) {
            Arrays.fill(one[0], 2, 8, 0);
        }
        Meaning meaning = learnt(seen, labels(seen));
        assertTrue(right(meaning, seen) > 0.95);
        for (float[] form : meaning.forms()) {
            for (float weight : form) {
                assertTrue(Float.isFinite(weight));
            }
        }
    }

    @Test
    void axes_are_square_to_each_other_and_of_length_one() {
        float[][][] seen = vectors(200, 8, 4);
        float[][] axes = learnt(seen, labels(seen)).axes();
        assertEquals(8, axes.length);
        for (int a = 0; a < axes.length; a++) {
            for (int b = 0; b <= a; b++) {
                double product = 0;
                for (int i = 0; i < axes[a].length; i++) {
                    product += axes[a][i] * axes[b][i];
                }
                assertEquals(a == b ? 1 : 0, product, 1e-4, a + " and " + b);
            }
        }
    }

    @Test
    void of_more_lines_than_the_table_takes_some_are_drawn_once_each() {
        int[] kept = MeaningTraining.sample(1_000, 300, 5);
        assertEquals(300, Arrays.stream(kept).distinct().count());
        assertTrue(Arrays.stream(kept).allMatch(line -> line >= 0 && line < 1_000));
        assertTrue(Arrays.stream(kept).filter(line -> line >= 500).count() > 100, "from all over");
        assertEquals(1_000, MeaningTraining.sample(1_000, 1_000, 5).length);
    }
}
