package linge.wechat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import linge.Client;
import linge.Eventually;
import linge.notify.wechat.platform.Fault;
import linge.notify.wechat.platform.Follower;
import linge.notify.wechat.platform.WeChatPlatform;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What an operator sees of the account, and does about it. */
class OperatedTest {

    private static WeChatWorld world;
    private static Client admin;

    @BeforeAll
    static void start() {
        world = WeChatWorld.sealed();
        admin = world.app.staff("admin");
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    private static JsonObject desk() {
        return admin.get("/api/staff/notices/desk").expect(200).json();
    }

    private static JsonArray troubles(String path) {
        JsonArray found = new JsonArray();
        desk().getJsonArray("troubles").stream()
                .map(JsonObject.class::cast)
                .filter(one -> one.getString("path").equals(path))
                .forEach(found::add);
        return found;
    }

    /** An answer whose customer-service message was asked for and never answered; its id. */
    private static long stopped(Follower who) {
        world.answer(who.says("你好"));
        world.platform.faults().once(WeChatPlatform.SERVICE, Fault.LOST_ANSWER);
        long heard = world.count("SELECT id FROM wechat_heard WHERE openid = $1", who.openid());
        long id = world.count(
                "INSERT INTO wechat_said (heard, nth, openid, text, due_at) VALUES ($1, 5, $2, '这句话还在路上', $3) RETURNING id",
                heard,
                who.openid(),
                OffsetDateTime.now(ZoneOffset.UTC));
        Eventually.holds("it stopped", () -> item(id) != null);
        return id;
    }

    private static JsonObject item(long id) {
        return admin.get("/api/staff/notices/answers?limit=100").expect(200).items().stream()
                .map(JsonObject.class::cast)
                .filter(one -> one.getLong("id") == id)
                .findFirst()
                .orElse(null);
    }

    private static JsonObject lastAction() {
        return admin.get("/api/staff/notices/actions?limit=1")
                .expect(200)
                .items()
                .getJsonObject(0);
    }

    @Test
    void an_answer_nobody_knows_the_end_of_is_listed_without_its_words_and_sent_again_on_record() {
        Follower who = world.follower();
        long id = stopped(who);
        JsonObject item = item(id);
        assertEquals("nobody knows whether it arrived", item.getString("reason"));
        assertEquals("text", item.getString("kind"));
        assertFalse(item.encode().contains("这句话还在路上") || item.encode().contains(who.openid()), item::encode);
        assertTrue(desk().getInteger("answers") >= 1);
        int before = world.talk(who).size();
        long used =
                world.count("SELECT used FROM quota_use WHERE quota = 'wechat-reply' AND subject = $1", who.openid());

        admin.post("/api/staff/notices/answers/" + id + "/resend", null).expect(204);
        assertEquals("RESEND_ANSWER", lastAction().getString("action"));
        world.talkOf(who, before + 1);
        Eventually.holds(
                "it is known to have gone",
                () -> world.count("SELECT count(*) FROM wechat_said WHERE id = $1 AND sure_at IS NOT NULL", id) == 1);
        assertEquals(
                used + 1,
                world.count("SELECT used FROM quota_use WHERE quota = 'wechat-reply' AND subject = $1", who.openid()),
                "the first may have been seen, so both count");
        admin.post("/api/staff/notices/answers/" + id + "/resend", null).refused(404, "not-found");
    }

    @Test
    void one_that_is_let_be_stays_silent_and_says_why() {
        Follower who = world.follower();
        long id = stopped(who);
        int before = world.talk(who).size();
        String path = "/api/staff/notices/answers/" + id + "/drop";
        admin.post(path, new JsonObject().put("why", "  ")).refused(400, "bad-input");
        admin.post(path, new JsonObject().put("why", "已电话答复")).expect(204);
        assertEquals("已电话答复", lastAction().getJsonObject("what").getString("why"));
        assertEquals(null, item(id));
        admin.post(path, new JsonObject().put("why", "再来一次")).refused(404, "not-found");
        world.answer(who.says("还有一件事"));
        assertEquals(before + 1, world.talk(who).size());
    }

    @Test
    void a_menu_that_is_not_there_is_a_trouble_until_it_is() {
        lookAfterAnHour();
        assertEquals(1, troubles(Watchman.MENU).size());
        assertEquals(46003, troubles(Watchman.MENU).getJsonObject(0).getInteger("code"));
        Vertx outside = Vertx.vertx();
        WeChatWorld.soon(Workbench.applyMenu(outside, account(), Menu.read(null, WeChatWorld.PUBLIC)));
        WeChatWorld.soon(outside.close());
        lookAfterAnHour();
        assertEquals(0, troubles(Watchman.MENU).size());
    }

    private static void lookAfterAnHour() {
        world.forward(Duration.ofMinutes(61));
        world.app.houseKeeping();
    }

    private static Account account() {
        URI api = URI.create(world.platform.api());
        return new Account(
                world.platform.account().appId(),
                world.platform.account().secret(),
                world.platform.account().token(),
                List.of(world.platform.account().aesKey()),
                api,
                Account.openFor(api),
                WeChatWorld.PUBLIC);
    }

    @Test
    void a_push_that_is_the_platforms_and_comes_from_another_time_tells_that_a_clock_is_off() {
        Follower who = world.follower();
        assertEquals(0, troubles(Callback.PATH).size());
        world.clock.forward(Duration.ofHours(-3));
        try {
            who.says("你好");
            Eventually.holds("it is told", () -> troubles(Callback.PATH).size() == 1);
        } finally {
            world.clock.forward(Duration.ofHours(3));
        }
        String words = troubles(Callback.PATH).getJsonObject(0).getString("words");
        assertTrue(words.matches("推送的时间比本机(早|晚) \\d+ 分钟"), words);
    }
}
