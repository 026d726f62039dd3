package linge.bot.text;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The numbers in a text: phones, case numbers, and those that should not have been sent.
 *
 * @param phone 11 digits, or a landline with its area code; null for none
 * @param caseNumber 12 digits whose check digit fits, or null
 * @param wrongCaseNumber 12 digits whose check digit does not fit
 * @param identity an identity card number stood in the text
 * @param bankCard a bank card number stood in the text
 * @param masked the text without identity and bank numbers, the phone short
 * @param without the text with none of these numbers at all
 */
public record Digits(
        @Nullable String phone,
        @Nullable String caseNumber,
        boolean wrongCaseNumber,
        boolean identity,
        boolean bankCard,
        String masked,
        String without) {
    private static final Pattern SPOKEN = Pattern.compile("[幺零〇一二三四五六七八九]{7,}");
    private static final String SPOKEN_DIGITS = "零一二三四五六七八九";
    private static final Pattern RUN = Pattern.compile("(?<![0-9])[0-9](?:[ \\-]?[0-9]){5,99}[Xx]?(?![0-9])");
    private static final String HIDDEN = "（证件号已隐去）";
    private static final Pattern IDENTITY =
            Pattern.compile("[1-9][0-9]{5}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx]");
    private static final Pattern MOBILE = Pattern.compile("(?:86)?(1[3-9][0-9]{9})");
    private static final Pattern LANDLINE = Pattern.compile("0[0-9]{9,11}");

    public static Digits in(String normalized) {
        String text = SPOKEN.matcher(normalized).replaceAll(match -> spoken(match.group()));
        text = text.replaceAll("\\+86(?=[ \\-]?1)", "");
        String phone = null;
        String number = null;
        boolean wrong = false;
        boolean identity = false;
        boolean bank = false;
        var masked = new StringBuilder();
        var without = new StringBuilder();
        int from = 0;
        Matcher matcher = RUN.matcher(text);
        while (matcher.find()) {
            MatchResult match = matcher.toMatchResult();
            String digits = match.group().replaceAll("[ \\-]", "");
            String shown = match.group();
            String kept = match.group();
            Matcher mobile = MOBILE.matcher(digits);
            if (IDENTITY.matcher(digits).matches()) {
                identity = true;
                shown = HIDDEN;
                kept = shown;
            } else if (mobile.matches()) {
                phone = mobile.group(1);
                shown = hidden(phone);
                kept = "";
            } else if (digits.length() == 12 && digits.charAt(0) != '0') {
                wrong = number == null && !checks(digits);
                number = checks(digits) ? digits : number;
                kept = "";
            } else if (LANDLINE.matcher(digits).matches()) {
                phone = digits;
                shown = hidden(digits);
                kept = "";
            } else if (digits.length() >= 16 && digits.length() <= 19 && luhn(digits)) {
                bank = true;
                shown = "（卡号已隐去）";
                kept = shown;
            } else if (IDENTITY.matcher(digits).find()) {
                // Hidden even in the middle of other digits.
                identity = true;
                shown = HIDDEN;
                kept = shown;
            }
            masked.append(text, from, match.start()).append(shown);
            without.append(text, from, match.start()).append(kept);
            from = match.end();
        }
        masked.append(text.substring(from));
        without.append(text.substring(from));
        return new Digits(phone, number, wrong, identity, bank, masked.toString(), without.toString());
    }

    /** 138****1234: enough to know it again. */
    public static String hidden(String phone) {
        return phone.length() < 8 ? "****" : phone.substring(0, 3) + "****" + phone.substring(phone.length() - 4);
    }

    /** In fours, as it is read out on the phone. */
    public static String inFours(String number) {
        return number.replaceAll("(.{4})(?=.)", "$1 ");
    }

    private static String spoken(String run) {
        var digits = new StringBuilder();
        for (char c : run.toCharArray()) {
            digits.append(c == '幺' ? 1 : c == '〇' ? 0 : SPOKEN_DIGITS.indexOf(c));
        }
        return digits.toString();
    }

    /** ISO 7064 MOD 11,10, as case numbers have it. */
    private static boolean checks(String digits) {
        int product = 10;
        for (int i = 0; i < digits.length() - 1; i++) {
            int sum = (digits.charAt(i) - '0' + product) % 10;
            product = (sum == 0 ? 10 : sum) * 2 % 11;
        }
        return digits.charAt(digits.length() - 1) - '0' == (11 - product) % 10;
    }

    private static boolean luhn(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int twice = i % 2 == 1 ? digit * 2 : digit;
            sum += twice > 9 ? twice - 9 : twice;
        }
        return sum % 10 == 0;
    }
}
