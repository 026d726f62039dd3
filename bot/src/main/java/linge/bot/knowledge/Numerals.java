package linge.bot.knowledge;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The number of an article: 287之一 as cards write it, 第二百八十七条之一 as statutes print it. */
final class Numerals {
    private static final Pattern SHORT = Pattern.compile("([1-9]\\d{0,3})(之[一二三四五六七八九十]{1,3})?");
    private static final String DIGITS = "零一二三四五六七八九";
    private static final int[] VALUES = {1000, 100, 10, 1};
    private static final String[] UNITS = {"千", "百", "十", ""};

    private Numerals() {}

    /** {@code 287之一} to {@code 第二百八十七条之一}; anything else is refused. */
    static String article(String number) {
        Matcher matcher = SHORT.matcher(number);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("条号应写成“30”或“287之一”：" + number);
        }
        String rest = matcher.group(2) == null ? "" : matcher.group(2);
        return "第" + chinese(Integer.parseInt(matcher.group(1))) + "条" + rest;
    }

    private static String chinese(int number) {
        var out = new StringBuilder();
        boolean gap = false;
        for (int i = 0; i < VALUES.length; i++) {
            int digit = number / VALUES[i] % 10;
            if (digit == 0) {
                gap = out.length() > 0;
                continue;
            }
            if (gap) {
                out.append('零');
                gap = false;
            }
            // Ten to nineteen are said without the one: 第十五条.
            if (!(digit == 1 && VALUES[i] == 10 && out.length() == 0)) {
                out.append(DIGITS.charAt(digit));
            }
            out.append(UNITS[i]);
        }
        return out.toString();
    }
}
