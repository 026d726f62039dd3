package linge.bot.dialogue;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import linge.bot.text.Resources;

/** Words that give a hint, by name, from {@code cues.tsv}: regular expressions over the text without blanks. Thread-safe. */
final class Cues {
    private static final Cues SHIPPED = new Cues();

    private final Map<String, Pattern> patterns = new HashMap<>();

    private Cues() {
        var joined = new HashMap<String, String>();
        for (String line : Resources.lines(Cues.class, "cues.tsv")) {
            String[] cells = line.split("\t", 2);
            joined.merge(cells[0], cells[1], (a, b) -> a + "|" + b);
        }
        joined.forEach((name, pattern) -> patterns.put(name, Pattern.compile(pattern)));
    }

    static Cues shipped() {
        return SHIPPED;
    }

    boolean in(String name, String plain) {
        return matcher(name, plain).find();
    }

    Matcher matcher(String name, String plain) {
        Pattern pattern = patterns.get(name);
        if (pattern == null) {
            throw new IllegalStateException("no cue " + name);
        }
        return pattern.matcher(plain);
    }
}
