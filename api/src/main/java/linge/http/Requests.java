package linge.http;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.UUID;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives each request an id and writes one line about it: what, how it ended, how long; nothing about whom. */
public final class Requests implements Handler<RoutingContext> {

    private static final Logger log = LoggerFactory.getLogger("linge.requests");
    private static final String KEY = "linge.requestId";
    private static final String PATH = "linge.shownPath";
    private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._-]{8,64}");

    /** Writes down another path than the one asked for: where part of it is a secret. */
    public static void showAs(RoutingContext ctx, String path) {
        ctx.put(PATH, path);
    }

    /** The id of a request: the proxy's {@code X-Request-Id}, or one of ours. */
    public static String id(RoutingContext ctx) {
        String id = ctx.get(KEY);
        return id == null ? "-" : id;
    }

    @Override
    public void handle(RoutingContext ctx) {
        long start = System.nanoTime();
        String given = ctx.request().getHeader("X-Request-Id");
        String id = given != null && SANE.matcher(given).matches()
                ? given
                : UUID.randomUUID().toString();
        ctx.put(KEY, id);
        ctx.response().putHeader("X-Request-Id", id);
        ctx.addEndHandler(ended -> log.atInfo()
                .addKeyValue("requestId", id)
                .addKeyValue("method", ctx.request().method())
                .addKeyValue("path", ctx.<String>get(PATH, ctx.request().path()))
                .addKeyValue("status", ctx.response().getStatusCode())
                .addKeyValue("millis", (System.nanoTime() - start) / 1_000_000)
                .log("request"));
        ctx.next();
    }
}
