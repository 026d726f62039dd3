package linge.wechat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.client.WebClient;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import linge.grids.Grids;
import linge.shared.Names;
import org.jspecify.annotations.Nullable;

/** What an operator does with the account from the command line, beside the service or without it. */
public final class Workbench {

    private Workbench() {}

    /**
     * Makes a menu the account's.
     *
     * @param menu as {@link Menu#read} gives it
     */
    public static Future<Void> applyMenu(Vertx vertx, Account account, io.vertx.core.json.JsonObject menu) {
        return platform(vertx, account)
                .menu(menu)
                .recover(failure -> Future.failedFuture(
                        failure instanceof Platform.Refused refused
                                ? new IllegalStateException("微信不接受这个菜单：" + refused.words)
                                : failure));
    }

    /** @param account null for codes that lead to the page */
    public static Posters posters(
            Vertx vertx, Pool db, Clock clock, @Nullable Account account, Grids grids, Names names) {
        return new Posters(
                vertx,
                grids,
                names,
                new Scenes(db, clock, grids, names),
                account == null ? null : platform(vertx, account));
    }

    private static Platform platform(Vertx vertx, Account account) {
        Clock clock = Clock.systemUTC();
        WebClient http = WebClient.create(vertx);
        return new Platform(http, account, new StableToken(http, account, clock), clock);
    }
}
