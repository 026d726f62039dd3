package linge.bot.text;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/** What the category model sees of a text: its words, its characters, and every pair of neighbouring Chinese characters. */
public final class Features {
    /** A complaint says what it is about early; beyond this many characters features only cost time. */
    private static final int MOST_READ = 1_200;

    /** Words every complaint has, whatever it is about. */
    private static final Set<String> STOP = Set.copyOf(Resources.lines(Features.class, "stopwords.txt"));

    private Features() {}

    /** The features of a text, each once, in the order met; none for a text without Chinese words. */
    public static String[] of(String text) {
        String read = Normalizer.normalize(text).toLowerCase(Locale.ROOT);
        if (read.length() > MOST_READ) {
            read = read.substring(0, MOST_READ);
        }
        var features = new LinkedHashSet<String>();
        for (String word : Segmenter.words(read)) {
            if (isHan(word.charAt(0)) && !STOP.contains(word)) {
                features.add("w:" + word);
            }
        }
        for (int i = 0; i < read.length(); i++) {
            if (isHan(read.charAt(i)) && !STOP.contains(String.valueOf(read.charAt(i)))) {
                features.add("c:" + read.charAt(i));
            }
        }
        for (int i = 0; i + 1 < read.length(); i++) {
            if (isHan(read.charAt(i)) && isHan(read.charAt(i + 1))) {
                features.add("b:" + read.charAt(i) + read.charAt(i + 1));
            }
        }
        return features.toArray(String[]::new);
    }

    private static boolean isHan(char c) {
        return Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN;
    }
}
