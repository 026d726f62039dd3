package linge.bot.twins;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import linge.bot.text.Resources;
import org.jspecify.annotations.Nullable;

/**
 * Names of places among their like: estates, roads, villages, schools, hospitals, shops. Only the two or three characters before the
 * kind's word are compared, so that 在锦绣花园 and 住锦绣花园 are one name and nobody needs to know where a name begins.
 */
record PlaceNames(Map<String, List<String>> byKind) {

    private static final int LONGEST_ENDING = 3;
    private static final int LONGEST_NAME = 4;
    /** The kind of words that end a name and are none: in 英雄中路街道莲花池社区 the estate begins after 街道. */
    private static final String PASSED = "PASSED";

    /** The words kinds end with ({@code place-endings.tsv}), what never belongs to a name, and words that only sound like one. */
    private record Endings(
            Map<String, String> kinds, Map<String, String> labels, Set<Character> stops, Set<String> general) {
        static final Endings SHIPPED = read();

        private static Endings read() {
            Map<String, String> kinds = new LinkedHashMap<>();
            Map<String, String> labels = new LinkedHashMap<>();
            Set<Character> stops = new HashSet<>();
            Set<String> general = new HashSet<>();
            for (String line : Resources.lines(PlaceNames.class, "place-endings.tsv")) {
                String[] cells = line.split("\t");
                if (cells[0].equals("STOP")) {
                    cells[2].chars().forEach(c -> stops.add((char) c));
                } else if (cells[0].equals("GENERAL")) {
                    general.addAll(List.of(cells[2].split(" ")));
                } else {
                    labels.put(cells[0], cells[1]);
                    for (String word : cells[2].split(" ")) {
                        kinds.put(word, cells[0]);
                    }
                }
            }
            return new Endings(Map.copyOf(kinds), Map.copyOf(labels), Set.copyOf(stops), Set.copyOf(general));
        }
    }

    /** @param text normalized */
    static PlaceNames in(String text) {
        Endings endings = Endings.SHIPPED;
        Map<String, List<String>> found = new LinkedHashMap<>();
        int from = 0;
        for (int at = 0; at < text.length(); at++) {
            String ending = endingAt(text, at, endings);
            if (ending == null) {
                continue;
            }
            int start = at;
            while (start > from
                    && at - start < LONGEST_NAME
                    && Character.UnicodeScript.of(text.charAt(start - 1)) == Character.UnicodeScript.HAN
                    && !endings.stops().contains(text.charAt(start - 1))) {
                start--;
            }
            String name = text.substring(start, at);
            String kind = endings.kinds().get(ending);
            // 中医院 and 二中 have one character before their kind; a road or estate of one is no name.
            int least = "CARE".equals(kind) ? 1 : 2;
            if (kind != null && !kind.equals(PASSED) && name.length() >= least && !isGeneral(name, endings)) {
                found.computeIfAbsent(kind, k -> new ArrayList<>()).add(name + ending);
            }
            at += ending.length() - 1;
            from = at + 1;
        }
        return new PlaceNames(found);
    }

    private static boolean isGeneral(String name, Endings endings) {
        for (int i = 0; i < name.length(); i++) {
            // A single character at a name's end says little: 五一广场.
            if ((i == 0 || name.length() - i > 1) && endings.general().contains(name.substring(i))) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable String endingAt(String text, int at, Endings endings) {
        for (int length = Math.min(LONGEST_ENDING, text.length() - at); length >= 1; length--) {
            String word = text.substring(at, at + length);
            if (endings.kinds().containsKey(word)) {
                return word;
            }
        }
        return null;
    }

    /** Kinds of which both name the same one. */
    Map<String, String> agreeing(PlaceNames other) {
        Map<String, String> both = new LinkedHashMap<>();
        byKind.forEach((kind, mine) -> other.byKind
                .getOrDefault(kind, List.of())
                .forEach(theirs -> mine.stream()
                        .filter(name -> isSame(name, theirs))
                        .findFirst()
                        .ifPresent(name -> both.put(kind, shorter(name, theirs)))));
        return both;
    }

    /** Kinds that both name, and name nothing alike of. */
    Map<String, String> contradicting(PlaceNames other) {
        Map<String, String> apart = new LinkedHashMap<>();
        byKind.forEach((kind, mine) -> {
            List<String> theirs = other.byKind.getOrDefault(kind, List.of());
            if (!theirs.isEmpty()
                    && mine.stream().noneMatch(name -> theirs.stream().anyMatch(t -> isSame(name, t)))) {
                apart.put(kind, mine.get(0) + " / " + theirs.get(0));
            }
        });
        return apart;
    }

    /** The text with a mark in the place of every name. */
    String cutOutOf(String text) {
        String rest = text;
        for (List<String> names : byKind.values()) {
            for (String name : names) {
                rest = rest.replace(name, "。");
            }
        }
        return rest;
    }

    static String label(String kind) {
        return Endings.SHIPPED.labels().getOrDefault(kind, "地点");
    }

    /** The last characters before the kind's word decide: 潞州区英雄中路 is 英雄中路, and 英雄北路 is not. */
    private static boolean isSame(String one, String other) {
        String shorter = shorter(one, other);
        String longer = shorter.equals(one) ? other : one;
        if (longer.endsWith(shorter)) {
            return true;
        }
        int common = 0;
        while (common < shorter.length()
                && shorter.charAt(shorter.length() - 1 - common) == longer.charAt(longer.length() - 1 - common)) {
            common++;
        }
        return common >= 4 && common >= shorter.length() - 1;
    }

    private static String shorter(String one, String other) {
        return one.length() <= other.length() ? one : other;
    }
}
