package linge.bot.twins;

import java.util.Set;
import linge.bot.text.Normalizer;

/**
 * What is read out of one report, once.
 *
 * @param pairs characters side by side, those of place names left out: where it is says nothing of what it is
 */
record Traits(Report report, Set<String> pairs, Set<Matters.Matter> matters, Numbers numbers, PlaceNames names) {

    static Traits of(Report report) {
        String text = Normalizer.normalize(report.words());
        PlaceNames names = PlaceNames.in(text);
        return new Traits(
                report, Rarity.pairs(names.cutOutOf(text)), Matters.SHIPPED.in(text), Numbers.in(text), names);
    }

    /** Without what tells where somebody lives. */
    Traits withoutHomes() {
        return new Traits(report, pairs, matters, numbers.withoutHomes(), names);
    }

    /** How alike the words are, 0 to 1: the share of rarity they have in common (cosine of the pairs' rarities). */
    double wordsLike(Traits other) {
        double common = 0;
        for (String pair : pairs) {
            if (other.pairs.contains(pair)) {
                common += square(Rarity.SHIPPED.of(pair));
            }
        }
        double both = Math.sqrt(weight() * other.weight());
        return both == 0 ? 0 : common / both;
    }

    private double weight() {
        return pairs.stream()
                .mapToDouble(pair -> square(Rarity.SHIPPED.of(pair)))
                .sum();
    }

    private static double square(double x) {
        return x * x;
    }
}
