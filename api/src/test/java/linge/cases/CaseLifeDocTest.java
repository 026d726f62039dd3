package linge.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CaseLifeDocTest {

    private static final Path PAGE = Path.of("..", "docs", "case-life.md");

    @Test
    void the_drawn_arrows_are_the_moves_of_the_enum() throws IOException {
        Set<String> drawn = Files.readAllLines(PAGE).stream()
                .map(String::strip)
                .filter(line -> line.contains("-->"))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> real = new TreeSet<>(Set.of("[*] --> SUBMITTED: FILE"));
        for (Move move : Move.values()) {
            move.from()
                    .forEach(state -> move.leadsTo(state).forEach(to -> real.add(state + " --> " + to + ": " + move)));
        }
        assertEquals(real, drawn);
    }

    @Test
    void every_move_has_its_row_with_its_chinese_name_and_needs() throws IOException {
        List<String> rows = Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| "))
                .toList();
        for (Move move : Move.values()) {
            String needs = move.needs().isEmpty() ? "–" : String.join(", ", move.needs());
            assertTrue(
                    rows.stream()
                            .anyMatch(row -> row.startsWith("| " + move + " | " + move.label() + " |")
                                    && row.contains("| " + needs + " |")),
                    move + " is not told");
        }
    }
}
