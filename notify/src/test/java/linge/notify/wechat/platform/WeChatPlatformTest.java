package linge.notify.wechat.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The platform keeps WeChat's rules; a test's measure is itself measured. */
class WeChatPlatformTest {

    private Instant now = Instant.parse("2026-03-02T01:00:00Z");
    private final InstantSource clock = () -> now;
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = vertx.createHttpClient();
    private final List<JsonObject> heard = new CopyOnWriteArrayList<>();
    private WeChatPlatform platform;
    private Follower wang;

    @BeforeEach
    void open() {
        platform = WeChatPlatform.start(vertx, clock, 7);
        platform.template("T1", "character_string1", "thing2", "phrase3");
        wang = platform.follower("o-wang").alreadyFollowing();
    }

    @AfterEach
    void close() {
        platform.close();
        await(vertx.close());
    }

    @Test
    void a_token_is_stable_until_five_minutes_before_its_end_and_the_old_one_has_a_grace() {
        String first = token(false);
        now = now.plus(Duration.ofMinutes(114));
        assertEquals(first, token(false));
        now = now.plus(Duration.ofMinutes(1));
        String second = token(false);
        assertNotEquals(first, second);
        assertEquals(0, send(first, "1").getInteger("errcode"));
        now = now.plus(Duration.ofMinutes(5));
        assertEquals(42001, send(first, "2").getInteger("errcode"));

        String third = token(true);
        assertEquals(40001, send(second, "3").getInteger("errcode"), "a forced one kills the one before at once");
        assertEquals(third, token(true), "within 30 s nothing is refreshed");
    }

    @Test
    void a_template_message_of_one_client_msg_id_is_sent_once_within_ten_minutes() {
        JsonObject first = send(token(false), "7");
        now = now.plus(Duration.ofMinutes(9));
        assertEquals(first.getLong("msgid"), send(token(false), "7").getLong("msgid"));
        assertEquals(1, wang.seen().size());
        assertTrue(platform.doubles().isEmpty());
        now = now.plus(Duration.ofMinutes(2));
        send(token(false), "7");
        assertEquals(Map.of("o-wang 7", 2), platform.doubles());
    }

    @Test
    void fields_quotas_and_followers_are_checked() {
        String token = token(false);
        assertEquals(
                47003,
                post(token, message("1").put("data", data("路灯已修好", "待处理中了啊"))).getInteger("errcode"));
        assertEquals(
                47003,
                post(token, message("1").put("data", data("x".repeat(21), "办结")))
                        .getInteger("errcode"));
        assertEquals(40037, post(token, message("1").put("template_id", "T2")).getInteger("errcode"));
        assertEquals(40003, post(token, message("1").put("touser", "o-nobody")).getInteger("errcode"));
        platform.follower("o-li");
        assertEquals(43004, post(token, message("1").put("touser", "o-li")).getInteger("errcode"));
        platform.quota(WeChatPlatform.TEMPLATE, 1);
        assertEquals(0, send(token, "2").getInteger("errcode"));
        assertEquals(45009, send(token, "3").getInteger("errcode"));
        now = now.plus(Duration.ofHours(15));
        assertEquals(0, send(token(false), "3").getInteger("errcode"), "a new day in China");
        assertEquals(1, platform.refusals(45009));
    }

    @Test
    void the_window_holds_five_for_two_days_after_a_message_and_three_for_a_minute_after_a_click() {
        assertEquals(45015, reply());
        wang.clicks("MINE");
        assertEquals(List.of(0, 0, 0, 45047), List.of(reply(), reply(), reply(), reply()));
        now = now.plus(Duration.ofMinutes(1));
        assertEquals(45015, reply());
        wang.says("路灯坏了");
        assertEquals(List.of(0, 0, 0, 0, 0, 45047), List.of(reply(), reply(), reply(), reply(), reply(), reply()));
        wang.says("还没修");
        now = now.plus(Duration.ofHours(48));
        assertEquals(45015, reply());
    }

