package linge.bot.learn;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * A model as bytes: magic, version, length and check sum of the packed body, the body. Weights are kept in 16 bits, each
 * feature with a step of its own, which moves no score by more than a ten-thousandth; those of sentence vectors in 32.
 */
final class ModelFile {
    private static final byte[] MAGIC = "LINGETXT".getBytes(StandardCharsets.US_ASCII);
    /** Characters only. */
    private static final int PLAIN = 1;

    /** The same and, after it, what sentence vectors say: as models were trained before they heeded words, too. */
    private static final int WITH_SENTENCES = 2;

    /** The same with words between the two, and the opening among the fields of characters. */
    private static final int WITH_WORDS_AND_SENTENCES = 3;

    /** No honest model is larger; a damaged length must not ask for all memory. */
    private static final int MOST_FEATURES = 20_000_000;

    private static final int MOST_LABELS = 10_000;
    private static final int MOST_LENGTH = 10_000;
    private static final int MOST_WEIGHTS = 500_000_000;

    private ModelFile() {}

    static void write(TextModel model, OutputStream out) throws IOException {
        var packed = new ByteArrayOutputStream();
        var deflater = new Deflater(6);
        try (var body = new DataOutputStream(new DeflaterOutputStream(packed, deflater, 1 << 16))) {
            writeBody(model, body);
        } finally {
            deflater.end();
        }
        byte[] bytes = packed.toByteArray();
        var sum = new CRC32();
        sum.update(bytes);
        var head = new DataOutputStream(out);
        head.write(MAGIC);
        head.writeInt(version(model));
        head.writeInt(bytes.length);
        head.writeLong(sum.getValue());
        head.write(bytes);
        head.flush();
    }

    private static int version(TextModel model) {
        if (model.worded() != null) {
            return WITH_WORDS_AND_SENTENCES;
        }
        return model.sensed() == null ? PLAIN : WITH_SENTENCES;
    }

    /**
     * Reads a model.
     *
     * @param vectors gives the sentence vectors where the model heeds them
     */
    static TextModel read(InputStream in, Function<String, float[]> vectors) throws IOException {
        var head = new DataInputStream(in);
        byte[] magic = in.readNBytes(MAGIC.length);
        if (!Arrays.equals(magic, MAGIC)) {
            throw new BadModel("不是邻格的分类模型文件。");
        }
        try {
            int version = head.readInt();
            if (version < PLAIN || version > WITH_WORDS_AND_SENTENCES) {
                throw new BadModel("模型文件的版本是 " + version + "，这个程序只认得版本 1 到 3，请重新训练。");
            }
            int length = head.readInt();
            long expected = head.readLong();
            byte[] bytes = in.readNBytes(Math.max(0, length));
            var sum = new CRC32();
            sum.update(bytes);
            if (bytes.length != length || sum.getValue() != expected) {
                throw new BadModel("模型文件不完整或已损坏。");
            }
            try (var body = new DataInputStream(new java.io.BufferedInputStream(
                    new InflaterInputStream(new ByteArrayInputStream(bytes)), 1 << 16))) {
                return readBody(body, version, vectors);
            }
        } catch (EOFException | java.util.zip.ZipException e) {
            throw new BadModel("模型文件不完整或已损坏。");
        }
    }

    private static void writeBody(TextModel model, DataOutputStream out) throws IOException {
        Lexicon lexicon = model.lexicon();
        int labels = model.labels().size();
        out.writeInt(labels);
        for (String label : model.labels()) {
            out.writeUTF(label);
        }
        out.writeInt(model.fields());
        out.writeInt(lexicon.mostRead());
        out.writeDouble(model.sure());
        writeFigures(model.crossValidated(), out);
        out.writeDouble(model.calibration().scale());
        writeDoubles(model.calibration().said(), out);
        writeDoubles(model.calibration().meant(), out);
        writeWeights(lexicon, model.linear(), out);
        if (model.worded() != null) {
            out.writeDouble(model.worded().share());
            writeWeights(model.worded().lexicon(), model.worded().linear(), out);
        }
        if (model.sensed() != null) {
            writeSensed(model.sensed(), out);
        }
    }

    private static void writeWeights(Lexicon lexicon, Linear linear, DataOutputStream out) throws IOException {
        int labels = linear.bias().length;
        for (float bias : linear.bias()) {
            out.writeFloat(bias);
        }
        out.writeInt(lexicon.size());
        float[] weights = linear.weights();
        for (int id = 0; id < lexicon.size(); id++) {
            out.writeLong(lexicon.hash(id));
            out.writeFloat(lexicon.rarity(id));
            float most = 0;
            for (int k = 0; k < labels; k++) {
                most = Math.max(most, Math.abs(weights[id * labels + k]));
            }
            float step = most / Short.MAX_VALUE;
            out.writeFloat(step);
            for (int k = 0; k < labels; k++) {
                out.writeShort(step == 0 ? 0 : Math.round(weights[id * labels + k] / step));
            }
        }
    }

