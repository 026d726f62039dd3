package linge.bot.knowledge.law;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import linge.bot.embed.Embedder;

/**
 * The articles' vectors, a byte a number, one after the other: 512 bytes and a scale an article, 30 MB of heap for the
 * law of the land. Compared one by one: exact, and with so few faster to keep than a graph.
 */
final class Vectors {
    private static final int ROW = Embedder.SIZE + Float.BYTES;

    private final byte[] numbers;
    private final float[] scales;

    private Vectors(byte[] numbers, float[] scales) {
        this.numbers = numbers;
        this.scales = scales;
    }

    static Vectors read(Path file, int count) throws IOException {
        if (Files.size(file) != (long) count * ROW) {
            throw new LawIndexException("法条索引的向量文件大小不对，请重新运行 laws import：" + file);
        }
        byte[] numbers = new byte[count * Embedder.SIZE];
        float[] scales = new float[count];
        try (var channel = Files.newByteChannel(file)) {
            ByteBuffer buffer = ByteBuffer.allocate(ROW * 256).order(ByteOrder.BIG_ENDIAN);
            int at = 0;
            while (at < count) {
                buffer.clear().limit((int) Math.min(buffer.capacity(), (long) (count - at) * ROW));
                while (buffer.hasRemaining()) {
                    if (channel.read(buffer) < 0) {
                        throw new LawIndexException("法条索引的向量文件不完整，请重新运行 laws import：" + file);
                    }
                }
                buffer.flip();
                while (buffer.hasRemaining()) {
                    scales[at] = buffer.getFloat();
                    buffer.get(numbers, at * Embedder.SIZE, Embedder.SIZE);
                    at++;
                }
            }
        }
        return new Vectors(numbers, scales);
    }

    static void write(Path file, float[][] vectors) throws IOException {
        try (var out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16))) {
            byte[] row = new byte[Embedder.SIZE];
            for (float[] vector : vectors) {
                out.writeFloat(quantize(vector, row));
                out.write(row);
            }
        }
    }

    int count() {
        return scales.length;
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
