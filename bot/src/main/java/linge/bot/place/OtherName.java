package linge.bot.place;

import java.util.regex.Pattern;
import linge.bot.text.Normalizer;

/**
 * Another name of a place.
 *
 * @param code of the place
 * @param name as texts are read: normalized and without blanks
 */
public record OtherName(String code, String name, NameKind kind) {
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    public OtherName {
        name = read(name);
    }

    /** A text as names are found in it: normalized and without blanks. */
    public static String read(String text) {
        return BLANKS.matcher(Normalizer.normalize(text)).replaceAll("");
    }
}
