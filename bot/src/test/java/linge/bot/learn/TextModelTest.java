package linge.bot.learn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextModelTest {
    private static final Options QUICK = Options.DEFAULT.folds(3);
    private static TextModel model;

    @BeforeAll
    static void train() throws NotEnough {
        model = TextModel.train(MadeUp.lines(240, 1), QUICK, 7, step -> {}).model();
    }

    private static byte[] bytes(TextModel some) throws IOException {
        var out = new ByteArrayOutputStream();
        some.save(out);
        return out.toByteArray();
    }

    private static TextModel read(byte[] bytes) throws IOException {
        return TextModel.load(new ByteArrayInputStream(bytes));
    }

    @Test
    void it_answers_lines_it_has_not_seen() {
        var fresh = MadeUp.lines(90, 2);
        long right = fresh.stream()
                .filter(line ->
                        line.label().equals(model.classify(line.fields()).label()))
                .count();
        assertTrue(right >= 88, right + " of 90");
        assertTrue(
                model.crossValidated().accuracy() > 0.95,
                () -> model.crossValidated().toString());
    }

    @Test
    void shares_are_ranked_and_sum_to_one() {
        Scored scored = model.classify("东门口路灯坏了");
        assertEquals("路灯", scored.label());
        assertEquals(3, scored.shares().size());
        assertEquals(scored.confidence(), scored.shares().get(0).confidence());
        assertEquals(1, scored.shares().stream().mapToDouble(Share::confidence).sum(), 1e-9);
        for (int i = 1; i < 3; i++) {
            assertTrue(scored.shares().get(i - 1).confidence()
                    >= scored.shares().get(i).confidence());
        }
    }

    @Test
    void the_same_seed_gives_the_same_bytes_on_any_number_of_threads() throws Exception {
        var again = TextModel.train(MadeUp.lines(240, 1), QUICK.threads(3), 7, step -> {})
                .model();
        assertArrayEquals(bytes(model), bytes(again));
    }

    @Test
    void a_saved_model_answers_as_the_one_in_memory() throws IOException {
        var loaded = read(bytes(model));
        assertEquals(model.labels(), loaded.labels());
        assertEquals(model.crossValidated(), loaded.crossValidated());
        assertEquals(model.sure(), loaded.sure());
        for (Labelled line : MadeUp.lines(60, 3)) {
            Scored before = model.classify(line.fields());
            Scored after = loaded.classify(line.fields());
            assertEquals(before.label(), after.label());
            assertEquals(before.confidence(), after.confidence(), 1e-3);
        }
        assertArrayEquals(bytes(loaded), bytes(read(bytes(loaded))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "😀😀", "Ωψχ", "\u0000\u200b", "\ud83d"})
    void a_text_without_a_known_feature_has_no_label_and_is_abstained(String text) {
        Scored scored = model.classify(text);
        assertNull(scored.label());
        assertTrue(scored.abstained());
        assertEquals(0, scored.confidence());
    }

    @Test
    void about_a_tenth_is_abstained_as_the_options_ask() throws NotEnough {
        var doubtful = new ArrayList<>(MadeUp.lines(300, 4));
        for (int i = 0; i < 60; i++) {
            doubtful.add(
                    new Labelled(List.of("请问怎么办" + i), List.of("路灯", "工资", "噪音").get(i % 3), 1));
        }
        Figures figures = TextModel.train(doubtful, QUICK.answered(0.8), 1, step -> {})
                .model()
                .crossValidated();
        assertEquals(0.2, figures.abstained(), 0.05);
        assertTrue(figures.accuracyAnswered() > figures.accuracy() + 0.05, figures::toString);
    }

    @Test
    void what_few_lines_say_is_not_in_the_model() throws NotEnough {
        var lines = new ArrayList<>(MadeUp.lines(120, 5));
        for (int i = 0; i < 4; i++) {
            lines.add(new Labelled(List.of("鬱靐" + i), "路灯", 1));
        }
        assertNull(TextModel.train(lines, QUICK, 1, step -> {})
                .model()
                .classify("鬱靐")
                .label());
        lines.add(new Labelled(List.of("鬱靐5"), "路灯", 1));
        assertEquals(
                "路灯",
                TextModel.train(lines, QUICK, 1, step -> {})
                        .model()
                        .classify("鬱靐")
                        .label());
    }

    @Test
    void a_doubtful_line_weighs_less() throws NotEnough {
        var lines = new ArrayList<>(MadeUp.lines(120, 6));
        for (int i = 0; i < 9; i++) {
            lines.add(new Labelled(List.of("井盖" + (char) ('a' + i)), "路灯", 1));
            lines.add(new Labelled(List.of("井盖" + (char) ('k' + i)), "噪音", 0.05));
        }
        assertEquals(
                "路灯",
                TextModel.train(lines, QUICK, 1, step -> {})
                        .model()
                        .classify("井盖")
                        .label());
    }

    @Test
    void the_same_words_in_another_field_are_other_features() throws NotEnough {
        List<Labelled> lines = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            String rest = "第" + (char) ('a' + i % 26) + i + "条";
            lines.add(new Labelled(List.of("甲乙" + rest, "丙丁" + rest), "前", 1));
            lines.add(new Labelled(List.of("丙丁" + rest + "号", "甲乙" + rest), "后", 1));
        }
        var two = TextModel.train(lines, QUICK, 1, step -> {}).model();
        assertEquals("前", two.classify(List.of("甲乙", "丙丁")).label());
        assertEquals("后", two.classify(List.of("丙丁", "甲乙")).label());
        assertThrows(IllegalArgumentException.class, () -> two.classify(List.of("甲乙")));
    }

    @Test
    void eight_threads_get_the_same_answers_as_one() throws Exception {
        var texts = MadeUp.lines(200, 8);
        Callable<List<Scored>> all =
                () -> texts.stream().map(line -> model.classify(line.fields())).toList();
        var alone = all.call();
        var pool = Executors.newFixedThreadPool(8);
        try {
            for (var answer :
                    pool.invokeAll(Stream.generate(() -> all).limit(16).collect(Collectors.toList()))) {
                assertEquals(alone, answer.get());
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void a_very_long_text_is_read_as_far_as_features_go() {
        assertEquals("工资", model.classify("老板拖欠工资。".repeat(20_000)).label());
    }

    @Test
    void too_little_is_refused_in_words() {
        var one = MadeUp.lines(30, 1).stream()
                .filter(line -> line.label().equals("工资"))
                .toList();
        assertEquals(
                "至少要有两个类别才能训练，现在有 1 个。",
                assertThrows(NotEnough.class, () -> TextModel.train(one, QUICK, 1, step -> {}))
                        .getMessage());
        var rare = new ArrayList<>(MadeUp.lines(30, 1));
        rare.add(new Labelled(List.of("停水"), "供水", 1));
        assertTrue(assertThrows(NotEnough.class, () -> TextModel.train(rare, QUICK, 1, step -> {}))
                .getMessage()
                .contains("供水"));
    }

    @Test
    void a_file_cut_anywhere_is_refused() throws IOException {
        byte[] whole = bytes(model);
        for (int length : List.of(0, 1, 7, 8, 11, 15, 20, 24, 25, whole.length / 2, whole.length - 1)) {
            assertThrows(BadModel.class, () -> read(java.util.Arrays.copyOf(whole, length)), "cut at " + length);
        }
    }

    @Test
    void a_file_with_a_changed_byte_is_refused() throws IOException {
        byte[] whole = bytes(model);
        for (int at = 0; at < whole.length; at += Math.max(1, at < 64 ? 1 : whole.length / 50)) {
            byte[] changed = whole.clone();
            changed[at] ^= 0x10;
            assertThrows(BadModel.class, () -> read(changed), "changed at " + at);
        }
        whole[11] = 9;
        assertTrue(assertThrows(BadModel.class, () -> read(whole)).getMessage().contains("版本"));
    }

    /** A sentence model of a few characters; it knows one, 饷, that no line of training has. */
    private static float[] felt(String text) {
        var vector = new float[3];
        text.chars().forEach(c -> {
            if ("灯漆".indexOf(c) >= 0) {
                vector[0]++;
            } else if ("工薪饷".indexOf(c) >= 0) {
                vector[1]++;
            } else if ("吵声".indexOf(c) >= 0) {
                vector[2]++;
            }
        });
        return vector;
    }

    private static Trained feeling(int threads) throws NotEnough {
        return new Training(MadeUp.lines(120, 9), QUICK.threads(threads), TextModelTest::felt, 7, step -> {}).run();
    }

    @Test
    void meaning_turns_an_answer_that_characters_would_give_otherwise() throws NotEnough {
        var plain = TextModel.train(MadeUp.lines(120, 9), QUICK, 7, step -> {}).model();
        // Nothing in the opening tells, and of the characters that follow the plain model has seen none.
        String text = "请问饷饷饷";
        var meaningful = feeling(1).model();
        double before = share(plain.classify(text), "工资");
        double after = share(meaningful.classify(text), "工资");
        assertTrue(meaningful.meaningShare() > 0, "the meaning counts");
        assertTrue(after > before + 0.1, before + " to " + after);
        assertEquals("工资", meaningful.classify(text).label());
    }

    private static double share(Scored scored, String label) {
        return scored.shares().stream()
                .filter(share -> share.label().equals(label))
                .mapToDouble(Share::confidence)
                .sum();
    }

    @Test
    void meaning_is_learnt_the_same_on_any_number_of_threads() throws Exception {
        assertArrayEquals(bytes(feeling(1).model()), bytes(feeling(3).model()));
    }

    @Test
    void a_saved_model_keeps_what_it_knows_of_meaning() throws Exception {
        var model = feeling(2).model();
        byte[] whole = bytes(model);
        var loaded = ModelFile.read(new ByteArrayInputStream(whole), TextModelTest::felt);
        assertEquals(model.meaningShare(), loaded.meaningShare());
        for (Labelled line : MadeUp.lines(60, 10)) {
            assertEquals(
                    model.classify(line.fields()).confidence(),
                    loaded.classify(line.fields()).confidence(),
                    1e-3);
        }
        assertArrayEquals(bytes(loaded), whole);
        for (int length : List.of(whole.length / 2, whole.length - 1)) {
            assertThrows(BadModel.class, () -> read(java.util.Arrays.copyOf(whole, length)), "cut at " + length);
        }
    }

    @Test
    void words_are_heeded_beside_characters_and_survive_the_file() throws Exception {
        var model = feeling(1).model();
        assertTrue(model.wordShare() > 0 && model.wordShare() < 1, "words and characters both count");
        var loaded = ModelFile.read(new ByteArrayInputStream(bytes(model)), TextModelTest::felt);
        assertEquals(model.wordShare(), loaded.wordShare());
        assertEquals(model.features(), loaded.features());
        assertTrue(
                model.features()
                        > TextModel.train(MadeUp.lines(120, 9), QUICK, 7, step -> {})
                                .model()
                                .features(),
                "words are features of their own");
    }

    @Test
    void a_file_from_before_words_were_heeded_answers_as_it_did() throws Exception {
        var now = feeling(1).model();
        var before = new TextModel(
                now.labels(),
                now.lexicon(),
                now.linear(),
                null,
                now.sensed(),
                now.calibration(),
                now.sure(),
                now.crossValidated());
        byte[] file = bytes(before);
        assertEquals(2, file[11], "the version it had then");
        var loaded = ModelFile.read(new ByteArrayInputStream(file), TextModelTest::felt);
        assertEquals(0, loaded.wordShare());
        for (Labelled line : MadeUp.lines(60, 11)) {
            Scored was = before.classify(line.fields());
            assertEquals(was.label(), loaded.classify(line.fields()).label());
            assertEquals(was.confidence(), loaded.classify(line.fields()).confidence(), 1e-3);
        }
    }

    @Test
    void how_the_story_begins_is_a_field_of_its_own_where_there_are_several() throws Exception {
        assertEquals(List.of("路灯坏了"), Opening.with(List.of("路灯坏了")));
        assertEquals(List.of("路灯", " 坏了 ", "坏了"), Opening.with(List.of("路灯", " 坏了 ")));
        assertEquals(80, Opening.with(List.of("", "长".repeat(300))).get(2).length());
        List<Labelled> told = MadeUp.lines(120, 12);
        var lines = new ArrayList<Labelled>();
        for (int i = 0; i < told.size(); i++) {
            String title = "反映" + (char) ('一' + i);
            lines.add(new Labelled(
                    List.of(title, told.get(i).fields().get(0)), told.get(i).label(), 1));
        }
        var model = new Training(lines, QUICK, TextModelTest::felt, 7, step -> {})
                .run()
                .model();
        assertEquals(2, model.fields(), "the opening is nobody's to give");
        var loaded = ModelFile.read(new ByteArrayInputStream(bytes(model)), TextModelTest::felt);
        assertArrayEquals(bytes(model), bytes(loaded));
        assertEquals(
                model.classify(List.of("反映", "东门口路灯坏了")).label(),
                loaded.classify(List.of("反映", "东门口路灯坏了")).label());
        assertThrows(IllegalArgumentException.class, () -> loaded.classify(List.of("反映", "路灯", "坏了")));
    }

    @Test
    void of_lines_out_of_order_the_surer_answer_stays_the_surer() {
        double[][] scores = new double[600][];
        int[] wanted = new int[600];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = new double[] {i / 300.0, 0};
            // Between a third and two thirds it is right less often the surer it is.
            wanted[i] = i < 200 ? i % 2 : i < 400 ? (i % 10 < 9 - (i - 200) / 40 ? 0 : 1) : i % 20 == 0 ? 1 : 0;
        }
        Calibration fitted = Calibration.fit(scores, wanted);
        for (double at = 0.1; at < 1.9; at += 0.1) {
            double less = fitted.shares(new double[] {at, 0})[0];
            double more = fitted.shares(new double[] {at + 0.1, 0})[0];
            assertTrue(more > less, at + ": " + less + " to " + more);
        }
    }

    @Test
    void two_words_that_follow_each_other_are_another_feature_than_apart() {
        var together = new Grams.Hashes();
        Reading.WORDS.read("路灯坏了", 0, together);
        var turned = new Grams.Hashes();
        Reading.WORDS.read("坏了路灯", 0, turned);
        var otherField = new Grams.Hashes();
        Reading.WORDS.read("路灯坏了", 1, otherField);
        Set<Long> first = hashes(together);
        assertTrue(hashes(turned).stream().anyMatch(first::contains), "the words are the same");
        assertFalse(first.containsAll(hashes(turned)), "the pairs are not");
        assertTrue(hashes(otherField).stream().noneMatch(first::contains), "nor is anything in another field");
    }

    private static Set<Long> hashes(Grams.Hashes some) {
        return Arrays.stream(some.values, 0, some.size).boxed().collect(Collectors.toSet());
    }

    @Test
    void nothing_is_abstained_when_every_line_is_to_be_answered() throws NotEnough {
        var eager = TextModel.train(MadeUp.lines(90, 1), QUICK.answered(1), 1, step -> {});
        assertEquals(0, eager.model().crossValidated().abstained());
        assertFalse(eager.model().classify("老板拖欠工资").abstained());
    }
}
