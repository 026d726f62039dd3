package linge.bot.place;

import com.hankcs.hanlp.collection.AhoCorasick.AhoCorasickDoubleArrayTrie;
import com.hankcs.hanlp.dictionary.py.Pinyin;
import com.hankcs.hanlp.dictionary.py.PinyinDictionary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import linge.bot.place.Mention.Form;
import linge.bot.place.Mention.Sense;
import linge.bot.text.Resources;

/** Finds full names written with other characters that sound or look alike: 胡关县, 虎亭镇. Immutable after building. */
final class SoundIndex {
    /** Syllables stand here, one private character each, so that a text and its sound have the same length. */
    private static final char FIRST = '\ue000';

    private record Spelt(String name, Sense sense) {}

    private final AhoCorasickDoubleArrayTrie<List<Spelt>> automaton = new AhoCorasickDoubleArrayTrie<>();
    private final Map<String, Character> syllables = new HashMap<>();
    private final Map<Character, Character> sounds = new HashMap<>();

    SoundIndex(Gazetteer gazetteer) {
        var spelt = new TreeMap<String, List<Spelt>>();
        for (Level level : List.of(Level.COUNTY, Level.TOWN, Level.VILLAGE)) {
            for (Place place : gazetteer.all(level)) {
                if (!gazetteer.isVirtual(place.code()) && !gazetteer.isZone(place.code())) {
                    add(place, spelt);
                }
            }
        }
        if (!spelt.isEmpty()) {
            automaton.build(spelt);
        }
        isEmpty = spelt.isEmpty();
    }

    private final boolean isEmpty;

    private void add(Place place, Map<String, List<Spelt>> spelt) {
        var names = new ArrayList<String>();
        names.add(place.name());
        if (place.level() == Level.TOWN) {
            names.addAll(Names.fullVariants(place));
        }
        for (String name : names) {
            boolean tellsLittle = place.level() == Level.VILLAGE && name.length() < 3;
            if (name.length() < 2 || tellsLittle) {
                continue;
            }
            var form = new Spelt(name, new Sense(place.code(), Form.SOUND));
            spelt.computeIfAbsent(soundOf(name), k -> new ArrayList<>()).add(form);
            for (String line : Resources.lines(SoundIndex.class, "confusions.txt")) {
                if (name.indexOf(line.charAt(0)) >= 0) {
                    String wrong = name.replace(line.charAt(0), line.charAt(2));
                    spelt.computeIfAbsent(soundOf(wrong), k -> new ArrayList<>())
                            .add(form);
                }
            }
        }
    }

    /** The mentions by sound, overlapping ones too; what is written rightly is left to the names themselves. */
    List<Mention> mentions(String text) {
        var found = new ArrayList<Mention>();
        if (isEmpty) {
            return found;
        }
        automaton.parseText(known(text), (AhoCorasickDoubleArrayTrie.IHit<List<Spelt>>) (begin, end, all) -> {
            String surface = text.substring(begin, end);
            List<Sense> senses = all.stream()
                    .filter(spelt -> isNearly(surface, spelt.name()))
                    .map(Spelt::sense)
                    .distinct()
                    .toList();
            if (!senses.isEmpty()) {
                found.add(new Mention(begin, end, surface, senses));
            }
        });
        return found;
    }

    /** The generic word as it is written, and of a village's own name one character: 宝马村 is 暴马村, 抱嘛村 is not. */
    private static boolean isNearly(String surface, String name) {
        int last = name.length() - 1;
        if (surface.equals(name) || surface.charAt(last) != name.charAt(last)) {
            return false;
        }
        for (int i = 0; i < last; i++) {
            if (surface.charAt(i) == name.charAt(i)) {
                return true;
            }
        }
        return name.endsWith("县") || name.endsWith("区") || name.endsWith("镇");
    }

    private String soundOf(String text) {
        var sound = new StringBuilder();
        for (char c : text.toCharArray()) {
            sound.append((char) sounds.computeIfAbsent(c, this::syllable));
        }
        return sound.toString();
    }

    /** Only reads the tables, so that many threads may read at once. */
    private String known(String text) {
        var sound = new StringBuilder();
        for (char c : text.toCharArray()) {
            Character known = sounds.get(c);
            sound.append(known != null ? known : syllables.getOrDefault(spelling(c), c));
        }
        return sound.toString();
    }

    private char syllable(char c) {
        return syllables.computeIfAbsent(spelling(c), k -> (char) (FIRST + syllables.size()));
    }

    /** Without tones, and without what many here do not tell apart: zh and z, in and ing. */
    private static String spelling(char c) {
        List<Pinyin> spoken = PinyinDictionary.convertToPinyin(String.valueOf(c));
        if (spoken.isEmpty() || spoken.get(0) == Pinyin.none5) {
            return String.valueOf(c);
        }
        String plain = spoken.get(0).getPinyinWithoutTone();
        return plain.replaceFirst("^([zcs])h", "$1").replaceFirst("ng$", "n");
    }
}