    @Test
    void a_push_is_signed_encrypted_and_answered_in_kind() {
        listen(xml -> Future.succeededFuture(text(xml, "收到")));
        assertTrue(await(platform.verify()));
        for (Mode mode : Mode.values()) {
            platform.mode(mode);
            Answer answer = await(wang.says("路灯坏了 <>&]]>").answer());
            assertEquals("收到", answer.text(), mode.name());
            assertEquals("路灯坏了 <>&]]>", heard.get(heard.size() - 1).getString("Content"), mode.name());
            assertTrue(answer.shown());
        }
        assertEquals(3, wang.seen().size());
    }

    @Test
    void a_push_is_delivered_three_times_and_only_the_latest_may_answer() {
        Promise<String> slow = Promise.promise();
        listen(xml -> slow.future());
        Push push = wang.says("路灯坏了");
        Future<Answer> first = push.answer();
        now = now.plus(Push.PATIENCE);
        Future<Void> second = platform.tick();
        assertTrue(breaks(first), "the first is given up");
        slow.complete(text(Xml.leaves(push.xml()), "收到"));
        await(second);
        assertTrue(await(push.answer()).shown());
        assertTrue(push.isSettled());
        assertEquals(1, wang.seen().size());
        await(push.duplicate());
        assertEquals(1, wang.seen().size(), "nobody waits for the answer to a duplicate");
    }

    @Test
    void who_never_hears_an_answer_gets_an_apology() {
        platform.callback("http://127.0.0.1:1/closed");
        wang.says("在吗");
        for (int i = 0; i < 3; i++) {
            now = now.plus(Push.PATIENCE);
            await(platform.tick());
        }
        assertEquals(1, wang.apologies());
        assertEquals(List.of(), platform.openPushes());
    }

    @Test
    void one_seed_is_one_course_of_events() {
        assertEquals(course(3), course(3));
        assertNotEquals(course(3), course(4));
    }

    private List<Integer> course(long seed) {
        try (WeChatPlatform other = WeChatPlatform.start(vertx, clock, seed)) {
            other.callback("http://127.0.0.1:1/closed");
            other.chaos(new Chaos(0, 0.5, 0));
            Follower li = other.follower("o-li").alreadyFollowing();
            return java.util.stream.IntStream.range(0, 30)
                    .map(i -> li.says("第" + i + "句").deliveries())
                    .boxed()
                    .toList();
        }
    }

    @Test
    void oauth_grants_a_code_for_once_and_five_minutes() {
        String page = "https://open.weixin.qq.com/connect/oauth2/authorize?appid="
                + platform.account().appId()
                + "&redirect_uri=http%3A%2F%2Fh%2Fback%3Fa%3D1&response_type=code&scope=snsapi_userinfo&state=s1#wechat_redirect";
        String back = await(wang.called("王阿姨").opens(page));
        assertTrue(back.startsWith("http://h/back?a=1&code="), back);
        String code = back.replaceFirst(".*code=([^&]+).*", "$1");
        JsonObject granted = get(exchange(code));
        assertEquals("o-wang", granted.getString("openid"));
        assertEquals(40163, get(exchange(code)).getInteger("errcode"));
        JsonObject info = get("/sns/userinfo?access_token=" + granted.getString("access_token") + "&openid=o-wang");
        assertEquals("王阿姨", info.getString("nickname"));

        String late = await(wang.opens(page)).replaceFirst(".*code=([^&]+).*", "$1");
        now = now.plus(Duration.ofMinutes(5));
        assertEquals(42003, get(exchange(late)).getInteger("errcode"));
    }

    @Test
    void what_is_lost_on_the_way_back_was_done() {
        String token = token(false);
        platform.faults().once(WeChatPlatform.TEMPLATE, Fault.LOST_REQUEST);
        assertTrue(breaks(request(token, message("1"))));
        assertEquals(0, wang.seen().size());
        platform.faults().once(WeChatPlatform.TEMPLATE, Fault.LOST_ANSWER);
        assertTrue(breaks(request(token, message("1"))));
        assertEquals(1, wang.seen().size());
        assertEquals(0, send(token, "1").getInteger("errcode"));
        assertEquals(1, wang.seen().size());
    }

    private String exchange(String code) {
        return "/sns/oauth2/access_token?appid=" + platform.account().appId() + "&secret="
                + platform.account().secret() + "&code=" + code + "&grant_type=authorization_code";
    }

