package linge.notify.wechat.platform;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The way of pushes to the service: signed, encrypted if the account says so, and as unreliable as asked for. */
final class Pushes {

    record Raw(int status, String body) {}

    private final WeChatPlatform platform;
    private final HttpClient client;
    private final Random random;
    private final Set<Push> open = new LinkedHashSet<>();

    private volatile @Nullable String callback;
    private volatile Mode mode = Mode.SAFE;
    private volatile Chaos chaos = Chaos.NONE;
    private volatile boolean held;

    Pushes(WeChatPlatform platform, HttpClient client, Random random) {
        this.platform = platform;
        this.client = client;
        this.random = random;
    }

    void callback(@Nullable String url) {
        callback = url;
    }

    void mode(Mode next) {
        mode = next;
    }

    void chaos(Chaos next) {
        chaos = next;
    }

    void hold(boolean hold) {
        held = hold;
    }

    Instant now() {
        return platform.now();
    }

    synchronized List<Push> open() {
        return List.copyOf(open);
    }

    synchronized void done(Push push) {
        open.remove(push);
    }

    void begin(Push push) {
        double fate;
        boolean twice;
        synchronized (this) {
            open.add(push);
            fate = random.nextDouble();
            twice = random.nextDouble() < chaos.duplicate();
        }
        if (callback == null || held || fate < chaos.delay()) {
            return;
        }
        if (fate < chaos.delay() + chaos.drop()) {
            push.lose();
            return;
        }
        push.deliver();
        if (twice) {
            push.duplicate();
        }
    }

    /** Delivers what is due; completes when all of that is answered or has failed. */
    Future<Void> tick() {
        List<Future<Answer>> under = new ArrayList<>();
        if (callback == null) {
            return Future.succeededFuture();
        }
        Instant now = now();
        for (Push push : open()) {
            if (!push.isDue(now)) {
                continue;
            }
            if (push.isExhausted()) {
                push.settle(true);
            } else {
                under.add(push.deliver());
            }
        }
        return Future.join(under).transform(all -> Future.succeededFuture());
    }

    /** The request's address and body, signed anew as for every delivery. */
    Push.Signed sign(String xml) {
        Account account = platform.account();
        String timestamp = Long.toString(now().getEpochSecond());
        String nonce;
        String sealed = "";
        synchronized (this) {
            nonce = Integer.toString(random.nextInt(1_000_000_000));
            if (mode != Mode.PLAIN) {
                sealed = Crypt.encrypt(random, account.aesKey(), account.appId(), xml);
            }
        }
        String query = "?signature=" + Crypt.signature(account.token(), timestamp, nonce) + "&timestamp=" + timestamp
                + "&nonce=" + nonce;
        String to = callback + query + "&openid=" + Xml.leaves(xml).getOrDefault("FromUserName", "");
        if (mode == Mode.PLAIN) {
            return new Push.Signed(to, xml);
        }
        String body = mode == Mode.BOTH
                ? xml.replace("</xml>", new Xml().text("Encrypt", sealed).inner() + "</xml>")
                : new Xml()
                        .text("ToUserName", account.id())
                        .text("Encrypt", sealed)
                        .toString();
        return new Push.Signed(
                to + "&encrypt_type=aes&msg_signature=" + Crypt.signature(account.token(), timestamp, nonce, sealed),
                body);
    }

    /** The body is asked for within the first step: attached later from a test's thread, it could be gone already. */
    Future<Raw> send(Push.Signed signed, Wire wire) {
        return client.request(new RequestOptions().setMethod(HttpMethod.POST).setAbsoluteURI(signed.url()))
                .compose(open -> {
                    wire.take(open);
                    open.putHeader(HttpHeaders.CONTENT_TYPE, "text/xml")
                            .putHeader(HttpHeaders.USER_AGENT, "Mozilla/4.0");
                    return open.send(signed.body())
                            .compose(response ->
                                    response.body().map(body -> new Raw(response.statusCode(), body.toString())));
                });
    }

    /** WeChat's question, when the address is entered in its console, whether it is ours. */
    Future<Boolean> verify() {
        Account account = platform.account();
        String timestamp = Long.toString(now().getEpochSecond());
        String echo;
        synchronized (this) {
            echo = Long.toString(random.nextLong() >>> 1);
        }
        String query = "?signature=" + Crypt.signature(account.token(), timestamp, "7") + "&timestamp=" + timestamp
                + "&nonce=7&echostr=" + URLEncoder.encode(echo, StandardCharsets.UTF_8);
        return client.request(new RequestOptions().setMethod(HttpMethod.GET).setAbsoluteURI(callback + query))
                .compose(request -> request.send()
                        .compose(response -> response.body()
                                .map(body -> response.statusCode() == 200
                                        && body.toString().equals(echo))));
    }

    /** A passive reply's leaves; empty when there is none or WeChat would not take it. */
    Map<String, String> reply(String body) {
        Map<String, String> outer = body.startsWith("<") ? Xml.leaves(body) : Map.of();
        if (mode == Mode.PLAIN || outer.isEmpty()) {
            return outer;
        }
        Account account = platform.account();
        String sealed = outer.getOrDefault("Encrypt", "");
        String wanted = Crypt.signature(
                account.token(), outer.getOrDefault("TimeStamp", ""), outer.getOrDefault("Nonce", ""), sealed);
        if (!wanted.equals(outer.get("MsgSignature"))) {
            return Map.of();
        }
        try {
            return Xml.leaves(Crypt.decrypt(account.aesKey(), account.appId(), sealed));
        } catch (IllegalArgumentException e) {
            return Map.of();
        }
    }

    void shown(Push push, Map<String, String> reply) {
        JsonObject body = new JsonObject();
        reply.forEach(body::put);
        body.put("content", reply.getOrDefault("Content", ""));
        platform.record(Effect.Kind.REPLY, push.from().openid(), push.key(), "", 0, body);
    }
}
