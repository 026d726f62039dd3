package linge.bot.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import linge.bot.learn.Figures;
import linge.bot.learn.Labelled;
import linge.bot.learn.Scored;
import linge.bot.learn.Tally;
import linge.bot.learn.TextModel;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures a model on lines it was not trained on. */
@Command(
        name = "evaluate",
        description = "用带类别的 CSV 衡量一个模型。最后一行是 JSON：n 条数，accuracy 准确率，macroF1 宏 F1（数据里有的类别），"
                + "ece 校准误差，abstained 交给人的比例（准确率把它们也算在内），docsPerSecond 单线程每秒分类条数。",
        mixinStandardHelpOptions = true)
final class Evaluate implements Runnable {
    private static final int PROGRESS_EVERY = 5_000;

    @Mixin
    private LabelledCsv csv = new LabelledCsv();

    @Option(names = "--model", required = true, paramLabel = "M", description = "train 写出的模型文件。")
    private Path model = Path.of("");

    @Option(names = "--report", paramLabel = "OUT.md", description = "把各类的精确率、召回率、F1 和混淆矩阵写成 Markdown。")
    private @Nullable Path report;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        TextModel judge = Models.load(model);
        if (judge.fields() != csv.text.size()) {
            throw new Failure("模型是用 " + judge.fields() + " 列文字训练的，--text 给了 " + csv.text.size() + " 列。");
        }
        List<Labelled> lines = csv.read(null).lines();
        var unknown = new TreeSet<String>();
        lines.forEach(line -> unknown.add(line.label()));
        judge.labels().forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            say("模型不认得这些类别，它们都会算错：" + String.join("、", unknown));
        }
        var tally = new Tally();
        long nanos = 0;
        for (Labelled line : lines) {
            long began = System.nanoTime();
            Scored scored = judge.classify(line.fields());
            nanos += System.nanoTime() - began;
            tally.add(line.label(), scored);
            if (tally.size() % PROGRESS_EVERY == 0) {
                say(tally.size() + "/" + lines.size());
            }
        }
        if (report != null) {
            write(tally, report);
        }
        Lines.say(answer(tally.figures(), lines.size() / Math.max(1e-9, nanos / 1e9)));
    }

    private static Map<String, Object> answer(Figures figures, double docsPerSecond) {
        var answer = new LinkedHashMap<String, Object>();
        answer.put("n", figures.n());
        answer.put("accuracy", rounded(figures.accuracy()));
        answer.put("macroF1", rounded(figures.macroF1()));
        answer.put("ece", rounded(figures.ece()));
        answer.put("abstained", rounded(figures.abstained()));
        answer.put("docsPerSecond", Math.round(docsPerSecond));
        return answer;
    }

    private static double rounded(double figure) {
        return Math.round(figure * 1e4) / 1e4;
    }

    private static void write(Tally tally, Path file) {
        try {
            Files.writeString(file, Report.of(tally));
        } catch (IOException e) {
            throw new Failure("报告写不进 " + file + "：" + e.getMessage(), e);
        }
    }

    private void say(String line) {
        if (spec != null) {
            spec.commandLine().getErr().println(line);
            spec.commandLine().getErr().flush();
        }
    }
}
