package linge;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.util.concurrent.TimeUnit;

/** The HTTP server; undeploying it answers what is in hand and accepts nothing more. */
final class Door extends VerticleBase {

    private final Settings settings;
    private final Router router;
    private volatile int port;
    private HttpServer server;

    @SuppressWarnings("NullAway.Init")
    Door(Settings settings, Router router) {
        this.settings = settings;
        this.router = router;
    }

    int port() {
        return port;
    }

    @Override
    public Future<?> start() {
        HttpServerOptions options = new HttpServerOptions()
                .setCompressionSupported(true)
                // Live streams beat every 15 s; whoever is silent for longer than this is gone.
                .setIdleTimeout(90)
                .setMaxInitialLineLength(8192)
                .setHost(settings.host())
                .setPort(settings.port());
        server = vertx.createHttpServer(options).requestHandler(router);
        return server.listen().onSuccess(listening -> port = listening.actualPort());
    }

    @Override
    public Future<?> stop() {
        return server.shutdown(10, TimeUnit.SECONDS);
    }
}
