package linge.bot.embed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * BERT's WordPiece: every Chinese character and every mark is a token, other words are split greedily into known pieces.
 *
 * <p>The vocabulary knows lower case only, so letters are lowered first (the tokenizer file of the model does not, and
 * would read every capital as unknown). Thread-safe.
 */
public final class WordPiece {
    /** Longer words are not worth splitting; the tokenizer file says the same. */
    private static final int LONGEST_WORD = 100;

    private final Map<String, Integer> vocabulary;
    private final int unknown;
    private final int begin;
    private final int end;

    private WordPiece(Map<String, Integer> vocabulary) {
        this.vocabulary = vocabulary;
        this.unknown = id("[UNK]");
        this.begin = id("[CLS]");
        this.end = id("[SEP]");
    }

    /** Reads the vocabulary of a tokenizer file in the format of Hugging Face's tokenizers. */
    static WordPiece read(InputStream tokenizerJson) {
        try {
            JsonNode words =
                    new ObjectMapper().readTree(tokenizerJson).path("model").path("vocab");
            var vocabulary = new HashMap<String, Integer>(words.size() * 2);
            words.fields()
                    .forEachRemaining(word ->
                            vocabulary.put(word.getKey(), word.getValue().intValue()));
            return new WordPiece(vocabulary);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The token numbers of a text, between those of the beginning and the end.
     *
     * @param most the most tokens wanted, both ends counted; what is beyond is cut off
     */
    public long[] tokens(String text, int most) {
        var ids = new Ids(most - 1);
        ids.add(begin);
        int i = 0;
        while (i < text.length() && !ids.full()) {
            int c = text.codePointAt(i);
            int next = i + Character.charCount(c);
            if (standsAlone(c)) {
                ids.add(vocabulary.getOrDefault(text.substring(i, next), unknown));
            } else if (!isBlank(c)) {
                while (next < text.length() && goesOn(text.codePointAt(next))) {
                    next += Character.charCount(text.codePointAt(next));
                }
                addPieces(text.substring(i, next).toLowerCase(Locale.ROOT), ids);
            }
            i = next;
        }
        return ids.closed(end);
    }

    private void addPieces(String word, Ids ids) {
        int[] pieces = new int[word.length()];
        int found = 0;
        int from = 0;
        while (from < word.length()) {
            int to = word.length();
            @Nullable Integer id = null;
            while (to > from) {
                String piece = word.substring(from, to);
                id = vocabulary.get(from == 0 ? piece : "##" + piece);
                if (id != null) {
                    break;
                }
                to--;
            }
            if (id == null || word.length() > LONGEST_WORD) {
                ids.add(unknown);
                return;
            }
            pieces[found++] = id;
            from = to;
        }
        for (int i = 0; i < found; i++) {
            ids.add(pieces[i]);
        }
    }

    private int id(String word) {
        return Objects.requireNonNull(vocabulary.get(word), word);
    }

    private static boolean goesOn(int c) {
        return !standsAlone(c) && !isBlank(c);
    }

    private static boolean isBlank(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.isISOControl(c);
    }

    private static boolean standsAlone(int c) {
        if (Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN) {
            return true;
        }
        return c < 0x80
                ? c > ' ' && c < 0x7F && !Character.isLetterOrDigit(c)
                : switch (Character.getType(c)) {
                    case Character.CONNECTOR_PUNCTUATION,
                            Character.DASH_PUNCTUATION,
                            Character.START_PUNCTUATION,
                            Character.END_PUNCTUATION,
                            Character.INITIAL_QUOTE_PUNCTUATION,
                            Character.FINAL_QUOTE_PUNCTUATION,
                            Character.OTHER_PUNCTUATION -> true;
                    default -> false;
                };
    }

    /** Token numbers up to a bound, with room left for the end. */
    private static final class Ids {
        private long[] ids = new long[64];
        private int size;
        private final int most;

        Ids(int most) {
            this.most = most;
        }

        boolean full() {
            return size >= most;
        }

        void add(int id) {
            if (!full()) {
                if (size + 1 >= ids.length) {
                    ids = Arrays.copyOf(ids, ids.length * 2);
                }
                ids[size++] = id;
            }
        }

        long[] closed(int end) {
            ids[size] = end;
            return Arrays.copyOf(ids, size + 1);
        }
    }
}
