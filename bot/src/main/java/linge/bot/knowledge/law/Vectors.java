package linge.bot.knowledge.law;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Map;
import linge.bot.embed.Embedder;

/**
 * The articles' vectors, a byte a number, one after the other: 512 bytes and a scale an article, 30 MB of heap for the
 * law of the land. Compared one by one: exact, and with so few faster to keep than a graph.
 */
final class Vectors {
    private static final int ROW = Long.BYTES + Float.BYTES + Embedder.SIZE;

    private final byte[] numbers;
    private final float[] scales;

    private Vectors(byte[] numbers, float[] scales) {
        this.numbers = numbers;
        this.scales = scales;
    }

    /**
     * One article's vector as the file keeps it.
     *
     * @param text a print of the text it was made of, to know it again
     */
    record Row(long text, float scale, byte[] steps) {
        static Row of(long text, float[] vector) {
            byte[] steps = new byte[Embedder.SIZE];
            return new Row(text, quantize(vector, steps), steps);
        }
    }

    static Vectors read(Path file, int count) throws IOException {
        if (Files.size(file) != (long) count * ROW) {
            throw new LawIndexException("法条索引的向量文件大小不对，请重新运行 laws import：" + file);
        }
        byte[] numbers = new byte[count * Embedder.SIZE];
        float[] scales = new float[count];
        try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
            for (int i = 0; i < count; i++) {
                in.readLong();
                scales[i] = in.readFloat();
                in.readFully(numbers, i * Embedder.SIZE, Embedder.SIZE);
            }
        }
        return new Vectors(numbers, scales);
    }

    /** The rows of an earlier import by their texts' prints: what has not changed need not be read by the model again. */
    static Map<Long, Row> rows(Path file) throws IOException {
        var rows = new HashMap<Long, Row>();
        long count = Files.size(file) / ROW;
        try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
            for (long i = 0; i < count; i++) {
                long text = in.readLong();
                float scale = in.readFloat();
                byte[] steps = new byte[Embedder.SIZE];
                in.readFully(steps);
                rows.put(text, new Row(text, scale, steps));
            }
        }
        return rows;
    }

    static void write(Path file, Row[] rows) throws IOException {
        try (var out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16))) {
            for (Row row : rows) {
                out.writeLong(row.text());
                out.writeFloat(row.scale());
                out.write(row.steps());
            }
        }
    }

    /** A print of a text that no other text of the law shares. */
    static long print(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    int count() {
        return scales.length;
    }

    /** A vector made ready to be multiplied with many. */
    record Wanted(byte[] steps, float scale) {}

    Wanted wanted(float[] vector) {
        byte[] steps = new byte[Embedder.SIZE];
        float scale = quantize(vector, steps);
        return new Wanted(steps, scale);
    }

    float product(Wanted wanted, int document) {
        return dot(wanted.steps(), document * Embedder.SIZE) * wanted.scale() * scales[document];
    }

    /** An article's vector as it is kept. */
    float[] vector(int document) {
        float[] vector = new float[Embedder.SIZE];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = numbers[document * Embedder.SIZE + i] * scales[document];
        }
        return vector;
    }

    /** The cosines of a unit vector with all articles. */
    float[] cosines(float[] unit) {
        byte[] wanted = new byte[Embedder.SIZE];
        float scale = quantize(unit, wanted);
        float[] cosines = new float[scales.length];
        for (int i = 0; i < cosines.length; i++) {
            cosines[i] = dot(wanted, i * Embedder.SIZE) * scale * scales[i];
        }
        return cosines;
    }

    private int dot(byte[] wanted, int from) {
        int a = 0;
        int b = 0;
        int c = 0;
        int d = 0;
        // Four sums, so that the processor need not wait for one addition before the next.
        for (int i = 0; i < Embedder.SIZE; i += 4) {
            a += wanted[i] * numbers[from + i];
            b += wanted[i + 1] * numbers[from + i + 1];
            c += wanted[i + 2] * numbers[from + i + 2];
            d += wanted[i + 3] * numbers[from + i + 3];
        }
        return a + b + c + d;
    }

    /** Fills the row and returns what a step of it is worth. */
    private static float quantize(float[] vector, byte[] row) {
        float most = 1e-9f;
        for (float v : vector) {
            most = Math.max(most, Math.abs(v));
        }
        for (int i = 0; i < row.length; i++) {
            row[i] = (byte) Math.round(vector[i] / most * 127);
        }
        return most / 127;
    }
}