    private int reply() {
        JsonObject body = new JsonObject()
                .put("touser", "o-wang")
                .put("msgtype", "text")
                .put("text", new JsonObject().put("content", "您好"));
        return await(call(HttpMethod.POST, WeChatPlatform.SERVICE + "?access_token=" + token(false), body))
                .getInteger("errcode");
    }

    private String token(boolean force) {
        JsonObject body = new JsonObject()
                .put("grant_type", "client_credential")
                .put("appid", platform.account().appId())
                .put("secret", platform.account().secret())
                .put("force_refresh", force);
        return await(call(HttpMethod.POST, WeChatPlatform.STABLE_TOKEN, body)).getString("access_token");
    }

    private static JsonObject message(String key) {
        return new JsonObject()
                .put("touser", "o-wang")
                .put("template_id", "T1")
                .put("client_msg_id", key)
                .put("data", data("路灯已修好", "办结"));
    }

    private static JsonObject data(String thing, String phrase) {
        return new JsonObject()
                .put("character_string1", new JsonObject().put("value", "CZ26-000017"))
                .put("thing2", new JsonObject().put("value", thing))
                .put("phrase3", new JsonObject().put("value", phrase));
    }

    private JsonObject send(String token, String key) {
        return post(token, message(key));
    }

    private JsonObject post(String token, JsonObject body) {
        return await(request(token, body));
    }

    private Future<JsonObject> request(String token, JsonObject body) {
        return call(HttpMethod.POST, WeChatPlatform.TEMPLATE + "?access_token=" + token, body);
    }

    private JsonObject get(String path) {
        return await(call(HttpMethod.GET, path, new JsonObject()));
    }

    private Future<JsonObject> call(HttpMethod method, String path, JsonObject body) {
        return client.request(new RequestOptions().setMethod(method).setAbsoluteURI(platform.api() + path))
                .compose(request -> request.send(body.toBuffer()).compose(response -> response.body()))
                .map(answer -> answer.toJsonObject());
    }

    /** A service that opens pushes by the platform's own code and answers in their kind. */
    private void listen(Function<Map<String, String>, Future<String>> service) {
        HttpServer server = await(vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> {
                    String echo = request.getParam("echostr");
                    if (echo != null) {
                        request.response().end(echo);
                        return;
                    }
                    Map<String, String> xml = Xml.leaves(body.toString());
                    boolean sealed = xml.containsKey("Encrypt");
                    Account account = platform.account();
                    if (sealed) {
                        assertEquals(
                                Crypt.signature(
                                        account.token(),
                                        request.getParam("timestamp"),
                                        request.getParam("nonce"),
                                        xml.get("Encrypt")),
                                request.getParam("msg_signature"));
                        xml = Xml.leaves(Crypt.decrypt(account.aesKey(), account.appId(), xml.get("Encrypt")));
                    }
                    JsonObject seen = new JsonObject();
                    xml.forEach(seen::put);
                    heard.add(seen);
                    service.apply(xml).onSuccess(reply -> request.response().end(sealed ? seal(reply) : reply));
                }))
                .listen(0, "127.0.0.1"));
        platform.callback("http://127.0.0.1:" + server.actualPort() + "/");
    }

    private String seal(String reply) {
        Account account = platform.account();
        String sealed = Crypt.encrypt(new Random(1), account.aesKey(), account.appId(), reply);
        return new Xml()
                .text("Encrypt", sealed)
                .text("MsgSignature", Crypt.signature(account.token(), "1", "2", sealed))
                .number("TimeStamp", 1)
                .text("Nonce", "2")
                .toString();
    }

    private static String text(Map<String, String> to, String words) {
        return new Xml()
                .text("ToUserName", to.get("FromUserName"))
                .text("FromUserName", to.get("ToUserName"))
                .number("CreateTime", 1)
                .text("MsgType", "text")
                .text("Content", words)
                .toString();
    }

    private static boolean breaks(Future<?> future) {
        boolean answered = await(future.map(true).otherwise(false));
        return !answered;
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.await(30, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("nothing happened within 30 s", e);
        }
    }
}
