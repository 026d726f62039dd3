package linge.notify;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Words with fields in them. Its format, in full:
 *
 * <ul>
 *   <li>{@code {number}} is a field; a value is put in as it is and never read as a template again;
 *   <li>{@code [ …{due}… ]} is said only when all its fields are there; after a {@code |} in it stands what is said if not;
 *   <li>a first line followed by an empty line is the title; without one the words are brief: one line, short fields.
 * </ul>
 */
final class Template implements Wording {

    private static final Pattern TOKEN = Pattern.compile("\\{([a-z]*)}|[\\[\\]{}]|[^\\[\\]{}]+");
    private static final String NO_TITLE = "";

    private final String file;
    private final List<Part> title;
    private final List<Part> text;
    private final boolean brief;

    private sealed interface Part {}

    private record Literal(String words) implements Part {}

    private record Slot(Field field) implements Part {}

    private record Maybe(List<Part> parts, String otherwise) implements Part {}

    private Template(String file, List<Part> title, List<Part> text, boolean brief) {
        this.file = file;
        this.title = title;
        this.text = text;
        this.brief = brief;
    }

    /** Reads a file's content; {@link IllegalArgumentException} names the file and what is wrong in it. */
    static Template parse(String file, String content) {
        String words = content.strip().replace("\r\n", "\n");
        int blank = words.indexOf("\n\n");
        boolean titled = blank > 0 && words.lastIndexOf('\n', blank - 1) < 0;
        String body = titled ? words.substring(blank).strip() : words;
        if (body.isEmpty()) {
            throw new IllegalArgumentException(file + " has no words");
        }
        return new Template(
                file, parts(file, titled ? words.substring(0, blank) : NO_TITLE), parts(file, body), !titled);
    }

    private static List<Part> parts(String file, String words) {
        List<Part> all = new ArrayList<>();
        List<Part> current = all;
        String otherwise = "";
        Matcher token = TOKEN.matcher(words);
        while (token.find()) {
            String found = token.group();
            if (found.equals("[") && current == all) {
                current = new ArrayList<>();
            } else if (found.equals("]") && current != all) {
                if (current.stream().noneMatch(Slot.class::isInstance)) {
                    throw new IllegalArgumentException(file + " has a [ ] without a field: it would always be said");
                }
                all.add(new Maybe(List.copyOf(current), otherwise));
                current = all;
                otherwise = "";
            } else if (current != all && !otherwise.isEmpty()) {
                throw new IllegalArgumentException(file + " has more than words after a |");
            } else if (current != all && found.indexOf('|') >= 0) {
                current.add(new Literal(found.substring(0, found.indexOf('|'))));
                otherwise = found.substring(found.indexOf('|') + 1);
            } else if (found.length() == 1 && "[]{}".contains(found)) {
                throw new IllegalArgumentException(file + " has a stray " + found);
            } else if (found.charAt(0) == '{') {
                String name = found.substring(1, found.length() - 1);
                current.add(new Slot(Field.named(name)
                        .orElseThrow(() -> new IllegalArgumentException(file + " has an unknown field " + found))));
            } else {
                current.add(new Literal(found));
            }
        }
        if (current != all) {
            throw new IllegalArgumentException(file + " has a [ that is not closed");
        }
        return List.copyOf(all);
    }

    @Override
    public Set<Field> needed() {
        Set<Field> needed = EnumSet.noneOf(Field.class);
        for (List<Part> parts : List.of(title, text)) {
            parts.stream().filter(Slot.class::isInstance).forEach(p -> needed.add(((Slot) p).field()));
        }
        return needed;
    }

    @Override
    public Set<Field> shown() {
        Set<Field> shown = needed();
        for (List<Part> parts : List.of(title, text)) {
            for (Part part : parts) {
                if (part instanceof Maybe maybe) {
                    maybe.parts().stream().filter(Slot.class::isInstance).forEach(p -> shown.add(((Slot) p).field()));
                }
            }
        }
        return shown;
    }

    /** What its text says by itself when no field is there. */
    String leastWords() {
        StringBuilder words = new StringBuilder();
        for (Part part : text) {
            if (part instanceof Literal literal) {
                words.append(literal.words());
            } else if (part instanceof Maybe maybe) {
                words.append(maybe.otherwise());
            }
        }
        return words.toString();
    }

    /** The note stands in brackets at the end. */
    @Override
    public Envelope.Words render(JsonObject fields, Occasion occasion) {
        String words = fill(text, fields, brief);
        return new Envelope.Words(
                fill(title, fields, true), occasion.note() == null ? words : words + "（" + occasion.note() + "）");
    }

    private String fill(List<Part> parts, JsonObject fields, boolean oneLine) {
        StringBuilder words = new StringBuilder();
        for (Part part : parts) {
            if (part instanceof Literal literal) {
                words.append(literal.words());
            } else if (part instanceof Slot slot) {
                words.append(value(slot.field(), fields, oneLine));
            } else if (part instanceof Maybe maybe) {
                words.append(allThere(maybe, fields) ? fill(maybe.parts(), fields, oneLine) : maybe.otherwise());
            }
        }
        return words.toString();
    }

    private static boolean allThere(Maybe maybe, JsonObject fields) {
        return maybe.parts().stream().noneMatch(p -> p instanceof Slot slot && isMissing(slot.field(), fields));
    }

    static boolean isMissing(Field field, JsonObject fields) {
        Object value = fields.getValue(field.label());
        return value == null || value.toString().isBlank();
    }

    private String value(Field field, JsonObject fields, boolean oneLine) {
        if (isMissing(field, fields)) {
            throw new IllegalArgumentException(file + " needs the field " + field.label());
        }
        String value = String.valueOf(fields.getValue(field.label()));
        return oneLine ? Plain.line(value, field.brief()) : Plain.of(value.strip(), field.full());
    }
}
