package linge;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import linge.bot.place.AddressIndex;
import linge.bot.place.Gazetteer;
import linge.cases.CaseApi;
import linge.cases.CaseClock;
import linge.cases.Cases;
import linge.db.Migrations;
import linge.db.Pools;
import linge.db.PostgresServer;
import linge.db.RateLimits;
import linge.demo.DemoApi;
import linge.demo.DemoStaff;
import linge.grids.Grid;
import linge.grids.GridApi;
import linge.grids.Grids;
import linge.http.Brake;
import linge.http.Contract;
import linge.http.Health;
import linge.http.Site;
import linge.live.LiveApi;
import linge.live.LiveHints;
import linge.live.LiveHub;
import linge.media.Media;
import linge.media.MediaApi;
import linge.media.MediaSettings;
import linge.media.store.S3Settings;
import linge.notify.InApp;
import linge.notify.Inbox;
import linge.notify.Keeping;
import linge.notify.LocalSmsGateway;
import linge.notify.Outbox;
import linge.notify.Relay;
import linge.notify.RelaySettings;
import linge.notify.Sms;
import linge.notify.Templates;
import linge.people.PeopleApi;
import linge.residents.Residents;
import linge.sessions.Sessions;
import linge.shared.Names;
import linge.staff.Passwords;
import linge.staff.Staff;
import linge.staff.StaffApi;
import linge.triage.KnownNames;
import linge.triage.TriageApi;
import linge.triage.Understanding;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The service: composes every part, starts them in order, stops them in the reverse. */
public final class App implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(App.class);

    private static final Duration CLOCK_EVERY = Duration.ofSeconds(15);
    private static final long HOUSEKEEPING_MILLIS = Duration.ofMinutes(10).toMillis();
    private static final long PATIENCE_SECONDS = 20;

    private final DataFolder folder;
    private final PostgresServer postgres;
    private final Vertx vertx;
    private final Pool db;
    private final Parts parts;
    private final int port;

    /** Everything that is started and stopped. */
    private record Parts(Relay relay, CaseClock caseClock, LiveHub hub, String deployment, int port) {}

    private App(DataFolder folder, PostgresServer postgres, Vertx vertx, Pool db, Parts parts) {
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
            Parts parts = new Composition(settings, clock, folder.path(), postgres, vertx, db, metrics).start();
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
        return parts.caseClock().lookNow();
    }

    /** Answers what is in hand, then stops part by part; nothing accepted is lost. */
    @Override
    public void close() {
        quietly("live pages", () -> parts.hub().close());
        quietly("http", () -> vertx.undeploy(parts.deployment()));
        quietly("clock", () -> parts.caseClock().stop());
        quietly("relay", () -> parts.relay().stop());
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

    /** Builds the parts from the bottom up. */
    private record Composition(
            Settings settings,
            Clock clock,
            Path folder,
            PostgresServer postgres,
            Vertx vertx,
            Pool db,
            PrometheusMeterRegistry metrics) {

        Parts start() {
            boolean demo = settings.demo();
            RateLimits limits = new RateLimits(db, clock);
            boolean https = settings.publicUrl() != null
                    && "https".equals(settings.publicUrl().getScheme());
            Sessions sessions = new Sessions(db, clock, demo, https);
            Staff staff = new Staff(db, clock, limits, new Passwords(vertx), sessions, demo);
            LocalSmsGateway sms = new LocalSmsGateway(db, clock);
            Residents residents =
                    new Residents(db, clock, limits, (tx, phone, text) -> sms.keep(tx, phone, text, "code"), demo);

            Gazetteer gazetteer = Gazetteer.shipped();
            AddressIndex addresses = new AddressIndex(gazetteer);
            Grids grids = Grids.open(vertx, db, gazetteer, addresses, clock, Grids.Options.usual(), demo)
                    .await();
            if (demo) {
                new DemoStaff(db, clock).settle(gridCodes(grids)).await();
            }
            Names names = new KnownNames(grids);
            Understanding understanding = new Understanding(vertx, grids);
            Future<Void> warm = understanding.warmUp();

            LiveHints hints = new LiveHints(vertx.eventBus());
            sessions.whenEnded(hints::sessionsEnded);
            LiveHub hub = new LiveHub(vertx);
            Inbox inbox = new Inbox(db, clock);
            Relay relay = relay(sms, hints);

            Media media = media();
            Cases.Ground ground = new Cases.Ground(
                    db, clock, understanding, grids, residents, staff, media, new Outbox(clock), limits, names);
            Cases cases = new Cases(ground, hints::caseChanged);
            CaseClock caseClock = new CaseClock(vertx, cases, CLOCK_EVERY);

            Contract contract = Contract.load(vertx, sessions).await();
            Brake brake = new Brake(20, 600, clock);
            new SettingsApi(settings, MediaSettings.USUAL).mount(contract);
            new TriageApi(understanding, residents, brake).mount(contract);
            new GridApi(grids, staff::shownTeam, residents::homeOf).mount(contract);
            new PeopleApi(residents, staff, sessions, grids, names).mount(contract);
            new StaffApi(staff, names).mount(contract);
            new MediaApi(vertx, media, cases::maySee).mount(contract);
            new CaseApi(cases, ground).mount(contract);
            new LiveApi(vertx, inbox, sessions, hub).mount(contract);
            new DemoApi(demo, sms, staff, names).mount(contract);
            Health health = new Health()
                    .part("database", () -> db.query("SELECT 1").execute().map(true))
                    .part("grids", () -> Future.succeededFuture(grids.index().size() > 0))
                    .part("understanding", () -> Future.succeededFuture(warm.succeeded()))
                    .part("media", () -> media.check().map(true))
                    .part("relay", () -> Future.succeededFuture(relay.isListening()));
            Router router =
                    Site.router(vertx, new Site.Manner(settings.proxy(), settings.tiles()), health, metrics, contract);

            metrics.gauge("linge_live_streams", hub, LiveHub::size);
            // The folder's lock keeps others off the embedded database: whoever held a lease there is dead.
            if (settings.dbUrl() == null) {
                relay.takeOver().await();
            }
            relay.start().await();
            caseClock.start();
            media.sweeper().start();
            vertx.setPeriodic(
                    HOUSEKEEPING_MILLIS,
                    id -> Future.join(sessions.forgetOld(), limits.forgetOld(), Keeping.DEFAULT.sweep(db, clock))
                            .onFailure(failure -> log.warn("housekeeping tries again later", failure)));
            Door door = new Door(settings, router);
            String deployment =
                    vertx.deployVerticle(door, new DeploymentOptions()).await();
            return new Parts(relay, caseClock, hub, deployment, door.port());
        }

        private static List<String> gridCodes(Grids grids) {
            return grids.index().all().stream().map(Grid::code).toList();
        }

        private Media media() {
            Settings.S3 s3 = settings.s3();
            S3Settings store = s3 == null
                    ? null
                    : new S3Settings(s3.endpoint(), s3.region(), s3.bucket(), "", s3.key(), s3.secret(), true);
            try {
                return Media.open(vertx, db, MediaSettings.USUAL.with(store), folder);
            } catch (IOException e) {
                throw new Settings.Wrong("数据文件夹里不能存照片（LINGE_DATA）：" + e.getMessage());
            }
        }

        private Relay relay(LocalSmsGateway sms, LiveHints hints) {
            String node = ProcessHandle.current().pid() + "-"
                    + UUID.randomUUID().toString().substring(0, 8);
            InApp inApp = new InApp(db, (audience, id) -> hints.inboxGrew(audience));
            return new Relay(
                    vertx,
                    db,
                    List.of(inApp, new Sms(sms)),
                    Templates.standard(),
                    clock,
                    RelaySettings.of(node),
                    postgres.options());
        }
    }

    /** The HTTP server; undeploying it answers what is in hand and accepts nothing more. */
    private static final class Door extends VerticleBase {

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

    /** What pages may know about the settings. */
    private record SettingsApi(Settings settings, MediaSettings media) {
        void mount(Contract contract) {
            JsonObject shown = PublicSettings.of(settings, media);
            contract.on("getSettings", call -> Future.succeededFuture(linge.http.Answer.ok(shown.copy())));
        }
    }
}
