package linge.bot.triage;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which characters a pattern cannot do without, so that most patterns need not be tried on most texts. */
final class RuleKeys {
    /** In nearly every text: poor keys. */
    private static final String EVERYWHERE = "我他她人的了在有不一是着里下上到来出没被家小老这那大子,，。!！$";

    private RuleKeys() {}

    /** The alternatives of a pattern: what stands between the | outside all brackets. */
    static List<String> alternatives(String pattern) {
        var parts = new ArrayList<String>();
        int depth = 0;
        int from = 0;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '(' || c == '[') {
                depth++;
            } else if (c == ')' || c == ']') {
                depth--;
            } else if (c == '|' && depth == 0) {
                parts.add(pattern.substring(from, i));
                from = i + 1;
            }
        }
        parts.add(pattern.substring(from));
        return parts;
    }

    /** One of these characters is in every match of an alternative; null when nothing is sure. */
    static @Nullable Set<Character> of(String alternative) {
        @Nullable Set<Character> best = null;
        int i = 0;
        while (i < alternative.length()) {
            int end = end(alternative, i);
            int after = afterQuantifier(alternative, end);
            boolean optional = after > end
                    && (alternative.charAt(end) == '?'
                            || alternative.charAt(end) == '*'
                            || alternative.startsWith("{0", end));
            @Nullable Set<Character> found = optional ? null : element(alternative.substring(i, end));
            if (found != null && (best == null || cost(found) < cost(best))) {
                best = found;
            }
            i = after;
        }
        return best;
    }

    private static @Nullable Set<Character> element(String element) {
        char c = element.charAt(0);
        if (c == '(') {
            return element.startsWith("(?") ? null : group(element.substring(1, element.length() - 1));
        }
        if (c == '[') {
            return element.contains("\\") || element.contains("^") || element.contains("-")
                    ? null
                    : chars(element.substring(1, element.length() - 1));
        }
        return ".^$\\".indexOf(c) >= 0 ? null : Set.of(c);
    }

    private static @Nullable Set<Character> group(String inside) {
        var all = new HashSet<Character>();
        for (String part : alternatives(inside)) {
            @Nullable Set<Character> keys = of(part);
            if (keys == null) {
                return null;
            }
            all.addAll(keys);
        }
        return all;
    }

    private static Set<Character> chars(String text) {
        var all = new HashSet<Character>();
        for (char c : text.toCharArray()) {
            all.add(c);
        }
        return all;
    }

    private static int cost(Set<Character> keys) {
        return keys.stream().mapToInt(c -> EVERYWHERE.indexOf(c) >= 0 ? 20 : 1).sum();
    }

    private static int end(String pattern, int start) {
        char open = pattern.charAt(start);
        if (open == '\\') {
            return start + 2;
        }
        if (open != '(' && open != '[') {
            return start + 1;
        }
        int depth = 0;
        for (int i = start; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '(' || c == '[') {
                depth++;
            } else if ((c == ')' || c == ']') && --depth == 0) {
                return i + 1;
            }
        }
        throw new IllegalArgumentException("括号不成对：" + pattern);
    }

    private static int afterQuantifier(String pattern, int at) {
        if (at >= pattern.length()) {
            return at;
        }
        return switch (pattern.charAt(at)) {
            case '?', '*', '+' -> at + 1;
            case '{' -> pattern.indexOf('}', at) + 1;
            default -> at;
        };
    }
}
