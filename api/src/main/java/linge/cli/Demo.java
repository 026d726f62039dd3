package linge.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import linge.DemoCity;
import linge.Offline;
import linge.Settings;
import linge.demo.DemoCases;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code linge demo fill} and {@code linge demo clear}: a month of made-up cases, and none again. */
@Command(
        name = "demo",
        description = "演示数据（仅演示模式，LINGE_DEMO=true）。",
        mixinStandardHelpOptions = true,
        subcommands = {Demo.Fill.class, Demo.Clear.class})
final class Demo {

    @Command(name = "fill", description = "填充一个月的演示诉求：按真实流程走完，标明演示，不通知任何人，可以整体清除。", mixinStandardHelpOptions = true)
    static final class Fill implements Callable<Integer> {

        @Option(names = "--cases", defaultValue = "" + DemoCases.USUAL, description = "多少件，默认 ${DEFAULT-VALUE}")
        private int cases;

        @Option(names = "--seed", defaultValue = "" + DemoCases.SEED, description = "随机种子，默认 ${DEFAULT-VALUE}")
        private long seed;

        @Spec
        private @Nullable CommandSpec spec;

        @Override
        public Integer call() {
            if (cases < 1 || cases > DemoCases.MOST) {
                throw new Settings.Wrong("件数应为 1 到 " + DemoCases.MOST);
            }
            long start = System.nanoTime();
            Settings settings = Settings.from(System.getenv());
            long made = Offline.with(
                    settings,
                    (vertx, db) -> DemoCity.open(vertx, db, settings).compose(city -> city.fill(cases, seed)));
            Objects.requireNonNull(spec)
                    .commandLine()
                    .getOut()
                    .println("已填充 " + made + " 件演示诉求，用时 " + (System.nanoTime() - start) / 1_000_000_000 + " 秒");
            return 0;
        }
    }

    @Command(name = "clear", description = "清除全部演示诉求及其历史。", mixinStandardHelpOptions = true)
    static final class Clear implements Callable<Integer> {

        @Spec
        private @Nullable CommandSpec spec;

        @Override
        public Integer call() {
            Settings settings = Settings.from(System.getenv());
            int gone = Offline.with(
                    settings, (vertx, db) -> DemoCity.open(vertx, db, settings).compose(DemoCases::clear));
            Objects.requireNonNull(spec).commandLine().getOut().println("已清除 " + gone + " 件演示诉求");
            return 0;
        }
    }
}
