package linge.evaluation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Deeds into points by a book. A cap bounds what one rule gives or takes in a period, and shrinks with the days on duty; it is used
 * up in the order of time, so the lines of a rule add up to what the rule gives.
 */
final class Tally {
    private Tally() {}

    /**
     * A deed with its points.
     *
     * @param book the version of the rules; null for what no rule counts
     * @param earned by the rule, hundredths
     * @param points after the cap, hundredths
     */
    record Line(Deed deed, @Nullable Long book, long earned, long points) {}

    /** What one rule came to. */
    record Sum(Counted counted, long units, long earned, long points) {}

    /** @param deeds in order; what the book has no rule for gives no line */
    static List<Line> lines(Book book, Presence presence, List<Deed> deeds) {
        Map<Counted, Long> running = new EnumMap<>(Counted.class);
        List<Line> lines = new ArrayList<>();
        for (Deed deed : deeds) {
            Book.Rule rule = book.rules().get(deed.counted());
            if (rule == null) {
                continue;
            }
            long before = running.getOrDefault(deed.counted(), 0L);
            long earned = (long) deed.units() * rule.points();
            long after = before + earned;
            running.put(deed.counted(), after);
            lines.add(
                    new Line(deed, book.id(), earned, capped(rule, presence, after) - capped(rule, presence, before)));
        }
        return lines;
    }

    /** The same without looking at each deed. */
    static List<Sum> sums(Book book, Presence presence, Map<Counted, Long> units) {
        List<Sum> sums = new ArrayList<>();
        book.rules().forEach((counted, rule) -> {
            long times = units.getOrDefault(counted, 0L);
            if (times > 0) {
                long earned = times * rule.points();
                sums.add(new Sum(counted, times, earned, capped(rule, presence, earned)));
            }
        });
        return sums;
    }

    static long points(List<Sum> sums) {
        return sums.stream().mapToLong(Sum::points).sum();
    }

    private static long capped(Book.Rule rule, Presence presence, long earned) {
        if (rule.cap() == null) {
            return earned;
        }
        long cap = presence.part(rule.cap());
        return Math.max(-cap, Math.min(cap, earned));
    }
}
