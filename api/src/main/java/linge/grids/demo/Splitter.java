package linge.grids.demo;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;

/** Cuts a patch of squares into compact parts, one per item, each as large as its item weighs. */
final class Splitter {
    private final Raster raster;

    Splitter(Raster raster) {
        this.raster = raster;
    }

    /** An item and its weight. */
    record Share<T>(T item, double weight) {}

    /**
     * Cuts across the longer side, a little askew, until every item has its part. Needs at least as many squares as
     * items.
     */
    <T> void split(int[] squares, List<Share<T>> shares, Dice dice, BiConsumer<T, int[]> taker) {
        if (shares.size() == 1) {
            taker.accept(shares.get(0).item(), squares);
            return;
        }
        int half = shares.size() / 2;
        double left =
                shares.subList(0, half).stream().mapToDouble(Share::weight).sum();
        double all = shares.stream().mapToDouble(Share::weight).sum();
        int cut = (int) Math.round(squares.length * left / all);
        cut = Math.max(half, Math.min(squares.length - (shares.size() - half), cut));
        int[] ordered = alongLongerSide(squares, dice.between(-0.35, 0.35));
        split(Arrays.copyOfRange(ordered, 0, cut), shares.subList(0, half), dice, taker);
        split(Arrays.copyOfRange(ordered, cut, ordered.length), shares.subList(half, shares.size()), dice, taker);
    }

    private int[] alongLongerSide(int[] squares, double askew) {
        double meanX = 0;
        double meanY = 0;
        for (int square : squares) {
            meanX += square % raster.columns;
            meanY += square / raster.columns;
        }
        meanX /= squares.length;
        meanY /= squares.length;
        double xx = 0;
        double yy = 0;
        double xy = 0;
        for (int square : squares) {
            double x = square % raster.columns - meanX;
            double y = square / raster.columns - meanY;
            xx += x * x;
            yy += y * y;
            xy += x * y;
        }
        double angle = StrictMath.atan2(2 * xy, xx - yy) / 2 + askew;
        double east = StrictMath.cos(angle);
        double north = StrictMath.sin(angle);
        long[] keys = new long[squares.length];
        for (int i = 0; i < squares.length; i++) {
            double along = (squares[i] % raster.columns) * east + (squares[i] / raster.columns) * north;
            // Order and square in one number, so that sorting needs no objects; equal places keep their squares' order.
            keys[i] = ((long) Math.floor(along * 256) << 32) | squares[i];
        }
        Arrays.sort(keys);
        int[] ordered = new int[keys.length];
        for (int i = 0; i < keys.length; i++) {
            ordered[i] = (int) keys[i];
        }
        return ordered;
    }
}
