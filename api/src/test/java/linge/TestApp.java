package linge;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import linge.bot.place.AddressIndex;
import linge.bot.place.Gazetteer;
import linge.db.TestDatabase;
import linge.demo.DemoStaff;
import linge.grids.Grid;
import linge.grids.Grids;
import org.jspecify.annotations.Nullable;

/** The whole service on a database of its own, reached over loopback as anybody would. */
public final class TestApp implements AutoCloseable {

    /** In the middle of 长治, inside a demo grid. */
    public static final double LON = 113.117;

    public static final double LAT = 36.195;

    private static final Vertx OUTSIDE = Vertx.vertx();
    private static final AtomicInteger PHONES = new AtomicInteger();
    private static final Pattern CODE = Pattern.compile("\\d{6}");

    private final TestDatabase database;
    private final Path folder;
    private final int port;
    private final SettableClock clock;
    private final Pool sql;
    /** Null once it is stopped: test classes keep their TestApp for as long as the JVM runs, and a service is large. */
    private final AtomicReference<@Nullable App> app;

    private TestApp(TestDatabase database, Path folder, App app, SettableClock clock) {
        this.sql = database.pool(OUTSIDE);
        this.database = database;
        this.folder = folder;
        this.app = new AtomicReference<>(app);
        this.port = app.port();
        this.clock = clock;
    }

    /** Demo mode, with the demo ground and its staff. */
    public static TestApp demo() {
        return on(Seeded.DATABASE.copy(), Map.of("LINGE_DEMO", "true"));
    }

    /** The demo's ground and staff in the database, but not in demo mode. */
    public static TestApp earnest() {
        return on(Seeded.DATABASE.copy(), Map.of());
    }

    /** Another node, or one with settings of its own; the database stays when it closes. */
    public static TestApp on(TestDatabase database, Map<String, String> settings) {
        try {
            Path folder = Files.createTempDirectory("linge-test");
            Map<String, String> all = new HashMap<>(Map.of(
                    "LINGE_HOST",
                    "127.0.0.1",
                    "LINGE_PORT",
                    "0",
                    "LINGE_DATA",
                    folder.toString(),
                    "LINGE_DB_URL",
                    database.url()));
            all.putAll(settings);
            SettableClock clock = new SettableClock();
            return new TestApp(database, folder, App.start(Settings.from(all), clock), clock);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static TestDatabase demoDatabase() {
        return Seeded.DATABASE.copy();
    }

    /** The demo's ground and staff, generated once for all tests. */
    private static final class Seeded {
        static final TestDatabase DATABASE = seed();

        private static TestDatabase seed() {
            TestDatabase database = TestDatabase.fresh();
            Vertx vertx = Vertx.vertx();
            // Long in force, so that a test may set its clock as it likes.
            Clock past = Clock.offset(Clock.systemUTC(), Duration.ofDays(-400));
            Gazetteer gazetteer = Gazetteer.shipped();
            Pool db = database.pool(vertx);
            Grids grids = Grids.open(
                            vertx, db, gazetteer, new AddressIndex(gazetteer), past, Grids.Options.usual(), true)
                    .await();
            new DemoStaff(db, past)
                    .settle(grids.index().all().stream().map(Grid::code).toList())
                    .await();
            grids.close().await();
            db.close().await();
            vertx.close().await();
            return database;
        }
    }

    public int port() {
        return port;
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    public Path folder() {
        return folder;
    }

    public SettableClock clock() {
        return clock;
    }

    public TestDatabase database() {
        return database;
    }

    /** Asks the database itself. */
    public <T> T sql(Function<Pool, Future<T>> work) {
        return work.apply(sql).await();
    }

    /** One number the database answers. */
    public long count(String query, Object... values) {
        return sql(db -> db.preparedQuery(query)
                .execute(Tuple.from(values))
                .map(rows -> rows.iterator().next().getLong(0)));
    }

    /** Sets the clock forward and lets it make the moves that are due then. */
    public void forward(Duration by) {
        clock.forward(by);
        running().lookAtDeadlines().await();
    }

    /** Forgets what is kept no longer at the clock's time. */
    public void houseKeeping() {
        running().keepHouse().await();
    }

    public Client nobody() {
        return new Client(url());
    }

    /** A phone that nobody has used before. */
    public static String phone() {
        return String.format(Locale.ROOT, "139%08d", PHONES.incrementAndGet());
    }

    /** A resident who was not there before. */
    public Client resident() {
        return resident(phone());
    }

    public Client resident(String phone) {
        return nobody().bearer(signIn(phone).getString("token"));
    }

    /** Signs in by the code in the SMS; the answer. */
    public JsonObject signIn(String phone) {
        nobody().post("/api/sms-codes", new JsonObject().put("phone", phone)).expect(202);
        return nobody().post(
                        "/api/sessions", new JsonObject().put("phone", phone).put("code", code(phone)))
                .expect(201)
                .json();
    }

    /** The code in the newest SMS to a phone. */
    public String code(String phone) {
        Matcher code = CODE.matcher(sql(db -> db.preparedQuery(
                        "SELECT text FROM sms_messages WHERE phone = $1 AND purpose = 'code' ORDER BY id DESC LIMIT 1")
                .execute(Tuple.of(phone))
                .map(rows -> rows.iterator().next().getString("text"))));
        code.find();
        return code.group();
    }

    /** A made-up staff member by user name, e.g. {@code worker-140403001001001}. */
    public Client staff(String user) {
        return nobody().bearer(staffToken(user));
    }

    private String staffToken(String user) {
        return nobody().post("/api/sessions", new JsonObject().put("user", user).put("password", DemoStaff.PASSWORD))
                .expect(201)
                .string("token");
    }

    /** The grid in the middle of the city. */
    public String grid() {
        return nobody().get("/api/grids/at?lon=" + LON + "&lat=" + LAT + "&crs=wgs84")
                .expect(200)
                .json()
                .getJsonObject("grid")
                .getString("code");
    }

    /** A complaint about that grid. */
    public static JsonObject streetLamp() {
        return new JsonObject()
                .put("text", "小区门口的路灯坏了三天，晚上看不见路")
                .put("point", new JsonObject().put("lon", LON).put("lat", LAT).put("crs", "wgs84"));
    }

    /** Stops the service; its database can still be asked. */
    public void stop() {
        App running = app.getAndSet(null);
        if (running != null) {
            running.close();
        }
    }

    private App running() {
        return Objects.requireNonNull(app.get(), "the service is stopped");
    }

    @Override
    public void close() {
        stop();
        sql.close().await();
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(java.io.File::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
