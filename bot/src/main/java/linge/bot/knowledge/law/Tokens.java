package linge.bot.knowledge.law;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import linge.bot.text.Segmenter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/** What Lucene indexes of a text: words, or characters and pairs of characters; the same for articles and questions. */
final class Tokens extends TokenStream {
    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private final List<String> tokens;
    private Iterator<String> rest;

    Tokens(List<String> tokens) {
        this.tokens = tokens;
        this.rest = tokens.iterator();
    }

    /** Words of at least one letter, digit or Chinese character. */
    static List<String> words(String normalized) {
        return Segmenter.words(normalized).stream()
                .filter(word -> Character.isLetterOrDigit(word.codePointAt(0)))
                .toList();
    }

    /** Each Chinese character, each run of letters or digits, and each pair of neighbours. */
    static List<String> grams(String normalized) {
        var grams = new ArrayList<String>(normalized.length() * 2);
        String before = "";
        int i = 0;
        while (i < normalized.length()) {
            int c = normalized.codePointAt(i);
            int next = i + Character.charCount(c);
            if (Character.isLetterOrDigit(c)) {
                while (!isHan(c) && next < normalized.length() && joins(normalized.codePointAt(next))) {
                    next += Character.charCount(normalized.codePointAt(next));
                }
                String gram = normalized.substring(i, next);
                grams.add(gram);
                if (!before.isEmpty()) {
                    grams.add(before + gram);
                }
                before = gram;
            } else {
                before = "";
            }
            i = next;
        }
        return grams;
    }

    private static boolean joins(int c) {
        return Character.isLetterOrDigit(c) && !isHan(c);
    }

    private static boolean isHan(int c) {
        return Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN;
    }

    @Override
    public void reset() {
        rest = tokens.iterator();
    }

    @Override
    public boolean incrementToken() {
        if (!rest.hasNext()) {
            return false;
        }
        clearAttributes();
        term.append(rest.next());
        return true;
    }
}
