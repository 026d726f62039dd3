package linge.bot.knowledge.law;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the law that a name means, under every usual spelling. */
final class LawCatalog {
    /** Laws by each sure spelling. */
    private final Map<String, List<Entry>> byKey = new HashMap<>();

    /** Judicial interpretations by what sets them apart. */
    private final Map<String, List<Entry>> byCore = new HashMap<>();

    /**
     * One law.
     *
     * @param law the name articles carry
     * @param current whether it holds
     */
    record Entry(String law, String title, boolean current) {}

    LawCatalog(Iterable<Entry> entries) {
        for (Entry entry : entries) {
            Set<String> keys = new LinkedHashSet<>(List.of(LawName.key(entry.law()), LawName.key(entry.title())));
            for (String key : keys) {
                byKey.computeIfAbsent(key, k -> new ArrayList<>()).add(entry);
            }
            String key = LawName.key(entry.law());
            if (LawName.isInterpretation(key)) {
                byCore.computeIfAbsent(LawName.core(key), k -> new ArrayList<>())
                        .add(entry);
            }
        }
    }

    /** The `law` of the articles meant; one that holds rather than one that ended, and none if several would do. */
    Optional<String> law(String name) {
        String key = LawName.key(name);
        String whole = LawName.writtenOut(key);
        return pick(byKey.get(key))
                .or(() -> pick(byKey.get(whole)))
                .or(() -> interpretation(whole))
                .map(Entry::law);
    }

    private Optional<Entry> interpretation(String key) {
        if (!LawName.isInterpretation(key)) {
            return Optional.empty();
        }
        String core = LawName.core(key);
        if (core.length() < 2) {
            return Optional.empty();
        }
        return pick(byCore.get(core)).or(() -> pickShortest(core));
    }

    /** The interpretation whose matter contains the one said: 担保制度 is in 民法典担保制度; the shortest says least besides. */
    private Optional<Entry> pickShortest(String core) {
        int number = core.indexOf('(');
        String matter = number < 0 ? core : core.substring(0, number);
        String end = number < 0 ? "" : core.substring(number);
        List<Map.Entry<String, List<Entry>>> holding = byCore.entrySet().stream()
                .filter(entry ->
                        entry.getKey().contains(matter) && entry.getKey().endsWith(end))
                .filter(entry -> entry.getValue().stream().anyMatch(Entry::current))
                .sorted(Comparator.comparingInt(entry -> entry.getKey().length()))
                .toList();
        if (holding.isEmpty()) {
            return Optional.empty();
        }
        boolean clear = holding.size() == 1
                || holding.get(0).getKey().length() < holding.get(1).getKey().length();
        return clear ? pick(holding.get(0).getValue()) : Optional.empty();
    }

    private static Optional<Entry> pick(@org.jspecify.annotations.Nullable List<Entry> entries) {
        if (entries == null) {
            return Optional.empty();
        }
        List<Entry> current = entries.stream().filter(Entry::current).toList();
        List<Entry> from = current.isEmpty() ? entries : current;
        return from.stream().map(Entry::law).distinct().count() == 1 ? Optional.of(from.get(0)) : Optional.empty();
    }
}
