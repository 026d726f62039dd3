package linge;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import linge.db.Migrations;
import linge.db.Pools;
import linge.db.PostgresServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The service: composes every part, starts them in order, stops them in the reverse. */
public final class App implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(App.class);

    private static final long PATIENCE_SECONDS = 20;

    private final DataFolder folder;
    private final PostgresServer postgres;
    private final Vertx vertx;
    private final Pool db;
    private final Composition.Parts parts;
    private final int port;

    private App(DataFolder folder, PostgresServer postgres, Vertx vertx, Pool db, Composition.Parts parts) {
        this.folder = folder;
        this.postgres = postgres;
        this.vertx = vertx;
        this.db = db;
        this.parts = parts;
        this.port = parts.port();
    }

    /**
     * Starts everything; blocks until the port answers.
     *
     * @throws Settings.Wrong in one line when a setting stands in the way: a busy port, an unwritable folder, a wrong URL
     */
    public static App start(Settings settings, Clock clock) {
        refuseBusyPort(settings);
        DataFolder folder = DataFolder.lock(settings.data());
        PostgresServer postgres = null;
        Vertx vertx = null;
        try {
            postgres = postgres(settings);
            Migrations.run(postgres.jdbcUrl());
            PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
            vertx = vertx(settings, metrics);
            Pool db = Pools.of(vertx, postgres.options(), settings.dbPool());
            Composition.Parts parts =
                    new Composition(settings, clock, folder.path(), postgres, vertx, db, metrics).start();
            return new App(folder, postgres, vertx, db, parts);
        } catch (RuntimeException failed) {
            if (vertx != null) {
                vertx.close().await();
            }
            if (postgres != null) {
                postgres.close();
            }
            folder.close();
            throw failed;
        }
    }

    /** The port that answers; another than the setting's when that is 0. */
    public int port() {
        return port;
    }

    /** Makes the moves that deadlines ask for at this moment; the clock does so by itself every few seconds. */
    Future<Void> lookAtDeadlines() {
        return parts.caseClock()
                .lookNow()
                .compose(done -> parts.whistles().clock().lookNow())
                .compose(done -> parts.mediation().clock().lookNow());
    }

    /** Forgets what is kept no longer; happens by itself every few minutes. */
    Future<?> keepHouse() {
        return parts.housekeeping().get();
    }

    /** Answers what is in hand, then stops part by part; nothing accepted is lost. */
    @Override
    public void close() {
        quietly("live pages", () -> parts.hub().close());
        quietly("http", () -> vertx.undeploy(parts.deployment()));
        quietly("wechat", () -> parts.weChat().stop());
        quietly("clock", () -> parts.caseClock().stop());
        quietly("whistle clock", () -> parts.whistles().clock().stop());
        quietly("mediation clock", () -> parts.mediation().clock().stop());
        quietly("relay", () -> parts.relay().stop());
        quietly("wechat channels", () -> parts.telling().close());
        quietly("sms", () -> parts.sms().stop());
        quietly("webhooks", () -> parts.webhooks().stop());
        quietly("what looks again and again", () -> parts.rest().get());
        quietly("database pool", db::close);
        quietly("vertx", vertx::close);
        postgres.close();
        folder.close();
    }

    private static void quietly(String part, java.util.function.Supplier<Future<?>> stop) {
        try {
            stop.get().await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            log.warn("{} did not stop cleanly", part, e);
        }
    }

    private static PostgresServer postgres(Settings settings) {
        String url = settings.dbUrl();
        return url == null ? PostgresServer.embedded(settings.data()) : own(url);
    }

    /** Your own server, or one line about why not. */
    static PostgresServer own(String url) {
        try {
            return PostgresServer.at(url);
        } catch (SQLException e) {
            String first = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new Settings.Wrong("连不上数据库（LINGE_DB_URL）：" + first);
        }
    }

    private static Vertx vertx(Settings settings, PrometheusMeterRegistry metrics) {
        VertxOptions options = new VertxOptions().setMetricsOptions(new MicrometerMetricsOptions().setEnabled(true));
        return Cluster.vertx(settings, Vertx.builder().withMetrics(new MicrometerMetricsFactory(metrics)), options)
                .await();
    }

    private static void refuseBusyPort(Settings settings) {
        try (ServerSocket tried = new ServerSocket()) {
            tried.setReuseAddress(true);
            tried.bind(new InetSocketAddress(InetAddress.getByName(settings.host()), settings.port()));
        } catch (IOException e) {
            throw new Settings.Wrong(
                    "端口 " + settings.port() + " 用不了（LINGE_PORT、LINGE_HOST=" + settings.host() + "）：" + e.getMessage());
        }
    }
}
