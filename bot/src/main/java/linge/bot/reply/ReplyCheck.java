package linge.bot.reply;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import linge.bot.text.Digits;
import linge.bot.text.Normalizer;
import linge.bot.text.Resources;
import org.jspecify.annotations.Nullable;

/**
 * Reads an answer before it goes to the resident, as a strict colleague would: is it about what was reported, does it say
 * who did what and when, are its promises dated, is it this case's own, and does it give nobody away? It only warns.
 * Thread-safe; CPU only.
 */
public final class ReplyCheck {

    /** Shorter than this nothing was explained. */
    private static final int SHORTEST = 15;
    /** A clause no longer than this may be a time for what follows. */
    private static final int TIME_ALONE = 10;
    /** Longer texts are read up to here: no answer may be longer. */
    private static final int MOST = 2000;

    private static final ReplyCheck SHIPPED = new ReplyCheck(Subject.shipped());

    private final Subject subject;
    private final Map<String, Pattern> cues = new HashMap<>();

    private ReplyCheck(Subject subject) {
        this.subject = subject;
        Map<String, String> joined = new HashMap<>();
        for (String line : Resources.lines(ReplyCheck.class, "cues.tsv")) {
            String[] cells = line.split("\t", 2);
            joined.merge(cells[0], cells[1], (a, b) -> a + "|" + b);
        }
        joined.forEach((name, pattern) -> cues.put(name, Pattern.compile(pattern)));
    }

    /** The shipped model and word lists; read once, on first use. */
    public static ReplyCheck shipped() {
        return SHIPPED;
    }

    /**
     * What the writer should look at again, the gravest first; empty when nothing stands out.
     *
     * @param report what the resident wrote
     * @param category code of what it is about, or null to let it be understood
     * @param reply the answer as it would go out
     * @param earlier answers to other cases by the same office, newest first
     */
    public List<Concern> of(String report, @Nullable String category, String reply, List<Earlier> earlier) {
        String words = cut(reply).replaceAll("\\s", "");
        List<Concern> concerns = new ArrayList<>();
        privateThings(cut(reply), words).ifPresent(concerns::add);
        if (!subject.same(Normalizer.normalize(cut(report)), category, words)) {
            concerns.add(Concern.of(Concern.Kind.OFF_THE_QUESTION, "答复里没有提到居民反映的事，请核对是不是答非所问。", null));
        }
        Copies.of(cut(report), words, earlier).ifPresent(concerns::add);
        substance(words).ifPresent(concerns::add);
        concerns.addAll(promises(words));
        return List.copyOf(concerns);
    }

    private Optional<Concern> privateThings(String reply, String words) {
        Digits digits = Digits.in(Normalizer.normalize(reply));
        if (digits.identity() || digits.bankCard()) {
            return Optional.of(Concern.of(Concern.Kind.PERSONAL_DATA, "答复里有证件号或银行卡号，请删去。", null));
        }
        Matcher mobile = cue("mobile").matcher(words);
        if (mobile.find()) {
            return Optional.of(Concern.of(Concern.Kind.PERSONAL_DATA, "答复里有手机号，请确认是公开的办公电话，否则请删去。", mobile.group()));
        }
        for (String name : List.of("door", "person", "health")) {
            Matcher found = cue(name).matcher(words);
            if (found.find()) {
                return Optional.of(
                        Concern.of(Concern.Kind.PERSONAL_DATA, "答复里有能认出某个人的内容，请改用“某先生”“当事人”一类的说法。", found.group()));
            }
        }
        return Optional.empty();
    }

    private Optional<Concern> substance(String words) {
        List<String> missing = new ArrayList<>();
        if (!cue("who").matcher(words).find()) {
            missing.add("谁办的");
        }
        if (!cue("when").matcher(words).find()) {
            missing.add("什么时候办的");
        }
        // 已受理 and 高度重视 are no deeds.
        String deeds = cue("empty").matcher(words).replaceAll("，");
        boolean done = cue("did").matcher(deeds).find();
        if (!done) {
            missing.add("做了什么、结果怎样");
        }
        // Who wrote what was done need not say both who and when: the case's history does.
        boolean enough = done && missing.size() < 2 && words.length() >= SHORTEST;
        return enough
                ? Optional.empty()
                : Optional.of(Concern.of(
                        Concern.Kind.NO_SUBSTANCE,
                        missing.isEmpty() ? "答复太短，请写明谁在什么时候做了什么。" : "答复没有写明" + String.join("、", missing) + "。",
                        null));
    }

    private List<Concern> promises(String words) {
        List<Concern> concerns = new ArrayList<>();
        for (String sentence : words.split("[。；;！!\\n]")) {
            String[] clauses = sentence.split("[，,]");
            for (int i = 0; i < clauses.length; i++) {
                if (cue("promise").matcher(clauses[i]).find()
                        && !cue("no-promise").matcher(clauses[i]).find()
                        && !dated(clauses, i)) {
                    concerns.add(Concern.of(Concern.Kind.PROMISE_WITHOUT_DATE, "承诺了要做的事，却没有写到什么时候。", clauses[i]));
                    break;
                }
            }
        }
        return concerns;
    }

    /** Said with the promise, right after it, or right before it as a time and nothing else. */
    private boolean dated(String[] clauses, int at) {
        Pattern date = cue("by-when");
        return date.matcher(clauses[at]).find()
                || (at + 1 < clauses.length && date.matcher(clauses[at + 1]).find())
                || (at > 0
                        && clauses[at - 1].length() <= TIME_ALONE
                        && date.matcher(clauses[at - 1]).find());
    }

    private static String cut(String text) {
        return text.length() <= MOST ? text : text.substring(0, MOST);
    }

    private Pattern cue(String name) {
        Pattern pattern = cues.get(name);
        if (pattern == null) {
            throw new IllegalStateException("no cue " + name);
        }
        return pattern;
    }
}
