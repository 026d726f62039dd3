package linge.cli;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import linge.Offline;
import linge.Settings;
import linge.board.Count;
import linge.board.Figure;
import linge.board.Period;
import linge.board.PlainRates;
import linge.shared.AreaLevel;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code linge report rates}: the board's figures, worked out again from the raw history, for whoever wants to check. */
@Command(name = "report", description = "统计。", mixinStandardHelpOptions = true, subcommands = Report.Rates.class)
final class Report {

    @Command(name = "rates", description = "逐行走完每件诉求的历史，重新算一遍看板上的数字；与看板不共用算法，谁都可以核对。", mixinStandardHelpOptions = true)
    static final class Rates implements Callable<Integer> {

        @Option(names = "--from", required = true, paramLabel = "DATE", description = "第一天，例如 2026-11-01")
        private LocalDate from = LocalDate.EPOCH;

        @Option(names = "--to", required = true, paramLabel = "DATE", description = "最后一天（含）")
        private LocalDate to = LocalDate.EPOCH;

        @Option(names = "--area", defaultValue = "1404", description = "区域编码，默认全市 ${DEFAULT-VALUE}")
        private String area = "";

        @Option(names = "--now", hidden = true, description = "当作现在的时刻，用于核对")
        private @Nullable Instant now;

        @Option(names = "--explain", description = "同时印出每个数字的口径")
        private boolean explain;

        @Spec
        private @Nullable CommandSpec spec;

        @Override
        public Integer call() {
            if (!AreaLevel.isCode(area)) {
                throw new Settings.Wrong("区域编码不对：" + area);
            }
            Period period = new Period(from, to);
            Instant at = now == null ? Clock.systemUTC().instant() : now;
            Map<Figure, Count> counts =
                    Offline.with(Settings.from(System.getenv()), (vertx, db) -> PlainRates.of(db, period, at, area));
            PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
            out.println(from + " 至 " + to + "（北京时间，含首尾两天），区域 " + area);
            counts.forEach((figure, count) -> {
                out.println(line(figure, count));
                if (explain) {
                    out.println("    " + figure.definition());
                }
            });
            return 0;
        }

        /** E.g. {@code ON_TIME 按时办结率 412/460 89.57%}. */
        static String line(Figure figure, Count count) {
            String start = figure.name() + " " + figure.label() + " ";
            if (!figure.isShare()) {
                return start + count.base();
            }
            return start + count.hit() + "/" + count.base()
                    + (count.base() == 0
                            ? ""
                            : String.format(Locale.ROOT, " %.2f%%", 100.0 * count.hit() / count.base()));
        }
    }
}
