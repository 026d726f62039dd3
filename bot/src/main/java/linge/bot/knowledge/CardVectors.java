package linge.bot.knowledge;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import linge.bot.embed.Embedder;
import org.jspecify.annotations.Nullable;

/**
 * The vectors of the cards' sentences, made ahead: a start need not wait for the sentence model.
 *
 * <p>A vector is kept under the hash of its text, so a sentence somebody changed, or a card of the staff's own, is simply
 * not there and is embedded when it is met. Eight-bit numbers and a scale each, 520 bytes a sentence. Immutable.
 */
final class CardVectors {
    private static final String FILE = "card-vectors.bin";

    private final Map<Long, byte[]> numbers = new HashMap<>();
    private final Map<Long, Float> scales = new HashMap<>();

    private CardVectors() {}

    /** The vectors shipped with the cards; none if there is no such file yet. */
    static CardVectors shipped() {
        var vectors = new CardVectors();
        @Nullable InputStream stream = CardVectors.class.getResourceAsStream(FILE);
        if (stream == null) {
            return vectors;
        }
        try (var in = new DataInputStream(new BufferedInputStream(stream, 1 << 16))) {
            int count = in.readInt();
            for (int i = 0; i < count; i++) {
                long key = in.readLong();
                vectors.scales.put(key, in.readFloat());
                vectors.numbers.put(key, in.readNBytes(Embedder.SIZE));
            }
            return vectors;
        } catch (IOException e) {
            throw new UncheckedIOException(FILE, e);
        }
    }

    /** Writes the vectors of texts, the form {@link #shipped} reads. */
    static void write(OutputStream to, Collection<String> texts) throws IOException {
        var unique = new LinkedHashSet<>(texts);
        var out = new DataOutputStream(to);
        out.writeInt(unique.size());
        for (String text : unique) {
            float[] vector = Embedder.shared().text(text);
            float most = 1e-6f;
            for (float number : vector) {
                most = Math.max(most, Math.abs(number));
            }
            out.writeLong(key(text));
            out.writeFloat(most / 127);
            for (float number : vector) {
                out.writeByte(Math.round(number / most * 127));
            }
        }
        out.flush();
    }

    boolean has(String text) {
        return numbers.containsKey(key(text));
    }

    /** The vector of a text, from the file or, where it is not there, from the model. */
    float[] of(String text) {
        byte @Nullable [] kept = numbers.get(key(text));
        @Nullable Float scale = scales.get(key(text));
        if (kept == null || scale == null) {
            return Embedder.shared().text(text);
        }
        var vector = new float[kept.length];
        for (int i = 0; i < kept.length; i++) {
            vector[i] = kept[i] * scale;
        }
        return vector;
    }

    /** FNV-1a over the characters: a few thousand sentences never meet in 64 bits. */
    private static long key(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }
}
