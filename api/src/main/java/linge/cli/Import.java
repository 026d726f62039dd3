package linge.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Objects;
import java.util.concurrent.Callable;
import linge.Offline;
import linge.Settings;
import linge.bot.place.Gazetteer;
import linge.grids.GridVersions;
import linge.grids.intake.GridImport;
import linge.grids.intake.GridReport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code linge import grids FILE}: brings in a deployment's own grids, all or none. */
@Command(name = "import", description = "导入本地数据。", mixinStandardHelpOptions = true, subcommands = Import.OwnGrids.class)
final class Import {

    @Command(
            name = "grids",
            description = "导入网格（GeoJSON FeatureCollection）：逐个检查，全部通过才作为新版本生效；旧诉求保留原网格。",
            mixinStandardHelpOptions = true)
    static final class OwnGrids implements Callable<Integer> {

        @Parameters(index = "0", paramLabel = "FILE", description = "GeoJSON 文件")
        private Path file = Path.of("");

        @Option(names = "--effective", paramLabel = "DATE", description = "生效日期，例如 2027-01-01；默认今天")
        private @Nullable LocalDate effective;

        @Option(names = "--name", description = "版本名称；默认文件名")
        private @Nullable String name;

        @Option(names = "--check", description = "只检查，不导入")
        private boolean check;

        @Spec
        private @Nullable CommandSpec spec;

        @Override
        public Integer call() {
            Settings settings = Settings.from(System.getenv());
            GridImport intake = new GridImport(Gazetteer.shipped(), Clock.systemUTC());
            GridImport.Order order = new GridImport.Order(file, effective, name, "command line");
            GridReport report = check
                    ? intake.check(order)
                    : Offline.with(settings, (vertx, db) -> intake.run(vertx, new GridVersions(vertx, db), order));
            PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
            report.lines().forEach(out::println);
            out.flush();
            return report.faults().isEmpty() ? 0 : 1;
        }
    }
}
