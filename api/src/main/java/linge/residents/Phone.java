package linge.residents;

import java.text.Normalizer;
import java.util.regex.Pattern;
import linge.shared.Refusal;
import org.jspecify.annotations.Nullable;

/** A mainland mobile number as people type it, kept as eleven digits. */
public final class Phone {

    private static final Pattern MOBILE = Pattern.compile("1[3-9][0-9]{9}");
    private static final Pattern COUNTRY = Pattern.compile("^(\\+|00)?86(?=1)");
    private static final Pattern SEPARATORS =
            Pattern.compile("[\\s\\-()·.\\u200B-\\u200F\\u202A-\\u202E\\u2066-\\u2069\\uFEFF]");

    private Phone() {}

    /**
     * @param typed full-width digits, spaces, dashes and +86 are fine
     * @throws Refusal {@code BAD_INPUT} at {@code /phone} when it is no mobile number
     */
    public static String parse(String typed) {
        String digits = SEPARATORS
                .matcher(Normalizer.normalize(typed, Normalizer.Form.NFKC))
                .replaceAll("");
        digits = COUNTRY.matcher(digits).replaceFirst("");
        if (!MOBILE.matcher(digits).matches()) {
            throw Refusal.badInput("/phone", "手机号不对，请填写 11 位手机号。");
        }
        return digits;
    }

    /** The same, for a phone that may be missing. */
    public static @Nullable String maskedOrNull(@Nullable String phone) {
        return phone == null ? null : masked(phone);
    }

    /** 138****1234. */
    public static String masked(String phone) {
        return phone.length() < 8 ? "****" : phone.substring(0, 3) + "****" + phone.substring(phone.length() - 4);
    }
}
