package linge.board;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What many people speak of: reports of one category whose words are alike stand together. Pure; each report is compared with the
 * few groups that share its rarer words, so that the work stays bounded however many reports there are.
 */
final class Topics {

    /** From this share of common pairs of characters on, two reports speak of the same. */
    static final double ALIKE = 0.22;

    /** Fewer make no topic. */
    static final int LEAST = 3;

    /** Groups a report is compared with at most. */
    private static final int COMPARED = 24;

    /** A group is known by the words of its first members. */
    private static final int FOUNDERS = 12;

    private static final int LONGEST_LABEL = 10;

    /** So many characters say what it is about. */
    private static final int ENOUGH = 6;

    private Topics() {}

    /** A report: what it is about and what it says. */
    record Report(UUID id, String number, @Nullable String category, String text) {}

    /**
     * Reports alike.
     *
     * @param words what most of them say, to call it by; empty where they share no run of words
     * @param before how many such reports there were in the period before
     * @param examples up to three, the most typical first
     */
    record Topic(@Nullable String category, String words, int count, int before, List<Report> examples) {
        int grew() {
            return count - before;
        }
    }

    private static final class Group {
        final @Nullable String category;
        final List<Report> members = new ArrayList<>();
        final Map<String, Integer> pairs = new HashMap<>();
        int before;

        Group(@Nullable String category) {
            this.category = category;
        }

        void add(Report report, Set<String> words) {
            members.add(report);
            if (members.size() <= FOUNDERS) {
                words.forEach(pair -> pairs.merge(pair, 1, Integer::sum));
            }
        }

        /** Shared pairs, each as heavy as the share of founders that say it, among all pairs of the report. */
        double alike(Set<String> words) {
            double founders = Math.min(FOUNDERS, members.size());
            double shared = 0;
            for (String pair : words) {
                shared += pairs.getOrDefault(pair, 0) / founders;
            }
            return words.isEmpty() ? 0 : shared / words.size();
        }
    }

    /** The largest topics of {@code now}, with how they stood in {@code before}. */
    static List<Topic> of(List<Report> now, List<Report> before, int most) {
        List<Group> groups = new ArrayList<>();
        Map<String, List<Group>> index = new HashMap<>();
        for (Report report : now) {
            Set<String> words = pairs(report.text());
            Group best = nearest(report, words, index);
            if (best == null) {
                best = new Group(report.category());
                groups.add(best);
            }
            boolean founder = best.members.size() < FOUNDERS;
            best.add(report, words);
            if (founder) {
                for (String pair : words) {
                    List<Group> known = index.computeIfAbsent(key(report.category(), pair), k -> new ArrayList<>());
                    if (!known.contains(best)) {
                        known.add(best);
                    }
                }
            }
        }
        for (Report report : before) {
            Group best = nearest(report, pairs(report.text()), index);
            if (best != null) {
                best.before++;
            }
        }
        return groups.stream()
                .filter(group -> group.members.size() >= LEAST)
                .sorted(Comparator.comparingInt((Group group) -> group.members.size())
                        .reversed()
                        .thenComparing(group -> group.members.get(0).number()))
                .limit(most)
                .map(Topics::topic)
                .toList();
    }

    private static @Nullable Group nearest(Report report, Set<String> words, Map<String, List<Group>> index) {
        Map<Group, Integer> shared = new LinkedHashMap<>();
        for (String pair : words) {
            List<Group> known = index.getOrDefault(key(report.category(), pair), List.of());
            // A pair that nearly every group says tells nothing apart.
            if (known.size() <= COMPARED * 2) {
                known.forEach(group -> shared.merge(group, 1, Integer::sum));
            }
        }
        return shared.entrySet().stream()
                .sorted(Map.Entry.<Group, Integer>comparingByValue().reversed())
                .limit(COMPARED)
                .map(Map.Entry::getKey)
                .filter(group -> group.alike(words) >= ALIKE)
                .max(Comparator.comparingDouble(group -> group.alike(words)))
                .orElse(null);
    }

    private static String key(@Nullable String category, String pair) {
        return category + "/" + pair;
    }

    /** The pairs of neighbouring Chinese characters a text says. */
    static Set<String> pairs(String text) {
        Set<String> pairs = new HashSet<>();
        for (int i = 0; i + 1 < text.length(); i++) {
            if (isHan(text.charAt(i)) && isHan(text.charAt(i + 1))) {
                pairs.add(text.substring(i, i + 2));
            }
        }
        return pairs;
    }

    private static boolean isHan(char c) {
        return c >= '\u4E00' && c <= '\u9FFF';
    }

    private static Topic topic(Group group) {
        List<Report> typical = group.members.stream()
                .sorted(Comparator.comparingDouble((Report report) -> group.alike(pairs(report.text())))
                        .reversed()
                        .thenComparing(Report::number))
                .limit(3)
                .toList();
        return new Topic(group.category, label(group.members), group.members.size(), group.before, typical);
    }

    /** A run of characters that at least half of the reports say: long enough to mean something, said by many, and early on. */
    private static String label(List<Report> members) {
        List<Report> read = members.subList(0, Math.min(members.size(), 40));
        Map<String, Integer> said = new HashMap<>();
        for (Report report : read) {
            Set<String> runs = new HashSet<>();
            String text = report.text();
            for (int from = 0; from < text.length(); from++) {
                for (int to = from + 1; to <= Math.min(text.length(), from + LONGEST_LABEL); to++) {
                    if (!isHan(text.charAt(to - 1))) {
                        break;
                    }
                    if (to - from >= 3) {
                        runs.add(text.substring(from, to));
                    }
                }
            }
            runs.forEach(run -> said.merge(run, 1, Integer::sum));
        }
        int half = (read.size() + 1) / 2;
        String first = read.get(0).text();
        return said.entrySet().stream()
                .filter(run -> run.getValue() >= half)
                .max(Comparator.comparingInt((Map.Entry<String, Integer> run) ->
                                run.getValue() * Math.min(run.getKey().length(), ENOUGH))
                        .thenComparing(Comparator.comparingInt((Map.Entry<String, Integer> run) ->
                                        Math.floorMod(first.indexOf(run.getKey()), Integer.MAX_VALUE))
                                .reversed())
                        .thenComparingInt(run -> run.getKey().length())
                        .thenComparing(Map.Entry::getKey))
                .map(Map.Entry::getKey)
                .orElse("");
    }
}
