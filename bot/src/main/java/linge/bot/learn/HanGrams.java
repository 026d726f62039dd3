package linge.bot.learn;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The runs of characters that a model of Chinese complaints may know: those with a Chinese character and no mark or blank
 * in them, so that a text of marks, digits or another script has no known feature and is abstained.
 */
final class HanGrams {
    private HanGrams() {}

    /** In how many texts each gram's hash occurs. */
    static Map<Long, Integer> counts(List<String> texts, int mostRead, int longest) {
        var counts = new HashMap<Long, Integer>();
        for (String text : texts) {
            for (Long gram : of(text, mostRead, longest)) {
                counts.merge(gram, 1, Integer::sum);
            }
        }
        return counts;
    }

    static Set<Long> of(String text, int mostRead, int longest) {
        String readable = Grams.readable(text, mostRead);
        var found = new HashSet<Long>();
        var hashes = new Grams.Hashes();
        for (int i = 0; i < readable.length(); i++) {
            boolean han = false;
            int end = i;
            while (end < readable.length() && end - i < longest && Character.isLetterOrDigit(readable.charAt(end))) {
                end++;
            }
            hashes.size = 0;
            Grams.read(readable.substring(i, end), 0, hashes);
            for (int n = 0; n < end - i; n++) {
                han |= Character.UnicodeScript.of(readable.charAt(i + n)) == Character.UnicodeScript.HAN;
                if (han) {
                    found.add(hashes.values[n]);
                }
            }
        }
        return found;
    }

    /** A lexicon of grams; rarity from the texts they are counted in. */
    static Lexicon lexicon(Map<Long, Integer> counts, Set<Long> kept, int texts, int mostRead) {
        long[] hashes = kept.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(hashes);
        float[] rarity = new float[hashes.length];
        for (int i = 0; i < hashes.length; i++) {
            rarity[i] = (float) (1 + Math.log((1.0 + texts) / (1 + counts.getOrDefault(hashes[i], 0))));
        }
        return new Lexicon(mostRead, 1, hashes, rarity);
    }
}
