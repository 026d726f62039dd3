package linge.notify.wechat.platform;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * WeChat on loopback: {@code api.weixin.qq.com}, {@code open.weixin.qq.com} and {@code mp.weixin.qq.com} behind one
 * address, with one official account. Its time is the clock it is given, its dice fall by a seed, and it keeps what
 * reached people and what it refused.
 *
 * <pre>{@code
 * WeChatPlatform platform = WeChatPlatform.start(vertx, clock, 7);
 * platform.callback("http://127.0.0.1:" + port + "/wechat/callback");
 * Push push = platform.follower("o-wang").alreadyFollowing().says("路灯坏了");  // delivered once already
 * push.answer().await().text();
 * push.deliver();                                                              // pushed for the second time
 * platform.follower("o-wang").seen();
 * }</pre>
 */
public final class WeChatPlatform implements AutoCloseable {

    public static final String STABLE_TOKEN = "/cgi-bin/stable_token";
    public static final String TEMPLATE = "/cgi-bin/message/template/send";
    public static final String SUBSCRIPTION = "/cgi-bin/message/subscribe/bizsend";
    public static final String SERVICE = "/cgi-bin/message/custom/send";

    private static final int TEMPLATES_A_DAY = 100_000;
    private static final int CALLS_A_DAY = 500_000;

    private final InstantSource clock;
    private final HttpClient client;
    private final Random numbers;
    private final Map<String, Follower> followers = new TreeMap<>();
    private final Map<String, Quota> quotas = new HashMap<>();
    private final Map<String, Integer> calls = new HashMap<>();
    private final List<Effect> effects = new ArrayList<>();
    private final List<Refusal> refusals = new ArrayList<>();
    private final List<String> ungranted = new ArrayList<>();

    private final Pushes pushes;
    private final Faults faults;
    final Tokens tokens;
    final Sends sends;
    final OAuth oauth;
    final Media media = new Media();
    final QrCodes qrCodes = new QrCodes();
    final Menus menus = new Menus();

