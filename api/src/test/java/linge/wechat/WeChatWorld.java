package linge.wechat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.net.URI;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import linge.Eventually;
import linge.SettableClock;
import linge.TestApp;
import linge.db.TestDatabase;
import linge.grids.Grids;
import linge.notify.wechat.platform.Answer;
import linge.notify.wechat.platform.Effect;
import linge.notify.wechat.platform.Follower;
import linge.notify.wechat.platform.Push;
import linge.notify.wechat.platform.WeChatPlatform;

/** The service with an official account, and WeChat beside it on loopback. */
final class WeChatWorld implements AutoCloseable {

    /** How browsers are told to reach the service; nobody asks for it by this name. */
    static final String PUBLIC = "http://linge.test";

    private final Vertx vertx = Vertx.vertx();
    final SettableClock clock = new SettableClock();
    final WeChatPlatform platform = WeChatPlatform.start(vertx, clock, 7);
    final TestDatabase database;
    final TestApp app;
    private final Pool db;

    private WeChatWorld(boolean sealed, boolean bare) {
        database = bare ? TestDatabase.fresh() : TestApp.demoDatabase();
        app = TestApp.on(database, settings(sealed));
        db = database.pool(vertx);
        pushesTo(app.url());
    }

    static WeChatWorld sealed() {
        return new WeChatWorld(true, false);
    }

    /** Pushes are in plain. */
    static WeChatWorld plain() {
        return new WeChatWorld(false, false);
    }

    Map<String, String> settings(boolean sealed) {
        Map<String, String> all = new HashMap<>(Map.of(
                "LINGE_DEMO", "true",
                "LINGE_PUBLIC_URL", PUBLIC,
                "LINGE_WECHAT_APP_ID", platform.account().appId(),
                "LINGE_WECHAT_SECRET", platform.account().secret(),
                "LINGE_WECHAT_TOKEN", platform.account().token(),
                "LINGE_WECHAT_API", platform.api(),
                "LINGE_DB_URL", database.url()));
        if (sealed) {
            all.put("LINGE_WECHAT_AES_KEY", platform.account().aesKey());
        }
        return all;
    }

    void pushesTo(URI node) {
        platform.callback(node + Callback.PATH);
    }

    /** Somebody who follows already and was never here. */
    Follower follower() {
        return platform.follower("o-" + UUID.randomUUID().toString().substring(0, 20))
                .alreadyFollowing();
    }

    /** The words of the passive reply. */
    String reply(Push push) {
        return soon(push.answer()).text();
    }

    Answer answer(Push push) {
        return soon(push.answer());
    }

    static <T> T soon(Future<T> future) {
        try {
            return future.await(40, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("nothing came", e);
        }
    }

    /** What somebody saw in their talk with the account: passive replies and customer-service messages. */
    List<Effect> talk(Follower who) {
        return who.seen().stream()
                .filter(effect -> effect.kind() == Effect.Kind.REPLY || effect.kind() == Effect.Kind.SERVICE)
                .toList();
    }

    List<Effect> talkOf(Follower who, int many) {
        return Eventually.get("said " + many, () -> talk(who), seen -> seen.size() >= many);
    }

    void forward(Duration by) {
        clock.forward(by);
        app.forward(by);
    }

    /** Ten in the morning, when nobody's quiet hours are, whatever the time is where the test runs. */
    void inTheMorning() {
        ZonedDateTime now = ZonedDateTime.ofInstant(clock.instant(), Grids.SHANGHAI);
        ZonedDateTime ten = now.toLocalDate().plusDays(1).atTime(10, 0).atZone(Grids.SHANGHAI);
        forward(Duration.between(now, ten));
    }

    long count(String query, Object... values) {
        return soon(db.preparedQuery(query)
                .execute(Tuple.from(values))
                .map(rows -> rows.iterator().next().getLong(0)));
    }

    String one(String query, Object... values) {
        return soon(db.preparedQuery(query)
                .execute(Tuple.from(values))
                .map(rows -> rows.size() == 0 ? null : rows.iterator().next().getString(0)));
    }

    void change(String statement, Object... values) {
        soon(db.preparedQuery(statement).execute(Tuple.from(values)).mapEmpty());
    }

    /** How many of somebody's messages the chat heard. */
    long heardInChat(Follower who) {
        return count(
                "SELECT count(*) FROM chat_messages m JOIN wechat_people p ON p.conversation = m.conversation"
                        + " WHERE p.openid = $1 AND m.side = 'RESIDENT'",
                who.openid());
    }

    /** Makes everything about somebody wait: whoever would answer them stands before a locked row. */
    Hold hold(Follower who) {
        change(
                "INSERT INTO wechat_people (openid, chat_key, seen_at) VALUES ($1, $2, now()) ON CONFLICT DO NOTHING",
                who.openid(),
                Secrets.random(24));
        SqlConnection connection = soon(db.getConnection());
        soon(connection.begin());
        soon(connection
                .preparedQuery("SELECT openid FROM wechat_people WHERE openid = $1 FOR UPDATE")
                .execute(Tuple.of(who.openid())));
        return new Hold(connection);
    }

    /** Makes whoever writes into a conversation wait. */
    Hold holdMessages() {
        SqlConnection connection = soon(db.getConnection());
        soon(connection.begin());
        soon(connection.query("LOCK TABLE chat_messages IN SHARE MODE").execute());
        return new Hold(connection);
    }

    /** Lets go by closing. */
    record Hold(SqlConnection connection) implements AutoCloseable {
        @Override
        public void close() {
            soon(connection.query("ROLLBACK").execute());
            soon(connection.close());
        }
    }

    @Override
    public void close() {
        app.close();
        soon(db.close());
        platform.close();
        soon(vertx.close());
    }
}
