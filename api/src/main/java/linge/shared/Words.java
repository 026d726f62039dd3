package linge.shared;

import java.text.Normalizer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Words as people wrote them, without what cannot be seen and could only mislead. */
public final class Words {

    /** Controls but tab and line break, bidirectional marks and overrides, zero-width spaces, lone surrogates. */
    private static final Pattern UNSEEN = Pattern.compile(
            "[\\p{Cc}&&[^\\t\\n]]|[\\u200B\\u200E\\u200F\\u202A-\\u202E\\u2060-\\u2064\\u2066-\\u206F\\uFEFF]|\\p{Cs}");

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
}
