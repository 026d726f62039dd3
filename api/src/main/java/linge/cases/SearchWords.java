package linge.cases;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What somebody searches for, in the form the migration {@code V2_580} keeps what was said: lower case, one width, split where no
 * letter is. A term of one or two characters is a lexeme; a longer one is all its pairs, and is looked for again in what they find.
 */
record SearchWords(List<String> terms) {

    private static final int MOST = 8;

    /** As in the SQL function {@code plainly}: whatever separates words. */
    private static final Pattern BREAK = Pattern.compile(
            "[\\s\\u0000-\\u002f\\u003a-\\u0040\\u005b-\\u0060\\u007b-\\u00bf\\u2000-\\u206f\\u3000-\\u303f]+");

    /** Around what was found, so many characters before it and in all. */
    private static final int BEFORE = 12;

    private static final int SNIPPET = 60;

    /** Null when nothing is left to search for. */
    static @Nullable SearchWords of(@Nullable String typed) {
        if (typed == null) {
            return null;
        }
        List<String> terms = Arrays.stream(BREAK.split(plain(typed)))
                .filter(term -> !term.isEmpty())
                .distinct()
                .limit(MOST)
                .toList();
        return terms.isEmpty() ? null : new SearchWords(terms);
    }

    /** Part of a case's number, at least the day it was filed; null for other words. Blanks and dashes are how it is read out. */
    @Nullable
    String number() {
        String joined = String.join("", terms);
        return joined.length() >= 6 && joined.length() <= 12 && joined.chars().allMatch(c -> c >= '0' && c <= '9')
                ? joined
                : null;
    }

    /**
     * As a {@code tsquery}: every pair of every term, within an area unless that is the whole city. A term that names places is also
     * said by whatever happened there.
     */
    String query(@Nullable String area, Function<String, List<String>> places) {
        Stream<String> said = terms.stream().map(term -> {
            String whole = grams(term).stream().map(SearchWords::quoted).collect(Collectors.joining(" & "));
            String there = there(places.apply(term));
            return there.isEmpty() ? whole : "(" + whole + " | " + there + ")";
        });
        return Stream.concat(said, Stream.ofNullable(area).map(code -> quoted("@" + code)))
                .collect(Collectors.joining(" & "));
    }

    /** As a {@code tsquery}: in any of these places. */
    static String there(List<String> places) {
        return places.stream().map(code -> quoted("@" + code)).collect(Collectors.joining(" | "));
    }

    /** Terms whose pairs may stand apart from each other. */
    List<String> toSeeAgain() {
        return terms.stream()
                .filter(term -> term.codePointCount(0, term.length()) > 2)
                .toList();
    }

    /** What of a case was found: part of one of its texts, and where in it the terms stand, as pairs of begin and end. */
    record Hit(String text, List<int[]> marks) {}

    /** Around the first term found in the first of these texts that has one; null when none has. */
    @Nullable
    Hit in(@Nullable String... texts) {
        for (String text : texts) {
            if (text == null) {
                continue;
            }
            String plain = plainAlike(text);
            int first = terms.stream()
                    .mapToInt(plain::indexOf)
                    .filter(at -> at >= 0)
                    .min()
                    .orElse(-1);
            if (first >= 0) {
                return hit(text, plain, first);
            }
        }
        return null;
    }

    private Hit hit(String text, String plain, int first) {
        int from = Math.max(0, first - BEFORE);
        int to = Math.min(text.length(), from + SNIPPET);
        // Never half of a character that takes two places.
        from += from > 0 && Character.isLowSurrogate(text.charAt(from)) ? 1 : 0;
        to -= to < text.length() && Character.isLowSurrogate(text.charAt(to)) ? 1 : 0;
        String head = from > 0 ? "…" : "";
        boolean[] marked = new boolean[to - from];
        for (String term : terms) {
            for (int at = plain.indexOf(term, from);
                    at >= 0 && at + term.length() <= to;
                    at = plain.indexOf(term, at + 1)) {
                Arrays.fill(marked, at - from, at - from + term.length(), true);
            }
        }
        List<int[]> marks = new ArrayList<>();
        for (int i = 0; i < marked.length; i++) {
            if (marked[i] && (i == 0 || !marked[i - 1])) {
                int end = i;
                while (end < marked.length && marked[end]) {
                    end++;
                }
                marks.add(new int[] {i + head.length(), end + head.length()});
            }
        }
        return new Hit(head + text.substring(from, to).replace('\n', ' ') + (to < text.length() ? "…" : ""), marks);
    }

    private static List<String> grams(String term) {
        int[] points = term.codePoints().toArray();
        if (points.length <= 2) {
            return List.of(term);
        }
        return IntStream.range(0, points.length - 1)
                .mapToObj(i -> new String(points, i, 2))
                .toList();
    }

    private static String quoted(String lexeme) {
        return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'";
    }

    private static String plain(String typed) {
        return Normalizer.normalize(typed, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }

    /** Plain, but as long as the text, so that a place in one is the place in the other. */
    private static String plainAlike(String text) {
        StringBuilder alike = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            String plain = plain(String.valueOf(text.charAt(i)));
            alike.append(plain.length() == 1 ? plain.charAt(0) : text.charAt(i));
        }
        return alike.toString();
    }
}
