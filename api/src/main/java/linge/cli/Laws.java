package linge.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.Callable;
import linge.Offline;
import linge.Settings;
import linge.legal.StatuteStore;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code linge laws import FILE}: keeps statutes in the database, where every node finds and reads them. */
@Command(name = "laws", description = "法律文本。", mixinStandardHelpOptions = true, subcommands = Laws.Import.class)
final class Laws {

    @Command(
            name = "import",
            description = "导入法律文本（articles.jsonl 或 .jsonl.gz）：存入数据库，各节点自己建索引，建好才换上。",
            mixinStandardHelpOptions = true)
    static final class Import implements Callable<Integer> {

        @Parameters(index = "0", paramLabel = "FILE", description = "法律文本")
        private Path file = Path.of("");

        @Spec
        private @Nullable CommandSpec spec;

        @Override
        public Integer call() {
            long bytes;
            try {
                bytes = Files.size(file);
                StatuteStore.check(file);
            } catch (IOException e) {
                throw new Settings.Wrong("读不了 " + file + "：" + e.getClass().getSimpleName());
            }
            Offline.with(
                    Settings.from(System.getenv()),
                    (vertx, db) -> new StatuteStore(vertx, db, Clock.systemUTC()).add(file, bytes, "command line"));
            Objects.requireNonNull(spec).commandLine().getOut().println("已存入 " + bytes + " 字节；各节点在半分钟内开始建索引，进度见管理员页面。");
            return 0;
        }
    }
}
