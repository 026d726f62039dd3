package linge.wechat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import linge.Client;
import linge.Eventually;
import linge.Reply;
import linge.TestApp;
import linge.notify.wechat.platform.Effect;
import linge.notify.wechat.platform.Follower;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Signing in by WeChat, binding a phone, and who is bound to what. */
class LoginTest {

    private static WeChatWorld world;

    @BeforeAll
    static void start() {
        world = WeChatWorld.sealed();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    private static Browser browser(Follower who) {
        return new Browser(world, who);
    }

    private static long addresses(Follower who) {
        return world.count("SELECT count(*) FROM addresses WHERE scheme = 'wechat' AND value = $1", who.openid());
    }

    @Test
    void a_newcomer_binds_a_phone_and_is_known_from_then_on() {
        Follower who = world.follower();
        Browser first = browser(who);
        assertEquals("/wechat/bind?back=%2Fcases", first.signsIn("/cases"));
        assertTrue(first.client().get("/api/wechat/visit").expect(200).json().getBoolean("waits"));
        String phone = TestApp.phone();
        first.binds(phone, false).expect(201);
        assertEquals("RESIDENT", first.client().get("/api/me").expect(200).string("kind"));
        assertEquals(1, addresses(who));
        // The visit is over; the next one needs no phone.
        assertFalse(first.client().get("/api/wechat/visit").json().getBoolean("waits"));
        Browser later = browser(who);
        assertEquals("/cases/1?a=b", later.signsIn("/cases/1?a=b"));
        assertTrue(later.client().get("/api/me").expect(200).string("phone").endsWith(phone.substring(7)));
    }

    @Test
    void name_and_union_are_learned_only_on_request() {
        Follower quiet = world.follower().called("老王");
        browser(quiet).signsIn("/");
        assertEquals(null, world.one("SELECT name FROM wechat_people WHERE openid = $1", quiet.openid()));
        browser(quiet).opens("/wechat/login?to=/&info=1");
        assertEquals("老王", world.one("SELECT name FROM wechat_people WHERE openid = $1", quiet.openid()));
        assertEquals(quiet.unionid(), world.one("SELECT unionid FROM wechat_people WHERE openid = $1", quiet.openid()));
    }

    @Test
    void a_state_works_once_and_only_in_the_browser_it_began_in() {
        Follower who = world.follower();
        Browser mine = browser(who);
        String back = mine.granted("/wechat/login?to=/cases");
        Browser stranger = browser(who);
        stranger.get(back).refused(403, "forged-form");
        stranger.get("/wechat/login?to=/");
        stranger.get(back).refused(403, "forged-form");
        assertEquals("/wechat/bind?back=%2Fcases", mine.get(back).expect(302).header("location"));
        mine.get(back).refused(403, "forged-form");
        mine.get(back.replaceFirst("state=[^&]*", "state=guessed")).refused(403, "forged-form");
    }

    @Test
    void an_old_state_is_worth_nothing() {
        Browser mine = browser(world.follower());
        String back = mine.granted("/wechat/login?to=/cases");
        world.change("UPDATE wechat_logins SET expires_at = now() - interval '1 second'");
        mine.get(back).refused(403, "forged-form");
    }

    @Test
    void nobody_is_led_off_our_pages() {
        for (String to : new String[] {
            "https%3A%2F%2Fevil.example%2F",
            "%2F%2Fevil.example",
            "%2F%5Cevil.example",
            "%2F%0d%0aSet-Cookie:a=b",
            "javascript:1"
        }) {
            assertEquals("/wechat/bind?back=%2F", browser(world.follower()).opens("/wechat/login?to=" + to), to);
        }
    }

    @Test
    void whoever_says_no_signs_in_by_phone() {
        Browser mine = browser(world.follower());
        String back = mine.granted("/wechat/login?to=/cases");
        assertEquals(
                "/sign-in?back=%2Fcases",
                mine.get(back.replaceFirst("code=[^&]*&", "")).expect(302).header("location"));
    }

    @Test
    void a_phone_with_another_wechat_is_changed_only_on_the_residents_word() {
        Follower old = world.follower();
        Follower fresh = world.follower();
        String phone = TestApp.phone();
        Browser first = browser(old);
        first.signsIn("/");
        first.binds(phone, false).expect(201);

        Browser second = browser(fresh);
        second.signsIn("/");
        Reply refused = second.binds(phone, false).refused(409, "already-there");
        assertEquals("PHONE", refused.string("conflict"));
        assertTrue(refused.string("detail").contains("另一个微信"), refused.string("detail"));
        second.client().get("/api/me").refused(401, "not-signed-in");
        // The code was used and the phone is proved: the word is enough; for another phone it is not.
        second.binding(new JsonObject().put("phone", TestApp.phone()).put("confirm", true))
                .refused(400, "bad-input");
        second.binding(new JsonObject().put("phone", phone).put("confirm", true))
                .expect(201);
        assertEquals(0, addresses(old));
        assertEquals(1, addresses(fresh));
        assertEquals("/wechat/bind?back=%2F", browser(old).signsIn("/"));
    }

    @Test
    void a_wechat_with_another_phone_is_changed_only_on_the_residents_word() {
        Follower who = world.follower();
        Browser first = browser(who);
        first.signsIn("/");
        first.binds(TestApp.phone(), false).expect(201);

        Browser again = browser(who);
        assertEquals("/wechat/bind?back=%2Fme", again.opens("/wechat/login?to=/me&again=1"));
        assertTrue(again.client().get("/api/wechat/visit").string("phone").contains("****"));
        String next = TestApp.phone();
        assertEquals(
                "WECHAT", again.binds(next, false).refused(409, "already-there").string("conflict"));
        again.binding(new JsonObject().put("phone", next).put("confirm", true)).expect(201);
        assertTrue(again.client().get("/api/me").string("phone").endsWith(next.substring(7)));
        assertEquals(1, addresses(who));
    }

    @Test
    void without_a_code_or_with_a_wrong_one_nothing_is_bound() {
        Follower who = world.follower();
        Browser mine = browser(who);
        mine.binding(new JsonObject().put("phone", TestApp.phone()).put("code", "123456"))
                .refused(401, "not-signed-in");
        mine.signsIn("/");
        mine.binding(new JsonObject().put("phone", TestApp.phone())).refused(400, "bad-input");
        mine.binding(new JsonObject().put("phone", TestApp.phone()).put("confirm", true))
                .refused(400, "bad-input");
        mine.binding(new JsonObject().put("phone", TestApp.phone()).put("code", "000000"))
                .refused(401, "wrong-credentials");
        assertEquals(0, addresses(who));
    }

    @Test
    void leaving_takes_the_address_and_coming_back_restores_it() {
        Follower who = world.follower();
        Browser mine = browser(who);
        mine.signsIn("/");
        mine.binds(TestApp.phone(), false).expect(201);
        assertEquals(1, addresses(who));
        world.answer(who.unfollows());
        assertEquals(0, addresses(who));
        world.reply(who.follows());
        assertEquals(1, addresses(who));
        mine.client().delete("/api/wechat/binding").expect(204);
        assertEquals(0, addresses(who));
        assertEquals("/wechat/bind?back=%2F", browser(who).signsIn("/"));
    }

    @Test
    void what_waited_for_the_phone_goes_on_by_itself() {
        Follower who = world.follower();
        String asked = world.reply(who.says("我的诉求办得怎么样了"));
        assertTrue(asked.contains("/wechat/login?to=%2Fwechat%2Fbound"), asked);
        Browser mine = browser(who);
        assertEquals("/wechat/bind?back=%2Fwechat%2Fbound", mine.signsIn("/wechat/bound"));
        mine.binds(TestApp.phone(), false).expect(201);
        Effect went = world.talkOf(who, 2).get(1);
        assertEquals(Effect.Kind.SERVICE, went.kind());
        assertFalse(went.text().contains("绑定手机号"), went.text());
    }

    @Test
    void a_deployment_without_an_account_says_so() {
        try (TestApp plain = TestApp.demo()) {
            Client nobody = plain.nobody();
            assertFalse(nobody.get("/api/settings").json().getBoolean("weChat"));
            assertFalse(nobody.get("/api/wechat/visit").expect(200).json().getBoolean("waits"));
            nobody.get("/api/wechat/jssdk?url=http%3A%2F%2Flinge.test%2F").refused(404, "not-found");
            nobody.send("POST", "/wechat/callback", null).refused(405, "wrong-method");
            assertFalse(nobody.get("/").header("content-security-policy").contains("wx.qq.com"));
        }
        Eventually.holds(
                "allowed with one",
                () -> world.app
                        .nobody()
                        .get("/")
                        .header("content-security-policy")
                        .contains("script-src 'self' https://res.wx.qq.com;"));
    }

    @Test
    void pages_are_signed_by_one_ticket_for_all_nodes() {
        try (TestApp other = TestApp.on(world.database, world.settings(true))) {
            for (Client page : java.util.List.of(world.app.nobody(), other.nobody(), world.app.nobody())) {
                JsonObject signed = page.get("/api/wechat/jssdk?url=http%3A%2F%2Flinge.test%2Freport%3Fgrid%3D1%23top")
                        .expect(200)
                        .json();
                String ticket = world.one("SELECT ticket FROM wechat_tickets");
                String wanted = me.chanjar.weixin.common.util.crypto.SHA1.genWithAmple(
                        "jsapi_ticket=" + ticket,
                        "noncestr=" + signed.getString("nonceStr"),
                        "timestamp=" + signed.getLong("timestamp"),
                        "url=http://linge.test/report?grid=1");
                assertEquals(wanted, signed.getString("signature"));
                assertEquals(world.platform.account().appId(), signed.getString("appId"));
            }
            assertEquals(1, world.platform.calls("/cgi-bin/ticket/getticket"));
        }
        for (String foreign :
                new String[] {"http%3A%2F%2Fevil.test%2F", "http%3A%2F%2Flinge.test%40evil.test%2F", "linge.test"}) {
            world.app.nobody().get("/api/wechat/jssdk?url=" + foreign).refused(400, "bad-input");
        }
        assertEquals(Map.of(), world.platform.doubles());
    }
}
