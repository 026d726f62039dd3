package linge.shared;

import java.text.Normalizer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Words as people wrote them, without what cannot be seen and could only mislead. */
public final class Words {

    /** Controls but tab and line break, bidirectional marks and overrides, zero-width spaces, lone surrogates. */
    private static final Pattern UNSEEN = Pattern.compile(
            "[\\p{Cc}&&[^\\t\\n]]|[\\u200B\\u200E\\u200F\\u202A-\\u202E\\u2060-\\u2064\\u2066-\\u206F\\uFEFF]|\\p{Cs}");

    /** Numbers that lead to a person: identity cards, mobile and fixed phones, cards and accounts, e-mail addresses. */
    private static final Pattern PERSONAL = Pattern.compile("(?<![0-9A-Za-z])(?:\\d{17}[0-9Xx]|\\d{15}"
            + "|(?:\\+?86[- ]?)?1[3-9]\\d[- ]?\\d{4}[- ]?\\d{4}|0\\d{2,3}[- ]?\\d{7,8}|\\d{12,19})(?![0-9A-Za-z])"
            + "|[\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)+");

    private Words() {}

    /** Composed, with plain line breaks, stripped; null when nothing is left. Emoji and Chinese punctuation stay as they are. */
    public static @Nullable String of(@Nullable String typed) {
        if (typed == null) {
            return null;
        }
        String plain = typed.replace("\r\n", "\n").replace('\r', '\n');
        String seen = UNSEEN.matcher(plain).replaceAll("");
        String words = Normalizer.normalize(seen, Normalizer.Form.NFC).strip();
        return words.isEmpty() ? null : words;
    }

    /** The words with every number that leads to a person left out; full-width digits are found too. */
    public static String withoutNumbers(String words) {
        StringBuilder plain = new StringBuilder(words.length());
        for (int i = 0; i < words.length(); i++) {
            char c = words.charAt(i);
            plain.append(c >= '\uFF10' && c <= '\uFF19' ? (char) (c - '\uFF10' + '0') : c);
        }
        return PERSONAL.matcher(plain).replaceAll("…");
    }
}
