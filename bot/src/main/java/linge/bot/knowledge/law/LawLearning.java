package linge.bot.knowledge.law;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import linge.bot.embed.Embedder;

/**
 * Learns the ranking from questions with known answers, and measures it on questions it has not seen.
 *
 * <p>Questions are parted into folds by {@link Groups}, so that no near-duplicate crosses. Habits are learned five times,
 * each time without one fold, and speak about that fold; what clues are worth is learned from these unseen opinions. A
 * fold is scored with weights learned from the other folds.
 */
public final class LawLearning {
    private static final int FOLDS = 5;
    private static final double PENALTY = 0.3;

    /** Laws and chapters are named by any question; a single article only by this many, so that none stands for one. */
    private static final int ARTICLE_SEEN = 2;

    /** Articles of each question that teach what clues are worth. */
    private static final int TAUGHT = 120;

    private static final int DEEPEST = 100;

    private final Layout layout;
    private final Vectors vectors;
    private final List<Looked> looks;
    private final List<Set<Integer>> gold;
    private final List<Integer> goldCounts;
    private final int[] folds;
    private final Consumer<String> tell;

    private LawLearning(LawIndex index, List<Question> questions, Consumer<String> tell) {
        this.layout = index.layout();
        this.vectors = index.vectors();
        this.tell = tell;
        this.gold =
                questions.stream().map(question -> documents(index, question)).toList();
        this.goldCounts = questions.stream()
                .map(question -> Set.copyOf(question.gold()).size())
                .toList();
        this.folds = Groups.folds(questions.stream().map(Question::text).toList(), FOLDS);
        List<Integer> everyone = IntStream.range(0, questions.size()).boxed().toList();
        // Only how often each law answers at all; what is looked at more closely may know that of all questions.
        float[] fame = fame(seen(everyone, layout::law), layout.laws().count());
        this.looks = Parallel.map(questions, question -> index.look(question.text(), fame));
    }

