package linge.wechat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.client.WebClient;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import java.time.Duration;
import linge.chat.SideDoor;
import linge.grids.Grids;
import linge.http.Brake;
import linge.http.Contract;
import linge.media.Media;
import linge.notify.Addresses;
import linge.notify.Ledgers;
import linge.notify.Receipts;
import linge.notify.wechat.AccessTokens;
import linge.notify.wechat.Troubles;
import linge.residents.Residents;
import linge.sessions.Sessions;
import linge.shared.Names;
import org.jspecify.annotations.Nullable;

/** The parts of WeChat as a way in put together; without an account, only posters whose codes lead to the page. */
public final class WeChatHouse {

    private static final Duration LOOK_EVERY = Duration.ofMillis(700);

    /**
     * What it stands on.
     *
     * @param account null where no official account is set
     * @param tokens the account's, one for all nodes; null likewise
     */
    public record Ground(
            Vertx vertx,
            Pool db,
            Clock clock,
            @Nullable Account account,
            @Nullable AccessTokens tokens,
            SideDoor chat,
            Media media,
            Grids grids,
            Names names,
            Residents residents,
            Sessions sessions,
            Ledgers ledgers,
            Receipts receipts,
            Addresses addresses,
            Brake brake,
            @Nullable String publicUrl,
            boolean secureCookies) {}

    /** What is there with an account. */
    private record Way(
            Callback callback,
            Login login,
            HeardStore store,
            Followers followers,
            Hearing hearing,
            Afterwards afterwards,
            Watchman watchman) {}

    private final @Nullable Way way;
    private final WeChatApi api;

    public WeChatHouse(Ground on) {
        this(on, Hearing.Pace.USUAL);
    }

    WeChatHouse(Ground on, Hearing.Pace pace) {
        Account account = on.account();
        Platform platform = account == null ? null : platform(on, account);
        Scenes scenes = new Scenes(on.db(), on.clock(), on.grids(), on.names());
        Posters posters = new Posters(on.vertx(), on.grids(), on.names(), scenes, platform);
        WeChatApi.Bound bound = null;
        if (account == null || platform == null) {
            this.way = null;
        } else {
            Followers followers = new Followers(on.db(), on.clock(), on.addresses());
            Login login = new Login(new Login.Ground(
                    on.db(), on.clock(), account, platform, followers, on.sessions(), on.brake(), on.secureCookies()));
            this.way = way(on, account, platform, followers, scenes, login, pace);
            bound = new WeChatApi.Bound(
                    new Binding(on.db(), on.clock(), on.residents(), followers),
                    new JsSdk(on.db(), on.clock(), account, platform),
                    login);
        }
        this.api = new WeChatApi(bound, posters, on.names(), on.sessions(), on.brake(), on.publicUrl());
    }

    private static Platform platform(Ground on, Account account) {
        WebClient http = WebClient.create(on.vertx());
        AccessTokens shared = on.tokens();
        Platform.Tokens tokens = shared == null ? new StableToken(http, account, on.clock()) : tokens(shared);
        return new Platform(http, account, tokens, on.clock());
    }

    private static Platform.Tokens tokens(AccessTokens shared) {
        return new Platform.Tokens() {
            @Override
            public Future<String> token() {
                return shared.token();
            }

            @Override
            public Future<String> after(String refused) {
                return shared.after(refused);
            }
        };
    }

    private static Way way(
            Ground on,
            Account account,
            Platform platform,
            Followers followers,
            Scenes scenes,
            Login login,
            Hearing.Pace pace) {
        ReplyText reply = new ReplyText(account);
        HeardStore store = new HeardStore(on.db());
        Answering answering = new Answering(new Answering.Ground(
                on.chat(),
                followers,
                platform::media,
                (photo, owner) ->
                        on.media().keep(photo, owner).map(item -> item.id().toString()),
                scenes::place,
                on.ledgers(),
                new Told(on.receipts(), on.ledgers(), on.clock()),
                reply));
        Hearing hearing = new Hearing(on.vertx(), on.clock(), store, answering, pace);
        Afterwards afterwards = new Afterwards(
                on.vertx(),
                on.clock(),
                store,
                hearing,
                new CustomerService(platform, on.ledgers(), account.appId(), on.clock()),
                LOOK_EVERY);
        Watchman watchman = new Watchman(platform, new Troubles(on.db(), on.clock()), on.clock());
        Seal seal = new Seal(account, on.clock(), watchman::clockIsOff);
        Callback callback = new Callback(new Callback.Ground(on.vertx(), on.clock(), seal, hearing, on.chat(), reply));
        return new Way(callback, login, store, followers, hearing, afterwards, watchman);
    }

    public void mount(Contract contract) {
        api.mount(contract);
    }

    /** What is no part of the contract: the platform's pushes, and the way through its sign-in. */
    public void mount(Router router) {
        Way with = way;
        if (with != null) {
            with.callback().mount(router);
            with.login().mount(router);
        }
    }

    /** Nobody else lives: what a node held that died is free at once. */
    public Future<Void> takeOver() {
        Way with = way;
        return with == null ? Future.succeededFuture() : with.store().takeOver();
    }

    public void start() {
        Way with = way;
        if (with != null) {
            with.hearing().start();
            with.afterwards().start();
        }
    }

    /** Answers what is in hand, then sends no more. */
    public Future<Void> stop() {
        Way with = way;
        return with == null
                ? Future.succeededFuture()
                : with.hearing().stop().compose(done -> with.afterwards().stop());
    }

    /** Housekeeping. */
    public Future<Void> forgetOld() {
        Way with = way;
        return with == null
                ? Future.succeededFuture()
                : Future.join(
                                with.login().forgetOld(),
                                with.followers().forgetOld(),
                                with.afterwards().forgetOld(),
                                with.watchman().look())
                        .mapEmpty();
    }
}
