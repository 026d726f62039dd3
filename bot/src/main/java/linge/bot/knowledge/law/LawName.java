package linge.bot.knowledge.law;

import java.text.Normalizer;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import linge.bot.text.Resources;

/** The many spellings of a law's name, brought to one. */
final class LawName {
    /** What lawyers shorten in speech, “民诉法”, to what the title says. */
    private static final Map<String, String> SHORT = Resources.lines(LawName.class, "short-names.tsv").stream()
            .map(line -> line.split("\t"))
            .collect(Collectors.toUnmodifiableMap(columns -> columns[0], columns -> columns[1]));

    /** Words that every judicial interpretation's title has and nobody says. */
    private static final List<String> FILLERS = Resources.lines(LawName.class, "title-fillers.txt");

    private static final Pattern VERSION = Pattern.compile("\\((?:\\d{4}|最新)[^()]*\\)|\\d{4}年?修[正订]");
    private static final Pattern BOOK_MARKS = Pattern.compile("[《》〈〉<>“”\"\\s]");
    private static final Pattern NUMBERED = Pattern.compile("\\(([一二三四五六七八九十]+|\\d+)\\)$");

    private LawName() {}

    /** A name without marks, blanks, state and year: equal for spellings that surely mean the same. */
    static String key(String name) {
        String plain = Normalizer.normalize(name, Normalizer.Form.NFKC);
        plain = BOOK_MARKS.matcher(plain).replaceAll("");
        plain = VERSION.matcher(plain).replaceAll("");
        return plain.replace("中华人民共和国", "");
    }

    /** A key with spoken abbreviations written out. */
    static String writtenOut(String key) {
        String whole = SHORT.get(key);
        if (whole != null) {
            return whole;
        }
        // The longest beginning counts: 民诉法解释 begins with 民诉法, not with 民诉.
        return SHORT.keySet().stream()
                .filter(key::startsWith)
                .max(Comparator.comparingInt(String::length))
                .filter(said -> !key.startsWith(Objects.requireNonNull(SHORT.get(said))))
                .map(said -> SHORT.get(said) + key.substring(said.length()))
                .orElse(key);
    }

    /** What sets a judicial interpretation apart from others: its matter and its number, “民间借贷”, “劳动争议(一)”. */
    static String core(String key) {
        String number = "";
        String rest = key;
        Matcher numbered = NUMBERED.matcher(rest);
        if (numbered.find()) {
            number = numbered.group();
            rest = rest.substring(0, numbered.start());
        }
        for (String filler : FILLERS) {
            rest = rest.replace(filler, "");
        }
        return rest + number;
    }

    /** Whether a name is one of a judicial interpretation or rule, which people shorten freely. */
    static boolean isInterpretation(String key) {
        return key.contains("解释") || key.contains("规定") || key.contains("意见") || key.startsWith("最高人民");
    }
}
