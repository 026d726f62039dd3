package linge.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PlainTest {

    @Test
    void ordinary_words_stay_as_they_are() {
        assertEquals("路灯\n坏了\t3天 'x' \"y\" <b>", Plain.of("路灯\n坏了\t3天 'x' \"y\" <b>", 100));
    }

    @Test
    void long_words_end_in_an_ellipsis_within_the_limit() {
        assertEquals("一二三", Plain.of("一二三", 3));
        assertEquals("一二…", Plain.of("一二三四", 3));
    }

    @Test
    void a_cut_never_halves_an_emoji() {
        assertEquals("😀😀…", Plain.of("😀".repeat(10_000), 3));
    }

    @Test
    void what_cannot_be_stored_or_would_turn_the_line_is_left_out() {
        assertEquals("ab\uFFFDc\u200Fd", Plain.of("a\u0000\u202Eb\uD83Dc\u200F\u2066d\u0007", 100));
    }

    @Test
    void a_line_has_no_breaks() {
        assertEquals("一 二 三", Plain.line("  一\r\n二\t\n三\n", 100));
    }
}
