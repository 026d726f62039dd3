package linge.bot.reply;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import linge.bot.text.Digits;
import linge.bot.text.Normalizer;
import linge.bot.text.Resources;

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

    /** So many places are marked at most. */
    private static final int MOST_MARKS = 10;

    private static final Pattern SENTENCE = Pattern.compile("[^。；;！!]+");

    /** Cues of what gives somebody away, and what to do about it. */
    private static final Map<String, String> PRIVATE = new LinkedHashMap<>();

    static {
        PRIVATE.put("identity", "答复里有身份证号，请删去。");
        PRIVATE.put("bank", "答复里有银行卡号，请删去。");
        PRIVATE.put("mobile", "答复里有手机号，请改写公开的办公电话，或删去。");
        PRIVATE.put("plate", "答复里有车牌号，请改用“涉事车辆”一类的说法。");
        PRIVATE.put("door", "答复里有住户的门牌，请只写到楼栋。");
        PRIVATE.put("person", "答复里有个人姓名，请改用“某先生”“当事人”一类的说法。");
        PRIVATE.put("health", "答复里有健康或人身方面的隐私，请删去。");
    }

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

    /** What the writer should look at again, the gravest first; empty when nothing stands out. */
    public List<Concern> of(Draft draft) {
        Plain reply = Plain.of(cut(draft.words()));
        String report = cut(draft.report());
        List<Concern> concerns = new ArrayList<>(privateThings(reply, draft.names()));
        if (!subject.same(Normalizer.normalize(report), draft.category(), reply.words())) {
            concerns.add(Concern.of(Concern.Kind.OFF_THE_QUESTION, "答复里没有提到居民反映的事，请核对是不是答非所问。", null));
        }
        Copies.of(report, reply.given(), draft.earlier()).ifPresent(concerns::add);
        Boilerplate.of(reply, draft.templates(), draft.filled())
                .or(() -> substance(reply.words()))
                .ifPresent(concerns::add);
        concerns.addAll(promises(reply));
        return List.copyOf(concerns);
    }

    private List<Concern> privateThings(Plain reply, List<String> names) {
        List<Concern> found = new ArrayList<>();
        PRIVATE.forEach((name, why) -> {
            Matcher one = cue(name).matcher(reply.words());
            while (one.find() && found.size() < MOST_MARKS) {
                found.add(Concern.of(Concern.Kind.PERSONAL_DATA, why, reply.span(one.start(), one.end())));
            }
        });
        for (String name : names) {
            String plain = Plain.of(name).words();
            int at = plain.length() < 2 ? -1 : reply.words().indexOf(plain);
            if (at >= 0) {
                found.add(Concern.of(
                        Concern.Kind.PERSONAL_DATA, "答复里写了反映人的姓名，请改用“您”。", reply.span(at, at + plain.length())));
            }
        }
        if (found.isEmpty()) {
            Digits spoken = Digits.in(Normalizer.normalize(reply.given()));
            if (spoken.identity() || spoken.bankCard()) {
                found.add(Concern.of(Concern.Kind.PERSONAL_DATA, "答复里有证件号或银行卡号，请删去。", null));
            }
        }
        return found;
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

    private List<Concern> promises(Plain reply) {
        List<Concern> concerns = new ArrayList<>();
        Matcher sentence = SENTENCE.matcher(reply.words());
        while (sentence.find()) {
            List<String> clauses = List.of(sentence.group().split("[，,]", -1));
            int at = sentence.start();
            for (int i = 0; i < clauses.size(); i++) {
                String clause = clauses.get(i);
                if (cue("promise").matcher(clause).find()
                        && !cue("no-promise").matcher(clause).find()
                        && !dated(clauses, i)) {
                    concerns.add(Concern.of(
                            Concern.Kind.PROMISE_WITHOUT_DATE,
                            "承诺了要做的事，却没有写到什么时候。",
                            reply.span(at, at + clause.length())));
                    break;
                }
                at += clause.length() + 1;
            }
        }
        return concerns;
    }

    /** Said with the promise, right after it, or right before it as a time and nothing else. */
    private boolean dated(List<String> clauses, int at) {
        Pattern date = cue("by-when");
        return date.matcher(clauses.get(at)).find()
                || (at + 1 < clauses.size() && date.matcher(clauses.get(at + 1)).find())
                || (at > 0
                        && clauses.get(at - 1).length() <= TIME_ALONE
                        && date.matcher(clauses.get(at - 1)).find());
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
