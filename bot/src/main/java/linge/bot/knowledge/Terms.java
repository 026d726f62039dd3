package linge.bot.knowledge;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import linge.bot.text.Normalizer;
import linge.bot.text.Segmenter;

/** What retrieval sees of a sentence: its words and every pair of neighbouring Chinese characters. */
final class Terms {
    /** The question stands early; beyond this many characters terms only cost time. */
    private static final int MOST_READ = 600;

    private Terms() {}

    static List<String> of(String text) {
        String read = Normalizer.normalize(text).toLowerCase(Locale.ROOT);
        if (read.length() > MOST_READ) {
            read = read.substring(0, MOST_READ);
        }
        var terms = new ArrayList<String>();
        for (String word : Segmenter.words(read)) {
            if (Character.isLetterOrDigit(word.charAt(0))) {
                terms.add("w" + word);
            }
        }
        for (int i = 0; i + 1 < read.length(); i++) {
            if (isHan(read.charAt(i)) && isHan(read.charAt(i + 1))) {
                terms.add(read.substring(i, i + 2));
            }
        }
        return terms;
    }

    private static boolean isHan(char c) {
        return Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN;
    }
}
