package linge.bot.knowledge.law;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How well questions found the articles that answer them.
 *
 * @param questions how many were asked; those without a known answer are left out
 * @param mrr10 mean of 1/rank of the first right article, 0 beyond the tenth
 * @param hit5 share of questions with a right article among the first five
 * @param recall10 mean share of the right articles that are among the first ten
 * @param recall100 the same among the first hundred
 * @param unknown right articles that the index has not, or not in force: they count as missed
 * @param perSecond questions answered in a second, all threads together
 */
public record SearchScore(
        int questions, double mrr10, double hit5, double recall10, double recall100, int unknown, double perSecond) {
    private static final int DEEPEST = 100;

    /** Begins the name of a right article that the index has not. */
    private static final String UNKNOWN = "?";

    /** Asks the index all questions, on as many threads as there are processors. */
    public static SearchScore of(LawIndex index, List<Question> questions) {
        List<Question> known = questions.stream()
                .filter(question -> !question.gold().isEmpty())
                .toList();
        long begin = System.nanoTime();
        List<List<String>> found = Parallel.map(
                known,
                question -> index.search(question.text(), DEEPEST).stream()
                        .map(hit -> key(hit.article()))
                        .toList());
        double seconds = (System.nanoTime() - begin) / 1e9;
        return of(
                known.stream()
                        .map(question -> question.gold().stream()
                                .map(gold -> named(index, gold))
                                .collect(Collectors.toSet()))
                        .toList(),
                found,
                known.size() / seconds);
    }

    /**
     * Scores what was found already.
     *
     * @param gold the right articles that the index has
     * @param goldCounts how many are right, those that it has not included
     */
    static SearchScore of(List<Set<Integer>> gold, List<Integer> goldCounts, List<int[]> found) {
        List<Set<String>> names = new ArrayList<>();
        for (int q = 0; q < gold.size(); q++) {
            Set<String> right = gold.get(q).stream().map(String::valueOf).collect(Collectors.toSet());
            for (int missing = right.size(); missing < goldCounts.get(q); missing++) {
                right.add(UNKNOWN + missing);
            }
            names.add(right);
        }
        return of(
                names,
                found.stream()
                        .map(documents -> Arrays.stream(documents)
                                .mapToObj(String::valueOf)
                                .toList())
                        .toList(),
                0);
    }

    private static String named(LawIndex index, String gold) {
        return index.named(gold)
                .filter(article -> article.status() == Status.CURRENT)
                .map(SearchScore::key)
                .orElse(UNKNOWN + gold);
    }

    private static SearchScore of(List<Set<String>> gold, List<List<String>> found, double perSecond) {
        double mrr = 0;
        double hit = 0;
        double ten = 0;
        double hundred = 0;
        int unknown = 0;
        for (int q = 0; q < gold.size(); q++) {
            Set<String> right = gold.get(q);
            List<String> ranked = found.get(q);
            unknown +=
                    (int) right.stream().filter(key -> key.startsWith(UNKNOWN)).count();
            int first = 0;
            while (first < ranked.size() && !right.contains(ranked.get(first))) {
                first++;
            }
            mrr += first < Math.min(10, ranked.size()) ? 1.0 / (first + 1) : 0;
            hit += first < Math.min(5, ranked.size()) ? 1 : 0;
            ten += share(right, ranked, 10);
            hundred += share(right, ranked, DEEPEST);
        }
        int n = Math.max(1, gold.size());
        return new SearchScore(gold.size(), mrr / n, hit / n, ten / n, hundred / n, unknown, perSecond);
    }

    private static double share(Set<String> right, List<String> ranked, int depth) {
        var within = new HashSet<>(ranked.subList(0, Math.min(depth, ranked.size())));
        within.retainAll(right);
        return (double) within.size() / right.size();
    }

    private static String key(Article article) {
        return ArticleStore.key(article.law(), article.article());
    }
}
