package linge.bot.learn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** One training: cross-validation by groups, calibration on what it scored, then the model over all lines. */
final class Training {
    private final List<Labelled> lines;
    private final Options options;
    private final long seed;
    private final Consumer<String> progress;
    private final List<String> labels;
    private final int[] wanted;

    Training(List<Labelled> lines, Options options, long seed, Consumer<String> progress) throws NotEnough {
        this.lines = List.copyOf(lines);
        this.options = options;
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
            double[][] scores = crossValidate(parts, pool);
            Calibration calibration = Calibration.fit(scores, wanted);
            // Who asks for every line to be answered gets no threshold, not the lowest confidence that was seen.
            double sure = options.answered() == 1
                    ? 0
                    : tally(scores, i -> calibration, 0).confidenceBelowWhich(1 - options.answered());
            Calibration[] others = calibratedWithout(parts, scores);
            Tally tally = tally(scores, i -> others[parts[i]], sure);
            progress.accept("正在用全部数据训练");
            var all = new Fitted(lines, pool);
            return new Trained(
                    new TextModel(labels, all.lexicon, all.linear, calibration, sure, tally.figures()), tally);
        } finally {
            pool.shutdownNow();
        }
    }

    private double[][] crossValidate(int[] parts, ExecutorService pool) {
        double[][] scores = new double[lines.size()][];
        for (int part = 0; part < options.folds(); part++) {
            progress.accept("交叉验证 " + (part + 1) + "/" + options.folds());
            var seen = new ArrayList<Labelled>();
            for (int i = 0; i < parts.length; i++) {
                if (parts[i] != part) {
                    seen.add(lines.get(i));
                }
            }
            var fitted = new Fitted(seen, pool);
            for (int i = 0; i < parts.length; i++) {
                if (parts[i] == part) {
                    scores[i] = fitted.linear.scores(
                            fitted.lexicon.vector(lines.get(i).fields()));
                }
            }
        }
        return scores;
    }

    /** For each part a calibration that has not seen it, so that the report does not flatter the confidence. */
    private Calibration[] calibratedWithout(int[] parts, double[][] scores) {
        var found = new Calibration[options.folds()];
        for (int part = 0; part < found.length; part++) {
            int without = part;
            int[] others = IntStream.range(0, parts.length)
                    .filter(i -> parts[i] != without)
                    .toArray();
            found[part] = Calibration.fit(
                    Arrays.stream(others).mapToObj(i -> scores[i]).toArray(double[][]::new),
                    Arrays.stream(others).map(i -> wanted[i]).toArray());
        }
        return found;
    }

    private Tally tally(double[][] scores, IntFunction<Calibration> calibration, double sure) {
        var tally = new Tally();
        for (int i = 0; i < scores.length; i++) {
            double[] shares = calibration.apply(i).shares(scores[i]);
            tally.add(lines.get(i).label(), TextModel.scored(labels, shares, sure));
        }
        return tally;
    }

    /** Features and weights learnt from some lines. */
    private final class Fitted {
        final Lexicon lexicon;
        final Linear linear;

        Fitted(List<Labelled> some, ExecutorService pool) {
            lexicon = Lexicon.of(some.stream().map(Labelled::fields).toList(), options);
            Vector[] rows =
                    some.stream().map(line -> lexicon.vector(line.fields())).toArray(Vector[]::new);
            int[] mine =
                    some.stream().mapToInt(line -> labels.indexOf(line.label())).toArray();
            linear = Linear.train(rows, lexicon.size(), mine, labels.size(), costs(some, mine), seed, pool);
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
