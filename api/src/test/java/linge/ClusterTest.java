package linge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import linge.bot.place.AddressIndex;
import linge.bot.place.Gazetteer;
import linge.db.TestDatabase;
import linge.grids.Grid;
import linge.grids.GridVersion;
import linge.grids.GridVersions;
import linge.grids.Grids;
import linge.live.LiveEvents;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two nodes on one database: whichever one meets, it is the same service. */
class ClusterTest {

    private static final List<Integer> PORTS = freePorts();

    private static TestDatabase database;
    private static TestApp one;
    private static TestApp other;

    @BeforeAll
    static void start() {
        database = TestApp.demoDatabase();
        one = TestApp.on(database, member(0));
        other = TestApp.on(database, member(1));
    }

    private static Map<String, String> member(int which) {
        return Map.of(
                "LINGE_DEMO",
                "true",
                "LINGE_DB_URL",
                database.url(),
                "LINGE_CLUSTER",
                "127.0.0.1:" + PORTS.get(0) + ",127.0.0.1:" + PORTS.get(1),
                "LINGE_CLUSTER_HOST",
                "127.0.0.1",
                "LINGE_CLUSTER_PORT",
                PORTS.get(which).toString());
    }

    private static List<Integer> freePorts() {
        try (ServerSocket a = new ServerSocket(0);
                ServerSocket b = new ServerSocket(0);
                ServerSocket c = new ServerSocket(0)) {
            return List.of(a.getLocalPort(), b.getLocalPort(), c.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    static void stop() {
        other.close();
        one.close();
    }

    @Test
    void both_nodes_are_ready() {
        for (TestApp node : List.of(one, other)) {
            Eventually.get("ready", () -> node.nobody().get("/health/ready"), reply -> reply.status() == 200);
        }
    }

    @Test
    void a_session_made_on_one_node_works_on_the_other_and_ends_on_both() {
        Client here = one.resident();
        Client there = here.at(other.url());
        assertEquals("RESIDENT", there.get("/api/me").expect(200).string("kind"));
        there.delete("/api/sessions").expect(204);
        here.get("/api/me").refused(401, "not-signed-in");
    }

    @Test
    void a_move_on_one_node_is_heard_on_the_other() {
        Client resident = one.resident();
        Client worker = one.staff("worker-" + one.grid());
        String number = resident.file(TestApp.streetLamp()).getString("number");
        Eventually.get("inbox of one", () -> resident.get("/api/inbox").items(), items -> items.size() == 1);
        try (LiveEvents page = new LiveEvents(resident.at(other.url()), "/api/live")) {
            page.next("ready");
            worker.move(number, "ACCEPT");
            assertEquals(
                    JsonObject.of("number", number, "version", 1),
                    page.next("case").json());
            assertEquals(number, page.next("notice").json().getString("subject"));
            resident.delete("/api/sessions").expect(204);
            page.next("ended");
        }
    }

    @Test
    void guesses_are_counted_across_nodes() {
        JsonObject wrong = new JsonObject().put("user", "somebody").put("password", "not the password");
        for (int i = 0; i < 5; i++) {
            (i % 2 == 0 ? one : other).nobody().post("/api/sessions", wrong).refused(401, "wrong-credentials");
        }
        one.nobody().post("/api/sessions", wrong).refused(429, "too-often");
        other.nobody().post("/api/sessions", wrong).refused(429, "too-often");
    }

    @Test
    void grids_brought_in_are_in_force_on_every_node() {
        String old = one.grid();
        assertEquals(old, other.grid());
        // A member that adds a version tells the others at once; whoever adds one from outside is heard within half a
        // minute.
        Vertx outside = Cluster.vertx(Settings.from(member(2)), Vertx.builder(), new VertxOptions())
                .await();
        try {
            Pool db = one.database().pool(outside);
            Gazetteer gazetteer = Gazetteer.shipped();
            Grids grids = Grids.open(
                            outside,
                            db,
                            gazetteer,
                            new AddressIndex(gazetteer),
                            Clock.systemUTC(),
                            Grids.Options.usual(),
                            false)
                    .await();
            List<Grid> renamed = grids.index().all().stream()
                    .map(grid -> new Grid(
                            grid.code(), "新" + grid.name(), grid.kind(), grid.use(), grid.households(), grid.outline()))
                    .toList();
            LocalDate today = LocalDate.now(Clock.system(Grids.SHANGHAI));
            new GridVersions(outside, db)
                    .add(
                            new GridVersion(
                                    0,
                                    today,
                                    "imported",
                                    false,
                                    "test",
                                    Clock.systemUTC().instant()),
                            renamed)
                    .await();
        } finally {
            outside.close().await();
        }
        for (TestApp node : List.of(one, other)) {
            JsonObject grid = Eventually.get(
                    "in force",
                    () -> node.nobody().get("/api/grids/" + old).expect(200).json(),
                    shown -> shown.getString("name").startsWith("新"));
            assertTrue(!grid.getBoolean("demo"), grid::encode);
        }
    }
}
