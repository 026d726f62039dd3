package linge.bot.learn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Trains a small fast model with the help of a slow teacher. The teacher sees the meaning of a text (a sentence vector)
 * beside its characters, learns from our labelled lines, and says of unlabelled texts what they are likely about; the
 * student learns from the lines and from what the teacher said, and sees characters only.
 *
 * <p>Of unlabelled texts only runs of characters that at least {@link #LEAST_SEEN} of them share can enter the weights.
 */
public final class Distillation {
    /** A text without a label, and the labels it may have; any where empty. */
    public record Unlabelled(String text, Set<String> allowed) {
        public Unlabelled {
            allowed = Set.copyOf(allowed);
        }
    }

    /**
     * How it is trained; the defaults are measured in docs/accuracy.md.
     *
     * @param ownWeight how often a line of weight 1 counts
     * @param sharedWeight how often an unlabelled text counts whose label the teacher is sure of
     * @param cap as many texts of one label count in full; of more, each counts less
     * @param sense how much the teacher heeds the meaning, against the characters
     * @param features the student knows at most
     * @param rounds of the student over all texts
     * @param teacherRounds of the teacher over all texts, each of its two times
     * @param sure below this confidence the student abstains
     */
    public record Settings(
            double ownWeight,
            double sharedWeight,
            double cap,
            double sense,
            int features,
            int rounds,
            int teacherRounds,
            double sure) {
        public static final Settings DEFAULT = new Settings(2, 1, 60, 2, 40_000, 12, 8, 0.5);
    }

    private static final int LEAST_SEEN = 5;
    private static final int LONGEST = 3;
    private static final int MOST_READ = 400;
    private static final int MOST_TARGETS = 4;
    private static final double LEAST_SHARE = 0.04;
    private static final double SURE_WITHOUT_LABEL = 0.5;

    private final List<Labelled> own;
    private final List<Unlabelled> shared;
    private final float[][] ownSense;
    private final float[][] sharedSense;
    private final Settings settings;
    private final long seed;
    private final int threads;
    private final Consumer<String> progress;
    private final List<String> labels;
    private final Map<Long, Integer> sharedCounts;

    /**
     * @param own lines of one field
     * @param sense the vector of a text, of the same length for all, asked by several threads; all empty to do without
     * @param threads the result does not depend on it
     */
    public Distillation(
            List<Labelled> own,
            List<Unlabelled> shared,
            Function<String, float[]> sense,
            Settings settings,
            long seed,
            int threads,
            Consumer<String> progress) {
        this.own = List.copyOf(own);
        this.shared = List.copyOf(shared);
        this.settings = settings;
        this.seed = seed;
        this.threads = threads;
        this.progress = progress;
        this.labels =
                List.copyOf(new TreeSet<>(own.stream().map(Labelled::label).toList()));
        progress.accept("共 " + own.size() + " 条带类别的，" + shared.size() + " 条不带类别的，" + labels.size() + " 个类别");
        this.ownSense = sense(own.stream().map(line -> line.fields().get(0)).toList(), sense);
        this.sharedSense = sense(shared.stream().map(Unlabelled::text).toList(), sense);
        centre();
        sharedCounts = HanGrams.counts(shared.stream().map(Unlabelled::text).toList(), MOST_READ, LONGEST);
        sharedCounts.values().removeIf(count -> count < LEAST_SEEN);
    }

    private float[][] sense(List<String> texts, Function<String, float[]> felt) {
        progress.accept("读懂 " + texts.size() + " 条的意思");
        return atOnce(IntStream.range(0, texts.size())
                        .<Callable<float[]>>mapToObj(
                                i -> () -> felt.apply(texts.get(i)).clone())
                        .toList())
                .toArray(float[][]::new);
    }

    /** Sentence vectors all lean one way; without the lean they tell texts apart better. */
    private void centre() {
        double[] mean = new double[ownSense.length == 0 ? 0 : ownSense[0].length];
        for (float[] vector : ownSense) {
            for (int d = 0; d < mean.length; d++) {
                mean[d] += vector[d] / ownSense.length;
            }
        }
        for (float[][] vectors : List.of(ownSense, sharedSense)) {
            for (float[] vector : vectors) {
                double length = 0;
                for (int d = 0; d < mean.length; d++) {
                    vector[d] -= (float) mean[d];
                    length += vector[d] * vector[d];
                }
                for (int d = 0; d < mean.length; d++) {
                    vector[d] *= (float) (settings.sense() / Math.sqrt(Math.max(1e-9, length)));
                }
            }
        }
    }

    /**
     * A student that has not seen the lines marked.
     *
     * @param heldOut whether each of our lines is kept from teacher and student
     */
    private Fitted fit(boolean[] heldOut) {
        var seen = IntStream.range(0, own.size()).filter(i -> !heldOut[i]).toArray();
        return new Fitted(seen);
    }

    /**
     * Cross-validates over our lines, calibrates on that, then trains on all.
     *
     * @param folds of the cross-validation
     */
    public Distilled run(int folds) {
        int[] wanted =
                own.stream().mapToInt(line -> labels.indexOf(line.label())).toArray();
        int[] parts = Folds.of(Groups.of(own), wanted, folds, seed);
        // The last one has seen all lines and is the one to keep.
        List<Fitted> fits = atOnce(IntStream.rangeClosed(0, folds)
                .<Callable<Fitted>>mapToObj(part -> () -> fit(heldOut(parts, part)))
                .toList());
        var scores = new double[own.size()][];
        for (int i = 0; i < scores.length; i++) {
            Fitted fitted = fits.get(parts[i]);
            scores[i] = fitted.student.scores(fitted.lexicon.vector(own.get(i).fields()));
        }
        Calibration calibration = calibrated(scores, wanted);
        List<Scored> unseen = answers(scores, calibration);
        Tally tally = tally(unseen);
        Fitted all = fits.get(folds);
        return new Distilled(
                new TextModel(labels, all.lexicon, all.student, calibration, settings.sure(), tally.figures()),
                tally,
                unseen);
    }

    private static boolean[] heldOut(int[] parts, int part) {
        boolean[] out = new boolean[parts.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = parts[i] == part;
        }
        return out;
    }

    /** Results in the order of the tasks. */
    private <T> List<T> atOnce(List<Callable<T>> tasks) {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            var results = new ArrayList<T>(tasks.size());
            for (Future<T> result : pool.invokeAll(tasks)) {
                results.add(result.get());
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("training was interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }

    private List<Scored> answers(double[][] scores, Calibration calibration) {
        return Arrays.stream(scores)
                .map(score -> TextModel.scored(labels, calibration.shares(score), settings.sure()))
                .toList();
    }

    /** Keywords are no complaints: they train, and are not measured. */
    private Tally tally(List<Scored> answers) {
        var tally = new Tally();
        for (int i = 0; i < answers.size(); i++) {
            if (own.get(i).weight() >= 1) {
                tally.add(own.get(i).label(), answers.get(i));
            }
        }
        return tally;
    }

    private Calibration calibrated(double[][] scores, int[] wanted) {
        int[] lines = IntStream.range(0, scores.length)
                .filter(i -> own.get(i).weight() >= 1)
                .toArray();
        return Calibration.fit(
                IntStream.of(lines).mapToObj(i -> scores[i]).toArray(double[][]::new),
                IntStream.of(lines).map(i -> wanted[i]).toArray());
    }

    /** A teacher and what it says of every unlabelled text. */
    private record Taught(Linear teacher, Softmax.Target[] soft) {}

    /** What was learnt from some of our lines and all unlabelled texts. */
    private final class Fitted {
        final Lexicon lexicon;
        final Linear student;

        Fitted(int[] seen) {
            var counts = HanGrams.counts(texts(seen), MOST_READ, LONGEST);
            var kept = new HashSet<Long>(sharedCounts.keySet());
            var rare = HanGrams.counts(texts(seen), MOST_READ, 2).keySet();
            counts.forEach((gram, count) -> {
                if (count > 1 || rare.contains(gram)) {
                    kept.add(gram);
                }
            });
            sharedCounts.forEach((gram, count) -> counts.merge(gram, count, Integer::sum));
            Lexicon wide = HanGrams.lexicon(counts, kept, seen.length + shared.size(), MOST_READ);
            Vector[] ownRows = vectors(wide, true, seen);
            Vector[] sharedRows = sharedVectors(wide);
            Softmax.Target[] hard = new Softmax.Target[seen.length];
            for (int i = 0; i < seen.length; i++) {
                Labelled line = own.get(seen[i]);
                hard[i] = Softmax.Target.of(labels.indexOf(line.label()), line.weight() * settings.ownWeight());
            }
            progress.accept("老师在学，字串 " + wide.size() + " 个");
            Taught taught = teach(ownRows, sharedRows, hard, seen, wide.size());
            progress.accept("学生在学");
            Softmax.Target[] targets = join(hard, taught.soft());
            lexicon = narrowed(wide, taught.teacher(), join(ownRows, sharedRows));
            student = rounded(student(
                    join(vectors(lexicon, true, seen), sharedVectors(lexicon)),
                    targets,
                    lexicon.size(),
                    settings.rounds()));
        }

        private Linear student(Vector[] rows, Softmax.Target[] targets, int features, int rounds) {
            return Softmax.train(rows, targets, features, labels.size(), new Softmax.Descent(rounds, 1.0, 2e-5), seed);
        }

        private Taught teach(Vector[] ownRows, Vector[] sharedRows, Softmax.Target[] hard, int[] seen, int features) {
            int dimensions = ownSense[0].length;
            Vector[] ownBoth = new Vector[seen.length];
            for (int i = 0; i < seen.length; i++) {
                ownBoth[i] = with(ownRows[i], ownSense[seen[i]], features);
            }
            Vector[] sharedBoth = new Vector[sharedRows.length];
            for (int i = 0; i < sharedRows.length; i++) {
                sharedBoth[i] = with(sharedRows[i], sharedSense[i], features);
            }
            var descent = new Softmax.Descent(settings.teacherRounds(), 0.5, 1e-5);
            Linear teacher = Softmax.train(ownBoth, hard, features + dimensions, labels.size(), descent, seed);
            if (shared.isEmpty()) {
                return new Taught(teacher, new Softmax.Target[0]);
            }
            Softmax.Target[] soft = judged(teacher, sharedBoth);
            Linear again = Softmax.train(
                    join(ownBoth, sharedBoth), join(hard, soft), features + dimensions, labels.size(), descent, seed);
            return new Taught(again, judged(again, sharedBoth));
        }

        private Softmax.Target[] judged(Linear teacher, Vector[] rows) {
            var targets = new Softmax.Target[rows.length];
            double[] mass = new double[labels.size()];
            for (int i = 0; i < rows.length; i++) {
                targets[i] = target(
                        Softmax.shares(teacher.scores(rows[i])), shared.get(i).allowed());
                for (int k = 0; k < targets[i].labels().length; k++) {
                    mass[targets[i].labels()[k]] += targets[i].shares()[k] * targets[i].weight();
                }
            }
            // What a city complains of most must not drown the rest.
            for (int i = 0; i < rows.length; i++) {
                Softmax.Target target = targets[i];
                if (target.labels().length > 0) {
                    double rare = Math.min(1, settings.cap() / Math.max(1, mass[target.labels()[0]]));
                    targets[i] = new Softmax.Target(
                            target.labels(),
                            target.shares(),
                            target.weight() * Math.sqrt(rare) * settings.sharedWeight());
                }
            }
            return targets;
        }

        private Softmax.Target target(double[] shares, Set<String> allowed) {
            double mass = 0;
            for (int k = 0; k < shares.length; k++) {
                if (!allowed.isEmpty() && !allowed.contains(labels.get(k))) {
                    shares[k] = 0;
                }
                mass += shares[k];
            }
            int[] best = IntStream.range(0, shares.length)
                    .boxed()
                    .sorted(Comparator.comparingDouble((Integer k) -> -shares[k]))
                    .limit(MOST_TARGETS)
                    .filter(k -> shares[k] > 0)
                    .mapToInt(k -> k)
                    .toArray();
            double kept = 0;
            var out = new ArrayList<Integer>();
            for (int k : best) {
                if (shares[k] / mass >= LEAST_SHARE) {
                    out.add(k);
                    kept += shares[k];
                }
            }
            if (out.isEmpty()) {
                return new Softmax.Target(new int[0], new float[0], 0);
            }
            double surest = shares[out.get(0)] / mass;
            double weight = allowed.isEmpty()
                    ? (surest < SURE_WITHOUT_LABEL ? 0 : surest)
                    : allowed.size() == 1 ? 1 : Math.min(1, 0.2 + mass) * surest;
            int[] ids = out.stream().mapToInt(k -> k).toArray();
            float[] parts = new float[ids.length];
            for (int i = 0; i < ids.length; i++) {
                parts[i] = (float) (shares[ids[i]] / kept);
            }
            return new Softmax.Target(ids, parts, weight);
        }

        private List<String> texts(int[] seen) {
            return IntStream.of(seen).mapToObj(i -> own.get(i).fields().get(0)).toList();
        }

        private Vector[] vectors(Lexicon from, boolean ours, int[] seen) {
            return IntStream.of(seen)
                    .mapToObj(i -> from.vector(own.get(i).fields()))
                    .toArray(Vector[]::new);
        }

        /** Runs of characters of unlabelled texts that few of them share stay out of the weights. */
        private Vector[] sharedVectors(Lexicon from) {
            Vector[] rows = new Vector[shared.size()];
            for (int i = 0; i < rows.length; i++) {
                Vector all = from.vector(List.of(shared.get(i).text()));
                int n = 0;
                int[] ids = new int[all.ids().length];
                float[] values = new float[ids.length];
                for (int j = 0; j < ids.length; j++) {
                    if (sharedCounts.containsKey(from.hash(all.ids()[j]))) {
                        ids[n] = all.ids()[j];
                        values[n++] = all.values()[j];
                    }
                }
                rows[i] = new Vector(Arrays.copyOf(ids, n), Arrays.copyOf(values, n));
            }
            return rows;
        }

        /** The features that matter most: those that move scores far, often. */
        private Lexicon narrowed(Lexicon wide, Linear first, Vector[] rows) {
            if (wide.size() <= settings.features()) {
                return wide;
            }
            double[] matter = new double[wide.size()];
            for (Vector row : rows) {
                for (int i = 0; i < row.ids().length; i++) {
                    matter[row.ids()[i]] += row.values()[i] * row.values()[i];
                }
            }
            for (int f = 0; f < matter.length; f++) {
                double size = 0;
                for (int k = 0; k < labels.size(); k++) {
                    float w = first.weights()[f * labels.size() + k];
                    size += w * w;
                }
                matter[f] *= size;
            }
            int[] best = IntStream.range(0, matter.length)
                    .boxed()
                    .sorted(Comparator.comparingDouble((Integer f) -> -matter[f])
                            .thenComparing(f -> f))
                    .limit(settings.features())
                    .mapToInt(f -> f)
                    .sorted()
                    .toArray();
            long[] hashes = new long[best.length];
            float[] rarity = new float[best.length];
            for (int i = 0; i < best.length; i++) {
                hashes[i] = wide.hash(best[i]);
                rarity[i] = wide.rarity(best[i]);
            }
            return new Lexicon(MOST_READ, 1, hashes, rarity);
        }

        /** Weights in 127 steps each way: a model file then packs to a third. */
        private Linear rounded(Linear linear) {
            int many = labels.size();
            float[] weights = linear.weights();
            for (int f = 0; f < weights.length / many; f++) {
                float most = 0;
                for (int k = 0; k < many; k++) {
                    most = Math.max(most, Math.abs(weights[f * many + k]));
                }
                for (int k = 0; k < many; k++) {
                    float steps = most == 0 ? 0 : Math.round(weights[f * many + k] / most * 127) * 256f;
                    weights[f * many + k] = most * steps / (127 * 256f);
                }
            }
            return linear;
        }
    }

    private static Vector with(Vector grams, float[] sense, int features) {
        int[] ids = Arrays.copyOf(grams.ids(), grams.ids().length + sense.length);
        float[] values = Arrays.copyOf(grams.values(), ids.length);
        for (int d = 0; d < sense.length; d++) {
            ids[grams.ids().length + d] = features + d;
            values[grams.ids().length + d] = sense[d];
        }
        return new Vector(ids, values);
    }

    private static <T> T[] join(T[] a, T[] b) {
        T[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }
}
