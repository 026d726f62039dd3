package linge.bot.twins;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers that tell one place among its like: buildings, units, rooms, houses, groups of a village, gates, schools, months. */
record Numbers(Map<Kind, Set<String>> byKind) {

    private static final String N = "([0-9]{1,4}|[一二两三四五六七八九十百零〇]{1,5}|[A-Za-z])";

    /** Kinds of numbers, with what stands after one. Read in this order; what one has read the next ones do not see. */
    enum Kind {
        BUILDING("楼号", N + "\\s*(?:号楼|栋|幢|座(?!位)|#楼?)"),
        UNIT("单元", N + "\\s*(?:单元|门洞)"),
        GROUP("村民组", "第?" + N + "\\s*(?:组(?!织)|队(?!伍)|生产队)"),
        ZONE("分区", N + "\\s*(?:区(?!别)|期(?!间)|标段)"),
        BUS("线路", N + "\\s*路\\s*(?:车|公交|公汽)"),
        HOUSE("门牌", N + "\\s*号(?!线|文|码)"),
        MONTH("月份", "(?<![0-9一二三四五六七八九十个])" + N + "\\s*月(?:份|[0-9]{1,2}[日号])"),
        SCHOOL("学校", "第?([一二三四五六七八九十]{1,3})(?:小学|中学|中(?!心|间|路|街|午|毒)|小(?![区时]))"),
        ROOM("房号", "(?<![0-9.])([0-9]{3,4})(?![0-9.]|\\s*(?:元|块|多|米|人|年|户|个|度|路|平|次|天|斤|万|名|辆|家|公里))"),
        GATE("门", "([东西南北正后前])(?:大门|门)");

        private final String label;
        private final Pattern pattern;

        Kind(String label, String pattern) {
            this.label = label;
            this.pattern = Pattern.compile(pattern);
        }

        String label() {
            return label;
        }
    }

    /** @param text normalized */
    static Numbers in(String text) {
        Map<Kind, Set<String>> found = new TreeMap<>();
        String rest = text;
        for (Kind kind : Kind.values()) {
            Matcher matcher = kind.pattern.matcher(rest);
            var left = new StringBuilder();
            while (matcher.find()) {
                found.computeIfAbsent(kind, k -> new TreeSet<>()).add(arabic(matcher.group(1)));
                matcher.appendReplacement(left, " ".repeat(matcher.group().length()));
            }
            rest = matcher.appendTail(left).toString();
        }
        return new Numbers(found);
    }

    /** Kinds that both name and of which they name one alike, with that one. */
    Map<Kind, String> agreeing(Numbers other) {
        Map<Kind, String> both = new LinkedHashMap<>();
        byKind.forEach((kind, mine) -> other.byKind.getOrDefault(kind, Set.of()).stream()
                .filter(mine::contains)
                .findFirst()
                .ifPresent(value -> both.put(kind, value)));
        return both;
    }

    /** Kinds that both name, and name nothing alike of: 3 / 9. */
    Map<Kind, String> contradicting(Numbers other) {
        Map<Kind, String> apart = new LinkedHashMap<>();
        byKind.forEach((kind, mine) -> {
            Set<String> theirs = other.byKind.getOrDefault(kind, Set.of());
            if (!theirs.isEmpty() && theirs.stream().noneMatch(mine::contains)) {
                apart.put(kind, String.join("、", mine) + " / " + String.join("、", theirs));
            }
        });
        return apart;
    }

    /** Without what tells where somebody lives. */
    Numbers withoutHomes() {
        Map<Kind, Set<String>> rest = new TreeMap<>(byKind);
        rest.keySet().removeAll(Set.of(Kind.UNIT, Kind.ROOM, Kind.HOUSE));
        return new Numbers(rest);
    }

    /** Each as a word to look reports up by. */
    List<String> words() {
        List<String> words = new ArrayList<>();
        byKind.forEach((kind, values) -> values.forEach(value -> words.add(kind + value)));
        return words;
    }

    /** 十二 to 12, 三 to 3; what is no Chinese number stays, letters in capitals. */
    static String arabic(String number) {
        int tens = 0;
        int digit = 0;
        int hundreds = 0;
        for (char c : number.toCharArray()) {
            int value = "零一二三四五六七八九".indexOf(c == '〇' ? '零' : c == '两' ? '二' : c);
            if (c == '百') {
                hundreds = Math.max(1, digit);
                digit = 0;
            } else if (c == '十') {
                tens = Math.max(1, digit);
                digit = 0;
            } else if (value >= 0) {
                digit = value;
            } else {
                return number.toUpperCase(java.util.Locale.ROOT);
            }
        }
        return String.valueOf(hundreds * 100 + tens * 10 + digit);
    }
}
