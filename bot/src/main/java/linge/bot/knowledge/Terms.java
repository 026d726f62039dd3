package linge.bot.knowledge;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import linge.bot.text.Normalizer;
import linge.bot.text.Segmenter;

/** What retrieval sees of a sentence: its words, every pair of neighbouring Chinese characters, and every character. */
final class Terms {
    /** The question stands early; beyond this many characters terms only cost time. */
    private static final int MOST_READ = 600;

    private Terms() {}

    /** The terms of a question, of its beginning if it is long. */
    static List<String> of(String text) {
        String read = Normalizer.normalize(text);
        return terms(read.length() > MOST_READ ? read.substring(0, MOST_READ) : read);
    }

    /** The terms of a text of ours, all of it. */
    static List<String> all(String text) {
        return terms(Normalizer.normalize(text));
    }

    private static List<String> terms(String normalized) {
        String read = normalized.toLowerCase(Locale.ROOT);
        var terms = new ArrayList<String>();
        for (String word : Segmenter.words(read)) {
            if (word.length() > 1 && Character.isLetterOrDigit(word.charAt(0))) {
                terms.add("w" + word);
            }
        }
        for (int i = 0; i < read.length(); i++) {
            if (isHan(read.charAt(i))) {
                terms.add(read.substring(i, i + 1));
                if (i + 1 < read.length() && isHan(read.charAt(i + 1))) {
                    terms.add(read.substring(i, i + 2));
                }
            }
        }
        return terms;
    }

    private static boolean isHan(char c) {
        return Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN;
    }
}
