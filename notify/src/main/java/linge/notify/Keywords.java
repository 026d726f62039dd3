package linge.notify;

import io.vertx.core.json.JsonObject;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Words for a channel that knows no text, only values for keywords of registered kinds. One line a keyword, e.g.
 * {@code thing1={category}}; a value reads as a {@link Template} does, and may hold {@code {at}}, when the notice was put.
 * The kinds are WeChat's, each with its bound; what residents wrote is cut to it, what the file says must keep it.
 */
final class Keywords implements Wording {

    private static final Pattern LINE = Pattern.compile("((?:thing|phrase|character_string|time|const)\\d{1,2})=(.+)");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy年M月d日 HH:mm", Locale.CHINA);

    /** The kinds of values that WeChat registers, as far as we use them. */
    private enum Kind {
        /** Anything on one line, 20 characters. */
        THING(value -> cut(value, 20)),
        /** Five Han characters. */
        PHRASE(value -> value),
        /** Digits, letters and signs, 32 of them. */
        CHARACTER_STRING(value -> {
            String plain = value.replaceAll("[^\\x21-\\x7e]", "");
            return plain.isEmpty() ? "-" : plain.substring(0, Math.min(32, plain.length()));
        }),
        /** A point in time. */
        TIME(value -> value),
        /** One of the values registered with the template. */
        CONST(value -> cut(value, 20));

        private final UnaryOperator<String> fit;

        Kind(UnaryOperator<String> fit) {
            this.fit = fit;
        }

        static Kind of(String key) {
            return valueOf(key.replaceAll("\\d+$", "").toUpperCase(Locale.ROOT));
        }
    }

    private final Map<String, Template> values;

    private Keywords(Map<String, Template> values) {
        this.values = values;
    }

    /** Reads a file's content; {@link IllegalArgumentException} names the file and what is wrong in it. */
    static Keywords parse(String file, String content) {
        Map<String, Template> values = new LinkedHashMap<>();
        for (String line : content.strip().split("\\R")) {
            Matcher keyword = LINE.matcher(line);
            if (!keyword.matches()) {
                throw new IllegalArgumentException(file + " has a line that is no KIND1=VALUE: " + line);
            }
            String key = keyword.group(1);
            Template value = Template.parse(file, keyword.group(2));
            check(file, key, value);
            if (values.put(key, value) != null) {
                throw new IllegalArgumentException(file + " says " + key + " twice");
            }
        }
        return new Keywords(values);
    }

    private static void check(String file, String key, Template value) {
        String problem = switch (Kind.of(key)) {
            case PHRASE ->
                value.shown().isEmpty() && value.leastWords().matches("\\p{IsHan}{1,5}")
                        ? ""
                        : "is one to five Han characters and no field";
            case TIME ->
                value.shown().equals(EnumSet.of(Field.AT)) && value.leastWords().isEmpty()
                        ? ""
                        : "is {at} and nothing else";
            case THING, CONST ->
                value.leastWords().codePointCount(0, value.leastWords().length()) <= 20
                                && (!value.leastWords().isBlank()
                                        || !value.needed().isEmpty())
                        ? ""
                        : "could be empty or too long";
            case CHARACTER_STRING ->
                value.leastWords().matches("[\\x21-\\x7e]{0,32}")
                                && !value.needed().isEmpty()
                        ? ""
                        : "holds a field, and signs of ASCII only";
        };
        if (!problem.isEmpty()) {
            throw new IllegalArgumentException(file + ": " + key + " " + problem);
        }
    }

    @Override
    public Set<Field> needed() {
        return of(Template::needed);
    }

    @Override
    public Set<Field> shown() {
        return of(Template::shown);
    }

    private Set<Field> of(Function<Template, Set<Field>> which) {
        Set<Field> all = EnumSet.noneOf(Field.class);
        values.values().forEach(value -> all.addAll(which.apply(value)));
        all.remove(Field.AT);
        return all;
    }

    /** No text; the note goes before the last keyword that can hold it. */
    @Override
    public Envelope.Words render(JsonObject fields, Occasion occasion) {
        JsonObject all =
                fields.copy().put(Field.AT.label(), TIME.format(occasion.at().atZone(Days.ZONE)));
        Map<String, String> rendered = new LinkedHashMap<>();
        Occasion bare = new Occasion(null, occasion.at());
        String last = null;
        for (Map.Entry<String, Template> value : values.entrySet()) {
            Kind kind = Kind.of(value.getKey());
            rendered.put(
                    value.getKey(),
                    kind.fit.apply(value.getValue().render(all, bare).text()));
            last = kind == Kind.THING ? value.getKey() : last;
        }
        if (occasion.note() != null && last != null) {
            rendered.put(last, cut(occasion.note() + "；" + rendered.get(last), 20));
        }
        return new Envelope.Words("", "", rendered, false);
    }

    /** Counted as the platform does at its strictest: what takes two units of UTF-16 counts twice. */
    private static String cut(String value, int most) {
        if (value.length() <= most) {
            return value;
        }
        int end = most - 1;
        if (Character.isHighSurrogate(value.charAt(end - 1))) {
            end--;
        }
        return value.substring(0, end) + "…";
    }
}
