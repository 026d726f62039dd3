package linge.bot.learn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One training: cross-validation by groups, calibration on what it scored, then the model over all lines. */
final class Training {
    private static final int TOLD_EVERY = 1_000;
    /** Anything from 0.2 to 0.5 does; fitted to likelihood it came out higher, and rare labels were lost. */
    private static final double MEANING_SHARE = 0.3;
    /** Of characters and words; 0.3 to 0.6 differ by a tenth of a point. */
    private static final double WORD_SHARE = 0.55;

    private final List<Labelled> lines;
    private final Options options;
    private final @Nullable Function<String, float[]> vectors;
    private final long seed;
    private final Consumer<String> progress;
    private final List<String> labels;
    private final int[] wanted;

    /**
     * @param vectors gives the sentence vector of a text, asked by several threads: then words are heeded, too; null to
     *     go by characters only
     */
    Training(
            List<Labelled> lines,
            Options options,
            @Nullable Function<String, float[]> vectors,
            long seed,
            Consumer<String> progress)
            throws NotEnough {
        this.lines = List.copyOf(lines);
        this.options = options;
        this.vectors = vectors;
        this.seed = seed;
        this.progress = progress;
        var counts = new TreeMap<String, Integer>();
        lines.forEach(line -> counts.merge(line.label(), 1, Integer::sum));
        refuseTooLittle(counts);
        labels = List.copyOf(counts.keySet());
        wanted = lines.stream().mapToInt(line -> labels.indexOf(line.label())).toArray();
    }

    private void refuseTooLittle(TreeMap<String, Integer> counts) throws NotEnough {
        if (counts.size() < 2) {
            throw new NotEnough("至少要有两个类别才能训练，现在有 " + counts.size() + " 个。");
        }
        for (var entry : counts.entrySet()) {
            if (entry.getValue() < options.folds()) {
                throw new NotEnough(String.format(
                        Locale.ROOT,
                        "类别“%s”只有 %d 条，少于交叉验证的 %d 份。请补充数据，或只训练最常见的类别。",
                        entry.getKey(),
                        entry.getValue(),
                        options.folds()));
            }
        }
    }

    Trained run() {
        ExecutorService pool = Executors.newFixedThreadPool(options.threads());
        try {
            progress.accept("共 " + lines.size() + " 条，" + labels.size() + " 个类别，正在找重复或相近的诉求");
            int[] parts = Folds.of(Groups.of(lines), wanted, options.folds(), seed);
            float[][][] senses = senses(pool);
            double[][] scores = crossValidate(parts, senses, pool);
            Calibration calibration = Calibration.fit(scores, wanted);
            // Who asks for every line to be answered gets no threshold, not the lowest confidence that was seen.
            double sure = options.answered() == 1
                    ? 0
                    : tally(i -> calibration.shares(scores[i]), 0).confidenceBelowWhich(1 - options.answered());
            Tally tally = tally(unflattered(parts, scores), sure);
            progress.accept("正在用全部数据训练");
            var all = new Fitted(every(i -> true), senses, pool);
            Sensed sensed =
                    all.meaning == null || vectors == null ? null : new Sensed(all.meaning, MEANING_SHARE, vectors);
            return new Trained(
                    new TextModel(
                            labels, all.lexicon, all.linear, all.worded, sensed, calibration, sure, tally.figures()),
                    tally);
        } finally {
            pool.shutdownNow();
        }
    }

    private int[] every(IntPredicate wanted) {
        return IntStream.range(0, lines.size()).filter(wanted).toArray();
    }

    /** The sentence vector of each field of each line, or nothing where they are not asked for. */
    private float @Nullable [][][] senses(ExecutorService pool) {
        if (vectors == null) {
            return null;
        }
        Function<String, float[]> asked = vectors;
        var running = new ArrayList<Future<float[][]>>();
        for (Labelled line : lines) {
            running.add(pool.submit(
                    () -> line.fields().stream().map(asked).map(float[]::clone).toArray(float[][]::new)));
        }
        float[][][] senses = new float[lines.size()][][];
        for (int i = 0; i < senses.length; i++) {
            if (i % TOLD_EVERY == 0) {
                progress.accept("读懂意思 " + i + "/" + senses.length);
            }
            senses[i] = done(running.get(i));
        }
        return senses;
    }

