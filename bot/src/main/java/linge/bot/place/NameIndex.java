package linge.bot.place;

import com.hankcs.hanlp.collection.AhoCorasick.AhoCorasickDoubleArrayTrie;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import linge.bot.place.Mention.Form;
import linge.bot.place.Mention.Sense;
import linge.bot.text.Resources;

/** Finds every name, former name, variant and short name in a text, in one pass of an automaton; immutable after building. */
final class NameIndex {
    private final AhoCorasickDoubleArrayTrie<List<Sense>> automaton = new AhoCorasickDoubleArrayTrie<>();
    private final Map<String, String> aliasKinds = new HashMap<>();
    private final Set<String> ordinaryWords = words("ordinary.txt");

    NameIndex(Gazetteer gazetteer) {
        var names = new TreeMap<String, Map<String, Form>>();
        for (Level level : Level.values()) {
            for (Place place : gazetteer.all(level)) {
                if (!gazetteer.isVirtual(place.code())) {
                    addNamesOf(place, gazetteer, names);
                }
            }
        }
        for (String line : Resources.lines(NameIndex.class, "aliases.csv")) {
            String[] cells = line.split(",", -1);
            if (gazetteer.get(cells[0]).isPresent()) {
                add(names, cells[1], cells[0], Form.ALIAS);
                aliasKinds.put(cells[1], cells[2]);
            }
        }
        for (String name : words("elsewhere.txt")) {
            names.computeIfAbsent(name, k -> new TreeMap<>(Map.of("", Form.ELSEWHERE)));
        }
        var senses = new TreeMap<String, List<Sense>>();
        names.forEach((name, codes) -> senses.put(
                name,
                codes.entrySet().stream()
                        .map(entry -> new Sense(entry.getKey(), entry.getValue()))
                        .toList()));
        automaton.build(senses);
    }

    private static void addNamesOf(Place place, Gazetteer gazetteer, Map<String, Map<String, Form>> names) {
        add(names, place.name(), place.code(), Form.NAME);
        String official = gazetteer.officialName(place.code());
        if (!official.endsWith("部分")) {
            add(names, official, place.code(), Form.NAME);
        }
        for (String variant : Names.fullVariants(place)) {
            add(names, variant, place.code(), Form.VARIANT);
        }
        String bare = Names.bare(place.name());
        // One character (沁, 辛) says nothing; a zone's bare name is its county's.
        if (bare.length() >= 2 && !gazetteer.isZone(place.code())) {
            add(names, bare, place.code(), Form.SHORT);
        }
    }

    private static void add(Map<String, Map<String, Form>> names, String name, String code, Form form) {
        names.computeIfAbsent(name, k -> new TreeMap<>()).merge(code, form, (a, b) -> a.compareTo(b) <= 0 ? a : b);
    }

    /** The mentions of a text in order, none overlapping: where two overlap the longer one is meant, then the earlier. */
    List<Mention> mentions(String text) {
        var hits = new ArrayList<Mention>();
        automaton.parseText(text, (AhoCorasickDoubleArrayTrie.IHit<List<Sense>>)
                (begin, end, senses) -> hits.add(new Mention(begin, end, text.substring(begin, end), senses)));
        hits.sort(Comparator.comparingInt(Mention::length).reversed().thenComparingInt(Mention::start));
        var taken = new boolean[text.length()];
        var kept = new ArrayList<Mention>();
        for (Mention hit : hits) {
            if (isFree(taken, hit)) {
                java.util.Arrays.fill(taken, hit.start(), hit.end(), true);
                kept.add(hit);
            }
        }
        kept.sort(Comparator.comparingInt(Mention::start));
        return kept;
    }

    private static boolean isFree(boolean[] taken, Mention hit) {
        for (int i = hit.start(); i < hit.end(); i++) {
            if (taken[i]) {
                return false;
            }
        }
        return true;
    }

    /** FORMER, MERGED or OTHER for an alias of the table. */
    String aliasKind(String alias) {
        return aliasKinds.getOrDefault(alias, "OTHER");
    }

    /** Whether the word is said every day without meaning a place: 和平, 新村, 电力. */
    boolean isOrdinary(String word) {
        return ordinaryWords.contains(word);
    }

    private static Set<String> words(String file) {
        return Set.copyOf(Resources.lines(NameIndex.class, file));
    }
}
