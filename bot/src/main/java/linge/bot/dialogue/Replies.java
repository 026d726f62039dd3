package linge.bot.dialogue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The wording of every reply, by name, from one file that people edit; immutable. */
final class Replies {
    private static final Pattern FIELD = Pattern.compile("\\{([a-z]+)}");
    private static final Pattern CHOICE = Pattern.compile("- ([a-z][a-z0-9:-]*)\\s*[:：]\\s*(.+)");

    private final Map<String, Wording> wordings;

    private record Wording(String text, List<Reply.Choice> choices) {}

    private Replies(Map<String, Wording> wordings) {
        this.wordings = wordings;
    }

    /** The words in {@code replies.md}. */
    static Replies shipped() {
        var stream = Objects.requireNonNull(Replies.class.getResourceAsStream("replies.md"), "replies.md");
        try (var reader = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
            return new Replies(read(reader));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * These words with a city's own laid over them.
     *
     * @throws IllegalArgumentException in Chinese, when a name is unknown or a field is not one the shipped wording has
     */
    Replies with(Reader own) {
        var joined = new LinkedHashMap<>(wordings);
        read(own).forEach((name, wording) -> {
            Wording shipped = wordings.get(name);
            if (shipped == null) {
                throw new IllegalArgumentException("没有叫“" + name + "”的回复");
            }
            Set<String> unknown = new TreeSet<>(fields(wording.text()));
            unknown.removeAll(fields(shipped.text()));
            if (!unknown.isEmpty()) {
                throw new IllegalArgumentException("回复“" + name + "”里没有这些空格可填：" + unknown);
            }
            List<Reply.Choice> choices = wording.choices().isEmpty() ? shipped.choices() : wording.choices();
            if (!ids(choices).equals(ids(shipped.choices()))) {
                throw new IllegalArgumentException("回复“" + name + "”的选项应当是 " + ids(shipped.choices()));
            }
            joined.put(name, new Wording(wording.text(), choices));
        });
        return new Replies(joined);
    }

    Set<String> names() {
        return Set.copyOf(wordings.keySet());
    }

    /**
     * One reply with its fields filled in.
     *
     * @param fields name, value, name, value…
     */
    Reply of(String name, @Nullable Object... fields) {
        Wording wording = wordings.get(name);
        if (wording == null) {
            throw new IllegalStateException("no reply " + name);
        }
        return new Reply(name, fill(name, wording.text(), fields), wording.choices(), null);
    }

    String text(String name, @Nullable Object... fields) {
        return of(name, fields).text();
    }

    /** The shipped label of a choice that code offers, kept among the replies as choice.ID. */
    Reply.Choice choice(String id) {
        return new Reply.Choice(id, text("choice." + id));
    }

    private static String fill(String name, String text, @Nullable Object... fields) {
        Matcher matcher = FIELD.matcher(text);
        StringBuilder out = new StringBuilder();
        while (matcher.find()) {
            matcher.appendReplacement(out, Matcher.quoteReplacement(value(name, matcher.group(1), fields)));
        }
        matcher.appendTail(out);
        return out.toString();
    }

    private static String value(String reply, String field, @Nullable Object... fields) {
        for (int i = 0; i + 1 < fields.length; i += 2) {
            if (field.equals(fields[i])) {
                Object value = fields[i + 1];
                return value == null ? "" : value.toString();
            }
        }
        throw new IllegalStateException("reply " + reply + " has a field that nobody fills: " + field);
    }

    private static Set<String> fields(String text) {
        var found = new TreeSet<String>();
        FIELD.matcher(text).results().forEach(match -> found.add(match.group(1)));
        return found;
    }

    private static Set<String> ids(List<Reply.Choice> choices) {
        var ids = new TreeSet<String>();
        choices.forEach(choice -> ids.add(choice.id()));
        return ids;
    }

    /** A heading of two signs names a reply; the lines below are its words; lines "- id: label" are its choices. */
    private static Map<String, Wording> read(Reader source) {
        var found = new LinkedHashMap<String, Wording>();
        try (var reader = new BufferedReader(source)) {
            String name = null;
            var text = new ArrayList<String>();
            var choices = new ArrayList<Reply.Choice>();
            String line;
            while ((line = reader.readLine()) != null) {
                Matcher choice = CHOICE.matcher(line.strip());
                if (line.startsWith("## ")) {
                    put(found, name, text, choices);
                    name = line.substring(3).strip();
                } else if (line.startsWith("# ")) {
                    put(found, name, text, choices);
                    name = null;
                } else if (name != null && choice.matches()) {
                    choices.add(
                            new Reply.Choice(choice.group(1), choice.group(2).strip()));
                } else if (name != null) {
                    text.add(line.strip());
                }
            }
            put(found, name, text, choices);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    private static void put(
            Map<String, Wording> found, @Nullable String name, List<String> text, List<Reply.Choice> choices) {
        if (name != null) {
            String words = String.join("\n", text).strip();
            if (words.isEmpty() || found.put(name, new Wording(words, List.copyOf(choices))) != null) {
                throw new IllegalArgumentException("回复“" + name + "”没有内容，或写了两遍");
            }
        }
        text.clear();
        choices.clear();
    }
}
