package linge.cli;

import io.vertx.core.Vertx;
import io.vertx.ext.unit.Completion;
import io.vertx.ext.unit.TestOptions;
import io.vertx.ext.unit.report.ReportOptions;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.concurrent.Callable;
import linge.Settings;
import linge.selftest.LiveDeployment;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code linge selftest --url …}: asks a live deployment what it must answer and prints a report to file. */
@Command(name = "selftest", description = "对一个正在运行的部署做自检，打印报告；全部通过时退出码为 0。", mixinStandardHelpOptions = true)
final class Selftest implements Callable<Integer> {

    @Option(names = "--url", required = true, description = "部署地址，例如 http://localhost:8080")
    private String url = "";

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        String host = hostOf(url);
        Vertx vertx = Vertx.vertx();
        try {
            var out = Objects.requireNonNull(spec).commandLine().getOut();
            out.println("邻格自检  " + host + "  " + Instant.now().truncatedTo(ChronoUnit.SECONDS));
            out.flush();
            Completion<Void> done = new LiveDeployment(vertx, url)
                    .suite()
                    .run(vertx, new TestOptions().setTimeout(60_000).addReporter(new ReportOptions().setTo("console")));
            boolean passed = true;
            try {
                done.awaitSuccess(120_000);
            } catch (Exception | Error failed) {
                // Whatever the failed test threw, checked or not; the report above names it.
                passed = false;
            }
            out.println(passed ? "自检通过" : "自检未通过，请把以上报告交给运维人员");
            out.flush();
            return passed ? 0 : 1;
        } finally {
            vertx.close().await();
        }
    }

    private static String hostOf(String url) {
        try {
            URI uri = URI.create(url);
            if (uri.getHost() != null && String.valueOf(uri.getScheme()).startsWith("http")) {
                return uri.toString();
            }
        } catch (IllegalArgumentException malformed) {
            throw new Settings.Wrong("--url 应为 http:// 或 https:// 开头的地址");
        }
        throw new Settings.Wrong("--url 应为 http:// 或 https:// 开头的地址");
    }
}
