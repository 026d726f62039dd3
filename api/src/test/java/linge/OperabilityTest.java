package linge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import java.net.ConnectException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import linge.db.TestDatabase;
import linge.live.LiveEvents;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** What an operator relies on: health, figures, request ids, logs that give nobody away, a stop that cuts nobody off. */
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
    void a_living_service_says_so_part_by_part() {
        assertEquals("UP", app.nobody().get("/health/live").expect(200).string("status"));
        JsonObject ready = Eventually.get(
                        "ready", () -> app.nobody().get("/health/ready"), reply -> reply.status() == 200)
                .json();
        assertEquals(
                List.of("database", "grids", "understanding", "media", "relay"),
                ready.getJsonArray("parts").stream()
                        .map(part -> ((JsonObject) part).getString("name"))
                        .toList());
    }

    @Test
    @Timeout(90)
    void without_its_database_it_lives_and_says_that_it_is_not_ready() {
        TestDatabase lost = TestApp.demoDatabase();
        try (TestApp orphan = TestApp.on(lost, java.util.Map.of("LINGE_DEMO", "true"))) {
            Client resident = orphan.resident();
            lost.drop();
            JsonObject down = Eventually.get(
                            "not ready", () -> orphan.nobody().get("/health/ready"), reply -> reply.status() == 503)
                    .json();
            assertTrue(
                    down.getJsonArray("parts").contains(JsonObject.of("name", "database", "status", "DOWN")),
                    down::encode);
            orphan.nobody().get("/health/live").expect(200);
            orphan.nobody().get("/api/settings").expect(200);
            // A fault of ours, told without its insides.
            Reply fault = resident.get("/api/cases");
            assertTrue(fault.status() == 500 || fault.status() == 503, fault::text);
            assertFalse(fault.text().contains("Exception") || fault.text().contains("database"), fault.text());
        }
    }

    @Test
    void figures_are_there_for_the_operator() {
        app.nobody().get("/api/settings").expect(200);
        String figures = app.nobody().get("/metrics").expect(200).text();
        assertTrue(figures.contains("vertx_http_server"), figures);
        assertTrue(figures.contains("linge_live_streams"), figures);
    }

    @Test
    void pages_and_the_contract_are_served_with_headers_that_guard_them() {
        for (String page : List.of("/", "/report", "/cases/261123000017", "/api/docs")) {
            Reply reply = app.nobody().with("Accept", "text/html").get(page).expect(200);
            assertTrue(reply.text().contains("<div id=\"app\">") || page.equals("/api/docs"), page);
            assertTrue(reply.header("content-security-policy").contains("default-src 'self'"), page);
            assertEquals("nosniff", reply.header("x-content-type-options"));
        }
        assertTrue(app.nobody().get("/api/openapi.yaml").expect(200).text().startsWith("openapi: 3.1"));
        app.nobody().get("/assets/nothing.js").expect(404);
    }

    @Test
    void every_answer_has_the_id_of_its_request() {
        assertEquals(
                "from-the-proxy-1",
                app.nobody()
                        .with("X-Request-Id", "from-the-proxy-1")
                        .get("/api/settings")
                        .header("x-request-id"));
        Reply refused = app.nobody().with("X-Request-Id", "from-the-proxy-2").get("/api/me");
        assertEquals("from-the-proxy-2", refused.string("requestId"));
        String strange = app.nobody()
                .with("X-Request-Id", "a b<script>")
                .get("/api/settings")
                .header("x-request-id");
        assertEquals(strange, UUID.fromString(strange).toString());
    }

    @Test
    void the_log_names_requests_and_gives_nobody_away() {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        ListAppender<ILoggingEvent> kept = new ListAppender<>();
        kept.start();
        root.addAppender(kept);
        String phone = TestApp.phone();
        String words = "只有我知道的一句话";
        try {
            app.nobody()
                    .post("/api/sms-codes", new JsonObject().put("phone", phone))
                    .expect(202);
            String code = app.code(phone);
            JsonObject session = app.nobody()
                    .post("/api/sessions", new JsonObject().put("phone", phone).put("code", code))
                    .expect(201)
                    .json();
            Client resident = app.nobody().bearer(session.getString("token"));
            resident.put("/api/me", new JsonObject().put("name", "司马相如")).expect(200);
            String number =
                    resident.file(TestApp.streetLamp().put("text", words)).getString("number");
            app.nobody().get("/api/demo/messages?phone=" + phone).expect(200);
            resident.get("/api/cases?q=" + phone).expect(200);
            Eventually.get("told", () -> resident.get("/api/inbox").items(), items -> !items.isEmpty());
            String path = "/api/cases/" + number;
            resident.get(path).expect(200);
            Eventually.holds("logged", () -> told(kept).contains(path));
            String log = told(kept);
            for (String secret : List.of(
                    phone,
                    phone.substring(3),
                    "验证码",
                    session.getString("token"),
                    session.getString("csrf"),
                    "司马相如",
                    words)) {
                assertFalse(log.contains(secret), () -> "the log tells " + secret);
            }
            assertFalse(log.matches("(?s).*\\b" + code + "\\b.*"), "the log tells the code");
        } finally {
            root.detachAppender(kept);
        }
    }

    @Test
    @Timeout(90)
    void a_stop_answers_what_is_in_hand_and_takes_nothing_more() {
        TestApp stopping = TestApp.demo();
        Client resident = stopping.resident();
        String number = resident.file(TestApp.streetLamp()).getString("number");
        LiveEvents page = new LiveEvents(resident, "/api/live");
        page.next("ready");
        // Somebody else has the case in hand, so that the move has to wait.
        SqlConnection holding = stopping.sql(db -> db.getConnection());
        Transaction held = holding.begin().await();
        holding.preparedQuery("SELECT 1 FROM cases WHERE number = $1 FOR UPDATE")
                .execute(io.vertx.sqlclient.Tuple.of(number))
                .await();
        JsonObject move =
                new JsonObject().put("move", "SUPPLEMENT").put("version", 0).put("words", "补充一点");
        CompletableFuture<Reply> waiting =
                CompletableFuture.supplyAsync(() -> resident.post("/api/cases/" + number + "/moves", move));
        Eventually.holds(
                "the move waits",
                () -> stopping.count(
                                "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()")
                        > 0);
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(stopping::stop);
        page.next("ended");
        Eventually.holds("the door is closed", () -> !answers(stopping));
        assertFalse(waiting.isDone());
        held.commit().await();
        holding.close().await();
        waiting.join().expect(200);
        stopped.join();
        assertEquals(1, stopping.count("SELECT count(*) FROM case_history WHERE words = '补充一点'"));
        stopping.close();
    }

    private static boolean answers(TestApp app) {
        try (java.net.Socket socket = new java.net.Socket("127.0.0.1", app.port())) {
            return socket.isConnected();
        } catch (ConnectException refused) {
            return false;
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String told(ListAppender<ILoggingEvent> kept) {
        return List.copyOf(kept.list).stream()
                .map(event -> event.getFormattedMessage() + " " + event.getKeyValuePairs() + " "
                        + (event.getThrowableProxy() == null
                                ? ""
                                : event.getThrowableProxy().getMessage()))
                .collect(Collectors.joining("\n"));
    }
}