    private volatile Account account = new Account(
            "gh_0123456789ab",
            "wx0123456789abcdef",
            "secret-of-the-account-on-loopback",
            "word-that-signs",
            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOP0");
    private volatile String redirectStart = "http";
    private volatile String phoneOf = "";
    private long number;
    private @Nullable HttpServer server;

    private WeChatPlatform(Vertx vertx, InstantSource clock, long seed) {
        this.clock = clock;
        // A die each, so that more calls of one kind do not change what falls for another.
        Random seeds = new Random(seed);
        numbers = new Random(seeds.nextLong());
        number = 24_000_000_000_000_000L + numbers.nextInt(1_000_000);
        client = vertx.createHttpClient();
        faults = new Faults(new Random(seeds.nextLong()));
        pushes = new Pushes(this, client, new Random(seeds.nextLong()));
        tokens = new Tokens(account, clock, new Random(seeds.nextLong()));
        oauth = new OAuth(this, client, new Random(seeds.nextLong()));
        sends = new Sends(this);
        quotas.put(TEMPLATE, new Quota(TEMPLATES_A_DAY));
    }

    /** Starts on a free port of loopback; from a test's thread, not from an event loop. */
    public static WeChatPlatform start(Vertx vertx, InstantSource clock, long seed) {
        WeChatPlatform platform = new WeChatPlatform(vertx, clock, seed);
        platform.server = await(
                vertx.createHttpServer().requestHandler(new Endpoints(platform)).listen(0, "127.0.0.1"));
        return platform;
    }

    @Override
    public void close() {
        HttpServer running = server;
        if (running != null) {
            await(running.close());
        }
        await(client.close());
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.await(30, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("nothing happened within 30 s", e);
        }
    }

    /** Base address of all three hosts, without a slash at its end. */
    public String api() {
        HttpServer running = server;
        if (running == null) {
            throw new IllegalStateException("not started");
        }
        return "http://127.0.0.1:" + running.actualPort();
    }

    public Account account() {
        return account;
    }

    /** As when the owner changes the key in the console: pushes from now on are encrypted with it. */
    public void aesKey(String next) {
        Account was = account;
        account = new Account(was.id(), was.appId(), was.secret(), was.token(), next);
    }

    /** Where pushes go; without one they wait. */
    public void callback(@Nullable String url) {
        pushes.callback(url);
    }

    /** Encrypted only, unless told otherwise. */
    public void mode(Mode mode) {
        pushes.mode(mode);
    }

    public void chaos(Chaos chaos) {
        pushes.chaos(chaos);
    }

    /** Whether pushes wait for {@link Push#deliver} or {@link #tick} instead of being delivered at once. */
    public void holdPushes(boolean hold) {
        pushes.hold(hold);
    }

    /** Asks the callback whether it is ours, as the console does. */
    public Future<Boolean> verify() {
        return pushes.verify();
    }

    /**
     * Does what time asks for: pushes unanswered for 5 s are given up and delivered again, after the third the person
     * gets an apology; pushes held are delivered. Completes when everything delivered now is answered or has failed.
     */
    public Future<Void> tick() {
        return pushes.tick();
    }

    /** Pushes that are neither answered nor given up, oldest first. */
    public List<Push> openPushes() {
        return pushes.open();
    }

    /** The person with that openid, who does not follow the account before they do so. */
    public synchronized Follower follower(String openid) {
        return followers.computeIfAbsent(openid, id -> new Follower(this, id));
    }

    synchronized @Nullable Follower known(String openid) {
        return followers.get(openid);
    }

    /** An approved template, for template and subscription messages, with its fields' names, e.g. {@code thing1}. */
    public void template(String id, String... fields) {
        sends.template(id, List.of(fields));
    }

    public void removeTemplate(String id) {
        sends.removeTemplate(id);
    }

    /** How many calls of an endpoint a day may hold. */
    public synchronized void quota(String path, int aDay) {
        quotas.put(path, new Quota(aDay));
    }

    synchronized Quota quota(String path) {
        return quotas.computeIfAbsent(path, p -> new Quota(CALLS_A_DAY));
    }

    /** The account may no longer call this endpoint: 48001. */
    public synchronized void withhold(String path) {
        ungranted.add(path);
    }

    public synchronized void grant(String path) {
        ungranted.remove(path);
    }

    synchronized boolean isGranted(String path) {
        return !ungranted.contains(path);
    }

    /** Makes the tokens that are out there worthless: the next call with one answers 40001. */
    public void revokeTokens() {
        tokens.revoke();
    }

    /** Pages that may ask who is there; any, unless told otherwise. */
    public void redirectsOnlyTo(String start) {
        redirectStart = start;
    }

    boolean isRedirectAllowed(String url) {
        return url.startsWith(redirectStart);
    }

    /** Whose phone a browser is that comes without a header or cookie {@code x-wechat-user}. */
    public void phoneOf(String openid) {
        phoneOf = openid;
    }

    String phoneOf() {
        return phoneOf;
    }

    public Faults faults() {
        return faults;
    }

    /** How often an endpoint was called, failures of the network included. */
    public synchronized int calls(String path) {
        return calls.getOrDefault(path, 0);
    }

    synchronized void called(String path) {
        calls.merge(path, 1, Integer::sum);
    }

    /** All that people saw, oldest first. */
    public synchronized List<Effect> effects() {
        return List.copyOf(effects);
    }

    /** Keys under which one person saw more than one message, with how many: empty when all is well. */
    public synchronized Map<String, Integer> doubles() {
        Map<String, Integer> count = new TreeMap<>();
        for (Effect effect : effects) {
            if (!effect.key().isEmpty()) {
                count.merge(effect.openid() + " " + effect.key(), 1, Integer::sum);
            }
        }
        count.values().removeIf(n -> n == 1);
        return count;
    }

    /** Calls that were answered with an error, oldest first: what was sent over quota is among them. */
    public synchronized List<Refusal> refusals() {
        return List.copyOf(refusals);
    }

    /** How often an error was answered, e.g. 45047. */
    public synchronized long refusals(int code) {
        return refusals.stream().filter(refusal -> refusal.code() == code).count();
    }

    synchronized void refused(Refusal refusal) {
        refusals.add(refusal);
    }

    synchronized void record(
            Effect.Kind kind, String openid, String key, String template, long msgid, JsonObject body) {
        effects.add(new Effect(kind, openid, key, template, msgid, now(), body));
    }

    /** Forgets what was seen, refused and called; people, tokens and quotas stay. */
    public synchronized void forget() {
        effects.clear();
        refusals.clear();
        calls.clear();
    }

    Instant now() {
        return clock.instant();
    }

    /** A number for a message: they grow, with gaps. */
    synchronized long nextNumber() {
        number += 1 + numbers.nextInt(100);
        return number;
    }

    /** A message: it has a MsgId. */
    Push push(Follower from, String type, Xml content) {
        long id = nextNumber();
        String xml = head(from, type).raw("MsgId", Long.toString(id)).inner();
        return begin(from, Long.toString(id), xml.replace("<MsgId>", content.inner() + "<MsgId>"));
    }

    /** An event: known by who and when. */
    Push push(Follower from, Xml event) {
        return begin(
                from,
                from.openid() + ":" + now().getEpochSecond(),
                head(from, "event").inner() + event.inner());
    }

    private Xml head(Follower from, String type) {
        return new Xml()
                .text("ToUserName", account.id())
                .text("FromUserName", from.openid())
                .number("CreateTime", now().getEpochSecond())
                .text("MsgType", type);
    }

    private Push begin(Follower from, String key, String inner) {
        Push push = new Push(pushes, from, key, "<xml>" + inner + "</xml>");
        pushes.begin(push);
        return push;
    }
}
