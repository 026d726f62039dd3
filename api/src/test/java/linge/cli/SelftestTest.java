package linge.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.ServerSocket;
import linge.TestApp;
import org.junit.jupiter.api.Test;

/** The suite an operator runs says of a living service that it lives, and of a dead one that it does not. */
class SelftestTest {

    @Test
    void a_demo_service_passes() {
        try (TestApp app = TestApp.demo()) {
            assertEquals(0, Main.run("selftest", "--url", app.url().toString()));
        }
    }

    @Test
    void a_service_outside_demo_mode_passes() {
        try (TestApp app = TestApp.earnest()) {
            assertEquals(0, Main.run("selftest", "--url", app.url().toString()));
        }
    }

    @Test
    void a_port_where_nobody_answers_fails() throws IOException {
        int closed;
        try (ServerSocket soon = new ServerSocket(0)) {
            closed = soon.getLocalPort();
        }
        assertEquals(1, Main.run("selftest", "--url", "http://127.0.0.1:" + closed));
    }

    @Test
    void what_is_no_address_is_refused() {
        assertEquals(1, Main.run("selftest", "--url", "localhost"));
        assertEquals(1, Main.run("selftest", "--url", "ftp://localhost"));
        assertEquals(2, Main.run("selftest"));
    }
}
