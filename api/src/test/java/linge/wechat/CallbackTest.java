package linge.wechat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import linge.Client;
import linge.Pictures;
import linge.Reply;
import linge.TestApp;
import linge.grids.Crs;
import linge.notify.wechat.platform.Answer;
import linge.notify.wechat.platform.Effect;
import linge.notify.wechat.platform.Follower;
import linge.notify.wechat.platform.Mode;
import linge.notify.wechat.platform.Push;
import me.chanjar.weixin.common.util.crypto.SHA1;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Coordinate;

/** Every kind of push, encrypted, as WeChat sends it; and whatever pretends to be one. */
class CallbackTest {

    private static WeChatWorld world;

    @BeforeAll
    static void start() {
        world = WeChatWorld.sealed();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Test
    void the_console_finds_the_address_to_be_ours() {
        assertTrue(WeChatWorld.soon(world.platform.verify()));
    }

    @Test
    void words_are_answered_at_once_and_encrypted() {
        Follower who = world.follower();
        Answer answer = world.answer(who.says("门口的路灯坏了三天了"));
        assertTrue(answer.shown(), answer.body());
        assertTrue(answer.body().contains("<Encrypt>") && !answer.body().contains("路灯"), answer.body());
        assertFalse(answer.text().isBlank());
        assertEquals(
                List.of(answer.text()),
                world.talk(who).stream().map(Effect::text).toList());
    }

    @Test
    void an_emergency_is_answered_with_its_number_first() {
        String reply = world.reply(world.follower().says("我家厨房着火了快来人"));
        assertTrue(reply.contains("119"), reply);
        assertTrue(reply.indexOf("119") < 120, reply);
    }

    @Test
    void choices_are_numbered_and_chosen_by_number() {
        Follower who = world.follower();
        world.reply(who.says("我家门口的路灯不亮好几天了"));
        String reply = world.reply(who.says("幸福小区"));
        assertTrue(reply.contains("1. 会，有危险\n2. 不会\n（回复数字选择）"), reply);
        String next = world.reply(who.says("2"));
        assertFalse(next.contains("会不会伤着人"), next);
    }

    @Test
    void a_spoken_message_is_heard_by_its_recognition() {
        Follower who = world.follower();
        assertFalse(world.reply(who.speaks("楼道里的灯不亮了", new byte[] {1})).isBlank());
        assertEquals(
                "楼道里的灯不亮了",
                world.one(
                        "SELECT m.text FROM chat_messages m JOIN wechat_people p ON p.conversation = m.conversation"
                                + " WHERE p.openid = $1 AND m.side = 'RESIDENT'",
                        who.openid()));
        assertTrue(world.reply(who.speaks("", new byte[] {1})).contains("没有听清"));
    }

    @Test
    void a_place_on_wechats_map_is_understood_as_gcj02() {
        Follower who = world.follower();
        Coordinate gcj02 = Crs.GCJ02.fromWgs84(TestApp.LON, TestApp.LAT);
        String reply = world.reply(who.points(gcj02.y, gcj02.x, "东街"));
        assertTrue(reply.contains("收到位置"), reply);
        double lon = Double.parseDouble(world.one(
                "SELECT m.more -> 'point' ->> 'lon' FROM chat_messages m JOIN wechat_people p"
                        + " ON p.conversation = m.conversation WHERE p.openid = $1 AND m.side = 'RESIDENT'",
                who.openid()));
        assertEquals(TestApp.LON, lon, 1e-6);
    }

    @Test
    void a_link_is_heard_by_its_title_and_other_kinds_are_answered_kindly() throws IOException {
        Follower who = world.follower();
        assertFalse(world.reply(who.shares("小区停水通知", "三天没有水", "https://example.cn/a"))
                .isBlank());
        assertTrue(world.reply(who.sends("shortvideo")).contains("视频"));
        assertTrue(world.reply(who.sends("some-day")).contains("看不懂"));
        assertTrue(world.reply(who.shows(Pictures.png())).contains("绑定手机号"));
    }

    @Test
    void following_is_welcomed_and_leaving_is_taken_quietly() {
        Follower who = world.platform.follower("o-newcomer");
        assertTrue(world.reply(who.follows()).contains("邻格"));
        assertTrue(world.answer(who.unfollows()).isSilent());
        assertEquals(0, world.count("SELECT count(*) FROM wechat_people WHERE openid = 'o-newcomer' AND follows"));
    }

    @Test
    void a_menu_click_goes_where_its_name_says() {
        String reply = world.reply(world.follower().clicks("topic:report"));
        assertFalse(reply.isBlank());
        assertTrue(world.answer(world.follower().views("http://linge.test/")).isSilent());
        assertTrue(world.answer(world.follower().isAt(36.2, 113.1)).isSilent());
    }

    @Test
    void whoever_scans_a_grids_code_need_not_say_where() {
        String grid = world.app.grid();
        Follower who = world.platform.follower("o-scanner");
        String welcome = world.reply(who.scans(Scenes.of(grid)));
        assertTrue(welcome.contains("邻格") && welcome.contains("收到位置"), welcome);
        String again = world.reply(who.scans(Scenes.of(grid)));
        assertTrue(again.contains("网格"), again);
        assertTrue(world.reply(who.scans("not-ours")).contains("邻格"));
    }

    @Test
    void both_keys_are_accepted_while_they_change() {
        String old = world.platform.account().aesKey();
        String next = "0123456789ABCDEFGHIJKLMNOPqrstuvwxyzabcdef0".substring(0, 42) + "0";
        try (TestApp rotating = TestApp.on(world.database, rotating(next, old))) {
            world.pushesTo(rotating.url());
            assertFalse(world.reply(world.follower().says("你好")).isBlank());
            world.platform.aesKey(next);
            assertFalse(world.reply(world.follower().says("你好")).isBlank());
            world.platform.aesKey("zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz0");
            assertEquals(403, world.answer(world.follower().says("你好")).status());
        } finally {
            world.platform.aesKey(old);
            world.pushesTo(world.app.url());
        }
    }

    private static java.util.Map<String, String> rotating(String next, String old) {
        java.util.Map<String, String> settings = world.settings(true);
        settings.put("LINGE_WECHAT_AES_KEY", next);
        settings.put("LINGE_WECHAT_AES_KEY_BEFORE", old);
        return settings;
    }

    @Test
    void beside_a_key_nothing_in_plain_is_believed() {
        world.platform.mode(Mode.PLAIN);
        try {
            Push push = world.follower().says("你好");
            assertEquals(403, world.answer(push).status());
            world.platform.mode(Mode.BOTH);
            assertFalse(world.reply(world.follower().says("你好")).isBlank());
        } finally {
            world.platform.mode(Mode.SAFE);
        }
    }

    private static String signed(Instant at, String token) {
        String timestamp = Long.toString(at.getEpochSecond());
        return Callback.PATH + "?timestamp=" + timestamp + "&nonce=n&signature=" + SHA1.gen(token, timestamp, "n");
    }

    private static Reply post(Client client, String path, String body) {
        return client.send("POST", path, "text/xml", body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void what_is_not_signed_or_long_ago_is_refused_in_plain_words() {
        String token = world.platform.account().token();
        Client nobody = world.app.nobody();
        Instant now = world.clock.instant();
        for (String path : List.of(
                Callback.PATH,
                signed(now, "another-token"),
                signed(now.minusSeconds(3600), token),
                signed(now.plusSeconds(3600), token))) {
            Reply refused = nobody.get(path + (path.contains("?") ? "&" : "?") + "echostr=1")
                    .expect(403);
            assertTrue(refused.header("content-type").startsWith("text/plain"), refused.header("content-type"));
        }
        assertEquals(
                "<b>1</b>",
                nobody.get(signed(now, token) + "&echostr=%3Cb%3E1%3C%2Fb%3E")
                        .expect(200)
                        .text());
        nobody.send("PUT", Callback.PATH, null).expect(405);
        post(nobody, signed(now, token), "x".repeat(70_000)).expect(413);
    }

    @Test
    void entities_and_bombs_are_not_even_read() {
        String token = world.platform.account().token();
        String bomb =
                "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]><xml><A>&b;</A></xml>";
        String outside = "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><xml><Encrypt>&e;</Encrypt></xml>";
        String deep = "<xml>" + "<a>".repeat(3000) + "</a>".repeat(3000) + "</xml>";
        for (String body : List.of(bomb, outside, deep, "", "not xml", "<xml><Encrypt>")) {
            Reply refused = post(world.app.nobody(), signed(world.clock.instant(), token), body);
            assertTrue(refused.status() == 400 || refused.status() == 403, refused.status() + " " + body);
            assertFalse(refused.text().contains("root:"), refused.text());
        }
    }

    @Test
    void an_account_without_a_key_is_spoken_to_in_plain() {
        try (WeChatWorld open = WeChatWorld.plain()) {
            open.platform.mode(Mode.PLAIN);
            Follower who = open.follower();
            Answer answer = open.answer(who.says("楼道灯不亮"));
            assertTrue(answer.shown() && answer.body().contains("<Content>"), answer.body());
            // Without a database nothing is kept and WeChat shall push again; whoever is in danger is answered.
            open.app.database().drop();
            assertEquals(503, open.answer(who.says("楼道灯不亮")).status());
            assertTrue(open.reply(who.says("有人要跳楼")).contains("110"));
        }
    }
}
