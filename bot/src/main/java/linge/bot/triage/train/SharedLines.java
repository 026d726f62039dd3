package linge.bot.triage.train;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import linge.bot.triage.Categories;
import linge.bot.triage.Category;
import linge.bot.triage.CategoryModel;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/**
 * Labelled complaints from the shared data folder, in our categories. Their labels allow a few of ours; a first model,
 * trained on our own lines, chooses among those, and where it is unsure the complaint is left out.
 */
final class SharedLines {
    private static final double SURE = 0.7;
    private static final int LEAST_SEEN = 5;
    private static final int MOST_OF_ONE_CATEGORY = 60;
    private static final int MOST_READ = 300;
    private static final Pattern PREAMBLE = Pattern.compile("^.{0,14}(来电|微信|网上)?(反映|咨询|投诉|求助|建议|补充|反馈)[:：，]?");

    private final CategoryModel first;
    private final List<Line> lines = new ArrayList<>();
    private final Map<String, Integer> perCategory = new HashMap<>();

    private SharedLines(CategoryModel first) {
        this.first = first;
    }

    /**
     * Reads hotline tickets and messages.
     *
     * @param data the shared data folder
     * @param maps the folder of hotline-map.tsv and messages-map.tsv
     * @return lines that keep only features seen at least five times among them
     */
    static List<Line> read(Path data, Path maps, CategoryModel first) throws IOException {
        var shared = new SharedLines(first);
        var hotline = rules(maps.resolve("hotline-map.tsv"));
        for (CSVRecord row : rows(data.resolve("complaints/hotline_tickets_train.csv.gz"))) {
            String label = row.get("cat2") + "/" + row.get("cat3") + "/" + row.get("cat4");
            if (isHeldOut(row)) {
                continue;
            }
            for (var rule : hotline.entrySet()) {
                if (Pattern.compile(rule.getKey()).matcher(label).find()) {
                    shared.add(
                            rule.getValue(),
                            PREAMBLE.matcher(row.get("text_noleak")).replaceFirst(""));
                    break;
                }
            }
        }
        var messages = rules(maps.resolve("messages-map.tsv"));
        for (CSVRecord row : rows(data.resolve("complaints/messages_7class_train.csv.gz"))) {
            Set<String> allowed = messages.getOrDefault(row.get("label"), Set.of());
            if (!allowed.isEmpty()) {
                shared.add(allowed, row.get("title"));
            }
        }
        return onlyCommonFeatures(shared.lines);
    }

    /**
     * Tickets that are never trained on and whose labels allow exactly one of our categories: not our words, and not
     * chosen by any model.
     */
    static List<Line> heldOut(Path data, Path maps) throws IOException {
        var hotline = rules(maps.resolve("hotline-map.tsv"));
        var lines = new ArrayList<Line>();
        for (CSVRecord row : rows(data.resolve("complaints/hotline_tickets_train.csv.gz"))) {
            String label = row.get("cat2") + "/" + row.get("cat3") + "/" + row.get("cat4");
            if (isHeldOut(row)) {
                hotline.entrySet().stream()
                        .filter(rule ->
                                Pattern.compile(rule.getKey()).matcher(label).find())
                        .findFirst()
                        .filter(rule -> rule.getValue().size() == 1)
                        .ifPresent(rule -> lines.add(new Line(
                                rule.getValue().iterator().next(),
                                PREAMBLE.matcher(row.get("text_noleak")).replaceFirst(""))));
            }
        }
        return lines;
    }

    /** A fifth of the tickets, the same each time. */
    private static boolean isHeldOut(CSVRecord row) {
        return Math.floorMod(row.get("id").hashCode(), 5) == 0;
    }

    private void add(Set<String> allowed, String text) {
        String cut = text.length() > MOST_READ ? text.substring(0, MOST_READ) : text;
        double[] scores = first.scores(cut);
        if (scores.length == 0) {
            return;
        }
        String[] codes = first.codes();
        double sum = 0;
        int best = -1;
        for (int i = 0; i < codes.length; i++) {
            if (allowed.contains(codes[i])) {
                sum += scores[i];
                best = best < 0 || scores[i] > scores[best] ? i : best;
            }
        }
        if (best >= 0
                && scores[best] / sum >= SURE
                && perCategory.merge(codes[best], 1, Integer::sum) <= MOST_OF_ONE_CATEGORY) {
            lines.add(new Line(codes[best], cut));
        }
    }

    private static List<Line> onlyCommonFeatures(List<Line> lines) {
        var seen = new HashMap<String, Integer>();
        lines.forEach(line -> Stream.of(line.features()).forEach(feature -> seen.merge(feature, 1, Integer::sum)));
        return lines.stream()
                .map(line -> new Line(
                        line.code(),
                        line.text(),
                        Arrays.stream(line.features())
                                .filter(feature -> seen.getOrDefault(feature, 0) >= LEAST_SEEN)
                                .toArray(String[]::new)))
                .filter(line -> line.features().length >= 3)
                .toList();
    }

    /** Each pattern or label with the codes it allows; a first level stands for all below it. */
    private static Map<String, Set<String>> rules(Path file) throws IOException {
        var rules = new java.util.LinkedHashMap<String, Set<String>>();
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

    private static List<CSVRecord> rows(Path gz) {
        var format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (var reader = new InputStreamReader(new GZIPInputStream(Files.newInputStream(gz)), StandardCharsets.UTF_8);
                var parser = format.parse(reader)) {
            return parser.getRecords();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
