package linge.bot.learn;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.apache.commons.csv.CSVFormat;

/** The complaints of the shared data folder; a test that asks for them is skipped where they are not, and fails in CI. */
final class Shared {
    private static final Path FOLDER = Path.of("../../shared/data/complaints");

    private Shared() {}

    static List<Labelled> messages() throws IOException {
        return read("messages_7class_train.csv.gz", "label", "user", "title", "detail");
    }

    static List<Labelled> ticketsOfTheTwentyLargestDepartments() throws IOException {
        List<Labelled> all = read("hotline_tickets_train.csv.gz", "dept_norm", null, "text_noleak");
        Map<String, Long> counts =
                all.stream().collect(Collectors.groupingBy(Labelled::label, TreeMap::new, Collectors.counting()));
        Set<String> largest = counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
                .limit(20)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        return all.stream().filter(line -> largest.contains(line.label())).toList();
    }

    private static List<Labelled> read(
            String file, String label, @org.jspecify.annotations.Nullable String source, String... fields)
            throws IOException {
        Path path = FOLDER.resolve(file);
        if (!"true".equals(System.getenv("CI"))) {
            assumeTrue(Files.exists(path), "the shared data is not here");
        }
        List<Labelled> lines = new ArrayList<>();
        try (Reader reader =
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(path)), StandardCharsets.UTF_8)) {
            CSVFormat.DEFAULT
                    .builder()
                    .setHeader()
                    .setSkipHeaderRecord(true)
                    .get()
                    .parse(reader)
                    .forEach(row -> {
                        List<String> text = new ArrayList<>();
                        for (String field : fields) {
                            text.add(row.get(field));
                        }
                        lines.add(new Labelled(text, row.get(label), 1, source == null ? "" : row.get(source)));
                    });
        }
        return lines;
    }
}
