package linge.bot.triage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import linge.bot.text.Normalizer;
import linge.bot.text.Resources;
import org.jspecify.annotations.Nullable;

/**
 * Splits a text that names several matters ("路灯坏了，另外物业还乱收费") into one text for each.
 *
 * <p>A false split tears one story into two cases, which costs more than two matters in one case: parts stay together
 * unless the resident says that another matter begins and both sides are surely about different things.
 */
final class IssueSplitter {
    private static final int MOST_ISSUES = 5;
    private static final int MOST_READ = 2_000;
    private static final int LEAST_CHARACTERS = 4;

    /** A part must be about something this surely to stand alone after a mark, and without one. */
    private static final double SURE_AFTER_MARK = 0.5;

    private static final double SURE_WITHOUT_MARK = 0.85;

    private static final String CLAUSE = "(?<=[，。！？；,!?;\\n])|\\s(?=还有|另外|再有|再就是)";
    private static final String ALSO = "还有";
    private static final Pattern EDGES = Pattern.compile("^[\\s，。！？；、,.!?;:：]+|[\\s，；、,;]+$");

    private final Pattern mark;
    private final Pattern item;
    private final Pattern several;
    private final Pattern announcement;
    private final Pattern reason;
    private final Pattern counted;
    private final Pattern first;
    private final Pattern wish;
    private final Pattern same;
    private final Function<String, Triaged> triage;

    /** @param triage judges a text by itself */
    IssueSplitter(Function<String, Triaged> triage) {
        Map<String, String> kinds = new HashMap<>();
        for (String line : Resources.lines(IssueSplitter.class, "issue-marks.tsv")) {
            String[] cells = line.split("\t", 2);
            kinds.merge(cells[0], cells[1], (a, b) -> a + "|" + b);
        }
        this.mark = Pattern.compile("^(?:" + kinds.get("MARK") + "|" + kinds.get("ITEM") + ")[，,:：、]?");
        this.item = Pattern.compile("(?<=[\\s，。！？；,!?;:：])(?=" + kinds.get("ITEM") + ")|(?=[（(][2-9二三四五六][)）])");
        this.reason = Pattern.compile(String.valueOf(kinds.get("REASON")));
        this.counted = Pattern.compile("^(?:" + kinds.get("COUNTED") + ")");
        this.several = Pattern.compile(String.valueOf(kinds.get("SEVERAL")));
        this.announcement = Pattern.compile("^.{0,8}?(?:" + kinds.get("SEVERAL") + ")儿?[：:,，、\\s]*(?:"
                + kinds.get("FIRST") + "|第一(?!次|天|年|中|人民|医院|小学))?");
        this.first = Pattern.compile("^(?:" + kinds.get("FIRST") + ")");
        this.wish = Pattern.compile(String.valueOf(kinds.get("WISH")));
        this.same = Pattern.compile(String.valueOf(kinds.get("SAME")));
        this.triage = triage;
    }

    private record Part(String text, boolean marked) {}

    /** At least one issue, in the order of the text; one whose text is the whole when there is nothing to split. */
    List<Issue> split(String text) {
        String read = Normalizer.normalize(pointed(text));
        List<Part> parts = read.length() > MOST_READ ? List.of() : parts(read);
        if (parts.size() < 2) {
            return List.of(new Issue(text, triage.apply(text)));
        }
        List<Issue> issues = new ArrayList<>();
        for (Part part : parts) {
            var next = new Issue(part.text(), triage.apply(part.text()));
            @Nullable Issue before = issues.isEmpty() ? null : issues.get(issues.size() - 1);
            if (before == null) {
                issues.add(next);
            } else if (issues.size() < MOST_ISSUES && isAnother(before, next, part.marked())) {
                issues.add(next);
            } else {
                String joined = before.text() + "，" + part.text();
                issues.set(issues.size() - 1, new Issue(joined, triage.apply(joined)));
            }
        }
        return issues.size() == 1 ? List.of(new Issue(text, triage.apply(text))) : List.copyOf(issues);
    }

    private static boolean isAnother(Issue before, Issue next, boolean marked) {
        double sure = marked ? SURE_AFTER_MARK : SURE_WITHOUT_MARK;
        @Nullable Category a = before.triaged().category();
        @Nullable Category b = next.triaged().category();
        return a != null
                && b != null
                && before.triaged().confidence() >= sure
                && next.triaged().confidence() >= sure
                && !a.code().equals(b.code())
                && (marked || !a.path().get(0).equals(b.path().get(0)));
    }

    /** Clauses joined into parts; a new part begins at a mark, or where a sentence says 也 or 还 of something else. */
    private List<Part> parts(String text) {
        List<Part> parts = new ArrayList<>();
        var now = new StringBuilder();
        boolean marked = false;
        boolean announced = false;
        boolean many = several.matcher(text).find();
        boolean reasons = !many && reason.matcher(text).find();
        for (String sentence : item.split(text)) {
            for (String raw : sentence.split(CLAUSE)) {
                String clause = EDGES.matcher(raw).replaceAll("");
                Matcher turn = mark.matcher(clause);
                boolean turns =
                        turn.find() && !(reasons && counted.matcher(clause).find());
                String said =
                        turns ? EDGES.matcher(clause.substring(turn.end())).replaceAll("") : clause;
                if (many && !turns && clause.startsWith(ALSO)) {
                    turns = true;
                    said = clause.substring(ALSO.length());
                }
                if (said.isEmpty()) {
                    // "还有，…": the mark stands alone and the matter follows.
                    announced |= turns;
                    continue;
                }
                turns |= announced;
                announced = false;
                if (now.length() > 0 && (turns ? !isWish(said) : isParallel(said))) {
                    parts.add(new Part(now.toString(), marked));
                    now.setLength(0);
                    marked = turns;
                }
                Pattern opening = many && parts.isEmpty() && now.length() == 0 ? announcement : first;
                String matter = opening.matcher(said).replaceFirst("");
                now.append(now.length() == 0 || matter.isEmpty() ? "" : "，").append(matter);
            }
        }
        if (now.length() > 0) {
            parts.add(new Part(now.toString(), marked));
        }
        return parts;
    }

    private boolean isWish(String clause) {
        return clause.length() < LEAST_CHARACTERS || wish.matcher(clause).find();
    }

    private boolean isParallel(String clause) {
        int also = Math.max(clause.indexOf('也'), clause.indexOf('还'));
        return (also > 1 || clause.startsWith(ALSO))
                && !isWish(clause)
                && !same.matcher(clause).find();
    }

    /** Circled numbers become numbers with a point, before they lose their circle. */
    private static String pointed(String text) {
        var out = new StringBuilder(text.length());
        text.chars().forEach(c -> {
            if (c >= '①' && c <= '⑨') {
                out.append(c - '①' + 1).append('.');
            } else {
                out.append((char) c);
            }
        });
        return out.toString();
    }
}
