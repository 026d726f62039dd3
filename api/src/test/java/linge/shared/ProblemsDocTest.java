package linge.shared;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemsDocTest {

    @Test
    void the_page_lists_every_kind_with_its_status_and_title() throws IOException {
        List<String> told = Files.readAllLines(Path.of("..", "docs", "problems.md")).stream()
                .filter(line -> line.startsWith("| `urn:"))
                .map(line -> line.substring(0, line.lastIndexOf('|', line.length() - 2))
                        .strip())
                .toList();
        List<String> real = Arrays.stream(Refusal.Kind.values())
                .map(kind -> "| `" + kind.type() + "` | " + kind.status() + " | " + kind.title())
                .toList();
        assertEquals(real, told);
    }
}
