package linge.bot.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalizerTest {
    @ParameterizedTest
    @CsvSource({"１２３ＡＢＣ, 123ABC", "路灯　　坏了, 路灯 坏了", "㎡, m2", "（东街）, (东街)", "'  a   b  ', a b"})
    void one_form_for_each_character(String text, String expected) {
        assertEquals(expected, Normalizer.normalize(text));
    }

    @Test
    void invisible_and_bidi_marks_and_lone_surrogates_go() {
        assertEquals("路灯", Normalizer.normalize("\u202e路\u200b\u200d灯\ufeff\u2069\ud800\u0000"));
        assertEquals("", Normalizer.normalize("\u200b\u202e\t\r\n\u3000"));
    }

    @Test
    void a_pair_of_surrogates_stays_whole() {
        assertEquals("😀𠮷", Normalizer.normalize("😀𠮷"));
    }

    @Test
    void the_result_is_bounded_even_where_a_character_expands() {
        assertTrue(Normalizer.normalize("字".repeat(100_000)).length() <= Normalizer.MOST);
        assertTrue(Normalizer.normalize("\ufdfa".repeat(50_000)).length() <= Normalizer.MOST);
    }

    @Test
    void normalizing_twice_changes_nothing_and_no_text_throws() {
        var random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            var text = new StringBuilder();
            for (int j = random.nextInt(40); j > 0; j--) {
                text.append((char) random.nextInt(0x10000));
            }
            String once = Normalizer.normalize(text.toString());
            assertEquals(once, Normalizer.normalize(once));
        }
    }
}
