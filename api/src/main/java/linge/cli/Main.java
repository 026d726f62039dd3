package linge.cli;

import linge.Settings;
import linge.shared.Refusal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command line; serves when called without a command. */
@Command(
        name = "linge",
        description = "邻格：居民诉求从提交到评价。不带命令时启动服务。",
        mixinStandardHelpOptions = true,
        version = "linge 0.1.0",
        subcommands = {
            Serve.class,
            Import.class,
            Export.class,
            Laws.class,
            History.class,
            WeChat.class,
            Admin.class,
            Selftest.class
        })
public final class Main implements Runnable {

    @Spec
    private @Nullable CommandSpec spec;

    public static void main(String[] args) {
        System.exit(run(args));
    }

    /** Runs a command; its exit code is 0 when it did what was asked, 1 when it could not, 2 for a wrong command line. */
    static int run(String... args) {
        return new CommandLine(new Main())
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    if (failure instanceof Settings.Wrong || failure instanceof Refusal) {
                        command.getErr().println("邻格：" + failure.getMessage());
                        return 1;
                    }
                    failure.printStackTrace(command.getErr());
                    return 1;
                })
                .execute(args.length == 0 ? new String[] {"serve"} : args);
    }

    @Override
    public void run() {
        if (spec != null) {
            spec.commandLine().usage(spec.commandLine().getOut());
        }
    }
}
