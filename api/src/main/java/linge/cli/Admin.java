package linge.cli;

import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.io.Console;
import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.Callable;
import linge.Offline;
import linge.Settings;
import linge.db.RateLimits;
import linge.sessions.Sessions;
import linge.shared.Refusal;
import linge.shared.Role;
import linge.staff.Passwords;
import linge.staff.Staff;
import linge.staff.StaffMember;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code linge admin create}: makes an administrator; there is no default one. */
@Command(name = "admin", description = "管理员账号。", mixinStandardHelpOptions = true, subcommands = Admin.Create.class)
final class Admin {

    @Command(
            name = "create",
            description = "创建一个管理员。密码在终端输入，或取自环境变量 LINGE_ADMIN_PASSWORD。",
            mixinStandardHelpOptions = true)
    static final class Create implements Callable<Integer> {

        @Option(names = "--user", required = true, description = "登录名：3 到 60 个字母、数字、点、横线")
        private String user = "";

        @Option(names = "--name", required = true, description = "姓名")
        private String name = "";

        @Option(names = "--area", defaultValue = "1404", description = "管理的区域编码，默认全市 ${DEFAULT-VALUE}")
        private String area = "";

        @Spec
        private @Nullable CommandSpec spec;

        @Override
        public Integer call() {
            Settings settings = Settings.from(System.getenv());
            if (!user.matches("[a-zA-Z0-9._-]{3,60}")) {
                throw new Settings.Wrong("登录名应为 3 到 60 个字母、数字、点、横线或下划线");
            }
            String password = password();
            Staff.NewMember wanted = new Staff.NewMember(user, name, Role.ADMINISTRATOR, area, null, null, password);
            StaffMember made = Offline.with(
                    settings,
                    (vertx, db) -> staff(vertx, db)
                            .add(wanted)
                            .recover(refused -> refused instanceof Refusal refusal
                                    ? io.vertx.core.Future.failedFuture(new Settings.Wrong(refusal.detail()))
                                    : io.vertx.core.Future.failedFuture(refused)));
            Objects.requireNonNull(spec)
                    .commandLine()
                    .getOut()
                    .println("已创建管理员 " + made.user() + "（" + made.name() + "）");
            return 0;
        }

        private static Staff staff(Vertx vertx, Pool db) {
            Clock clock = Clock.systemUTC();
            Sessions sessions = new Sessions(db, clock, false, false);
            return new Staff(db, clock, new RateLimits(db, clock), new Passwords(vertx), sessions, false);
        }

        private static String password() {
            String given = System.getenv("LINGE_ADMIN_PASSWORD");
            if (given != null && !given.isEmpty()) {
                return given;
            }
            Console console = System.console();
            char[] typed = console == null ? null : console.readPassword("密码（至少 10 个字符）：");
            if (typed == null) {
                throw new Settings.Wrong("没有终端可以输入密码，请设置 LINGE_ADMIN_PASSWORD");
            }
            return new String(typed);
        }
    }
}
