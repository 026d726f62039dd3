package linge.evaluation;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that counts in an area, as one version: rules, whether people are put in order, and when something looks odd.
 *
 * @param area whose book it is; empty for everywhere
 * @param leastDuty whoever was on duty for a smaller part of the working days (percent) is not put in order
 * @param missing what a quarter somebody was not ranked in counts in the year
 */
record Book(
        long id,
        String area,
        boolean ranking,
        int leastDuty,
        Missing missing,
        Map<Counted, Rule> rules,
        Thresholds thresholds) {

    enum Missing {
        LEFT_OUT,
        ZERO
    }

    /**
     * What one deed is worth.
     *
     * @param points hundredths
     * @param cap the most, either way, of a whole period on duty; hundredths; null for none
     */
    record Rule(Counted counted, int points, @Nullable Integer cap, String words) {}

    static Map<Counted, Rule> byCounted(List<Rule> rules) {
        Map<Counted, Rule> all = new EnumMap<>(Counted.class);
        rules.forEach(rule -> all.put(rule.counted(), rule));
        return all;
    }

    /** When something looks odd; the names are those of {@code signals.tsv}. */
    record Thresholds(
            int reopenWithinHours,
            int reopenTimes,
            int burstRatings,
            int burstMinutes,
            int sameResident,
            int soonSeconds,
            int soonTimes,
            int edgePercent,
            int edgeShare,
            int edgeLeast,
            int splitAlike,
            int splitCount) {

        static Thresholds of(Map<String, Integer> by) {
            return new Thresholds(
                    get(by, "reopenWithinHours"),
                    get(by, "reopenTimes"),
                    get(by, "burstRatings"),
                    get(by, "burstMinutes"),
                    get(by, "sameResident"),
                    get(by, "soonSeconds"),
                    get(by, "soonTimes"),
                    get(by, "edgePercent"),
                    get(by, "edgeShare"),
                    get(by, "edgeLeast"),
                    get(by, "splitAlike"),
                    get(by, "splitCount"));
        }

        private static int get(Map<String, Integer> by, String name) {
            Integer value = by.get(name);
            if (value == null) {
                throw new IllegalArgumentException("no threshold " + name);
            }
            return value;
        }
    }
}
