package linge.bot.learn;

/**
 * What the sentence vectors of a text say for each label: a quadratic form, that is a weight for every pair of directions
 * of meaning. Read-only.
 *
 * <p>Vectors of one field are parted from their mean, made of length 1 and laid side by side with those of the other
 * fields; {@code axes} are the directions in which texts differ most. No vector of a single text is kept: a form is a sum
 * over all lines.
 */
final class Meaning {
    private final float[][] centres;
    private final float[][] axes;
    /** One a label: the lower triangle, row after row, of a symmetric matrix; its last row is for the constant 1. */
    private final float[][] forms;

    Meaning(float[][] centres, float[][] axes, float[][] forms) {
        this.centres = centres;
        this.axes = axes;
        this.forms = forms;
    }

    /**
     * How far a text is on the side of each label.
     *
     * @param senses the sentence vector of each field
     */
    double[] scores(float[][] senses) {
        float[] point = along(axes, sideBySide(senses, centres));
        double[] scores = new double[forms.length];
        for (int k = 0; k < scores.length; k++) {
            int at = 0;
            for (int i = 0; i < point.length; i++) {
                float row = 0;
                for (int j = 0; j < i; j++) {
                    row += forms[k][at++] * point[j];
                }
                scores[k] += point[i] * (2.0 * row + forms[k][at++] * point[i]);
            }
        }
        return scores;
    }

    /** The vectors of all fields as one of length 1. */
    static float[] sideBySide(float[][] senses, float[][] centres) {
        int length = centres[0].length;
        float[] all = new float[length * centres.length];
        for (int field = 0; field < centres.length; field++) {
            double square = 0;
            for (int i = 0; i < length; i++) {
                float off = senses[field][i] - centres[field][i];
                all[field * length + i] = off;
                square += (double) off * off;
            }
            float scale = (float) (1 / Math.sqrt(Math.max(square, 1e-12) * centres.length));
            for (int i = 0; i < length; i++) {
                all[field * length + i] *= scale;
            }
        }
        return all;
    }

    /** The place of a vector along each axis and, last, the constant 1. */
    static float[] along(float[][] axes, float[] vector) {
        float[] place = new float[axes.length + 1];
        for (int axis = 0; axis < axes.length; axis++) {
            float sum = 0;
            for (int i = 0; i < vector.length; i++) {
                sum += axes[axis][i] * vector[i];
            }
            place[axis] = sum;
        }
        place[axes.length] = 1;
        return place;
    }

    float[][] centres() {
        return centres;
    }

    float[][] axes() {
        return axes;
    }

    float[][] forms() {
        return forms;
    }
}
