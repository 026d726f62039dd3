package linge.cli;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import linge.Offline;
import linge.Settings;
import linge.bot.place.AddressIndex;
import linge.bot.place.Gazetteer;
import linge.grids.Grids;
import linge.shared.AreaLevel;
import linge.triage.KnownNames;
import linge.wechat.Account;
import linge.wechat.Menu;
import linge.wechat.Posters;
import linge.wechat.Workbench;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code linge wechat menu} and {@code linge wechat posters}: the account's menu, and codes to hang in stairwells. */
@Command(
        name = "wechat",
        description = "微信公众号：菜单、扫码海报。",
        mixinStandardHelpOptions = true,
        subcommands = {WeChat.OwnMenu.class, WeChat.GridPosters.class})
final class WeChat {

    private static String publicUrl(Settings settings) {
        if (settings.publicUrl() == null) {
            throw new Settings.Wrong("要先设置 LINGE_PUBLIC_URL：链接和二维码要指向它");
        }
        return settings.publicUrl().toString().replaceFirst("/+$", "");
    }

    @Command(name = "menu", description = "把菜单设到公众号上；默认用自带的菜单。", mixinStandardHelpOptions = true)
    static final class OwnMenu implements Callable<Integer> {

        @Option(names = "--file", paramLabel = "FILE.json", description = "自己的菜单，微信的格式；{url} 会换成本站地址")
        private @Nullable Path file;

        @Option(names = "--check", description = "只检查，不提交")
        private boolean check;

        @Spec
        private @Nullable CommandSpec spec;

        @Override
        public Integer call() {
            Settings settings = Settings.from(System.getenv());
            Account account = settings.account();
            if (account == null && !check) {
                throw new Settings.Wrong("没有接入公众号，请设置 LINGE_WECHAT_APP_ID 等");
            }
            JsonObject menu = read(publicUrl(settings));
            PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
            if (check || account == null) {
                out.println("菜单可以用");
                return 0;
            }
            Vertx vertx = Vertx.vertx();
            try {
                Workbench.applyMenu(vertx, account, menu).await();
            } catch (IllegalStateException refused) {
                throw new Settings.Wrong(String.valueOf(refused.getMessage()));
            } finally {
                vertx.close().await();
            }
            out.println("菜单已设到公众号，几分钟内生效");
            return 0;
        }

        private JsonObject read(String publicUrl) {
            Path own = file;
            try {
                return Menu.read(own == null ? null : Files.readString(own, StandardCharsets.UTF_8), publicUrl);
            } catch (IOException e) {
                throw new Settings.Wrong("读不了 " + own + "：" + e.getClass().getSimpleName());
            } catch (IllegalArgumentException wrong) {
                throw new Settings.Wrong("菜单不能用：" + wrong.getMessage());
            }
        }
    }

    @Command(
            name = "posters",
            description = "给每个网格、村（社区）做一张 A4 扫码海报；接了公众号时扫码进微信，否则进网页。",
            mixinStandardHelpOptions = true)
    static final class GridPosters implements Callable<Integer> {

        @Option(
                names = "--area",
                required = true,
                paramLabel = "CODE",
                description = "区域编码：市 4 位、县 6 位、乡镇 9 位、村 12 位、网格 15 位")
        private String area = "";

        @Option(names = "--out", required = true, paramLabel = "DIR", description = "写到哪个文件夹")
        private Path out = Path.of("");

        @Option(names = "--form", paramLabel = "FORM", description = "PDF（默认，字体在里面，可直接送印）或 SVG（用浏览器打开打印）")
        private Posters.Form form = Posters.Form.PDF;

        @Spec
        private @Nullable CommandSpec spec;

        @Override
        public Integer call() {
            Settings settings = Settings.from(System.getenv());
            if (!AreaLevel.isCode(area)) {
                throw new Settings.Wrong("--area=" + area + " 不是区域编码");
            }
            String origin = publicUrl(settings);
            int made = Offline.with(settings, (vertx, db) -> make(vertx, db, settings, origin));
            if (made == 0) {
                throw new Settings.Wrong("区域 " + area + " 里没有生效的网格");
            }
            Objects.requireNonNull(spec).commandLine().getOut().println("已做好 " + made + " 张海报，在 " + out);
            return 0;
        }

        private Future<Integer> make(Vertx vertx, Pool db, Settings settings, String origin) {
            Clock clock = Clock.systemUTC();
            Gazetteer gazetteer = Gazetteer.shipped();
            return Grids.open(
                            vertx,
                            db,
                            gazetteer,
                            new AddressIndex(gazetteer),
                            clock,
                            Grids.Options.usual(),
                            settings.demo())
                    .compose(grids -> {
                        Posters posters =
                                Workbench.posters(vertx, db, clock, settings.account(), grids, new KnownNames(grids));
                        List<String> codes = posters.within(area);
                        return vertx.fileSystem()
                                .mkdirs(out.toAbsolutePath().toString())
                                .compose(there -> write(vertx, posters, codes, origin, 0))
                                .eventually(grids::close);
                    });
        }

        private Future<Integer> write(Vertx vertx, Posters posters, List<String> codes, String origin, int next) {
            if (next == codes.size()) {
                return Future.succeededFuture(next);
            }
            String code = codes.get(next);
            String file =
                    out.toAbsolutePath().resolve(code + "." + form.label()).toString();
            return posters.of(code, origin, form)
                    .compose(drawn -> vertx.fileSystem().writeFile(file, drawn))
                    .compose(done -> write(vertx, posters, codes, origin, next + 1));
        }
    }
}
