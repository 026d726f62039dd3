package linge.bot.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import linge.bot.learn.Figures;
import linge.bot.learn.Tally;
import linge.bot.learn.TextModel;
import linge.bot.triage.Triage;
import linge.bot.triage.train.Line;
import linge.bot.triage.train.TriageTraining;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Trains and measures the model that ships with the bot. */
@Command(
        name = "triage",
        description = "训练和衡量自带的分类模型。",
        mixinStandardHelpOptions = true,
        subcommands = {TriageModels.Train.class, TriageModels.Evaluate.class})
final class TriageModels implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec != null) {
            spec.commandLine().usage(spec.commandLine().getOut());
        }
    }

    private void say(String line) {
        if (spec != null) {
            spec.commandLine().getErr().println(line);
            spec.commandLine().getErr().flush();
        }
    }

    /** Trains the triage model and refuses a worse one. */
    @Command(
            name = "train",
            description = "用我们写的诉求、员工的更正和（可以不给的）共享数据训练分类模型。新模型比现在的差就不写出，退出码为 1。同样的数据和种子得到同样的模型。",
            mixinStandardHelpOptions = true)
    static final class Train implements Runnable {
        @ParentCommand
        private @Nullable TriageModels parent;

        @Option(
                names = "--lines",
                required = true,
                paramLabel = "DIR",
                description = "有 lines/、keywords.tsv 和 held-out.txt 的目录（源码里是 bot/src/data/triage）。")
        private Path lines = Path.of("");

        @Option(names = "--shared", paramLabel = "DIR", description = "共享数据目录（里面有 complaints/）；可以不给。")
        private @Nullable Path shared;

        @Option(
                names = "--corrections",
                paramLabel = "FILE.csv",
                description = "员工的更正，列 text,label,was,corrected_at；可以不给。")
        private @Nullable Path corrections;

        @Option(names = "--out", required = true, paramLabel = "MODEL", description = "新模型写到这里。")
        private Path out = Path.of("");

        @Option(names = "--present", paramLabel = "MODEL", description = "和哪个模型比，缺省是自带的。")
        private @Nullable Path present;

        @Option(names = "--report", paramLabel = "OUT.md", description = "把新模型在留出的诉求上的各类结果和混淆矩阵写成 Markdown。")
        private @Nullable Path report;

        @Option(names = "--folds", defaultValue = "3", description = "交叉验证的份数，缺省 ${DEFAULT-VALUE}。")
        private int folds;

        @Option(names = "--threads", defaultValue = "2", description = "用几个线程，缺省 ${DEFAULT-VALUE}；结果与此无关。")
        private int threads;

        @Option(names = "--seed", defaultValue = "1", description = "随机种子，缺省 ${DEFAULT-VALUE}。")
        private long seed;

        @Override
        public void run() {
            if (folds < 2 || threads < 1) {
                throw new Failure("--folds 至少为 2，--threads 至少为 1。");
            }
            Models.refuseUnwritable(out);
            TextModel now = present == null ? Triage.shipped().model() : Models.load(present);
            TriageTraining.Outcome outcome = train(now);
            say("交叉验证（我们自己的诉求）", outcome.crossValidated());
            say("现在的模型，留出的诉求", outcome.present());
            say("新模型，留出的诉求", outcome.heldOut());
            if (report != null) {
                write(outcome.heldOut(), report);
            }
            if (!outcome.refusals().isEmpty()) {
                throw new Failure("新模型比现在的差，没有写出。" + String.join("", outcome.refusals()));
            }
            Models.save(outcome.model(), out);
            Lines.say(figures("held-out", outcome.heldOut().figures()));
        }

        private TriageTraining.Outcome train(TextModel now) {
            try {
                return TriageTraining.run(
                        new TriageTraining.Sources(lines, shared, corrections, folds, threads), now, seed, this::say);
            } catch (IOException e) {
                throw new Failure(reason(e), e);
            }
        }

        private void say(String what, Tally tally) {
            Figures figures = tally.figures();
            say(String.format(
                    Locale.ROOT,
                    "%s：%d 条，准确率 %.4f，宏 F1 %.4f，校准误差 %.4f，交给人 %.4f，其余的准确率 %.4f",
                    what,
                    figures.n(),
                    figures.accuracy(),
                    figures.macroF1(),
                    figures.ece(),
                    figures.abstained(),
                    figures.accuracyAnswered()));
        }

        private void say(String line) {
            if (parent != null) {
                parent.say(line);
            }
        }
    }

    /** Measures a triage model. */
    @Command(
            name = "evaluate",
            description = "在留出的诉求（和给了共享数据时另一座城市的热线工单）上衡量分类模型，每组一行 JSON。",
            mixinStandardHelpOptions = true)
    static final class Evaluate implements Runnable {
        @Option(names = "--lines", required = true, paramLabel = "DIR", description = "有 held-out.txt 的目录。")
        private Path lines = Path.of("");

        @Option(names = "--shared", paramLabel = "DIR", description = "共享数据目录；可以不给。")
        private @Nullable Path shared;

        @Option(names = "--model", paramLabel = "M", description = "模型文件，缺省是自带的。")
        private @Nullable Path model;

        @Option(names = "--report", paramLabel = "OUT.md", description = "把留出的诉求的各类结果和混淆矩阵写成 Markdown。")
        private @Nullable Path report;

        @Override
        public void run() {
            TextModel judge = model == null ? Triage.shipped().model() : Models.load(model);
            try {
                if (shared != null) {
                    Lines.say(measured("tickets", judge, TriageTraining.heldOutTickets(shared, lines), new Tally()));
                }
                var tally = new Tally();
                Map<String, Object> last = measured("held-out", judge, TriageTraining.heldOut(lines), tally);
                if (report != null) {
                    write(tally, report);
                }
                Lines.say(last);
            } catch (IOException e) {
                throw new Failure(reason(e), e);
            }
        }

        private static Map<String, Object> measured(String set, TextModel judge, List<Line> lines, Tally tally) {
            long began = System.nanoTime();
            lines.forEach(line -> tally.add(line.code(), judge.classify(line.text())));
            double seconds = (System.nanoTime() - began) / 1e9;
            Map<String, Object> answer = figures(set, tally.figures());
            answer.put("docsPerSecond", Math.round(lines.size() / Math.max(1e-9, seconds)));
            return answer;
        }
    }

    private static Map<String, Object> figures(String set, Figures figures) {
        var answer = new LinkedHashMap<String, Object>();
        answer.put("set", set);
        answer.put("n", figures.n());
        answer.put("accuracy", rounded(figures.accuracy()));
        answer.put("macroF1", rounded(figures.macroF1()));
        answer.put("ece", rounded(figures.ece()));
        answer.put("abstained", rounded(figures.abstained()));
        answer.put("accuracyAnswered", rounded(figures.accuracyAnswered()));
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

    private static String reason(IOException e) {
        if (e instanceof java.nio.file.NoSuchFileException missing) {
            return "找不到 " + missing.getFile() + "。";
        }
        if (e instanceof java.nio.charset.CharacterCodingException) {
            return "文件不是 UTF-8 编码。";
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
