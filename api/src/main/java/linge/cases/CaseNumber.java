package linge.cases;

import java.text.Normalizer;
import java.time.LocalDate;
import java.util.Locale;
import linge.shared.Refusal;

/**
 * The number people read on the phone: date (yyMMdd), five digits, and a check digit (ISO 7064 MOD 11,10) that catches every
 * single wrong digit and nearly every swap of neighbours. Twelve digits, spoken in fours.
 */
public final class CaseNumber {

    private static final int LENGTH = 12;

    private CaseNumber() {}

    /** @param sequence 1 to 99999 */
    static String of(LocalDate day, long sequence) {
        String digits = String.format(
                Locale.ROOT,
                "%02d%02d%02d%05d",
                day.getYear() % 100,
                day.getMonthValue(),
                day.getDayOfMonth(),
                sequence);
        return digits + checkDigit(digits);
    }

    /**
     * The number as typed or read out, with spaces, dashes or full-width digits.
     *
     * @throws Refusal {@code NOT_FOUND} that says the number itself is wrong when its check digit does not fit
     */
    static String parse(String typed) {
        String digits = Normalizer.normalize(typed, Normalizer.Form.NFKC).replaceAll("[\\s\\-_.]", "");
        boolean shaped = digits.length() == LENGTH && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!shaped) {
            throw Refusal.of(Refusal.Kind.NOT_FOUND, "诉求编号是 12 位数字，请核对后再试。");
        }
        String body = digits.substring(0, LENGTH - 1);
        if (checkDigit(body) != digits.charAt(LENGTH - 1)) {
            throw Refusal.of(Refusal.Kind.NOT_FOUND, "诉求编号有误（可能有一位抄错了），请核对后再试。");
        }
        return digits;
    }

    private static char checkDigit(String digits) {
        int product = 10;
        for (int i = 0; i < digits.length(); i++) {
            int sum = (digits.charAt(i) - '0' + product) % 10;
            product = (sum == 0 ? 10 : sum) * 2 % 11;
        }
        return (char) ('0' + (11 - product) % 10);
    }
}
