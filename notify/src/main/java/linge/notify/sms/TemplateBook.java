package linge.notify.sms;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import linge.notify.Sms;
import linge.notify.Templates;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Every way in which our SMS are said. Providers that fill templates of their own know no words that are said only sometimes,
 * so each combination of fields is a template there. What a provider calls it stands in {@code template_map}, under the
 * provider's {@link #platform} and the way's {@link Way#key}.
 */
public final class TemplateBook {

    /** The sign-in code's name among the templates, and that of its only field. */
    public static final String CODE = "code";

    private final List<Way> ways;

    /**
     * One way of saying a template.
     *
     * @param key {@code case-accepted} for the way with the fewest fields, which can always be said; others name what they
     *     say besides: {@code case-accepted.who.due}
     * @param fields in the order of a provider who counts them
     * @param words to register, with the fields in braces
     */
    public record Way(String key, String template, List<String> fields, String words) {}

    private TemplateBook(List<Way> ways) {
        this.ways = ways;
    }

    /** The book that comes with this module. */
    public static TemplateBook shipped() {
        return shipped(Templates.standard());
    }

    static TemplateBook shipped(Templates templates) {
        CSVFormat form = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .setCommentMarker('#')
                .get();
        List<Way> ways = new ArrayList<>();
        try (InputStream in = Objects.requireNonNull(TemplateBook.class.getResourceAsStream("templates.csv"));
                Reader text = new InputStreamReader(in, StandardCharsets.UTF_8);
                CSVParser rows = form.parse(text)) {
            for (CSVRecord row : rows) {
                ways.add(way(row, templates));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new TemplateBook(List.copyOf(ways));
    }

    private static Way way(CSVRecord row, Templates templates) {
        String template = row.get("template");
        List<String> fields = List.of(row.get("fields").split(" +"));
        Set<String> needed = needed(template, templates);
        String extra = fields.stream()
                .filter(field -> !needed.contains(field))
                .map(field -> "." + field)
                .collect(Collectors.joining());
        return new Way(template + extra, template, fields, row.get("words"));
    }

    /** What {@code template_map} calls a provider: {@code sms-aliyun}. */
    public static String platform(String provider) {
        return Sms.NAME + "-" + provider;
    }

    /** All, in the order of the file. */
    public List<Way> ways() {
        return ways;
    }

    /** Those of one template, the shortest last. */
    public List<Way> ways(String template) {
        return ways.stream().filter(way -> way.template().equals(template)).toList();
    }

    /** All that go out as SMS, the sign-in code among them. */
    static Set<String> ours(Templates templates) {
        Set<String> ours = new TreeSet<>();
        templates.names().stream()
                .filter(name -> templates.channels(name).contains(Sms.NAME))
                .forEach(ours::add);
        ours.add(CODE);
        return ours;
    }

    private static Set<String> needed(String template, Templates templates) {
        return template.equals(CODE) ? Set.of(CODE) : templates.neededFields(template, Sms.NAME);
    }

    /** The words to register for a template that is filled with exactly these fields; for tests. */
    String words(String template, Set<String> fields) {
        return ways(template).stream()
                .filter(way -> Set.copyOf(way.fields()).equals(fields))
                .map(Way::words)
                .findFirst()
                .orElse("");
    }
}
