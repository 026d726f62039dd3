package linge.bot.learn;

/** A sparse row: feature numbers, ascending, and their values. */
record Vector(int[] ids, float[] values) {
    double dot(double[] dense) {
        double sum = 0;
        for (int i = 0; i < ids.length; i++) {
            sum += values[i] * dense[ids[i]];
        }
        return sum;
    }
}