    /**
     * Learns from all questions and writes the weights; the same questions and index always give the same file.
     *
     * @param tell hears in Chinese what is being done
     * @return how well questions left out found their articles; speed is not measured here
     */
    public static SearchScore learn(Path dir, List<Question> questions, Path out, Consumer<String> tell) {
        List<Question> known = questions.stream()
                .filter(question -> !question.gold().isEmpty())
                .toList();
        if (known.size() < FOLDS * 10) {
            throw new LawIndexException("知道答案的问题只有 " + known.size() + " 个，太少，学不了");
        }
        tell.accept("先看一遍 " + known.size() + " 个问题");
        try (LawIndex index = LawIndex.open(dir, Ranking.plain())) {
            return new LawLearning(index, known, tell).learn(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SearchScore learn(Path out) {
        List<Mixer.Example> examples = new ArrayList<>();
        List<float[][]> clues = new ArrayList<>();
        for (int i = 0; i < looks.size(); i++) {
            clues.add(new float[0][]);
            examples.add(new Mixer.Example(new float[0][], new boolean[0]));
        }
        for (int fold = 0; fold < FOLDS; fold++) {
            tell.accept("第 " + (fold + 1) + " 份，共 " + FOLDS + " 份：从其余各份学习");
            Ranking.Over over = new Ranking(habits(without(fold)), Ranking.GUESS).new Over(layout, vectors);
            List<Integer> held = only(fold);
            Parallel.each(held.size(), i -> {
                int q = held.get(i);
                float[][] all = over.clues(looks.get(q));
                clues.set(q, all);
                examples.set(q, example(q, all));
            });
        }
        tell.accept("学习各条线索的分量");
        SearchScore score = heldOut(clues, examples);
        float[] weights = Mixer.learn(teaching(all(), examples));
        tell.accept("分量：" + Arrays.toString(weights));
        try {
            RankingFile.write(out, new Ranking(habits(all()), weights));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return score;
    }

    /** Scores each fold with weights learned from the others. */
    private SearchScore heldOut(List<float[][]> clues, List<Mixer.Example> examples) {
        List<int[]> found = new ArrayList<>(Arrays.asList(new int[looks.size()][]));
        for (int fold = 0; fold < FOLDS; fold++) {
            float[] weights = Mixer.learn(teaching(without(fold), examples));
            for (int q : only(fold)) {
                float[][] rows = clues.get(q);
                float[] scores = new float[rows.length];
                for (int row = 0; row < rows.length; row++) {
                    scores[row] = Mixer.sum(weights, rows[row]);
                }
                int[] documents = looks.get(q).documents();
                found.set(
                        q,
                        Arrays.stream(FirstLook.Top.of(scores, DEEPEST))
                                .map(row -> documents[row])
                                .toArray());
            }
        }
        return SearchScore.of(gold, goldCounts, found);
    }

    private List<Mixer.Example> teaching(Collection<Integer> questions, List<Mixer.Example> examples) {
        return questions.stream()
                .map(examples::get)
                .filter(example -> example.clues().length > 0)
                .toList();
    }

    /** The likeliest articles and all right ones; nothing where no right one was seen. */
    private Mixer.Example example(int question, float[][] clues) {
        float[] guess = new float[clues.length];
        int[] documents = looks.get(question).documents();
        boolean any = false;
        for (int row = 0; row < clues.length; row++) {
            boolean right = gold.get(question).contains(documents[row]);
            any |= right;
            guess[row] = right ? Float.MAX_VALUE : Mixer.sum(Ranking.GUESS, clues[row]);
        }
        int[] rows = any ? FirstLook.Top.of(guess, TAUGHT) : new int[0];
        float[][] kept = new float[rows.length][];
        boolean[] right = new boolean[rows.length];
        for (int i = 0; i < rows.length; i++) {
            kept[i] = clues[rows[i]];
            right[i] = gold.get(question).contains(documents[rows[i]]);
        }
        return new Mixer.Example(kept, right);
    }

    private Habits habits(List<Integer> questions) {
        List<QuestionView> views =
                questions.stream().map(q -> looks.get(q).question()).toList();
        Traits traits = Traits.learn(views);
        List<String> laws = named(questions, layout.laws(), layout::law, 1);
        List<String> chapters = named(questions, layout.chapters(), layout::chapter, 1);
        List<String> articles = named(questions, layout.articles(), layout::article, ARTICLE_SEEN);
        int chapterFrom = laws.size();
        int articleFrom = chapterFrom + chapters.size();
        int meaningFrom = articleFrom + articles.size();
        int[] law = numbers(layout.laws(), laws);
        int[] chapter = numbers(layout.chapters(), chapters);
        int[] article = numbers(layout.articles(), articles);
        float[] usual = usualMeaning(questions);
        float[][] targets = new float[questions.size()][meaningFrom + Embedder.SIZE];
        for (int row = 0; row < targets.length; row++) {
            float[] target = targets[row];
            Set<Integer> right = gold.get(questions.get(row));
            float share = 1f / Math.max(1, right.size());
            for (int document : right) {
                target[law[layout.law(document)]] += share;
                target[chapterFrom + chapter[layout.chapter(document)]] += share;
                int number = article[layout.article(document)];
                if (number >= 0) {
                    target[articleFrom + number] = 1;
                }
                float[] meaning = vectors.vector(document);
                for (int i = 0; i < meaning.length; i++) {
                    target[meaningFrom + i] += (meaning[i] - usual[i]) * share;
                }
            }
        }
        float[][] weights = new Ridge(views.stream().map(traits::of).toList(), PENALTY).weights(targets);
        return new Habits(
                traits,
                laws,
                chapters,
                articles,
                LinearMap.of(weights, meaningFrom + Embedder.SIZE),
                usual,
                picked(fame(seen(questions, layout::law), layout.laws().count()), layout.laws(), laws),
                picked(fame(seen(questions, layout::article), layout.articles().count()), layout.articles(), articles));
    }

    private float[] usualMeaning(List<Integer> questions) {
        float[] usual = new float[Embedder.SIZE];
        long known = questions.stream().filter(q -> !gold.get(q).isEmpty()).count();
        for (int q : questions) {
            for (int document : gold.get(q)) {
                float[] meaning = vectors.vector(document);
                for (int i = 0; i < usual.length; i++) {
                    usual[i] += meaning[i] / gold.get(q).size() / known;
                }
            }
        }
        return usual;
    }

    /** The names that answer at least so many of the questions, sorted. */
    private List<String> named(List<Integer> questions, Layout.Names names, IntUnaryOperator of, int atLeast) {
        Map<Integer, Integer> seen = seen(questions, of);
        return names.numbers().entrySet().stream()
                .filter(entry -> seen.getOrDefault(entry.getValue(), 0) >= atLeast)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** How many of the questions each law, chapter or article answers. */
    private Map<Integer, Integer> seen(List<Integer> questions, IntUnaryOperator of) {
        Map<Integer, Integer> seen = new HashMap<>();
        for (int q : questions) {
            gold.get(q).stream().map(of::applyAsInt).distinct().forEach(number -> seen.merge(number, 1, Integer::sum));
        }
        return seen;
    }

    private static float[] fame(Map<Integer, Integer> seen, int count) {
        float[] fame = new float[count];
        seen.forEach((number, times) -> fame[number] = (float) Math.log1p(times));
        return fame;
    }

    private static float[] picked(float[] of, Layout.Names names, List<String> known) {
        float[] picked = new float[known.size()];
        for (int i = 0; i < picked.length; i++) {
            picked[i] = of[names.number(known.get(i))];
        }
        return picked;
    }

    private static int[] numbers(Layout.Names names, List<String> known) {
        int[] numbers = new int[names.count()];
        Arrays.fill(numbers, -1);
        for (int i = 0; i < known.size(); i++) {
            numbers[names.number(known.get(i))] = i;
        }
        return numbers;
    }

    private List<Integer> all() {
        return IntStream.range(0, looks.size()).boxed().toList();
    }

    private List<Integer> without(int fold) {
        return all().stream().filter(q -> folds[q] != fold).toList();
    }

    private List<Integer> only(int fold) {
        return all().stream().filter(q -> folds[q] == fold).toList();
    }

    private static Set<Integer> documents(LawIndex index, Question question) {
        return question.gold().stream()
                .map(index::document)
                .flatMap(java.util.Optional::stream)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Parts questions into folds so that those which say nearly the same stay together. */
    static final class Groups {
        /** Two questions that share half of their pairs of characters say nearly the same. */
        private static final double ALIKE = 0.5;

        private Groups() {}

        static int[] folds(List<String> questions, int folds) {
            List<Set<String>> pairs = questions.stream().map(Groups::pairs).toList();
            int[] group = IntStream.range(0, questions.size()).toArray();
            for (int i = 0; i < group.length; i++) {
                for (int j = 0; j < i; j++) {
                    if (group[i] != group[j] && alike(pairs.get(i), pairs.get(j))) {
                        int from = group[i];
                        int to = group[j];
                        for (int k = 0; k <= i; k++) {
                            if (group[k] == from) {
                                group[k] = to;
                            }
                        }
                    }
                }
            }
            // Groups go to folds by a hash of their first text: the same whatever the order of the file.
            Map<Integer, String> first = new HashMap<>();
            for (int i = 0; i < group.length; i++) {
                first.merge(group[i], questions.get(i), (a, b) -> a.compareTo(b) <= 0 ? a : b);
            }
            List<Integer> shuffled = first.entrySet().stream()
                    .sorted(Comparator.comparing((Map.Entry<Integer, String> entry) ->
                                    entry.getValue().hashCode() * 0x9E3779B9)
                            .thenComparing(Map.Entry::getValue))
                    .map(Map.Entry::getKey)
                    .toList();
            Map<Integer, Integer> fold = new HashMap<>();
            for (int i = 0; i < shuffled.size(); i++) {
                fold.put(shuffled.get(i), i % folds);
            }
            return Arrays.stream(group).map(fold::get).toArray();
        }

        private static Set<String> pairs(String text) {
            return IntStream.range(0, Math.max(0, text.length() - 1))
                    .mapToObj(i -> text.substring(i, i + 2))
                    .collect(Collectors.toSet());
        }

        private static boolean alike(Set<String> a, Set<String> b) {
            if (Math.min(a.size(), b.size()) < ALIKE * Math.max(a.size(), b.size())) {
                return false;
            }
            long shared = a.stream().filter(b::contains).count();
            return shared > ALIKE * (a.size() + b.size() - shared);
        }
    }
}
