package linge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.Map;
import linge.db.TestDatabase;
import linge.live.OpenPage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two nodes joined through Hazelcast on one database. */
class ClusterTest {

    private static TestApp one;
    private static TestApp two;

    @BeforeAll
    static void join() throws IOException {
        TestDatabase database = TestApp.demoDatabase();
        int first;
        int second;
        try (ServerSocket a = new ServerSocket(0);
                ServerSocket b = new ServerSocket(0)) {
            first = a.getLocalPort();
            second = b.getLocalPort();
        }
        String members = "127.0.0.1:" + first + ",127.0.0.1:" + second;
        one = node(database, members, first);
        two = node(database, members, second);
    }

    private static TestApp node(TestDatabase database, String members, int port) {
        return TestApp.on(
                database,
                Map.of(
                        "LINGE_DEMO",
                        "true",
                        "LINGE_CLUSTER",
                        members,
                        "LINGE_CLUSTER_HOST",
                        "127.0.0.1",
                        "LINGE_CLUSTER_PORT",
                        String.valueOf(port)));
    }

    @AfterAll
    static void leave() {
        two.close();
        one.close();
    }

    @Test
    void whoever_signs_in_on_one_node_is_known_on_the_other() {
        Client here = one.resident();
        here.at(two.url()).get("/api/sessions").expect(200);
        here.at(two.url()).delete("/api/sessions").expect(204);
        here.get("/api/sessions").expect(401);
    }

    @Test
    void a_move_on_one_node_reaches_a_page_open_on_the_other() {
        Client resident = one.resident();
        String number = resident.file(TestApp.streetLamp()).getString("number");
        try (OpenPage page = OpenPage.of(resident.at(two.url()))) {
            one.staff("worker-" + one.grid()).tryMove(number, "ACCEPT").expect(200);
            JsonObject hint = page.nextCase();
            assertEquals(number, hint.getString("number"));
            assertEquals(1, hint.getInteger("version"));
        }
    }

    @Test
    void both_nodes_are_ready() {
        assertTrue(one.nobody()
                .get("/health/ready")
                .expect(200)
                .json()
                .getString("status")
                .equals("UP"));
        assertTrue(two.nobody()
                .get("/health/ready")
                .expect(200)
                .json()
                .getString("status")
                .equals("UP"));
    }
}
