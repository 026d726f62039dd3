package linge.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import linge.Offline;
import linge.Settings;
import linge.cases.Corrections;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code linge export corrections --out FILE.csv}: what staff corrected, as lines that the bot's {@code train} takes. */
@Command(
        name = "export",
        description = "导出本地数据。",
        mixinStandardHelpOptions = true,
        subcommands = Export.OfCorrections.class)
final class Export {

    @Command(
            name = "corrections",
            description = "导出工作人员更正过类别的诉求（列 text,label,was,corrected_at），供 linge-bot train 使用；手机号、证件号已去掉。",
            mixinStandardHelpOptions = true)
    static final class OfCorrections implements Callable<Integer> {

        private static final CSVFormat COLUMNS = CSVFormat.DEFAULT
                .builder()
                .setHeader("text", "label", "was", "corrected_at")
                .setRecordSeparator("\n")
                .get();

        @Option(names = "--out", required = true, paramLabel = "FILE.csv", description = "写到哪个文件")
        private Path out = Path.of("");

        @Spec
        private @Nullable CommandSpec spec;

        @Override
        public Integer call() {
            List<Corrections.Line> lines =
                    Offline.with(Settings.from(System.getenv()), (vertx, db) -> new Corrections().lines(db));
            try (BufferedWriter file = Files.newBufferedWriter(out, StandardCharsets.UTF_8);
                    CSVPrinter csv = new CSVPrinter(file, COLUMNS)) {
                for (Corrections.Line line : lines) {
                    csv.printRecord(line.text(), line.label(), line.was(), line.correctedAt());
                }
            } catch (java.nio.file.FileSystemException cannot) {
                throw new Settings.Wrong("不能写到 " + out + "：" + cannot.getClass().getSimpleName());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            Objects.requireNonNull(spec).commandLine().getOut().println("已导出 " + lines.size() + " 条到 " + out);
            return 0;
        }
    }
}
