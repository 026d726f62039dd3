package linge.bot.reply;

/** A text without blanks, with Latin letters and digits in one form, that still knows where each sign stood. */
record Plain(String given, String words, int[] at) {

    static Plain of(String given) {
        StringBuilder words = new StringBuilder(given.length());
        int[] at = new int[given.length()];
        for (int i = 0; i < given.length(); i++) {
            char sign = narrow(given.charAt(i));
            if (!Character.isWhitespace(sign) && sign != '\u3000' && sign != '\u200b' && sign != '\ufeff') {
                at[words.length()] = i;
                words.append(sign);
            }
        }
        return new Plain(given, words.toString(), at);
    }

    /** Full-width letters and digits as on a keyboard; the marks of Chinese sentences stay what they are. */
    private static char narrow(char sign) {
        boolean wide = sign >= '０' && sign <= '９' || sign >= 'Ａ' && sign <= 'Ｚ' || sign >= 'ａ' && sign <= 'ｚ';
        char narrow = wide ? (char) (sign - 0xFEE0) : sign;
        // Sign by sign: a word's capitals may be more signs than the word.
        return narrow >= 'a' && narrow <= 'z' ? (char) (narrow - 'a' + 'A') : narrow;
    }

    /** Where a piece of {@link #words} stands in what was given. */
    Concern.Span span(int from, int to) {
        if (to <= from || to > at.length) {
            return new Concern.Span(0, 0, "");
        }
        int first = at[from];
        int behind = at[to - 1] + 1;
        return new Concern.Span(first, behind, given.substring(first, behind));
    }
}
