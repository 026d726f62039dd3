package linge.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import io.vertx.openapi.validation.SchemaValidationException;
import io.vertx.openapi.validation.ValidatorException;
import linge.shared.Refusal;
import linge.shared.Refusal.Kind;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns every failure into {@code application/problem+json} (RFC 9457); only faults of ours are logged. */
public final class Problems {

    private static final Logger log = LoggerFactory.getLogger(Problems.class);

    private Problems() {}

    /** Answers a failed request. */
    public static void answer(RoutingContext ctx) {
        HttpServerResponse response = ctx.response();
        if (response.ended() || response.closed()) {
            return;
        }
        if (response.headWritten()) {
            // Too late for words; a stream that breaks off tells the reader to come again.
            response.reset();
            return;
        }
        show(ctx, refusal(ctx, ctx.failure()));
    }

    /** Answers with a refusal, past all that stands between a handler and here. */
    static void show(RoutingContext ctx, Refusal refusal) {
        HttpServerResponse response = ctx.response();
        JsonObject problem = document(refusal).put("requestId", Requests.id(ctx));
        Object wait = refusal.extra().get("retryAfter");
        if (wait != null) {
            response.putHeader(HttpHeaders.RETRY_AFTER, wait.toString());
        }
        response.setStatusCode(refusal.kind().status())
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json; charset=utf-8")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        if (!ctx.request().isEnded()) {
            // Whoever still sends will not be listened to; the connection goes once the answer has had time to arrive.
            response.putHeader(HttpHeaders.CONNECTION, "close");
        }
        response.end(problem.toBuffer());
    }

    /** A failure as a problem document, for answers that have begun already; a fault of ours is logged. */
    public static JsonObject document(RoutingContext ctx, Throwable failure) {
        return document(refusal(ctx, failure)).put("requestId", Requests.id(ctx));
    }

    static JsonObject document(Refusal refusal) {
        JsonObject problem = new JsonObject()
                .put("type", refusal.kind().type())
                .put("title", refusal.kind().title())
                .put("status", refusal.kind().status())
                .put("detail", refusal.detail());
        if (!refusal.faults().isEmpty()) {
            JsonArray errors = new JsonArray();
            refusal.faults()
                    .forEach(fault -> errors.add(
                            new JsonObject().put("pointer", fault.pointer()).put("detail", fault.detail())));
            problem.put("errors", errors);
        }
        refusal.extra().forEach(problem::put);
        return problem;
    }

    private static Refusal refusal(RoutingContext ctx, @Nullable Throwable failed) {
        Throwable failure = told(failed);
        if (failure instanceof Refusal refusal) {
            return refusal;
        }
        if (failure instanceof SchemaValidationException invalid) {
            return Refusal.badInput(SchemaFaults.of(invalid));
        }
        if (failure instanceof ValidatorException invalid) {
            return SchemaFaults.of(invalid);
        }
        if (failure instanceof DecodeException) {
            return Refusal.of(Kind.UNREADABLE_BODY, "请求内容不是合法的 JSON。");
        }
        Refusal byStatus = byStatus(ctx.statusCode());
        if (byStatus != null) {
            return byStatus;
        }
        log.atError()
                .setCause(failure)
                .addKeyValue("requestId", Requests.id(ctx))
                .addKeyValue("method", ctx.request().method())
                .addKeyValue("path", ctx.request().path())
                .log("a request failed");
        return Refusal.of(Kind.FAULT, "系统出了点问题，我们已经记下了。请稍后再试。");
    }

    /** The library wraps what it found wrong in a plain 400. */
    private static @Nullable Throwable told(@Nullable Throwable failure) {
        return failure instanceof HttpException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private static @Nullable Refusal byStatus(int status) {
        return switch (status) {
            case 400 -> Refusal.of(Kind.BAD_INPUT, "请求内容不符合要求。");
            case 404 -> Refusal.of(Kind.NOT_FOUND, "没有这个地址。");
            case 405 -> Refusal.of(Kind.WRONG_METHOD, "这个地址不支持这种操作。");
            case 413 -> Refusal.of(Kind.TOO_LARGE, "内容太大，请减少一些再提交。");
            case 414, 431 -> Refusal.of(Kind.TOO_LARGE, "请求地址或请求头太长。");
            case 415 -> Refusal.of(Kind.UNSUPPORTED_TYPE, "不支持这种内容格式，请使用 application/json。");
            case 503 -> Refusal.of(Kind.NOT_READY, "服务正在准备，请稍后再试。");
            default -> null;
        };
    }
}
