package linge.wechat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.HttpException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import linge.chat.SideDoor;
import linge.shared.Refusal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /wechat/callback}: what the platform pushes, and the answer it waits for. Answers are plain, as the platform reads
 * nothing else: {@code success} for nothing to say, a small XML for words, a status for what is refused.
 */
final class Callback {

    static final String PATH = "/wechat/callback";

    private static final Logger log = LoggerFactory.getLogger(Callback.class);
    private static final int BODY_LIMIT = 64 * 1024;
    private static final int LONGEST_ECHO = 200;
    private static final String NOTHING = "success";

    /** What the callback stands on. */
    record Ground(Vertx vertx, Clock clock, Seal seal, Hearing hearing, SideDoor chat, ReplyText reply) {}

    private final Ground on;
    private final WorkerExecutor workers;

    Callback(Ground on) {
        this.on = on;
        this.workers = on.vertx().createSharedWorkerExecutor("wechat", 2);
    }

    void mount(Router router) {
        router.get(PATH).handler(this::prove);
        router.post(PATH).handler(BodyHandler.create(false).setBodyLimit(BODY_LIMIT));
        router.post(PATH).handler(this::hear);
        router.route(PATH).handler(ctx -> say(ctx, 405, "GET or POST"));
        router.route(PATH).failureHandler(Callback::refuse);
    }

    /** The console asks once whether this address is ours. */
    private void prove(RoutingContext ctx) {
        on.seal().check(signed(ctx, "signature"));
        String echo = ctx.queryParams().get("echostr");
        if (echo == null || echo.length() > LONGEST_ECHO) {
            throw Refusal.of(Refusal.Kind.BAD_INPUT, "没有 echostr。");
        }
        say(ctx, 200, echo);
    }

    private void hear(RoutingContext ctx) {
        Seal.Signed plain = signed(ctx, "signature");
        Seal.Signed sealed = signed(ctx, "msg_signature");
        String body = ctx.body().asString();
        workers.executeBlocking(() -> open(plain, sealed, body == null ? "" : body), false)
                .compose(opened -> push(ctx, opened))
                .onFailure(ctx::fail);
    }

    private record Arrived(Incoming incoming, Seal.@Nullable Key key) {}

    /** CPU work: reading, and with a key opening. */
    private Arrived open(Seal.Signed plain, Seal.Signed sealed, String body) {
        if (!on.seal().encrypts()) {
            on.seal().check(plain);
            return new Arrived(Incoming.read(body), null);
        }
        String encrypted = Incoming.text(Xml.read(body), "Encrypt");
        if (encrypted == null) {
            throw Refusal.notAllowed("本号只收加密的消息。");
        }
        Seal.Opened opened = on.seal().open(sealed, encrypted);
        return new Arrived(Incoming.read(opened.xml()), opened.key());
    }

    private Future<Void> push(RoutingContext ctx, Arrived arrived) {
        Incoming incoming = arrived.incoming();
        return on.hearing()
                .push(incoming)
                .compose(taken -> answer(ctx, arrived, taken.words()), failure -> urgentOnly(ctx, arrived, failure));
    }

    private Future<Void> answer(RoutingContext ctx, Arrived arrived, HeardStore.@Nullable Words words) {
        if (words == null) {
            say(ctx, 200, NOTHING);
            return Future.succeededFuture();
        }
        return seal(arrived, words.text())
                .compose(xml -> write(ctx, xml))
                .transform(written -> {
                    if (written.succeeded()) {
                        return on.hearing().arrived(words);
                    }
                    log.info("a push went away before its answer came");
                    return on.hearing().missed(words);
                })
                .recover(failure -> {
                    // The push has its answer; what is not marked is looked at again by and by.
                    log.warn("an answer to a push is not marked", failure);
                    return Future.succeededFuture();
                });
    }

    /** Without the database nothing is kept, and the platform shall push again; but danger is answered at once. */
    private Future<Void> urgentOnly(RoutingContext ctx, Arrived arrived, Throwable failure) {
        Incoming in = arrived.incoming();
        String words = in.kind().equals("voice") ? in.text("Recognition") : in.text("Content");
        if (words == null || in.isEvent()) {
            return Future.failedFuture(failure);
        }
        return on.chat().urgent(words).compose((@Nullable JsonArray urgent) -> {
            List<String> texts = urgent == null ? List.of() : on.reply().of(urgent);
            if (texts.isEmpty()) {
                return Future.failedFuture(failure);
            }
            log.warn("somebody in danger was answered, and nothing kept", failure);
            return seal(arrived, texts.get(0)).compose(xml -> write(ctx, xml));
        });
    }

    private Future<String> seal(Arrived arrived, String words) {
        Incoming to = arrived.incoming();
        String xml = Reply.text(to.openid(), to.account(), words, now());
        Seal.Key key = arrived.key();
        return key == null ? Future.succeededFuture(xml) : workers.executeBlocking(() -> Seal.seal(key, xml), false);
    }

    private Instant now() {
        return on.clock().instant();
    }

    private static Future<Void> write(RoutingContext ctx, String xml) {
        HttpServerResponse response = ctx.response();
        if (response.closed()) {
            return Future.failedFuture("the platform has hung up");
        }
        return response.putHeader(HttpHeaders.CONTENT_TYPE, "text/xml; charset=utf-8")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(Buffer.buffer(xml));
    }

    private static Seal.Signed signed(RoutingContext ctx, String signature) {
        return new Seal.Signed(
                ctx.queryParams().get(signature),
                ctx.queryParams().get("timestamp"),
                ctx.queryParams().get("nonce"));
    }

    private static void refuse(RoutingContext ctx) {
        Throwable failure = ctx.failure();
        if (failure instanceof Refusal refusal) {
            say(ctx, refusal.kind().status(), refusal.kind().name().toLowerCase(java.util.Locale.ROOT));
        } else if (failure instanceof HttpException http) {
            say(ctx, http.getStatusCode(), "refused");
        } else if (failure == null) {
            say(ctx, ctx.statusCode() > 0 ? ctx.statusCode() : 500, "refused");
        } else {
            log.error("a push could not be taken in", failure);
            say(ctx, 503, "again later");
        }
    }

    private static void say(RoutingContext ctx, int status, String words) {
        HttpServerResponse response = ctx.response();
        if (response.ended() || response.closed()) {
            return;
        }
        if (!ctx.request().isEnded()) {
            response.putHeader(HttpHeaders.CONNECTION, "close");
        }
        response.setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(words);
    }
}
