package linge.cli;

import java.io.PrintWriter;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import linge.App;
import linge.Settings;
import linge.demo.DemoStaff;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code linge serve}: starts the service and waits for Ctrl-C. */
@Command(name = "serve", description = "启动服务，Ctrl-C 停止。设置取自环境变量 LINGE_*。", mixinStandardHelpOptions = true)
final class Serve implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = java.util.Objects.requireNonNull(spec).commandLine().getOut();
        long start = System.nanoTime();
        Settings settings = Settings.from(System.getenv());
        out.println("邻格正在启动……");
        settings.printed().forEach((name, value) -> out.println("  " + name + "=" + value));
        out.flush();
        App app = App.start(settings, Clock.systemUTC());
        CountDownLatch stopped = new CountDownLatch(1);
        // The hook does the stopping: the JVM waits for it, so nothing in hand is cut off.
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            out.println("邻格正在停止……");
                            out.flush();
                            app.close();
                            out.println("邻格已停止，数据都在 " + settings.data());
                            out.flush();
                            stopped.countDown();
                        },
                        "stop"));
        out.println(banner(settings, app.port(), (System.nanoTime() - start) / 1_000_000));
        out.flush();
        stopped.await();
        return 0;
    }

    private static String banner(Settings settings, int port, long millis) {
        String host = settings.host().equals("0.0.0.0") || settings.host().equals("127.0.0.1")
                ? "localhost"
                : settings.host();
        String at = settings.publicUrl() == null
                ? "http://" + host + ":" + port
                : settings.publicUrl().toString();
        StringBuilder text = new StringBuilder();
        text.append("\n  邻格已启动（").append(millis).append(" 毫秒）\n\n");
        text.append("  居民页面    ").append(at).append("/\n");
        text.append("  工作人员    ").append(at).append("/staff\n");
        text.append("  接口文档    ").append(at).append("/api/docs\n");
        if (settings.demo()) {
            text.append("\n  演示模式：网格、人员都是生成的。\n");
            text.append("  居民登录    任意手机号，短信验证码显示在 ").append(at).append("/demo/messages\n");
            text.append("  工作人员    在登录页选网格即可列出账号；密码都是 ")
                    .append(DemoStaff.PASSWORD)
                    .append("\n");
            text.append("              例如 admin（管理员）、dispatcher-140403（潞州区分流员）、supervisor-1404（市督办员）\n");
        } else {
            text.append("\n  第一个管理员用命令创建：java -jar linge.jar admin create --user 名字 --name 姓名\n");
        }
        return text.toString();
    }
}
