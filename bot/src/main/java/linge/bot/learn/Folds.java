package linge.bot.learn;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Parts lines for measuring: every group whole in one part, every label spread evenly over all. */
final class Folds {
    private Folds() {}

    /** The part, 0 to parts - 1, of each line. */
    static int[] of(int[] groups, int[] labels, int parts, long seed) {
        Map<Integer, List<Integer>> members = new LinkedHashMap<>();
        int most = 0;
        for (int i = 0; i < groups.length; i++) {
            members.computeIfAbsent(groups[i], g -> new ArrayList<>()).add(i);
            most = Math.max(most, labels[i]);
        }
        var shuffled = new ArrayList<>(members.values());
        java.util.Collections.shuffle(shuffled, new Random(seed));
        shuffled.sort(
                Comparator.comparingInt((List<Integer> group) -> group.size()).reversed());
        int[][] held = new int[parts][most + 1];
        int[] sizes = new int[parts];
        int[] found = new int[groups.length];
        for (List<Integer> group : shuffled) {
            int label = labels[group.get(0)];
            int best = 0;
            for (int part = 1; part < parts; part++) {
                int lighter = Integer.compare(held[part][label], held[best][label]);
                if (lighter < 0 || lighter == 0 && sizes[part] < sizes[best]) {
                    best = part;
                }
            }
            for (int line : group) {
                found[line] = best;
                held[best][labels[line]]++;
                sizes[best]++;
            }
        }
        return found;
    }
}
