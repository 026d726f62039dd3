package linge.bot.triage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.stream.Stream;
import linge.bot.text.Resources;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class UrgencyTest {
    private final UrgencyRules rules = new UrgencyRules();

    @TestFactory
    Stream<DynamicTest> each_line_is_as_urgent_as_it_says() {
        return Resources.lines(UrgencyTest.class, "urgency.txt").stream()
                .map(line -> line.split("\\|", 2))
                .map(cells -> dynamicTest(cells[1], () -> assertEquals(cells[0], said(cells[1]))));
    }

    private String said(String text) {
        var judged = rules.of(text);
        return judged.urgency() + (judged.hotline() == null ? "" : " " + judged.hotline());
    }

    @Test
    void spaces_and_marks_inside_a_cry_do_not_hide_it() {
        assertEquals("EMERGENCY 119", said("着 火 了 ！！！"));
        assertEquals("EMERGENCY 119", said("着\u200b火\u202e了"));
    }

    @Test
    void an_emergency_deep_in_a_long_story_is_heard() {
        assertEquals("EMERGENCY 119", said("我想反映一下小区物业的问题。".repeat(40) + "楼下现在着火了！"));
    }

    @Test
    void what_happens_now_counts_though_it_began_yesterday() {
        assertNotEquals("NORMAL", said("昨天就闻到煤气味，现在煤气味越来越大"));
    }
}
