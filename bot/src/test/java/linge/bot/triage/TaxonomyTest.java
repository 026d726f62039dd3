package linge.bot.triage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Every second level of the petition content classification has a home among our categories. */
class TaxonomyTest {
    private static final Path MAP = Path.of("src/data/triage/petition-taxonomy.tsv");
    private static final Path TAXONOMY = Path.of("../../shared/data/complaints/petition_taxonomy.csv");

    private static Map<String, Set<String>> homes() throws IOException {
        var homes = new HashMap<String, Set<String>>();
        for (String line : Files.readAllLines(MAP)) {
            if (!line.startsWith("#")) {
                String[] cells = line.split("\t", -1);
                homes.put(cells[0] + "," + cells[1], Set.of(cells[2].split(" ")));
            }
        }
        return homes;
    }

    @Test
    void every_home_is_a_category() throws IOException {
        homes().forEach((from, codes) -> codes.forEach(
                code -> assertTrue(Categories.shipped().find(code).isPresent(), from + " names no category: " + code)));
    }

    @Test
    void no_second_level_of_the_petition_classification_is_homeless() throws IOException {
        if (!"true".equals(System.getenv("CI"))) {
            assumeTrue(Files.exists(TAXONOMY), "the shared data is absent");
        }
        List<String> rows = Files.readAllLines(TAXONOMY);
        var homes = homes();
        var homeless = new TreeSet<String>();
        for (String row : rows.subList(1, rows.size())) {
            String[] cells = row.replace("\ufeff", "").split(",");
            String second = cells[0] + "," + cells[1];
            if (!homes.containsKey(second)) {
                homeless.add(second);
            }
        }
        assertEquals(Set.of(), homeless);
    }
}
