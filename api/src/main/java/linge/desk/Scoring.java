package linge.desk;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a case had best go, and why. Pure: what is known of the case and of each place it may go, in; the likeliest places with
 * reasons and their figures, out.
 *
 * <p>Before anything was learnt, the department that the category belongs to is as likely as the category is certain, and the
 * nearest office takes most of the rest. That counts as much as {@value #PRIOR} past cases; each real one counts one. What came
 * back from there, and what is late there, counts against it.
 */
final class Scoring {

    private static final double PRIOR = 4;
    private static final double NEAREST = 0.5;
    /** So many late cases halve what else speaks for an office. */
    private static final double LATE_HALVES = 60;

    private static final int LEAST_HABIT = 3;

    private Scoring() {}

    /**
     * The case.
     *
     * @param categoryName of the narrow category; null without one
     * @param department the category's
     * @param confidence of the category, 0 to 1; null when a person chose it
     */
    record About(
            @Nullable String categoryName,
            @Nullable String department,
            @Nullable Double confidence,
            String area) {}

    /** Somewhere it may go. */
    record Place(String to, @Nullable String department, String name) {}

    /** What was done with the like before: so many sent there, so many of them back. */
    record Habit(int sent, int back) {
        static final Habit NONE = new Habit(0, 0);
    }

    /** What lies there now. */
    record Load(int open, int late) {
        static final Load NONE = new Load(0, 0);
    }

    /** One of the answers; the score is 0 to 1, for the order alone. */
    record Suggested(Place place, double score, List<String> reasons) {}

    /** The best first, at most {@code most}; an office that nothing speaks for is not among them. */
    static List<Suggested> rank(
            About about, List<Place> places, Map<Place, Habit> habits, Map<Place, Load> loads, int most) {
        int total = habits.values().stream().mapToInt(Habit::sent).sum();
        Place nearest = nearest(about, places);
        List<Suggested> all = new ArrayList<>();
        for (Place place : places) {
            Habit habit = habits.getOrDefault(place, Habit.NONE);
            Load load = loads.getOrDefault(place, Load.NONE);
            double before = prior(about, place, nearest);
            if (before == 0 && habit.sent() == 0) {
                continue;
            }
            double likely = (habit.sent() + PRIOR * before) / (total + PRIOR);
            // A dispatch that came back is no reason to send the next one.
            double kept = (1.0 + habit.sent() - habit.back()) / (1.0 + habit.sent());
            double free = LATE_HALVES / (LATE_HALVES + load.late());
            all.add(new Suggested(place, likely * kept * free, reasons(about, place, nearest, habit, total, load)));
        }
        all.sort(Comparator.comparingDouble(Suggested::score).reversed());
        return List.copyOf(all.subList(0, Math.min(most, all.size())));
    }

    private static double prior(About about, Place place, @Nullable Place nearest) {
        double sure = about.department() == null ? 0 : about.confidence() == null ? 1 : about.confidence();
        if (place.department() != null && place.department().equals(about.department())) {
            return sure;
        }
        return place.equals(nearest) ? Math.max(0.1, (1 - sure)) * NEAREST : 0;
    }

    /** The smallest office around the place it happened. */
    private static @Nullable Place nearest(About about, List<Place> places) {
        return places.stream()
                .filter(place -> place.department() == null && about.area().startsWith(place.to()))
                .max(Comparator.comparingInt(place -> place.to().length()))
                .orElse(null);
    }

    private static List<String> reasons(
            About about, Place place, @Nullable Place nearest, Habit habit, int total, Load load) {
        List<String> reasons = new ArrayList<>();
        if (place.department() != null && place.department().equals(about.department())) {
            reasons.add(
                    about.confidence() == null
                            ? "“" + about.categoryName() + "”归这里管"
                            : String.format(
                                    Locale.ROOT,
                                    "“%s”归这里管，类别把握 %d%%",
                                    about.categoryName(),
                                    Math.round(about.confidence() * 100)));
        } else if (place.equals(nearest)) {
            reasons.add("就在事发地，离得最近");
        }
        if (habit.sent() >= LEAST_HABIT) {
            reasons.add("本地同类 " + total + " 件里有 " + habit.sent() + " 件交给这里");
        } else if (habit.sent() > 0) {
            reasons.add("以前交过 " + habit.sent() + " 件同类的");
        }
        if (habit.back() > 0) {
            reasons.add("其中退回过 " + habit.back() + " 件");
        }
        reasons.add(
                load.open() == 0
                        ? "手上没有在办的"
                        : "手上在办 " + load.open() + " 件" + (load.late() > 0 ? "，超时 " + load.late() + " 件" : "，没有超时"));
        return reasons;
    }
}
