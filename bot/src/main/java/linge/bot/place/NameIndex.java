package linge.bot.place;

import com.hankcs.hanlp.collection.AhoCorasick.AhoCorasickDoubleArrayTrie;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
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
    private final Map<Named, NameKind> kinds = new HashMap<>();
    /** The names that come with the gazetteer; shared by every index made of this one, changed by none. */
    private final Map<String, Map<String, Form>> shipped;

    private final List<OtherName> shippedOthers;
    private final Set<String> ordinaryWords;
    private final SoundIndex sounds;

    private record Named(String name, String code) {}

    NameIndex(Gazetteer gazetteer) {
        sounds = new SoundIndex(gazetteer);
        ordinaryWords = words("ordinary.txt");
        var names = new TreeMap<String, Map<String, Form>>();
        for (Level level : Level.values()) {
            for (Place place : gazetteer.all(level)) {
                if (!gazetteer.isVirtual(place.code())) {
                    addNamesOf(place, gazetteer, names);
                }
            }
        }
        var others = new ArrayList<OtherName>();
        for (String line : Resources.lines(NameIndex.class, "aliases.csv")) {
            String[] cells = line.split(",", -1);
            if (gazetteer.get(cells[0]).isPresent()) {
                others.add(new OtherName(cells[0], cells[1], NameKind.valueOf(cells[2])));
                add(names, cells[1], cells[0], Form.ALIAS);
            } else if (!cells[0].equals("code")) {
                names.computeIfAbsent(cells[1], k -> new TreeMap<>(Map.of("", Form.ELSEWHERE)));
            }
        }
        for (String name : elsewhere(gazetteer)) {
            names.computeIfAbsent(name, k -> new TreeMap<>(Map.of("", Form.ELSEWHERE)));
        }
        shipped = names;
        shippedOthers = List.copyOf(others);
        build(List.of());
    }

    private NameIndex(NameIndex base, Iterable<OtherName> added) {
        sounds = base.sounds;
        ordinaryWords = base.ordinaryWords;
        shipped = base.shipped;
        shippedOthers = base.shippedOthers;
        build(added);
    }

    /** The shipped names and these, and none that were added before. */
    NameIndex with(Iterable<OtherName> added) {
        return new NameIndex(this, added);
    }

    private void build(Iterable<OtherName> added) {
        shippedOthers.forEach(other -> kinds.put(new Named(other.name(), other.code()), other.kind()));
        var more = new TreeMap<String, Map<String, Form>>();
        for (OtherName other : added) {
            kinds.put(new Named(other.name(), other.code()), other.kind());
            // What names a place here is no longer only one elsewhere.
            more.computeIfAbsent(other.name(), name -> {
                var known = new TreeMap<>(shipped.getOrDefault(name, Map.of()));
                known.remove("");
                return known;
            });
            add(more, other.name(), other.code(), Form.ALIAS);
        }
        var senses = new TreeMap<String, List<Sense>>();
        shipped.forEach((name, codes) -> senses.put(name, senses(codes)));
        more.forEach((name, codes) -> senses.put(name, senses(codes)));
        automaton.build(senses);
    }

    private static List<Sense> senses(Map<String, Form> codes) {
        return codes.entrySet().stream()
                .map(entry -> new Sense(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** The names of the rest of the country; the table leaves out the shipped city and its province, which others need. */
    private static Set<String> elsewhere(Gazetteer gazetteer) {
        var names = new HashSet<>(words("elsewhere.txt"));
        Gazetteer shipped = Gazetteer.shipped();
        for (Level level : List.of(Level.CITY, Level.COUNTY)) {
            for (Place place : shipped.all(level)) {
                if (gazetteer.get(place.code()).isEmpty()) {
                    names.add(place.name());
                }
            }
        }
        for (String line : Resources.lines(NameIndex.class, "provinces.csv")) {
            String province = line.substring(3);
            boolean here = Arrays.stream(Level.values())
                    .flatMap(level -> gazetteer.all(level).stream().limit(1))
                    .anyMatch(place -> place.code().startsWith(line.substring(0, 2)));
            for (String name : List.of(province, province + "省", province + "市")) {
                if (here) {
                    names.remove(name);
                } else if (names.contains(province) || name.endsWith("省")) {
                    names.add(name);
                }
            }
        }
        return names;
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
        // A name as it is written goes before another that only sounds like it.
        hits.addAll(sounds.mentions(text));
        hits.sort(Comparator.comparingInt(Mention::length)
                .reversed()
                .thenComparing(Mention::isSound)
                .thenComparingInt(Mention::start));
        hits.removeIf(hit -> hit.isElsewhere() && isMisspelt(hit, hits));
        var taken = new boolean[text.length()];
        var kept = new ArrayList<Mention>();
        for (Mention hit : hits) {
            if (isFree(taken, hit)) {
                Arrays.fill(taken, hit.start(), hit.end(), true);
                kept.add(hit);
            }
        }
        kept.sort(Comparator.comparingInt(Mention::start));
        return kept;
    }

    /** 鹿城区 is another city's, but in 鹿城区微子镇 it is 潞城区. */
    private static boolean isMisspelt(Mention elsewhere, List<Mention> hits) {
        return hits.stream()
                .filter(hit -> hit.isSound() && hit.start() == elsewhere.start() && hit.end() == elsewhere.end())
                .anyMatch(sound -> hits.stream()
                        .filter(next -> next.start() == sound.end() && next.length() > 2)
                        .flatMap(next -> next.senses().stream())
                        .anyMatch(sense -> sound.senses().stream()
                                .anyMatch(own ->
                                        sense.code().length() > own.code().length()
                                                && sense.code().startsWith(own.code()))));
    }

    private static boolean isFree(boolean[] taken, Mention hit) {
        for (int i = hit.start(); i < hit.end(); i++) {
            if (taken[i]) {
                return false;
            }
        }
        return true;
    }

    /** What an alias is to a place. */
    NameKind kind(String alias, String code) {
        return kinds.getOrDefault(new Named(alias, code), NameKind.OTHER);
    }

    /** What a whole name may mean; empty for a word that is no name. */
    List<Sense> senses(String name) {
        List<Sense> found = automaton.get(name);
        return found == null ? List.of() : found;
    }

    /** The other names that come with the gazetteer. */
    List<OtherName> shippedOthers() {
        return shippedOthers;
    }

    /** Whether the word is said every day without meaning a place: 和平, 新村, 电力. */
    boolean isOrdinary(String word) {
        return ordinaryWords.contains(word);
    }

    private static Set<String> words(String file) {
        return Set.copyOf(Resources.lines(NameIndex.class, file));
    }
}
