package linge.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.Callable;
import linge.Offline;
import linge.Settings;
import linge.clocks.Calendars;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code linge calendar import FILE}: the State Council's holidays and worked weekends of a year. */
@Command(
        name = "calendar",
        description = "节假日和调休。",
        mixinStandardHelpOptions = true,
        subcommands = Calendar.Import.class)
final class Calendar {

    @Command(
            name = "import",
            description = "导入放假通知（CSV：year,first,last,kind,name,notice），全部正确才导入；运行中的期限随后重新推算，旧值保留。",
            mixinStandardHelpOptions = true)
    static final class Import implements Callable<Integer> {

        @Parameters(index = "0", paramLabel = "FILE", description = "CSV 文件，UTF-8")
        private Path file = Path.of("");

        @Option(names = "--check", description = "只检查，不导入")
        private boolean check;

        @Option(names = "--why", defaultValue = "国务院办公厅节假日通知", description = "记下的依据")
        private String why = "";

        @Spec
        private @Nullable CommandSpec spec;

        @Override
        public Integer call() {
            String csv;
            try {
                csv = Files.readString(file, StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new Settings.Wrong(
                        "读不了 " + file + "（要 UTF-8 文字）：" + e.getClass().getSimpleName());
            }
            Calendars.Told told = Offline.with(
                    Settings.from(System.getenv()),
                    (vertx, db) -> Calendars.on(db, Clock.systemUTC()).run(csv, check, why));
            PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
            told.lines().forEach(out::println);
            out.flush();
            return told.done() ? 0 : 1;
        }
    }
}
