package linge.bot.triage;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import linge.bot.text.Normalizer;
import linge.bot.text.Resources;
import org.jspecify.annotations.Nullable;

/** How urgent a text is, by rules over words; look-alikes, denials, the past and mere fears do not count. Thread-safe. */
final class UrgencyRules {
    private static final int MOST_READ = 2_000;
    private static final Pattern CLAUSE_END = Pattern.compile("[，。！？；,.!?;…\\n]");
    private static final Pattern LONG_NUMBERS = Pattern.compile("\\d{6,}|([一二三四五六七八九十两几好多数])\\1{3,}");
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private enum Hedge {
        NEGATION,
        PAST,
        OVER,
        IF,
        NOW
    }

    private record Rule(Urgency urgency, @Nullable String hotline, Pattern pattern) {}

    /** The urgency and, for an emergency, the number to call. */
    record Judged(Urgency urgency, @Nullable String hotline) {}

    private final List<Rule> rules = new ArrayList<>();
    private final Map<Hedge, Pattern> hedges = new EnumMap<>(Hedge.class);
    private final Pattern lookalikes;

    UrgencyRules() {
        for (String line : Resources.lines(UrgencyRules.class, "urgency.tsv")) {
            String[] cells = line.split("\t", 3);
            rules.add(new Rule(
                    Urgency.valueOf(cells[0]), cells[1].equals("-") ? null : cells[1], Pattern.compile(cells[2])));
        }
        for (String line : Resources.lines(UrgencyRules.class, "hedges.tsv")) {
            String[] cells = line.split("\t", 2);
            hedges.merge(
                    Hedge.valueOf(cells[0]),
                    Pattern.compile(cells[1]),
                    (a, b) -> Pattern.compile(a.pattern() + "|" + b.pattern()));
        }
        lookalikes = Pattern.compile(String.join("|", Resources.lines(UrgencyRules.class, "lookalikes.txt")));
    }

    Judged of(String text) {
        String read = BLANKS.matcher(Normalizer.normalize(text)).replaceAll("");
        // A long number counts no days; left in, the rules that count would go over it again and again.
        read = LONG_NUMBERS.matcher(read).replaceAll("#");
        if (read.length() > MOST_READ) {
            read = read.substring(0, MOST_READ);
        }
        // A blanked phrase keeps its length and ends no clause.
        String plain = lookalikes
                .matcher(read)
                .replaceAll(match -> "□".repeat(match.group().length()));
        for (Rule rule : rules) {
            Matcher matcher = rule.pattern().matcher(plain);
            while (matcher.find()) {
                if (counts(rule, plain, matcher.start(), matcher.end())) {
                    return new Judged(rule.urgency(), rule.hotline());
                }
            }
        }
        return new Judged(Urgency.NORMAL, null);
    }

    private boolean counts(Rule rule, String text, int start, int end) {
        int from = clauseStart(text, start);
        int to = clauseEnd(text, end);
        String before = text.substring(from, start);
        String after = text.substring(end, to);
        if (says(Hedge.NEGATION, before)) {
            return false;
        }
        if (rule.urgency() == Urgency.URGENT) {
            // What was dangerous yesterday still is; only what is over, or feared, is not urgent.
            return !says(Hedge.OVER, text.substring(from, text.length()));
        }
        if (says(Hedge.OVER, text.substring(start))) {
            return false;
        }
        if (says(Hedge.NOW, before) || says(Hedge.NOW, after)) {
            return !says(Hedge.IF, before) || says(Hedge.NOW, text.substring(start, end));
        }
        // The past and a condition reach over a comma: 去年冬天, 他家着火了.
        String sentenceBefore = text.substring(sentenceStart(text, start), start);
        return !says(Hedge.IF, before)
                && !says(Hedge.PAST, sentenceBefore)
                && !says(Hedge.PAST, text.substring(start, end))
                && !says(Hedge.PAST, after.length() > 6 ? after.substring(0, 6) : after);
    }

    private boolean says(Hedge hedge, String text) {
        Pattern pattern = hedges.get(hedge);
        return pattern != null && pattern.matcher(text).find();
    }

    private static int clauseStart(String text, int at) {
        int start = 0;
        Matcher matcher = CLAUSE_END.matcher(text);
        while (matcher.find() && matcher.end() <= at) {
            start = matcher.end();
        }
        return start;
    }

    private static int clauseEnd(String text, int at) {
        Matcher matcher = CLAUSE_END.matcher(text);
        return matcher.find(at) ? matcher.start() : text.length();
    }

    private static int sentenceStart(String text, int at) {
        int start = 0;
        for (int i = 0; i < at; i++) {
            if ("。！？!?；;".indexOf(text.charAt(i)) >= 0) {
                start = i + 1;
            }
        }
        return start;
    }
}
