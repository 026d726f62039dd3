package linge.bot.knowledge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import linge.bot.text.Resources;

/** The adviser's own words, {@code replies.tsv}: a key, a tab, sentences with or without citations. Immutable. */
final class Replies {
    private static final Pattern SENTENCE = Pattern.compile("([^〔〕。！？]*[。！？])(?:〔([^〔〕]*)〕)?");

    private final Map<String, List<Sentence>> byKey;

    private Replies(Map<String, List<Sentence>> byKey) {
        this.byKey = byKey;
    }

    static Replies shipped() {
        return read("replies.tsv");
    }

    static Replies read(String file) {
        CitedLaws laws = CitedLaws.shipped();
        var byKey = new HashMap<String, List<Sentence>>();
        for (String line : Resources.lines(Replies.class, file)) {
            String[] cells = line.split("\t", 2);
            if (cells.length < 2 || byKey.put(cells[0], sentences(cells[1], laws)) != null) {
                throw new IllegalStateException(file + "：应是“键、制表符、句子”，键不重复：" + line);
            }
        }
        return new Replies(Map.copyOf(byKey));
    }

    /** The sentences kept under a key; asking for an unknown key is a fault of ours. */
    List<Sentence> say(String key) {
        return Objects.requireNonNull(byKey.get(key), key);
    }

    boolean has(String key) {
        return byKey.containsKey(key);
    }

    static List<Sentence> sentences(String text, CitedLaws laws) {
        var sentences = new ArrayList<Sentence>();
        Matcher matcher = SENTENCE.matcher(text);
        int end = 0;
        while (matcher.find() && matcher.start() == end) {
            end = matcher.end();
            sentences.add(new Sentence(
                    matcher.group(1), matcher.group(2) == null ? List.of() : laws.parse(matcher.group(2))));
        }
        if (end != text.length()) {
            throw new IllegalStateException("这段话没有说完，句末应有句号：" + text.substring(end));
        }
        return List.copyOf(sentences);
    }
}
