package linge.bot.triage;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import linge.bot.text.Normalizer;
import linge.bot.text.Resources;
import org.jspecify.annotations.Nullable;

/** How urgent a text is, by rules over words; look-alikes, denials, the past and mere fears do not count. Thread-safe. */
public final class UrgencyRules {
    private static final int MOST_READ = 2_000;
    private static final int MOST_SHOWN = 16;
    /** A cry for help is short; beyond this many characters it is mostly a story of what was. */
    private static final int LONG_STORY = 60;

    // How often such a judgement was right on lines and tickets, rounded down; docs/accuracy.md tells how it was
    // counted.
    private static final double HAPPENING_NOW = 0.98;
    private static final double PLAIN_CRY = 0.95;
    private static final double IN_A_LONG_STORY = 0.6;
    private static final double URGENT_RIGHT = 0.8;
    private static final double HEDGED = 0.9;
    private static final double CALM = 0.98;

    private static final Pattern CLAUSE_END = Pattern.compile("[，。！？；,.!?;…\\n]");
    private static final Pattern LONG_NUMBERS = Pattern.compile("\\d{6,}|([一二三四五六七八九十两几好多数])\\1{3,}");
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private enum Hedge {
        NEGATION,
        PAST,
        OVER,
        IF,
        NOW,
        TOLD,
        CRY
    }

    /** An insistent rule heeds denials only: whoever writes of ending life is answered, however it is told. */
    private record Rule(Urgency urgency, @Nullable String hotline, Pattern pattern, boolean insistent) {}

    /**
     * What the rules say of a text.
     *
     * @param hotline the number to call: 110, 119, 120, 122 or 12356 (psychological help), else null
     * @param confidence the share of texts judged by such words and hedges that were judged rightly, see docs/accuracy.md
     * @param why the words that decided, in one short Chinese sentence
     */
    public record Judged(Urgency urgency, @Nullable String hotline, double confidence, String why) {}

    private static final class Shipped {
        static final UrgencyRules RULES = new UrgencyRules();
    }

    /** The shipped rules; read once, on first use. */
    public static UrgencyRules shipped() {
        return Shipped.RULES;
    }

    private final List<Rule> rules = new ArrayList<>();
    private final Map<Hedge, Pattern> hedges = new EnumMap<>(Hedge.class);
    private final Pattern lookalikes;

    UrgencyRules() {
        var named = new HashMap<String, String>();
        for (String line : Resources.lines(UrgencyRules.class, "urgency.tsv")) {
            String[] cells = line.split("\t", 3);
            if (cells[0].equals("LET")) {
                named.put("{" + cells[1] + "}", cells[2]);
            } else {
                rules.add(rule(cells, named));
            }
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

    private static Rule rule(String[] cells, Map<String, String> named) {
        String pattern = cells[2];
        for (var group : named.entrySet()) {
            pattern = pattern.replace(group.getKey(), group.getValue());
        }
        boolean insistent = cells[0].endsWith("!");
        return new Rule(
                Urgency.valueOf(insistent ? cells[0].substring(0, cells[0].length() - 1) : cells[0]),
                cells[1].equals("-") ? null : cells[1],
                Pattern.compile(pattern),
                insistent);
    }

    /** Judges a text; any text is answered, and only its first 2,000 characters are read. */
    public Judged of(String text) {
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
        @Nullable String hedged = null;
        for (Rule rule : rules) {
            Matcher matcher = rule.pattern().matcher(plain);
            while (matcher.find()) {
                if (counts(rule, plain, matcher.start(), matcher.end())) {
                    return judged(rule, plain, matcher.start(), matcher.end());
                }
                hedged = hedged == null && rule.urgency() == Urgency.EMERGENCY ? matcher.group() : hedged;
            }
        }
        return hedged == null
                ? new Judged(Urgency.NORMAL, null, CALM, "没有说到危险的字词")
                : new Judged(Urgency.NORMAL, null, HEDGED, "说到“" + shown(hedged) + "”，但不是正在发生");
    }

    private Judged judged(Rule rule, String text, int start, int end) {
        String why = "写到“" + shown(text.substring(start, end)) + "”";
        if (rule.urgency() == Urgency.URGENT) {
            return new Judged(rule.urgency(), rule.hotline(), URGENT_RIGHT, why + "，要尽快处理");
        }
        boolean now = says(Hedge.NOW, text.substring(clauseStart(text, start), clauseEnd(text, end)));
        double confidence = text.length() > LONG_STORY ? IN_A_LONG_STORY : now ? HAPPENING_NOW : PLAIN_CRY;
        return new Judged(rule.urgency(), rule.hotline(), confidence, why + (now ? "，正在发生" : "，可能有危险"));
    }

    private static String shown(String words) {
        return words.length() <= MOST_SHOWN ? words : words.substring(0, MOST_SHOWN) + "…";
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
        boolean told = says(Hedge.TOLD, text) && !says(Hedge.CRY, text);
        if (told || says(Hedge.OVER, text.substring(start))) {
            return false;
        }
        if (rule.insistent()) {
            return true;
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
