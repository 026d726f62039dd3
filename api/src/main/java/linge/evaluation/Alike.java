package linge.evaluation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How alike short texts are, by the pairs of characters they share; numbers and punctuation do not count. */
final class Alike {
    private Alike() {}

    /** 0 to 100: twice what is shared, of what there is (Sørensen–Dice). */
    static int percent(String a, String b) {
        Map<String, Integer> left = pairs(a);
        Map<String, Integer> right = pairs(b);
        int all = total(left) + total(right);
        if (all == 0) {
            return 100;
        }
        int shared = left.entrySet().stream()
                .mapToInt(one -> Math.min(one.getValue(), right.getOrDefault(one.getKey(), 0)))
                .sum();
        return 200 * shared / all;
    }

    /** The places of the largest group in which every text is at least so alike to one of the group. */
    static List<Integer> largestGroup(List<String> texts, int percent) {
        List<Integer> largest = List.of();
        for (int i = 0; i < texts.size(); i++) {
            List<Integer> group = new ArrayList<>();
            for (int j = 0; j < texts.size(); j++) {
                if (i == j || percent(texts.get(i), texts.get(j)) >= percent) {
                    group.add(j);
                }
            }
            largest = group.size() > largest.size() ? group : largest;
        }
        return largest;
    }

    private static Map<String, Integer> pairs(String text) {
        String letters = text.codePoints()
                .filter(Character::isLetter)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        Map<String, Integer> pairs = new HashMap<>();
        for (int i = 0; i + 2 <= letters.length(); i++) {
            pairs.merge(letters.substring(i, i + 2), 1, Integer::sum);
        }
        return pairs;
    }

    private static int total(Map<String, Integer> pairs) {
        return pairs.values().stream().mapToInt(Integer::intValue).sum();
    }
}
