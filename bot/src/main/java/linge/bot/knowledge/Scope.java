package linge.bot.knowledge;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import linge.bot.text.Normalizer;
import linge.bot.text.Resources;

/**
 * What is not ours to answer: matters that are no law, and how to commit a wrong. Rules over words, {@code scope.tsv}.
 *
 * <p>Somebody a wrong was done to uses the same words as somebody who plans one. So a wrong is only seen where the speaker
 * asks how to do it, and never where the sentence names another who did it or asks what to do about it. Thread-safe.
 */
final class Scope {
    private static final int MOST_READ = 600;
    private static final int LOOK_BACK = 12;

    /** What a rule leads to. */
    enum Kind {
        /** Declined whatever else the text says. */
        WRONG,
        /** Declined unless a card fits well. */
        OTHER
    }

    /** A rule that fits: its kind and the key of what to say. */
    record Found(Kind kind, String reply) {}

    private record Rule(Kind kind, String reply, Pattern pattern) {}

    private final List<Rule> rules = new ArrayList<>();
    private final List<Pattern> victims = new ArrayList<>();
    private final List<Pattern> others = new ArrayList<>();

    Scope() {
        for (String line : Resources.lines(Scope.class, "scope.tsv")) {
            String[] cells = line.split("\t", 3);
            Pattern pattern = Pattern.compile(cells[2]);
            switch (cells[0]) {
                case "VICTIM" -> victims.add(pattern);
                case "ANOTHER" -> others.add(pattern);
                default -> rules.add(new Rule(Kind.valueOf(cells[0]), cells[1], pattern));
            }
        }
    }

    /** The first rule that fits; empty for what we try to answer. */
    Optional<Found> of(String text) {
        String plain = Normalizer.normalize(text).replaceAll("\\s+", "");
        String read = plain.length() > MOST_READ ? plain.substring(0, MOST_READ) : plain;
        boolean victim =
                victims.stream().anyMatch(pattern -> pattern.matcher(read).find());
        for (Rule rule : rules) {
            Matcher matcher = rule.pattern().matcher(read);
            while (matcher.find()) {
                if (rule.kind() == Kind.OTHER || (!victim && !another(read, matcher.start()))) {
                    return Optional.of(new Found(rule.kind(), rule.reply()));
                }
            }
        }
        return Optional.empty();
    }

    /** Whether the words just before name somebody else as the one who does it. */
    private boolean another(String text, int start) {
        String before = text.substring(Math.max(0, start - LOOK_BACK), start);
        return others.stream().anyMatch(pattern -> pattern.matcher(before).find());
    }
}
