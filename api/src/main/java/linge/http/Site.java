package linge.http;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.AllowForwardHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.StaticHandler;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.function.Consumer;
import linge.shared.Refusal;
import org.jspecify.annotations.Nullable;

/** Everything the port serves, in order: request lines, health, metrics, the contract, the pages, problems. */
public final class Site {

    /**
     * How the site is served.
     *
     * @param weChat whether pages may load WeChat's script
     */
    public record Manner(boolean behindProxy, @Nullable String tiles, boolean weChat) {}

    private static final String PAGES = "webroot";

    private Site() {}

    /** @param beside mounts what is no part of the contract, and goes before it */
    public static Router router(
            Vertx vertx,
            Manner manner,
            Health health,
            PrometheusMeterRegistry metrics,
            Consumer<Router> beside,
            Contract contract) {
        Router router = Router.router(vertx);
        if (manner.behindProxy()) {
            router.allowForward(AllowForwardHeaders.X_FORWARD);
        }
        router.route().handler(new Requests());
        router.route().handler(ctx -> guard(ctx, manner));
        router.route().handler(Site::refuseUnreadableAddress);
        health.mount(router);
        router.get("/metrics").handler(ctx -> showMetrics(ctx, metrics));
        router.get("/api/openapi.yaml")
                .handler(ctx -> ctx.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, "application/yaml; charset=utf-8")
                        .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
                        .sendFile("openapi.yaml"));
        router.get("/api/docs").handler(ctx -> page(ctx, "docs.html"));
        beside.accept(router);
        router.route("/*").subRouter(contract.router());
        router.route("/api/*").handler(ctx -> ctx.fail(404));
        router.getWithRegex("/assets/.*").handler(assets());
        router.get()
                .handler(StaticHandler.create(PAGES).setIndexPage("index.html").setCachingEnabled(false));
        // A page's own address, e.g. /cases/2611…: the router in the page takes it from there.
        router.get().handler(Site::pageOrMissing);
        router.route().handler(ctx -> ctx.fail(ctx.request().method().name().equals("HEAD") ? 404 : 405));
        router.route().failureHandler(Problems::answer);
        for (int status : new int[] {400, 404, 405, 413, 414, 415, 431, 500, 503}) {
            router.errorHandler(status, Problems::answer);
        }
        return router;
    }

    /** File names of assets carry their content's hash: they never change. */
    private static StaticHandler assets() {
        return StaticHandler.create(PAGES).setMaxAgeSeconds(365L * 24 * 3600).setCachingEnabled(true);
    }

    private static void pageOrMissing(RoutingContext ctx) {
        String path = ctx.normalizedPath();
        String accepts = ctx.request().getHeader(HttpHeaders.ACCEPT);
        boolean file = path.substring(path.lastIndexOf('/') + 1).contains(".");
        if (file || accepts != null && !accepts.contains("text/html") && !accepts.contains("*/*")) {
            ctx.fail(404);
        } else {
            page(ctx, "index.html");
        }
    }

    private static void page(RoutingContext ctx, String name) {
        ctx.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
                .sendFile(PAGES + "/" + name)
                .onFailure(missing -> ctx.fail(404));
    }

    private static void guard(RoutingContext ctx, Manner manner) {
        String tiles = manner.tiles() == null ? "" : " " + origin(manner.tiles());
        String scripts = manner.weChat() ? " script-src 'self' https://res.wx.qq.com;" : "";
        ctx.response()
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "same-origin")
                .putHeader("X-Frame-Options", "DENY")
                .putHeader(
                        "Content-Security-Policy",
                        "default-src 'self';" + scripts + " img-src 'self' data: blob:" + tiles
                                + "; media-src 'self' blob:; style-src 'self' 'unsafe-inline'; connect-src 'self';"
                                + " worker-src 'self'; object-src 'none'; base-uri 'self'; frame-ancestors 'none'");
        ctx.next();
    }

    /** An address that does not decode is found out here, and not by whoever looks at it first. */
    private static void refuseUnreadableAddress(RoutingContext ctx) {
        try {
            ctx.normalizedPath();
            ctx.request().params();
        } catch (IllegalArgumentException unreadable) {
            // Not by failing: looking for the handler of a failure reads the path again.
            Problems.show(ctx, Refusal.of(Refusal.Kind.BAD_INPUT, "网址里有读不懂的字符，请核对后再试。"));
            return;
        }
        ctx.next();
    }

    private static String origin(String tiles) {
        int path = tiles.indexOf('/', tiles.indexOf("://") + 3);
        return (path < 0 ? tiles : tiles.substring(0, path)).replace("{s}", "*");
    }

    /** Figures about the service are for its operator: for this machine and private networks only. */
    private static void showMetrics(RoutingContext ctx, PrometheusMeterRegistry metrics) {
        if (!near(ctx.request())) {
            ctx.fail(404);
            return;
        }
        ctx.vertx()
                .executeBlocking(metrics::scrape, false)
                .onSuccess(text -> ctx.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")
                        .end(text))
                .onFailure(ctx::fail);
    }

    private static boolean near(HttpServerRequest request) {
        SocketAddress from = request.remoteAddress();
        try {
            InetAddress address = InetAddress.getByName(from.hostAddress());
            return address.isLoopbackAddress() || address.isSiteLocalAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
