package linge.bot.triage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import linge.bot.text.Resources;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IssueSplitterTest {
    private static final Triage TRIAGE = Triage.shipped();

    /** Of the lines in issues.tsv, written before the splitter was tried on them. */
    private static final double COUNT_FLOOR = 0.93;

    private static List<String> codes(List<Issue> issues) {
        return issues.stream()
                .map(issue -> issue.triaged().category() == null
                        ? ""
                        : issue.triaged().category().code())
                .toList();
    }

    @Test
    void a_text_is_split_into_as_many_matters_as_it_names() {
        List<String> wrong = new ArrayList<>();
        List<String> lines = Resources.lines(IssueSplitterTest.class, "issues.tsv");
        for (String line : lines) {
            String[] cells = line.split("\t");
            List<Issue> issues = TRIAGE.issues(cells[0]);
            if (issues.size() != cells[1].split(" ").length) {
                wrong.add(cells[0] + " → " + issues.stream().map(Issue::text).toList() + codes(issues));
            }
        }
        assertTrue(wrong.size() <= lines.size() * (1 - COUNT_FLOOR), () -> String.join("\n", wrong));
    }

    @Test
    void one_story_is_hardly_ever_torn_apart() {
        var torn = Resources.lines(IssueSplitterTest.class, "issues.tsv").stream()
                .map(line -> line.split("\t"))
                .filter(cells -> !cells[1].contains(" "))
                .filter(cells -> TRIAGE.issues(cells[0]).size() > 1)
                .map(cells -> cells[0])
                .toList();
        assertTrue(torn.size() <= 1, torn::toString);
    }

    @Test
    void each_part_carries_only_its_own_words() {
        List<Issue> issues = TRIAGE.issues("路灯坏了,另外物业还乱收费");
        assertEquals(List.of("路灯坏了", "物业还乱收费"), issues.stream().map(Issue::text).toList());
        assertEquals(List.of("MUNICIPAL.STREET_LAMP", "PROPERTY.FEES"), codes(issues));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "另外", "另外，另外，另外", "1.2.3.", "😀另外😀", "\ud83d", "二是二是二是"})
    void any_text_has_at_least_one_matter(String text) {
        assertEquals(1, TRIAGE.issues(text).size());
    }

    @Test
    void a_long_list_has_at_most_five_matters() {
        assertTrue(TRIAGE.issues("路灯坏了。另外物业乱收费。".repeat(60)).size() <= 5);
    }
}
