package linge.bot.dialogue;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads an amount of money as people say it: 1200, 一千二, 两千多, 3万. */
final class Amounts {
    private static final String HAN = "零一二三四五六七八九";
    private static final Pattern DIGITS = Pattern.compile("([0-9]{1,7})(?:\\.[0-9]+)?(万|千|百)?");
    private static final Pattern WORDS =
            Pattern.compile("(?:([一二两三四五六七八九十])万)?(?:([一二两三四五六七八九])千)?零?(?:([一二两三四五六七八九])百?)?");

    private Amounts() {}

    /** Whole yuan, or null when no amount is said. */
    static @Nullable Integer in(String plain) {
        Matcher digits = DIGITS.matcher(plain);
        if (digits.find()) {
            long number = Long.parseLong(digits.group(1)) * unit(digits.group(2));
            return number > 9_999_999 ? null : (int) number;
        }
        Matcher words = WORDS.matcher(plain);
        while (words.find()) {
            boolean large = words.group(1) != null || words.group(2) != null;
            boolean hundreds = words.group(3) != null && words.group().endsWith("百");
            if (large || hundreds) {
                // 一千二 is 1200: what follows the thousand counts hundreds, said or not.
                return value(words.group(1)) * 10_000 + value(words.group(2)) * 1_000 + value(words.group(3)) * 100;
            }
            if (words.group().isEmpty() && words.end() >= plain.length()) {
                break;
            }
        }
        return null;
    }

    private static int unit(@Nullable String unit) {
        return unit == null ? 1 : unit.equals("万") ? 10_000 : unit.equals("千") ? 1_000 : 100;
    }

    private static int value(@Nullable String digit) {
        return digit == null ? 0 : digit.equals("十") ? 10 : digit.equals("两") ? 2 : HAN.indexOf(digit);
    }
}
