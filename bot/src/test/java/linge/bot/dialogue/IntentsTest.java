package linge.bot.dialogue;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import linge.bot.place.AddressIndex;
import linge.bot.place.Gazetteer;
import linge.bot.text.Resources;
import org.junit.jupiter.api.Test;

class IntentsTest {
    private static final AddressIndex INDEX = new AddressIndex(Gazetteer.shipped());
    private static final Reader READER = new Reader(Gazetteer.shipped(), () -> INDEX);

    private record Line(Intent intent, String text) {}

    static List<Line> lines(String file) {
        var lines = new ArrayList<Line>();
        Intent intent = Intent.REPORT;
        for (String line : Resources.lines(IntentsTest.class, file)) {
            if (line.startsWith("= ")) {
                intent = Intent.valueOf(line.substring(2));
            } else {
                lines.add(new Line(intent, line));
            }
        }
        return lines;
    }

    private static void measure(List<Line> lines, double least) {
        var wrong = new ArrayList<String>();
        int sure = 0;
        int sureRight = 0;
        for (Line line : lines) {
            Message message = READER.read(line.text(), null);
            boolean right = message.intent() == line.intent();
            if (!right) {
                wrong.add(line.text() + ": " + message.intent() + " not " + line.intent());
            }
            if (message.confidence() >= Message.SURE) {
                sure++;
                sureRight += right ? 1 : 0;
            }
        }
        assertTrue(wrong.size() <= lines.size() * (1 - least), wrong::toString);
        assertTrue(sureRight >= sure * 0.94, sureRight + " of " + sure);
    }

    @Test
    void lines_it_was_improved_with_are_understood() {
        measure(lines("intents.txt"), 0.97);
    }

    @Test
    void lines_it_had_never_seen_are_understood_as_docs_accuracy_says() {
        measure(lines("intents-fresh.txt"), 0.85);
    }

    @Test
    void there_are_enough_lines_to_say_something() {
        assertTrue(lines("intents.txt").size() + lines("intents-fresh.txt").size() >= 300);
    }

    @Test
    void no_line_is_both_taught_and_asked() {
        var taught = lines("intent-lines.txt").stream().map(Line::text).toList();
        var both = lines("intents.txt").stream()
                .map(Line::text)
                .filter(taught::contains)
                .toList();
        // A greeting has few forms; everything longer must be new.
        assertTrue(both.stream().allMatch(text -> text.length() <= 3), both::toString);
    }
}
