package linge.bot.twins;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import linge.bot.twins.Likeness.Clue;
import org.jspecify.annotations.Nullable;

/** What two reports have in common and apart: a strength for each clue, mostly 0 to 1, and its words. */
final class Clues {

    private static final int VILLAGE = 12;
    private static final int GRID = 15;
    /** So near a matter may well be the same; beyond {@link #FAR} hardly. Metres. */
    private static final double NEAR = 120;

    private static final double FAR = 350;
    private static final double SURELY_FAR = 1000;
    /** So many hours apart nothing is concluded from time. */
    private static final double SOON = 120;

    private static final double UNLISTED = 0.6;
    private static final double UNLISTED_WORDS = 2;

    private final Map<Clue, Double> strengths = new EnumMap<>(Clue.class);
    private final Map<Clue, String> words = new EnumMap<>(Clue.class);

    private Clues() {}

    /** @param view strangers get none that depends on the words of the other report */
    static Clues of(Traits one, Traits other, Weights.View view) {
        Clues clues = new Clues();
        clues.ofNames(one, other);
        clues.ofWords(one, other, view);
        clues.ofCategory(one.report().category(), other.report().category());
        clues.ofGround(one.report(), other.report());
        clues.ofTime(one.report(), other.report());
        return clues;
    }

    double strength(Clue clue) {
        return strengths.getOrDefault(clue, 0.0);
    }

    String words(Clue clue) {
        return words.getOrDefault(clue, "");
    }

    private void put(Clue clue, double strength, String text) {
        strengths.put(clue, strength);
        words.put(clue, text);
    }

    private void ofWords(Traits one, Traits other, Weights.View view) {
        double alike = view == Weights.View.STAFF ? one.wordsLike(other) : 0;
        put(Clue.WORDS, alike, alike >= 0.5 ? "说法几乎一样" : "说法有相同之处");
        Set<Matters.Matter> mine = one.matters();
        Set<Matters.Matter> theirs = other.matters();
        List<Matters.Matter> common = mine.stream().filter(theirs::contains).toList();
        if (!common.isEmpty()) {
            double share = (double) common.size() / Math.min(mine.size(), theirs.size());
            put(Clue.MATTER, share, "都说的是" + labels(Set.copyOf(common)));
            boolean named = strength(Clue.NAME) + strength(Clue.NUMBER) > 0;
            if (!named && common.stream().allMatch(Matters.Matter::own)) {
                put(Clue.OWN, 1, "这类事往往各是各的");
            }
        } else if (!mine.isEmpty() && !theirs.isEmpty()) {
            put(Clue.OTHER_MATTER, 1, "说的事不同（" + labels(mine) + " / " + labels(theirs) + "）");
        } else if (view == Weights.View.STAFF) {
            // Nobody listed that matter: the words themselves are the next best to go by.
            put(Clue.MATTER, Math.min(1, UNLISTED_WORDS * alike), "说的像是同一件事");
        } else if (one.report().category() != null
                && one.report().category().equals(other.report().category())) {
            put(Clue.MATTER, UNLISTED, "说的是同一类事");
        }
    }

    private static String labels(Set<Matters.Matter> matters) {
        return matters.stream().map(Matters.Matter::label).sorted().limit(3).collect(Collectors.joining("、"));
    }

    private void ofCategory(@Nullable String mine, @Nullable String theirs) {
        if (mine == null || theirs == null) {
            return;
        }
        if (mine.equals(theirs)) {
            put(Clue.CATEGORY, 1, "类别相同");
        } else {
            boolean akin = first(mine).equals(first(theirs));
            put(Clue.OTHER_CATEGORY, akin ? 0.5 : 1, akin ? "大类相同，小类不同" : "类别不同");
        }
    }

    private static String first(String category) {
        int dot = category.indexOf('.');
        return dot < 0 ? category : category.substring(0, dot);
    }

    private void ofGround(Report one, Report other) {
        Report.Point mine = one.point();
        Report.Point theirs = other.point();
        if (mine != null && theirs != null) {
            double metres = mine.metresTo(theirs);
            double apart = Math.max(0, metres - Math.max(mine.accuracy(), theirs.accuracy()));
            String shown = "两处相距约 " + rounded(metres) + " 米";
            put(Clue.NEAR, Math.exp(-apart / NEAR), shown);
            if (apart > FAR) {
                put(Clue.FAR, Math.min(1, 0.4 + 0.6 * (apart - FAR) / (SURELY_FAR - FAR)), shown);
            }
        }
        if (shares(one.area(), other.area(), GRID)) {
            put(Clue.SAME_GRID, 1, "在同一网格");
        } else if (shares(one.area(), other.area(), VILLAGE)) {
            put(Clue.SAME_VILLAGE, 1, "在同一村（社区）");
        }
    }

    private static long rounded(double metres) {
        return metres < 100 ? Math.round(metres / 5) * 5 : Math.round(metres / 50) * 50;
    }

    private static boolean shares(@Nullable String mine, @Nullable String theirs, int digits) {
        return mine != null
                && theirs != null
                && mine.length() >= digits
                && theirs.length() >= digits
                && mine.regionMatches(0, theirs, 0, digits);
    }

    private void ofNames(Traits one, Traits other) {
        Map<String, String> names = one.names().agreeing(other.names());
        if (!names.isEmpty()) {
            put(Clue.NAME, 1, "都说到" + String.join("、", Set.copyOf(names.values())));
        }
        Map<String, String> otherNames = one.names().contradicting(other.names());
        if (!otherNames.isEmpty()) {
            put(Clue.OTHER_NAME, 1, apart(otherNames, PlaceNames::label));
        }
        Map<Numbers.Kind, String> numbers = one.numbers().agreeing(other.numbers());
        if (!numbers.isEmpty()) {
            put(
                    Clue.NUMBER,
                    1,
                    numbers.entrySet().stream()
                            .map(e -> e.getKey().label() + "相同（" + e.getValue() + "）")
                            .collect(Collectors.joining("，")));
        }
        Map<Numbers.Kind, String> otherNumbers = one.numbers().contradicting(other.numbers());
        if (!otherNumbers.isEmpty()) {
            put(Clue.OTHER_NUMBER, 1, apart(otherNumbers, Numbers.Kind::label));
        }
    }

    private static <K> String apart(Map<K, String> kinds, java.util.function.Function<K, String> label) {
        return kinds.entrySet().stream()
                .map(e -> label.apply(e.getKey()) + "不同（" + e.getValue() + "）")
                .collect(Collectors.joining("，"));
    }

    private void ofTime(Report one, Report other) {
        double hours = Math.abs(Duration.between(one.at(), other.at()).toMinutes()) / 60.0;
        if (hours > SOON) {
            put(Clue.LATER, Math.log(hours / SOON), "相隔 " + Math.round(hours / 24) + " 天");
        }
    }
}
