package linge.bot.text;

import java.text.Normalizer.Form;

/** One form for each character: full width to half, invisible and bidi marks out, white space to one blank. */
public final class Normalizer {
    /** Longer texts are cut here, in UTF-16 units: no complaint needs more, and every later step stays bounded. */
    public static final int MOST = 20_000;

    private static final int MOST_ROUNDS = 4;

    private Normalizer() {}

    /**
     * Normalizes a text for reading by machine.
     *
     * @param text any characters, lone surrogates and control characters included
     * @return the text in NFKC, without invisible characters, trimmed, at most {@link #MOST} units long
     */
    public static String normalize(String text) {
        // Taking a mark out can bring two characters together that compose, so this goes round until nothing changes.
        String now = seenOnly(cut(text));
        for (int round = 0; round < MOST_ROUNDS; round++) {
            String next = seenOnly(java.text.Normalizer.normalize(now, Form.NFKC));
            if (next.equals(now)) {
                break;
            }
            now = next;
        }
        return now;
    }

    private static String seenOnly(String text) {
        var out = new StringBuilder(Math.min(text.length(), MOST));
        boolean blank = false;
        for (int i = 0; i < text.length() && out.length() < MOST - 2; ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (isBlank(c)) {
                blank = out.length() > 0;
            } else if (isSeen(c)) {
                if (blank) {
                    out.append(' ');
                    blank = false;
                }
                out.appendCodePoint(c);
            }
        }
        return out.toString();
    }

    private static String cut(String text) {
        if (text.length() <= MOST) {
            return text;
        }
        // Never cut between the halves of a pair.
        int end = Character.isHighSurrogate(text.charAt(MOST - 1)) ? MOST - 1 : MOST;
        return text.substring(0, end);
    }

    private static boolean isBlank(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    /** Format characters (zero width, bidi marks), controls, lone surrogates, private use and variation selectors are not seen. */
    private static boolean isSeen(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default ->
                !(c >= 0xFE00 && c <= 0xFE0F)
                        && !(c >= 0xE0100 && c <= 0xE01EF)
                        && c != 0x3164
                        && c != 0x115F
                        && c != 0x1160
                        && c != 0xFFA0;
        };
    }
}
