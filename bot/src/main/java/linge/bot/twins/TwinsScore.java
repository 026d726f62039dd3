package linge.bot.twins;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How often what is called one matter is one (precision), and how many that are one are called so (recall). */
public final class TwinsScore {

    /**
     * The figures.
     *
     * @param rightByKind right of all, for each kind of pair
     * @param wrong lines to read
     */
    public record Figures(
            int pairs, double precision, double recall, Map<String, String> rightByKind, List<String> wrong) {

        /** As one line of JSON would have them. */
        public Map<String, Object> shown() {
            Map<String, Object> shown = new LinkedHashMap<>();
            shown.put("pairs", pairs);
            shown.put("precision", rounded(precision));
            shown.put("recall", rounded(recall));
            shown.put("rightByKind", rightByKind);
            return shown;
        }

        private static double rounded(double x) {
            return Math.round(x * 1000) / 1000.0;
        }
    }

    private TwinsScore() {}

    /** For {@link Weights.View#STAFF} or strangers, from {@code least} on. */
    public static Figures of(List<Pairs.Judged> judged, Weights.View view, double least) {
        Twins twins = Twins.shipped();
        int called = 0;
        int right = 0;
        int same = 0;
        Map<String, int[]> kinds = new TreeMap<>();
        List<String> wrong = new ArrayList<>();
        for (Pairs.Judged one : judged) {
            Weights.Pair pair = one.pair();
            Likeness likeness = twins.compare(pair.one(), pair.other());
            double score = view == Weights.View.STAFF
                    ? likeness.score()
                    : twins.forStrangers(pair.one(), List.of(pair.other())).get(0);
            boolean yes = score >= least;
            called += yes ? 1 : 0;
            same += pair.same() ? 1 : 0;
            right += yes && pair.same() ? 1 : 0;
            int[] counts = kinds.computeIfAbsent((pair.same() ? "same: " : "other: ") + one.kind(), k -> new int[2]);
            counts[0]++;
            counts[1] += yes == pair.same() ? 1 : 0;
            if (yes != pair.same()) {
                wrong.add(String.format(
                        "%s %.2f %s | %s | %s %s %s",
                        pair.same() ? "same " : "other",
                        score,
                        pair.one().text(),
                        pair.other().text(),
                        pair.one().category(),
                        pair.other().category(),
                        likeness.reasons().stream()
                                .map(r -> (r.speaksFor() ? "+" : "-") + r.words())
                                .toList()));
            }
        }
        Map<String, String> rightByKind = new LinkedHashMap<>();
        kinds.forEach((kind, counts) -> rightByKind.put(kind, counts[1] + "/" + counts[0]));
        return new Figures(
                judged.size(),
                called == 0 ? 1 : (double) right / called,
                same == 0 ? 1 : (double) right / same,
                rightByKind,
                wrong);
    }
}
