package linge.bot.reply;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How often a concern is one (precision), how many are noticed (recall), by kind, and how many good answers go through. */
public final class ReplyScore {

    /**
     * The figures.
     *
     * @param shown by name, as one line of JSON would have them
     * @param wrong lines to read
     */
    public record Figures(Map<String, Object> shown, List<String> wrong) {}

    private ReplyScore() {}

    public static Figures of(List<Judged> judged) {
        Map<Concern.Kind, int[]> counts = new LinkedHashMap<>();
        for (Concern.Kind kind : Concern.Kind.values()) {
            counts.put(kind, new int[3]);
        }
        List<String> wrong = new ArrayList<>();
        int good = 0;
        int through = 0;
        int bad = 0;
        int stopped = 0;
        for (Judged one : judged) {
            Set<Concern.Kind> heard = one.heard();
            counts.forEach((kind, seen) -> {
                seen[0] += one.expected().contains(kind) ? 1 : 0;
                seen[1] += heard.contains(kind) ? 1 : 0;
                seen[2] += one.expected().contains(kind) && heard.contains(kind) ? 1 : 0;
            });
            good += one.expected().isEmpty() ? 1 : 0;
            through += one.expected().isEmpty() && heard.isEmpty() ? 1 : 0;
            bad += one.expected().isEmpty() ? 0 : 1;
            stopped += one.expected().isEmpty() || heard.isEmpty() ? 0 : 1;
            if (!heard.equals(one.expected())) {
                wrong.add("meant " + one.expected() + " heard " + heard + " | "
                        + one.draft().report() + " | " + one.draft().words());
            }
        }
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("answers", judged.size());
        shown.put("goodLetThrough", through + "/" + good);
        shown.put("badNoticed", stopped + "/" + bad);
        counts.forEach((kind, seen) -> shown.put(
                kind.name(),
                Map.of("precision", share(seen[2], seen[1]), "recall", share(seen[2], seen[0]), "lines", seen[0])));
        return new Figures(shown, wrong);
    }

    private static double share(int part, int of) {
        return of == 0 ? 1 : Math.round(1000.0 * part / of) / 1000.0;
    }
}
