package linge.notify.sms;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import linge.notify.Sms;
import linge.notify.Templates;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * The numbers that our templates have with providers who fill templates of their own, a line for each way of saying one:
 * providers know no words that are said only sometimes, so each combination of fields is a template there. The shipped file
 * holds all lines and the words to register, and no numbers: those belong to an account.
 */
public final class TemplateBook {

    /** The sign-in code's name among the templates, and that of its only field. */
    public static final String CODE = "code";

    private final List<Line> lines;

    /** @param fields in the order of a provider who counts them */
    private record Line(String template, List<String> fields, String words, CSVRecord row) {

        String id(String provider) {
            return row.isMapped(provider) ? row.get(provider).strip() : "";
        }

        void check(Templates templates) {
            if (!ours(templates).contains(template)) {
                throw wrong("没有叫 " + template + " 的短信");
            }
            for (String field : fields) {
                if (!shown(template, templates).contains(field)) {
                    throw wrong(template + " 没有字段 " + field);
                }
            }
        }

        /** Whether it can be said of everything that uses the template. */
        boolean alwaysSays(String name, String provider, Templates templates) {
            return template.equals(name)
                    && !id(provider).isEmpty()
                    && needed(name, templates).containsAll(fields);
        }

        private IllegalArgumentException wrong(String what) {
            return new IllegalArgumentException("第 " + row.getRecordNumber() + " 行：" + what);
        }
    }

    /** A provider's template with the values for it. */
    record Filled(String id, List<String> fields, JsonObject values) {

        JsonObject named() {
            JsonObject named = new JsonObject();
            fields.forEach(field -> named.put(field, values.getValue(field).toString()));
            return named;
        }

        JsonArray listed() {
            JsonArray listed = new JsonArray();
            fields.forEach(field -> listed.add(values.getValue(field).toString()));
            return listed;
        }
    }

    private TemplateBook(List<Line> lines) {
        this.lines = lines;
    }

    /** The file that comes with this module; it has no numbers yet. */
    public static String shipped() {
        try (InputStream in = Objects.requireNonNull(TemplateBook.class.getResourceAsStream("templates.csv"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a file in the form of the shipped one, and checks that nothing of ours is without a number.
     *
     * @param providers those who fill templates of their own, by name: a column each
     * @throws IllegalArgumentException in one Chinese line
     */
    public static TemplateBook read(String csv, Templates templates, List<String> providers) {
        TemplateBook book = new TemplateBook(lines(csv));
        book.lines.forEach(line -> line.check(templates));
        for (String provider : providers) {
            for (String template : ours(templates)) {
                if (book.lines.stream().noneMatch(line -> line.alwaysSays(template, provider, templates))) {
                    throw new IllegalArgumentException(template + " 在 " + provider + " 还没有模板号：列 " + provider
                            + " 里至少给字段最少的那一行（" + String.join(" ", needed(template, templates)) + "）填上");
                }
            }
        }
        return book;
    }

    private static List<Line> lines(String csv) {
        CSVFormat form = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .setCommentMarker('#')
                .setIgnoreEmptyLines(true)
                .setIgnoreSurroundingSpaces(true)
                .get();
        // Spreadsheets begin a file with a mark of its byte order.
        String text = csv.startsWith("\uFEFF") ? csv.substring(1) : csv;
        List<Line> lines = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        try (CSVParser rows = form.parse(new StringReader(text))) {
            if (!rows.getHeaderNames().containsAll(List.of("template", "fields"))) {
                throw new IllegalArgumentException("第一行应有列名 template、fields，以及各家的名字");
            }
            for (CSVRecord row : rows) {
                if (!row.isConsistent()) {
                    throw new IllegalArgumentException("第 " + row.getRecordNumber() + " 行：列数和列名对不上");
                }
                List<String> fields = List.of(row.get("fields").split(" +"));
                Line line = new Line(row.get("template"), fields, row.isMapped("words") ? row.get("words") : "", row);
                if (!seen.add(line.template() + " " + new TreeSet<>(fields))) {
                    throw line.wrong(line.template() + " 的同一种说法写了两次");
                }
                lines.add(line);
            }
        } catch (IOException | UncheckedIOException | IllegalStateException malformed) {
            throw new IllegalArgumentException("读不懂：" + malformed.getMessage(), malformed);
        }
        return List.copyOf(lines);
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

    private static Set<String> shown(String template, Templates templates) {
        return template.equals(CODE) ? Set.of(CODE) : templates.shownFields(template, Sms.NAME);
    }

    /**
     * The way of saying a template that tells most of what there is.
     *
     * @throws Refused when the provider has none that could be filled
     */
    Filled fill(String provider, String template, JsonObject values) {
        return lines.stream()
                .filter(line ->
                        line.template().equals(template) && !line.id(provider).isEmpty())
                .filter(line -> line.fields().stream().allMatch(field -> isThere(values, field)))
                .max(Comparator.comparingInt(line -> line.fields().size()))
                .map(line -> new Filled(line.id(provider), line.fields(), values))
                .orElseThrow(() -> new Refused(Refused.Meaning.REFUSED, template + " 在 " + provider + " 没有能用的模板号"));
    }

    private static boolean isThere(JsonObject values, String field) {
        Object value = values.getValue(field);
        return value != null && !value.toString().isBlank();
    }

    /** The words to register for a template that is filled with exactly these fields; for tests. */
    String words(String template, Set<String> fields) {
        return lines.stream()
                .filter(line -> line.template().equals(template)
                        && Set.copyOf(line.fields()).equals(fields))
                .map(Line::words)
                .findFirst()
                .orElse("");
    }
}
