package linge.bot.triage.train;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import linge.bot.triage.Categories;
import linge.bot.triage.Category;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/**
 * A complaint of the shared data folder, as far as its own label goes.
 *
 * @param allowed our categories that its label may mean, by the map files; empty when the label says nothing
 * @param heldOut never trained on: a fifth of the tickets
 */
record SharedText(String text, Set<String> allowed, boolean heldOut) {
    private static final int MOST_READ = 150;
    private static final Pattern PREAMBLE = Pattern.compile("^.{0,14}(来电|微信|网上)?(反映|咨询|投诉|求助|建议|补充|反馈)[:：，]?");
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    /**
     * Reads hotline tickets and messages.
     *
     * @param data the shared data folder
     * @param maps the folder of hotline-map.tsv and messages-map.tsv
     */
    static List<SharedText> read(Path data, Path maps) throws IOException {
        var texts = new ArrayList<SharedText>();
        var hotline = new LinkedHashMap<Pattern, Set<String>>();
        rules(maps.resolve("hotline-map.tsv")).forEach((key, codes) -> hotline.put(Pattern.compile(key), codes));
        for (CSVRecord row : rows(data.resolve("complaints/hotline_tickets_train.csv.gz"))) {
            String label = row.get("cat2") + "/" + row.get("cat3") + "/" + row.get("cat4");
            Set<String> allowed = hotline.entrySet().stream()
                    .filter(rule -> rule.getKey().matcher(label).find())
                    .findFirst()
                    .map(Map.Entry::getValue)
                    .orElse(Set.of());
            texts.add(new SharedText(
                    cut(PREAMBLE.matcher(row.get("text_noleak")).replaceFirst("")),
                    allowed,
                    Math.floorMod(row.get("id").hashCode(), 5) == 0));
        }
        var messages = rules(maps.resolve("messages-map.tsv"));
        for (CSVRecord row : rows(data.resolve("complaints/messages_7class_train.csv.gz"))) {
            texts.add(new SharedText(
                    cut(row.get("title") + "。" + row.get("detail")),
                    messages.getOrDefault(row.get("label"), Set.of()),
                    false));
        }
        return texts;
    }

    private static String cut(String text) {
        String line = BLANKS.matcher(text).replaceAll(" ").strip();
        return line.length() > MOST_READ ? line.substring(0, MOST_READ) : line;
    }

    /** Each pattern or label with the codes it allows; a first level stands for all below it. */
    private static Map<String, Set<String>> rules(Path file) throws IOException {
        var rules = new LinkedHashMap<String, Set<String>>();
        for (String line : Files.readAllLines(file)) {
            if (!line.startsWith("#") && !line.isBlank()) {
                String[] cells = line.split("\t", 2);
                rules.put(cells[0], codes(new HashSet<>(List.of(cells[1].strip().split(" ")))));
            }
        }
        return rules;
    }

    private static Set<String> codes(Set<String> wanted) {
        var codes = new LinkedHashSet<String>();
        for (Category category : Categories.shipped().all()) {
            String firstLevel = category.code().substring(0, category.code().indexOf('.'));
            if (wanted.contains(category.code()) || wanted.contains(firstLevel)) {
                codes.add(category.code());
            }
        }
        return codes;
    }

    private static List<CSVRecord> rows(Path gz) throws IOException {
        var format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (var reader = new InputStreamReader(new GZIPInputStream(Files.newInputStream(gz)), StandardCharsets.UTF_8);
                var parser = format.parse(reader)) {
            return parser.getRecords();
        }
    }
}
