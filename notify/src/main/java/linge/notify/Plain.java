package linge.notify;

/** Makes what people typed safe to keep and to show as it stands: bounded, printable, never read as a template. */
public final class Plain {

    private Plain() {}

    /** The text without what PostgreSQL or a screen stumbles over, at most {@code limit} code points, "…" included. */
    static String of(String text, int limit) {
        StringBuilder kept = new StringBuilder(Math.min(text.length(), limit * 2));
        int count = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (unwanted(c)) {
                continue;
            }
            if (count == limit) {
                kept.setLength(kept.offsetByCodePoints(kept.length(), -1));
                return kept.append('…').toString();
            }
            kept.appendCodePoint(half(c) ? 0xFFFD : c);
            count++;
        }
        return kept.toString();
    }

    /** The same on one line: an SMS and a title know no line breaks. */
    public static String line(String text, int limit) {
        return of(text.strip().replaceAll("\\s+", " "), limit);
    }

    /** NUL cannot be stored as text; bidirectional overrides would turn the words of ours that follow them. */
    private static boolean unwanted(int c) {
        boolean control = Character.getType(c) == Character.CONTROL && c != '\n' && c != '\t';
        boolean turns = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
        return control || turns;
    }

    /** Half of a surrogate pair has no UTF-8 form. */
    private static boolean half(int c) {
        return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    }
}
