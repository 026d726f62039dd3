package linge.bot.knowledge.law;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import linge.bot.embed.Embedder;
import org.junit.jupiter.api.Test;

class LearningPartsTest {
    @Test
    void ridge_finds_the_weights_that_made_the_targets() {
        var random = new Random(7);
        List<float[]> rows = new ArrayList<>();
        float[][] targets = new float[60][2];
        for (float[] target : targets) {
            float[] row = {(float) random.nextGaussian(), (float) random.nextGaussian(), (float) random.nextGaussian()};
            rows.add(row);
            target[0] = 2 * row[0] - row[1];
            target[1] = 0.5f * row[2];
        }
        float[][] weights = new Ridge(rows, 1e-4).weights(targets);
        assertArrayEquals(new float[] {2, 0}, weights[0], 0.01f);
        assertArrayEquals(new float[] {-1, 0}, weights[1], 0.01f);
        assertArrayEquals(new float[] {0, 0.5f}, weights[2], 0.01f);
    }

    @Test
    void the_mixer_trusts_the_clue_that_tells_and_not_the_noise() {
        var random = new Random(7);
        List<Mixer.Example> examples = new ArrayList<>();
        for (int e = 0; e < 50; e++) {
            float[][] clues = new float[20][2];
            boolean[] right = new boolean[20];
            right[e % 20] = true;
            for (int row = 0; row < 20; row++) {
                clues[row][0] = (right[row] ? 1 : 0) + 0.3f * (float) random.nextGaussian();
                clues[row][1] = (float) random.nextGaussian();
            }
            examples.add(new Mixer.Example(clues, right));
        }
        float[] weights = Mixer.learn(examples);
        assertTrue(weights[0] > 5 * Math.abs(weights[1]), weights[0] + " " + weights[1]);
    }

    @Test
    void runs_that_few_questions_share_are_not_kept() {
        List<QuestionView> questions = IntStream.range(0, 10)
                .mapToObj(i -> new QuestionView(i < 4 ? "工资秘密" : "工资拖欠", new float[Embedder.SIZE]))
                .toList();
        Traits traits = Traits.learn(questions);
        assertTrue(traits.runs().contains("工资"));
        assertTrue(traits.runs().contains("拖欠"));
        assertFalse(traits.runs().contains("秘密"), "only four questions have it");
        assertFalse(traits.runs().contains("秘"));
    }

    @Test
    void questions_that_say_nearly_the_same_share_a_fold() {
        List<String> questions = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            questions.add("问题" + (char) ('一' + i * 7) + (char) ('一' + i * 11) + (char) ('一' + i * 13) + "怎么办");
        }
        questions.add("老板拖欠工资三个月应该去哪里告");
        questions.add("老板拖欠工资三个月，应该去哪里告？");
        int[] folds = LawLearning.Groups.folds(questions, 5);
        assertEquals(folds[40], folds[41]);
        assertTrue(IntStream.of(folds).distinct().count() == 5);
    }

    @Test
    void the_top_is_the_same_as_sorting_all() {
        var random = new Random(3);
        float[] scores = new float[1_000];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = random.nextInt(50) - 25;
        }
        int[] expected = IntStream.range(0, scores.length)
                .boxed()
                .sorted((a, b) -> scores[a] != scores[b] ? Float.compare(scores[b], scores[a]) : a - b)
                .limit(30)
                .mapToInt(i -> i)
                .toArray();
        assertArrayEquals(expected, FirstLook.Top.of(scores, 30));
    }

    @Test
    void the_sentence_model_puts_like_with_like_and_never_wavers() {
        Embedder embedder = Embedder.shared();
        float[] leak = embedder.text("楼上漏水泡了我家");
        assertArrayEquals(leak, embedder.text("楼上漏水泡了我家"));
        assertTrue(cosine(leak, embedder.text("天花板渗水，是楼上的水管坏了")) > cosine(leak, embedder.text("公司没有给员工发工资")));
        assertEquals(1, cosine(leak, leak), 1e-5);
        assertNotEquals(leak[0], embedder.text("公司没有给员工发工资")[0]);
    }

    private static double cosine(float[] a, float[] b) {
        return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
    }
}
