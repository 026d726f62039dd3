package linge.bot.learn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Finds which lines belong together, so that a split for measuring never has a copy of a test line in training: the same
 * source, the same title, or texts that share half of their runs of four characters (MinHash, then counted exactly).
 */
final class Groups {
    private static final int RUN = 4;
    private static final int BANDS = 16;
    private static final int ROWS = 4;
    private static final double SAME = 0.5;

    private final int[] parent;

    private Groups(int n) {
        parent = new int[n];
        Arrays.setAll(parent, i -> i);
    }

    /** The group of each line: the number of its first line. */
    static int[] of(List<Labelled> lines) {
        var groups = new Groups(lines.size());
        groups.joinEqual(lines.stream().map(Labelled::source).toList());
        if (lines.get(0).fields().size() > 1) {
            groups.joinEqual(lines.stream()
                    .map(line -> Grams.readable(line.fields().get(0), 200))
                    .toList());
        }
        groups.joinAlike(lines);
        int[] found = new int[lines.size()];
        Arrays.setAll(found, groups::root);
        return found;
    }

    private void joinEqual(List<String> keys) {
        var first = new HashMap<String, Integer>();
        for (int i = 0; i < keys.size(); i++) {
            if (!keys.get(i).isEmpty()) {
                Integer before = first.putIfAbsent(keys.get(i), i);
                if (before != null) {
                    join(i, before);
                }
            }
        }
    }

    private void joinAlike(List<Labelled> lines) {
        long[] salts = new SplittableRandom(1)
                .longs(BANDS * ROWS)
                .map(salt -> salt | 1)
                .toArray();
        int[][] runs = new int[lines.size()][];
        long[][] least = new long[lines.size()][];
        for (int i = 0; i < runs.length; i++) {
            runs[i] = runs(String.join(" ", lines.get(i).fields()));
            least[i] = least(runs[i], salts);
        }
        for (int band = 0; band < BANDS; band++) {
            Map<Long, List<Integer>> buckets = new HashMap<>();
            for (int i = 0; i < runs.length; i++) {
                if (runs[i].length > 0) {
                    long key = 0;
                    for (int row = 0; row < ROWS; row++) {
                        key = key * 0x9E3779B97F4A7C15L + least[i][band * ROWS + row];
                    }
                    joinIfAlike(i, buckets.computeIfAbsent(key, k -> new ArrayList<>()), runs);
                }
            }
        }
    }

    /** A line is compared with one line of each group in its bucket: enough, and never quadratic. */
    private void joinIfAlike(int line, List<Integer> bucket, int[][] runs) {
        for (int other : bucket) {
            if (root(other) == root(line) || overlap(runs[other], runs[line]) >= SAME) {
                join(line, other);
                return;
            }
        }
        if (bucket.size() < 20) {
            bucket.add(line);
        }
    }

    private static int[] runs(String text) {
        String readable = Grams.readable(text, 5_000).replaceAll("[^\\p{L}\\p{N}]", "");
        int many = Math.max(0, readable.length() - RUN + 1);
        int[] runs = new int[many];
        for (int i = 0; i < many; i++) {
            runs[i] = readable.substring(i, i + RUN).hashCode();
        }
        return Arrays.stream(runs).sorted().distinct().toArray();
    }

    private static long[] least(int[] runs, long[] salts) {
        long[] least = new long[salts.length];
        Arrays.fill(least, Long.MAX_VALUE);
        for (int run : runs) {
            for (int s = 0; s < salts.length; s++) {
                long hash = (run + 0x7F4A7C15L) * salts[s];
                least[s] = Math.min(least[s], (hash ^ (hash >>> 32)) * 0xC4CEB9FE1A85EC53L >>> 1);
            }
        }
        return least;
    }

    private static double overlap(int[] a, int[] b) {
        int both = 0;
        for (int i = 0, j = 0; i < a.length && j < b.length; ) {
            if (a[i] == b[j]) {
                both++;
                i++;
                j++;
            } else if (a[i] < b[j]) {
                i++;
            } else {
                j++;
            }
        }
        return both / (double) (a.length + b.length - both);
    }

    private int root(int line) {
        int at = line;
        while (parent[at] != at) {
            parent[at] = parent[parent[at]];
            at = parent[at];
        }
        return at;
    }

    private void join(int a, int b) {
        int first = root(a);
        int second = root(b);
        parent[Math.max(first, second)] = Math.min(first, second);
    }
}
