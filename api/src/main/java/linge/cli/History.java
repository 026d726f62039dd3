package linge.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import linge.Offline;
import linge.Settings;
import linge.cases.HistoryCheck;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code linge history verify [NUMBER]}: whether anybody changed a line since it was written. */
@Command(
        name = "history",
        description = "诉求的历史记录。",
        mixinStandardHelpOptions = true,
        subcommands = History.Verify.class)
final class History {

    @Command(name = "verify", description = "逐行核对历史记录的封印；有改动、缺行的逐件报出，退出码 1。", mixinStandardHelpOptions = true)
    static final class Verify implements Callable<Integer> {

        @Parameters(arity = "0..1", paramLabel = "NUMBER", description = "诉求编号，不写就核对全部")
        private @Nullable String number;

        @Spec
        private @Nullable CommandSpec spec;

        @Override
        public Integer call() {
            HistoryCheck.Found found =
                    Offline.with(Settings.from(System.getenv()), (vertx, db) -> new HistoryCheck().verify(db, number));
            if (spec != null) {
                PrintWriter out = spec.commandLine().getOut();
                found.broken().forEach(one -> out.println(one.number() + " 第 " + one.seq() + " 行：" + one.why()));
                out.println("核对了 " + found.cases() + " 件诉求、" + found.lines() + " 行记录，"
                        + (found.broken().isEmpty() ? "全部完好。" : found.broken().size() + " 件有问题。"));
                out.flush();
            }
            return found.broken().isEmpty() ? 0 : 1;
        }
    }
}
