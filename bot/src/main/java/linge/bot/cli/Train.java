package linge.bot.cli;

import java.nio.file.Path;
import java.util.Locale;
import linge.bot.learn.Figures;
import linge.bot.learn.NotEnough;
import linge.bot.learn.Options;
import linge.bot.learn.Tally;
import linge.bot.learn.TextModel;
import linge.bot.learn.Trained;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains a classifier on a city's own history. */
@Command(
        name = "train",
        description = "用带类别的 CSV 训练一个分类模型。先按“不让相近的诉求跨份”的办法交叉验证，报告写到标准错误，再用全部数据训练。" + "同样的数据、选项和种子得到同样的模型文件。",
        mixinStandardHelpOptions = true)
final class Train implements Runnable {
    @Mixin
    private LabelledCsv csv = new LabelledCsv();

    @Option(names = "--model", required = true, paramLabel = "OUT", description = "训练出的模型写到这里。")
    private Path model = Path.of("");

    @Option(names = "--source", paramLabel = "COL", description = "同一来源（如同一个人）的诉求共有的值所在的列，交叉验证时不拆开；可以不给。")
    private @Nullable String source;

    @Option(names = "--seed", defaultValue = "1", description = "随机种子，缺省 ${DEFAULT-VALUE}。")
    private long seed;

    @Option(names = "--folds", defaultValue = "5", description = "交叉验证的份数，缺省 ${DEFAULT-VALUE}。")
    private int folds;

    @Option(
            names = "--min-docs",
            defaultValue = "5",
            description = "至少在这么多条诉求里出现过的字串才进模型，缺省 ${DEFAULT-VALUE}：个别人写的话不留在模型里。")
    private int minDocs;

    @Option(names = "--threads", defaultValue = "2", description = "训练用几个线程，缺省 ${DEFAULT-VALUE}；结果与此无关。")
    private int threads;

    @Option(
            names = "--sentences",
            description = "除了字串，还看词和相邻的词，并用自带的句向量模型读意思：更准，但训练要多几分钟、一万条约多占 600 MB 内存，分类每条要多十几到几十毫秒。缺省不用。")
    private boolean sentences;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        if (folds < 2 || minDocs < 1 || threads < 1) {
            throw new Failure("--folds 至少为 2，--min-docs 和 --threads 至少为 1。");
        }
        Models.refuseUnwritable(model);
        LabelledCsv.Read read = csv.read(source);
        if (read.unlabelled() > 0) {
            say(read.unlabelled() + " 行没有类别，没有用。");
        }
        try {
            Options options = Options.DEFAULT.folds(folds).minDocs(minDocs).threads(threads);
            Trained trained = sentences
                    ? TextModel.trainWithSentences(read.lines(), options, seed, this::say)
                    : TextModel.train(read.lines(), options, seed, this::say);
            Models.save(trained.model(), model);
            report(trained);
        } catch (NotEnough e) {
            throw new Failure(e.getMessage(), e);
        }
    }

    private void report(Trained trained) {
        Tally tally = trained.crossValidation();
        Figures figures = tally.figures();
        say(String.format(
                Locale.ROOT,
                "交叉验证（%d 份，相近的不跨份）：%d 条，准确率 %.4f，宏 F1 %.4f，校准误差 %.4f",
                folds,
                figures.n(),
                figures.accuracy(),
                figures.macroF1(),
                figures.ece()));
        say(String.format(
                Locale.ROOT,
                "把握不到 %.3f 的交给人（%.1f%%），其余的准确率 %.4f",
                trained.model().sure(),
                100 * figures.abstained(),
                figures.accuracyAnswered()));
        for (Tally.PerLabel label : tally.perLabel()) {
            say(String.format(
                    Locale.ROOT,
                    "  %s：%d 条，精确率 %.3f，召回率 %.3f，F1 %.3f",
                    label.label(),
                    label.lines(),
                    label.precision(),
                    label.recall(),
                    label.f1()));
        }
        say("模型已写到 " + model + "，特征 " + trained.model().features() + " 个。");
    }

    private void say(String line) {
        if (spec != null) {
            spec.commandLine().getErr().println(line);
            spec.commandLine().getErr().flush();
        }
    }
}
