package linge.bot.learn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DistillationTest {
    private static final String[] PLACES = {"东街", "西街", "南街", "北街", "学校", "公园", "桥头", "村口", "医院", "广场"};

    private static List<Labelled> own() {
        var lines = new ArrayList<Labelled>();
        for (String place : PLACES) {
            lines.add(new Labelled(List.of(place + "的路灯不亮"), "LAMP", 1));
            lines.add(new Labelled(List.of(place + "的垃圾没人拉"), "WASTE", 1));
        }
        lines.add(new Labelled(List.of("路灯"), "LAMP", 0.5));
        return lines;
    }

    private static List<Distillation.Unlabelled> shared() {
        var texts = new ArrayList<Distillation.Unlabelled>();
        for (String place : PLACES) {
            texts.add(new Distillation.Unlabelled(place + "黑咕隆咚", Set.of("LAMP")));
            texts.add(new Distillation.Unlabelled(place + "臭气熏天", Set.of("WASTE")));
        }
        texts.add(new Distillation.Unlabelled("张三丰骑着驴", Set.of("WASTE")));
        return texts;
    }

    private static float[] nothing(String text) {
        return new float[0];
    }

    private static Distilled distilled(int threads) {
        return new Distillation(
                        own(),
                        shared(),
                        DistillationTest::nothing,
                        Distillation.Settings.DEFAULT,
                        1,
                        threads,
                        said -> {})
                .run(3);
    }

    @Test
    void the_student_learns_from_our_lines_and_from_what_the_labels_of_others_allow() {
        TextModel model = distilled(1).model();
        assertEquals("LAMP", model.classify("巷子里的路灯坏了").label());
        assertEquals("LAMP", model.classify("到处黑咕隆咚").label());
        assertEquals("WASTE", model.classify("到处臭气熏天").label());
    }

    @Test
    void words_that_one_stranger_wrote_are_not_in_the_model() {
        assertNull(distilled(1).model().classify("张三丰骑驴").label());
    }

    @Test
    void marks_digits_and_other_scripts_are_no_known_words() {
        TextModel model = distilled(1).model();
        for (String text : List.of("", "，。！", "12345", "abc def", "\ud83d")) {
            assertNull(model.classify(text).label(), text);
        }
    }

    @Test
    void every_line_of_ours_has_an_answer_from_a_model_that_did_not_see_it() {
        Distilled distilled = distilled(1);
        assertEquals(own().size(), distilled.unseen().size());
        assertEquals(20, distilled.crossValidation().size(), "keywords are not measured");
        assertTrue(distilled.crossValidation().figures().accuracy() > 0.9);
    }

    @Test
    void threads_do_not_change_the_model() throws IOException {
        assertArrayEquals(bytes(distilled(1).model()), bytes(distilled(3).model()));
    }

    @Test
    void the_meaning_of_each_text_is_asked_for_once() {
        List<String> asked = Collections.synchronizedList(new ArrayList<>());
        var distillation = new Distillation(
                own(),
                shared(),
                text -> {
                    asked.add(text);
                    return new float[] {text.contains("灯") ? 1 : 0, text.contains("圾") ? 1 : 0};
                },
                Distillation.Settings.DEFAULT,
                1,
                2,
                said -> {});
        assertEquals("LAMP", distillation.run(2).model().classify("路灯").label());
        assertEquals(own().size() + shared().size(), asked.size());
    }

    private static byte[] bytes(TextModel model) throws IOException {
        var out = new ByteArrayOutputStream();
        model.save(out);
        return out.toByteArray();
    }
}
