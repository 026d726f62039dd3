package linge.bot.reply;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import linge.bot.text.Normalizer;

/** Whether an answer is another case's: nearly all of its runs of characters stand there too. */
final class Copies {

    private static final int RUN = 5;
    /** Shorter answers, e.g. of a template with nothing filled in, are a matter of substance and not of copying. */
    static final int SHORTEST = 20;

    private static final double NEARLY_ALL = 0.8;

    private Copies() {}

    static Optional<Concern> of(String report, String reply, List<Earlier> earlier) {
        String words = plain(reply);
        if (words.length() < SHORTEST) {
            return Optional.empty();
        }
        Set<String> runs = runs(words);
        String own = plain(report);
        for (Earlier other : earlier) {
            // The same report filed twice is rightly answered the same.
            if (plain(other.report()).equals(own)) {
                continue;
            }
            String before = plain(other.reply());
            if (before.length() >= SHORTEST && shared(runs, before) >= NEARLY_ALL) {
                return Optional.of(new Concern(
                        Concern.Kind.COPIED,
                        "与另一件诉求（" + other.number() + "）的答复几乎一样，请写这一件的实际办理情况。",
                        null,
                        other.number()));
            }
        }
        return Optional.empty();
    }

    private static double shared(Set<String> runs, String before) {
        Set<String> others = runs(before);
        long both = runs.stream().filter(others::contains).count();
        return (double) both / Math.max(runs.size(), others.size());
    }

    private static Set<String> runs(String text) {
        Set<String> runs = new HashSet<>();
        for (int i = 0; i + RUN <= text.length(); i++) {
            runs.add(text.substring(i, i + RUN));
        }
        return runs;
    }

    static String plain(String text) {
        return Normalizer.normalize(text).replace(" ", "");
    }
}
