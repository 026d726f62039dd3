package linge;

import java.util.Map;
import linge.cli.AdminCommand;
import linge.cli.ImportCommand;
import linge.cli.SelftestCommand;
import linge.cli.ServeCommand;
import picocli.CommandLine;

/** The command line: serves when called without a command. */
@CommandLine.Command(
        name = "linge",
        description = "邻格：居民诉求从提交到评价。不带命令时启动服务。",
        mixinStandardHelpOptions = true,
        version = "linge 0.1.0",
        subcommands = {ServeCommand.class, ImportCommand.class, AdminCommand.class, SelftestCommand.class})
public final class Main implements Runnable {

    public static void main(String[] args) {
        System.exit(run(args, System.getenv()));
    }
    static int run(String[] args, Map<String, String> environment) {
        return 0;
    }

    @Override
    public void run() {}
}