    private static <T> T done(Future<T> running) {
        try {
            return running.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("training was interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /** The scores of each line by members that had not seen its part. */
    private double[][] crossValidate(int[] parts, float @Nullable [][][] senses, ExecutorService pool) {
        double[][] scores = new double[lines.size()][];
        for (int part = 0; part < options.folds(); part++) {
            progress.accept("交叉验证 " + (part + 1) + "/" + options.folds());
            int held = part;
            var fitted = new Fitted(every(i -> parts[i] != held), senses, pool);
            for (int i : every(i -> parts[i] == held)) {
                scores[i] = fitted.scores(lines.get(i).fields(), senses == null ? null : senses[i]);
            }
        }
        return scores;
    }

    /** The shares of each line by a calibration that has not seen its part, so that the report does not flatter. */
    private IntFunction<double[]> unflattered(int[] parts, double[][] scores) {
        var calibrations = new Calibration[options.folds()];
        for (int part = 0; part < calibrations.length; part++) {
            int without = part;
            int[] others = every(i -> parts[i] != without);
            calibrations[part] = Calibration.fit(some(scores, others), wanted(others));
        }
        return i -> calibrations[parts[i]].shares(scores[i]);
    }

    private Tally tally(IntFunction<double[]> shares, double sure) {
        var tally = new Tally();
        for (int i = 0; i < lines.size(); i++) {
            tally.add(lines.get(i).label(), TextModel.scored(labels, shares.apply(i), sure));
        }
        return tally;
    }

    private static double[][] some(double[][] scores, int[] which) {
        return Arrays.stream(which).mapToObj(i -> scores[i]).toArray(double[][]::new);
    }

    private int[] wanted(int[] which) {
        return Arrays.stream(which).map(i -> wanted[i]).toArray();
    }

    /** Features and weights learnt from some lines. */
    private final class Fitted {
        final Lexicon lexicon;
        final Linear linear;
        final @Nullable Worded worded;
        final @Nullable Meaning meaning;

        Fitted(int[] which, float @Nullable [][][] senses, ExecutorService pool) {
            List<Labelled> some = Arrays.stream(which).mapToObj(lines::get).toList();
            int[] mine = wanted(which);
            double[] costs = costs(some, mine);
            List<List<String>> texts = some.stream().map(Labelled::fields).toList();
            List<List<String>> opened =
                    senses == null ? texts : texts.stream().map(Opening::with).toList();
            lexicon = Lexicon.of(Reading.CHARACTERS, opened, options);
            linear = linear(lexicon, opened, mine, costs, pool);
            Lexicon words = senses == null ? null : Lexicon.of(Reading.WORDS, texts, options);
            worded = words == null ? null : new Worded(words, linear(words, texts, mine, costs, pool), WORD_SHARE);
            meaning = senses == null
                    ? null
                    : new MeaningTraining(
                                    Arrays.stream(which)
                                            .mapToObj(i -> senses[i])
                                            .toArray(float[][][]::new),
                                    mine,
                                    labels.size(),
                                    costs,
                                    seed,
                                    pool)
                            .run();
        }

        private Linear linear(
                Lexicon features, List<List<String>> texts, int[] mine, double[] costs, ExecutorService pool) {
            Vector[] rows = texts.stream().map(features::vector).toArray(Vector[]::new);
            return Linear.train(rows, features.size(), mine, labels.size(), costs, seed, pool);
        }

        double[] scores(List<String> fields, float @Nullable [][] senses) {
            double[] scores = linear.scores(lexicon.vector(worded == null ? fields : Opening.with(fields)));
            if (worded != null) {
                scores = worded.joined(scores, fields);
            }
            return meaning == null || senses == null
                    ? scores
                    : Sensed.joined(scores, meaning.scores(senses), MEANING_SHARE);
        }

        private double[] costs(List<Labelled> some, int[] mine) {
            double[] counts = new double[labels.size()];
            for (int label : mine) {
                counts[label]++;
            }
            double[] costs = new double[some.size()];
            for (int i = 0; i < costs.length; i++) {
                double rare = some.size() / (counts[mine[i]] * labels.size());
                costs[i] = options.cost() * some.get(i).weight() * Math.pow(rare, options.balance());
            }
            return costs;
        }
    }
}
