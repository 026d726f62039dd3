package linge.notify.sms;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import linge.notify.sms.Segments.Segment;
import org.junit.jupiter.api.Test;

class SegmentsTest {

    @Test
    void seventy_characters_are_one_message_without_a_header() {
        List<Segment> alone = Segments.of("灯".repeat(70), 7);
        assertEquals(1, alone.size());
        assertFalse(alone.get(0).withHeader());
        assertEquals(140, alone.get(0).bytes().length);
    }

    @Test
    void one_more_makes_two_parts_of_sixty_seven_and_four() {
        List<Segment> two = Segments.of("灯".repeat(71), 0x1FF);
        assertEquals(
                List.of(140, 6 + 2 * 4), two.stream().map(s -> s.bytes().length).toList());
        assertEquals("050003ff0201", AliyunPlatform.hex(two.get(0).bytes()).substring(0, 12));
        assertEquals("050003ff0202", AliyunPlatform.hex(two.get(1).bytes()).substring(0, 12));
    }

    @Test
    void whatever_is_cut_joins_again_and_no_character_is_cut_in_two() {
        SplittableRandom random = new SplittableRandom(4);
        for (int round = 0; round < 2_000; round++) {
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(400);
            while (text.length() < length) {
                text.appendCodePoint(random.nextInt(3) == 0 ? 0x1F4A1 : 0x4E00 + random.nextInt(5_000));
            }
            StringBuilder joined = new StringBuilder();
            for (Segment segment : Segments.of(text.toString(), round)) {
                assertTrue(segment.bytes().length <= 140, "fits on the air");
                int header = segment.withHeader() ? 6 : 0;
                String words = new String(segment.bytes(), header, segment.bytes().length - header, UTF_16BE);
                assertFalse(words.codePoints().anyMatch(c -> c >= 0xD800 && c < 0xE000), "half a character");
                joined.append(words);
            }
            assertEquals(text.toString(), joined.toString());
        }
    }

    @Test
    void what_no_phone_could_join_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> Segments.of("灯".repeat(67 * 255 + 1), 1));
    }
}
