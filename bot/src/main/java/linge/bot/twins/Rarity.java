package linge.bot.twins;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import linge.bot.text.Resources;

/**
 * How rare a pair of Chinese characters is in reports, as ln(reports / reports with it). {@code rarity.tsv} has the pairs that are
 * common enough to be nobody's; what it does not know is as rare as the rarest it knows.
 */
public final class Rarity {

    static final Rarity SHIPPED = new Rarity(Resources.lines(Rarity.class, "rarity.tsv"));

    private final Map<String, Float> known = new HashMap<>();
    private final float rarest;

    private Rarity(List<String> lines) {
        float most = 0;
        for (String line : lines) {
            int tab = line.indexOf('\t');
            float rarity = Float.parseFloat(line.substring(tab + 1));
            known.put(line.substring(0, tab), rarity);
            most = Math.max(most, rarity);
        }
        rarest = most + 0.5f;
    }

    float of(String pair) {
        return known.getOrDefault(pair, rarest);
    }

    /** Pairs of Chinese characters side by side. */
    static Set<String> pairs(String text) {
        Set<String> pairs = new HashSet<>();
        for (int i = 0; i + 1 < text.length(); i++) {
            if (isHan(text.charAt(i)) && isHan(text.charAt(i + 1))) {
                pairs.add(text.substring(i, i + 2));
            }
        }
        return pairs;
    }

    private static boolean isHan(char c) {
        return Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN;
    }

    /**
     * The lines of {@code rarity.tsv}.
     *
     * @param reports texts to count in
     * @param least pairs in fewer of them are left out
     */
    public static List<String> count(List<String> reports, int least) {
        Map<String, Integer> counts = new HashMap<>();
        reports.forEach(text -> pairs(text).forEach(pair -> counts.merge(pair, 1, Integer::sum)));
        return counts.entrySet().stream()
                .filter(entry -> entry.getValue() >= least)
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> String.format(
                        Locale.ROOT, "%s\t%.1f", entry.getKey(), Math.log((double) reports.size() / entry.getValue())))
                .toList();
    }
}
