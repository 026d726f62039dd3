package linge.bot.knowledge.law;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** Weights from inputs to outputs, a byte each, with a scale an input: what a file of weights keeps. */
final class LinearMap {
    private final byte[][] steps;
    private final float[] scales;
    private final int outputs;

    private LinearMap(byte[][] steps, float[] scales, int outputs) {
        this.steps = steps;
        this.scales = scales;
        this.outputs = outputs;
    }

    /** @param weights a row an input */
    static LinearMap of(float[][] weights, int outputs) {
        byte[][] steps = new byte[weights.length][outputs];
        float[] scales = new float[weights.length];
        for (int i = 0; i < weights.length; i++) {
            float most = 1e-9f;
            for (float weight : weights[i]) {
                most = Math.max(most, Math.abs(weight));
            }
            scales[i] = most / 127;
            for (int j = 0; j < outputs; j++) {
                steps[i][j] = (byte) Math.round(weights[i][j] / scales[i]);
            }
        }
        return new LinearMap(steps, scales, outputs);
    }

    int outputs() {
        return outputs;
    }

    float[] apply(float[] inputs) {
        float[] sums = new float[outputs];
        for (int i = 0; i < steps.length; i++) {
            if (inputs[i] != 0) {
                float by = inputs[i] * scales[i];
                byte[] row = steps[i];
                for (int j = 0; j < outputs; j++) {
                    sums[j] += by * row[j];
                }
            }
        }
        return sums;
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(steps.length);
        out.writeInt(outputs);
        for (int i = 0; i < steps.length; i++) {
            out.writeFloat(scales[i]);
            out.write(steps[i]);
        }
    }

    static LinearMap read(DataInputStream in) throws IOException {
        int inputs = in.readInt();
        int outputs = in.readInt();
        byte[][] steps = new byte[inputs][outputs];
        float[] scales = new float[inputs];
        for (int i = 0; i < inputs; i++) {
            scales[i] = in.readFloat();
            in.readFully(steps[i]);
        }
        return new LinearMap(steps, scales, outputs);
    }
}
