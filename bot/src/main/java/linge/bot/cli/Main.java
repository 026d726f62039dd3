package linge.bot.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The bot without a service: what it understands of a line, and what trains and measures it. */
@Command(
        name = "linge-bot",
        description = "邻格的理解能力：分类、定位、紧急程度、法条。结果逐行写成 JSON。",
        mixinStandardHelpOptions = true,
        version = "linge-bot 0.1.0",
        subcommands = {
            Ask.class,
            CardTools.class,
            Chat.class,
            Classify.class,
            Evaluate.class,
            Laws.class,
            Locate.class,
            ReplyTools.class,
            Train.class,
            TriageModels.class,
            TwinsTools.class,
            UrgencyOf.class
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
                    if (failure instanceof Failure) {
                        command.getErr().println("邻格：" + failure.getMessage());
                    } else {
                        failure.printStackTrace(command.getErr());
                    }
                    return 1;
                })
                .execute(args);
    }

    @Override
    public void run() {
        if (spec != null) {
            spec.commandLine().usage(spec.commandLine().getOut());
        }
    }
}
