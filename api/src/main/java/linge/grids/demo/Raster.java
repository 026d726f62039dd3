package linge.grids.demo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.locationtech.jts.geom.Coordinate;

/** The plane cut into small squares, each with the number of its owner; -1 is outside. */
final class Raster {
    static final int OUTSIDE = -1;

    private static final double WEST = -92_000;
    private static final double EAST = 95_000;
    private static final double SOUTH = -80_000;
    private static final double NORTH = 100_000;
    private static final int[][] SIDES = {{1, 0}, {-1, 0}, {0, 1}, {0, -1}};

    final double step;
    final int columns;
    final int rows;
    final int[] owner;

    Raster(double step) {
        this.step = step;
        columns = (int) ((EAST - WEST) / step);
        rows = (int) ((NORTH - SOUTH) / step);
        owner = new int[columns * rows];
        Arrays.fill(owner, OUTSIDE);
    }

    Coordinate middle(int square) {
        return new Coordinate(WEST + (square % columns + 0.5) * step, SOUTH + (square / columns + 0.5) * step);
    }

    double squareArea() {
        return step * step;
    }

    List<Coordinate> middles() {
        var middles = new ArrayList<Coordinate>(owner.length);
        for (int square = 0; square < owner.length; square++) {
            middles.add(middle(square));
        }
        return middles;
    }

    /** The square that holds a spot of the plane. */
    int squareAt(Coordinate spot) {
        int column = Math.min(columns - 1, (int) ((spot.x - WEST) / step));
        int row = Math.min(rows - 1, (int) ((spot.y - SOUTH) / step));
        return row * columns + column;
    }

    /** Whether all eight squares around belong to the same owner. */
    boolean isInland(int square) {
        int column = square % columns;
        int row = square / columns;
        if (column == 0 || row == 0 || column == columns - 1 || row == rows - 1) {
            return false;
        }
        for (int r = row - 1; r <= row + 1; r++) {
            for (int c = column - 1; c <= column + 1; c++) {
                if (owner[r * columns + c] != owner[square]) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The squares of each owner from 0 up. */
    List<int[]> squaresByOwner(int owners) {
        int[] counts = new int[owners];
        for (int who : owner) {
            if (who != OUTSIDE) {
                counts[who]++;
            }
        }
        var squares = new ArrayList<int[]>();
        for (int count : counts) {
            squares.add(new int[count]);
        }
        for (int square = owner.length - 1; square >= 0; square--) {
            if (owner[square] != OUTSIDE) {
                squares.get(owner[square])[--counts[owner[square]]] = square;
            }
        }
        return squares;
    }

    /** Leaves each owner its largest connected piece and gives the others to whoever lies next to them. */
    void joinPieces(int owners) {
        int[] piece = new int[owner.length];
        int[] size = new int[owner.length + 1];
        int[] largest = new int[owners];
        int pieces = 0;
        var queue = new Queue(owner.length);
        for (int square = 0; square < owner.length; square++) {
            if (owner[square] != OUTSIDE && piece[square] == 0) {
                size[++pieces] = flood(square, piece, pieces, queue);
                int who = owner[square];
                if (largest[who] == 0 || size[pieces] > size[largest[who]]) {
                    largest[who] = pieces;
                }
            }
        }
        var growing = new Queue(owner.length);
        boolean[] loose = new boolean[owner.length];
        for (int square = 0; square < owner.length; square++) {
            loose[square] = owner[square] != OUTSIDE && largest[owner[square]] != piece[square];
            if (owner[square] != OUTSIDE && !loose[square]) {
                growing.add(square);
            }
        }
        while (!growing.isEmpty()) {
            int square = growing.remove();
            for (int[] side : SIDES) {
                int next = beside(square, side);
                if (next >= 0 && loose[next]) {
                    loose[next] = false;
                    owner[next] = owner[square];
                    growing.add(next);
                }
            }
        }
    }

    private int flood(int from, int[] piece, int mark, Queue queue) {
        queue.clear();
        Queue open = queue;
        open.add(from);
        piece[from] = mark;
        int count = 0;
        while (!open.isEmpty()) {
            int square = open.remove();
            count++;
            for (int[] side : SIDES) {
                int next = beside(square, side);
                if (next >= 0 && piece[next] == 0 && owner[next] == owner[from]) {
                    piece[next] = mark;
                    open.add(next);
                }
            }
        }
        return count;
    }

    /** How many squares each outside square is away from the city, up to {@code most}; 0 inside and beyond. */
    int[] stepsOutside(int most) {
        int[] steps = new int[owner.length];
        var open = new Queue(owner.length);
        for (int square = 0; square < owner.length; square++) {
            if (owner[square] != OUTSIDE) {
                open.add(square);
            }
        }
        while (!open.isEmpty()) {
            int square = open.remove();
            for (int[] side : SIDES) {
                int next = beside(square, side);
                if (next >= 0 && owner[next] == OUTSIDE && steps[next] == 0 && steps[square] < most) {
                    steps[next] = steps[square] + 1;
                    open.add(next);
                }
            }
        }
        return steps;
    }

    private int beside(int square, int[] side) {
        int column = square % columns + side[0];
        int row = square / columns + side[1];
        return column < 0 || row < 0 || column >= columns || row >= rows ? -1 : row * columns + column;
    }

    /** Squares waiting their turn; each is added at most once. */
    private static final class Queue {
        private final int[] squares;
        private int first;
        private int next;

        Queue(int most) {
            squares = new int[most];
        }

        void add(int square) {
            squares[next++] = square;
        }

        int remove() {
            return squares[first++];
        }

        boolean isEmpty() {
            return first == next;
        }

        void clear() {
            first = 0;
            next = 0;
        }
    }
}
