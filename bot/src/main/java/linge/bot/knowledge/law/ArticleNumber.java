package linge.bot.knowledge.law;

import java.text.Normalizer;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The number of an article: 第二百八十七条之一 is 287 and 1.
 *
 * @param number counts from 1
 * @param inserted the “之一” of articles put in later; 0 where there is none
 */
record ArticleNumber(int number, int inserted) {
    private static final String NUMERAL = "[0-9〇零一二两三四五六七八九十百千]+";

    /** The number, then anything finer (款, 项), which an article's text contains and its number does not. */
    private static final Pattern WRITTEN = Pattern.compile("第?(" + NUMERAL + ")条?(?:[之-](" + NUMERAL + "))?(?:条|第.*)?");

    private static final String DIGITS = "零一二三四五六七八九";

    /** Reads Chinese and Arabic numerals, with and without 第 and 条; empty for anything else. */
    static Optional<ArticleNumber> of(String written) {
        String plain = Normalizer.normalize(written, Normalizer.Form.NFKC)
                .replaceAll("\\s", "")
                .replace('〇', '零')
                .replace('两', '二');
        Matcher matcher = WRITTEN.matcher(plain);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        @Nullable String after = matcher.group(2);
        int number = value(matcher.group(1));
        int inserted = after == null ? 0 : value(after);
        return number > 0 && inserted >= 0 ? Optional.of(new ArticleNumber(number, inserted)) : Optional.empty();
    }

    /** “287-1”, or “287”. */
    String key() {
        return inserted == 0 ? Integer.toString(number) : number + "-" + inserted;
    }

    /** The value of a numeral, or -1 if it is none. */
    private static int value(String numeral) {
        if (numeral.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return numeral.length() > 6 ? -1 : Integer.parseInt(numeral);
        }
        int sum = 0;
        int digit = -1;
        for (char c : numeral.toCharArray()) {
            int unit = c == '十' ? 10 : c == '百' ? 100 : c == '千' ? 1_000 : 0;
            if (unit > 0) {
                // 十五 stands for 一十五.
                sum += (digit < 0 ? 1 : digit) * unit;
                digit = -1;
            } else if (DIGITS.indexOf(c) >= 0) {
                if (digit > 0) {
                    return -1;
                }
                digit = DIGITS.indexOf(c) == 0 ? -1 : DIGITS.indexOf(c);
            } else {
                return -1;
            }
        }
        return sum + Math.max(digit, 0);
    }
}
