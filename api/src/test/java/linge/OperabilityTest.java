package linge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.unit.TestOptions;
import java.util.List;
import linge.selftest.LiveDeployment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What an operator relies on at three in the morning. */
class OperabilityTest {

    private static TestApp app;

    @BeforeAll
    static void start() {
        app = TestApp.demo();
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @Test
    void a_live_service_says_so_and_names_its_ready_parts() {
        assertEquals("UP", app.nobody().get("/health/live").expect(200).json().getString("status"));
        JsonArray parts = app.nobody().get("/health/ready").expect(200).json().getJsonArray("parts");
        List<String> names = parts.stream()
                .map(part -> ((JsonObject) part).getString("name"))
                .toList();
        assertEquals(List.of("database", "grids", "understanding", "media", "relay"), names);
    }

    @Test
    void a_service_without_its_database_is_alive_and_not_ready_and_says_which_part() {
        try (TestApp doomed = TestApp.demo()) {
            doomed.nobody().get("/health/ready").expect(200);
            doomed.database().drop();
            JsonObject down = doomed.nobody().get("/health/ready").expect(503).json();
            JsonObject database = (JsonObject) down.getJsonArray("parts").stream()
                    .filter(part -> ((JsonObject) part).getString("name").equals("database"))
                    .findFirst()
                    .orElseThrow();
            assertEquals("DOWN", database.getString("status"));
            doomed.nobody().get("/health/live").expect(200);
        }
    }

    @Test
    void metrics_are_there_for_prometheus() {
        String metrics = app.nobody().get("/metrics").expect(200).text();
        assertTrue(metrics.contains("vertx_http_server"), metrics.substring(0, Math.min(500, metrics.length())));
        assertTrue(metrics.contains("linge_live_streams"));
    }

    @Test
    void a_request_keeps_the_id_its_proxy_gave_it_and_gets_one_otherwise() {
        assertEquals(
                "proxy-0123456789",
                app.nobody()
                        .with("X-Request-Id", "proxy-0123456789")
                        .get("/health/live")
                        .header("X-Request-Id"));
        assertFalse(app.nobody().get("/health/live").header("X-Request-Id").isBlank());
        String forged = app.nobody()
                .with("X-Request-Id", "<script>")
                .get("/health/live")
                .header("X-Request-Id");
        assertFalse(forged.contains("<"));
    }

    @Test
    void log_lines_name_no_phone_no_code_and_no_words_of_a_complaint() {
        Logger root = (Logger) LoggerFactory.getLogger("linge");
        ListAppender<ILoggingEvent> written = new ListAppender<>();
        written.start();
        root.addAppender(written);
        Level before = root.getLevel();
        root.setLevel(Level.INFO);
        try {
            String phone = TestApp.phone();
            Client resident = app.resident(phone);
            resident.file(TestApp.streetLamp());
            app.nobody().get("/api/demo/messages?phone=" + phone).expect(200);
            String code = app.code(phone);
            String all = String.join(
                    "\n", written.list.stream().map(OperabilityTest::line).toList());
            assertTrue(all.contains("/api/cases"), "requests are logged");
            assertFalse(all.contains(phone), all);
            assertFalse(all.contains(code), all);
            assertFalse(all.contains("路灯"), all);
        } finally {
            root.setLevel(before);
            root.detachAppender(written);
        }
    }

    private static String line(ILoggingEvent event) {
        return event.getFormattedMessage() + " " + event.getKeyValuePairs();
    }

    @Test
    void the_self_test_passes_on_a_good_deployment() {
        Vertx vertx = Vertx.vertx();
        try {
            new LiveDeployment(vertx, app.url().toString())
                    .suite()
                    .run(vertx, new TestOptions().setTimeout(60_000))
                    .awaitSuccess(120_000);
        } finally {
            vertx.close().await();
        }
    }

    @Test
    void pages_and_the_contract_are_served_with_headers_that_guard_them() {
        for (String page : List.of("/", "/report", "/cases/261123000017", "/api/docs")) {
            Reply reply = app.nobody().with("Accept", "text/html").get(page).expect(200);
            assertTrue(reply.text().contains("<div id=\"app\">") || page.equals("/api/docs"), page);
            assertTrue(reply.header("Content-Security-Policy").contains("default-src 'self'"));
            assertEquals("nosniff", reply.header("X-Content-Type-Options"));
        }
        assertTrue(app.nobody().get("/api/openapi.yaml").expect(200).text().startsWith("openapi: 3.1"));
        app.nobody().get("/assets/nothing.js").expect(404);
    }
}