    /** One member's features and weights. */
    private record Weighed(Lexicon lexicon, Linear linear) {}

    private static Weighed readWeights(Reading reading, int mostRead, int fields, int labels, DataInputStream in)
            throws IOException {
        float[] bias = new float[labels];
        for (int k = 0; k < labels; k++) {
            bias[k] = in.readFloat();
        }
        int features = bounded(in.readInt(), 0, Math.min(MOST_FEATURES, MOST_WEIGHTS / labels));
        long[] hashes = new long[features];
        float[] rarity = new float[features];
        float[] weights = new float[features * labels];
        for (int id = 0; id < features; id++) {
            hashes[id] = in.readLong();
            rarity[id] = in.readFloat();
            float step = in.readFloat();
            for (int k = 0; k < labels; k++) {
                weights[id * labels + k] = in.readShort() * step;
            }
        }
        return new Weighed(new Lexicon(reading, mostRead, fields, hashes, rarity), new Linear(labels, weights, bias));
    }

    private static void writeSensed(Sensed sensed, DataOutputStream out) throws IOException {
        Meaning meaning = sensed.meaning();
        out.writeDouble(sensed.share());
        out.writeInt(meaning.centres()[0].length);
        writeRows(meaning.centres(), out);
        out.writeInt(meaning.axes().length);
        writeRows(meaning.axes(), out);
        writeRows(meaning.forms(), out);
    }

    private static Sensed readSensed(int fields, int labels, Function<String, float[]> vectors, DataInputStream in)
            throws IOException {
        double share = in.readDouble();
        int length = bounded(in.readInt(), 1, MOST_LENGTH);
        float[][] centres = readRows(fields, length, in);
        int axes = bounded(in.readInt(), 1, MOST_LENGTH);
        float[][] directions = readRows(axes, fields * length, in);
        float[][] forms = readRows(labels, (axes + 1) * (axes + 2) / 2, in);
        return new Sensed(new Meaning(centres, directions, forms), share, vectors);
    }

    private static void writeRows(float[][] rows, DataOutputStream out) throws IOException {
        for (float[] row : rows) {
            for (float value : row) {
                out.writeFloat(value);
            }
        }
    }

    private static float[][] readRows(int rows, int length, DataInputStream in) throws IOException {
        if ((long) rows * length > MOST_WEIGHTS) {
            throw new BadModel("模型文件不完整或已损坏。");
        }
        float[][] values = new float[rows][length];
        for (float[] row : values) {
            for (int i = 0; i < length; i++) {
                row[i] = in.readFloat();
            }
        }
        return values;
    }

    private static TextModel readBody(DataInputStream in, int version, Function<String, float[]> vectors)
            throws IOException {
        int labels = bounded(in.readInt(), 2, MOST_LABELS);
        List<String> names = new ArrayList<>();
        for (int k = 0; k < labels; k++) {
            names.add(in.readUTF());
        }
        int fields = bounded(in.readInt(), 1, 100);
        int mostRead = bounded(in.readInt(), 1, Integer.MAX_VALUE);
        double sure = in.readDouble();
        Figures figures = readFigures(in);
        double scale = in.readDouble();
        double[] said = readDoubles(in);
        double[] meant = readDoubles(in);
        boolean words = version == WITH_WORDS_AND_SENTENCES;
        Weighed characters =
                readWeights(Reading.CHARACTERS, mostRead, words ? Opening.fields(fields) : fields, labels, in);
        Worded worded = null;
        if (words) {
            double share = in.readDouble();
            Weighed weighed = readWeights(Reading.WORDS, mostRead, fields, labels, in);
            worded = new Worded(weighed.lexicon(), weighed.linear(), share);
        }
        return new TextModel(
                names,
                characters.lexicon(),
                characters.linear(),
                worded,
                version == PLAIN ? null : readSensed(fields, labels, vectors, in),
                new Calibration(scale, said, meant),
                sure,
                figures);
    }

    private static void writeFigures(Figures figures, DataOutputStream out) throws IOException {
        out.writeInt(figures.n());
        out.writeDouble(figures.accuracy());
        out.writeDouble(figures.macroF1());
        out.writeDouble(figures.ece());
        out.writeDouble(figures.abstained());
        out.writeDouble(figures.accuracyAnswered());
    }

    private static Figures readFigures(DataInputStream in) throws IOException {
        return new Figures(
                in.readInt(), in.readDouble(), in.readDouble(), in.readDouble(), in.readDouble(), in.readDouble());
    }

    private static void writeDoubles(double[] values, DataOutputStream out) throws IOException {
        out.writeInt(values.length);
        for (double value : values) {
            out.writeDouble(value);
        }
    }

    private static double[] readDoubles(DataInputStream in) throws IOException {
        double[] values = new double[bounded(in.readInt(), 1, MOST_LABELS)];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readDouble();
        }
        return values;
    }

    private static int bounded(int value, int least, int most) throws BadModel {
        if (value < least || value > most) {
            throw new BadModel("模型文件不完整或已损坏。");
        }
        return value;
    }
}
