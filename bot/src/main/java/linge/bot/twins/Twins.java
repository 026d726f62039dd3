package linge.bot.twins;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import linge.bot.text.Resources;
import linge.bot.twins.Likeness.Clue;
import linge.bot.twins.Likeness.Reason;
import org.jspecify.annotations.Nullable;

/** Tells whether two reports are of one matter. Read-only after loading, shared by threads; some microseconds a pair. */
public final class Twins {

    /** Worth a look of whoever decides. Chosen on the pairs of docs/accuracy.md. */
    public static final double LIKELY = 0.5;
    /** Sure enough to say so to somebody who sees only one of the two. */
    public static final double SURE = 0.6;

    /** Reasons too weak to be worth a line. */
    private static final double WEAK = 0.25;

    private static final Twins SHIPPED =
            new Twins(Weights.shipped(Weights.View.STAFF), Weights.shipped(Weights.View.STRANGERS));

    private static final Set<String> PUBLIC = Set.copyOf(Resources.lines(Twins.class, "public-matters.txt"));

    private final Weights staff;
    private final Weights strangers;

    Twins(Weights staff, Weights strangers) {
        this.staff = staff;
        this.strangers = strangers;
    }

    public static Twins shipped() {
        return SHIPPED;
    }

    /** Whether anybody may be told that a matter of this category was reported nearby. */
    public static boolean isPublic(@Nullable String category) {
        return category != null && PUBLIC.contains(category);
    }

    /** For staff who may read both reports. Symmetrical. */
    public Likeness compare(Report one, Report other) {
        return likeness(Clues.of(Traits.of(one), Traits.of(other), Weights.View.STAFF), staff);
    }

    /** One report against many, e.g. those an index found; in their order. */
    public List<Likeness> compare(Report one, List<Report> others) {
        Traits mine = Traits.of(one);
        return others.stream()
                .map(other -> likeness(Clues.of(mine, Traits.of(other), Weights.View.STAFF), staff))
                .toList();
    }

    /**
     * How likely it is for whoever may not read the other report: judged by matter, category, place and time alone, never by units,
     * rooms and house numbers, so that trying words tells nothing of the words of somebody else, nor where they live. 0 to 1, in the
     * order of {@code others}.
     */
    public List<Double> forStrangers(Report one, List<Report> others) {
        Traits mine = Traits.of(one).withoutHomes();
        return others.stream()
                .map(other -> strangers.score(Clues.of(mine, Traits.of(other).withoutHomes(), Weights.View.STRANGERS)))
                .toList();
    }

    private static Likeness likeness(Clues clues, Weights weights) {
        List<Clue> heavy = new ArrayList<>();
        for (Clue clue : Clue.values()) {
            if (Math.abs(weights.of(clue) * clues.strength(clue)) >= WEAK) {
                heavy.add(clue);
            }
        }
        heavy.sort(Comparator.comparingDouble(clue -> -Math.abs(weights.of(clue) * clues.strength(clue))));
        // One distance is one reason.
        if (heavy.contains(Clue.FAR)) {
            heavy.remove(Clue.NEAR);
        }
        List<Reason> reasons = heavy.stream()
                .map(clue -> new Reason(clue, weights.of(clue) > 0, clues.words(clue)))
                .toList();
        return new Likeness(weights.score(clues), reasons);
    }
}
