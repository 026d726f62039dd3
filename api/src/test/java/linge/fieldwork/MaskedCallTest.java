package linge.fieldwork;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import linge.Client;
import linge.Reply;
import linge.TestApp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calling through a gateway of privacy numbers: it hears both numbers, the worker only the one to dial. */
class MaskedCallTest {

    private record Asked(String authorization, JsonObject body) {}

    private static final BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();
    private static final AtomicReference<String> answer = new AtomicReference<>();
    private static HttpServer gateway;
    private static TestApp app;
    private static Client worker;
    private static String phone;
    private static Client resident;

    @BeforeAll
    static void start() throws IOException {
        gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        gateway.createContext("/bind", exchange -> {
            asked.add(new Asked(
                    exchange.getRequestHeaders().getFirst("Authorization"),
                    new JsonObject(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8))));
            byte[] body = answer.get().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        gateway.start();
        app = TestApp.on(
                TestApp.demoDatabase(),
                Map.of(
                        "LINGE_DEMO",
                        "true",
                        "LINGE_CALL_URL",
                        "http://127.0.0.1:" + gateway.getAddress().getPort() + "/bind",
                        "LINGE_CALL_SECRET",
                        "gateway-secret"));
        worker = app.staff("worker-" + app.grid());
        phone = TestApp.phone();
        resident = app.resident(phone);
    }

    @AfterAll
    static void stop() {
        app.close();
        gateway.stop(0);
    }

    @BeforeEach
    void quiet() {
        asked.clear();
        answer.set("{\"number\":\"17012345678\"}");
    }

    @Test
    void the_worker_dials_a_number_that_is_nobodys_and_the_call_is_recorded_without_numbers() {
        String number = filed(new JsonObject());
        assertEquals("MASKED", field(number).getString("calling"));
        Reply reply = call(worker, number).expect(200);
        assertEquals("17012345678", reply.string("number"));
        assertFalse(reply.text().contains(phone));
        Asked heard = asked.remove();
        assertEquals("Bearer gateway-secret", heard.authorization());
        assertEquals(number, heard.body().getString("ref"));
        assertEquals(phone, heard.body().getString("to"));
        assertTrue(heard.body().getString("from").startsWith("0355-"));
        assertEquals(1, calls(number, true));
    }

    @Test
    void whoever_asked_to_be_confidential_can_be_called_and_whoever_is_anonymous_cannot() {
        call(worker, filed(new JsonObject().put("confidential", true))).expect(200);
        String anonymous = filed(new JsonObject().put("anonymous", true));
        assertEquals("NOBODY", field(anonymous).getString("calling"));
        call(worker, anonymous).refused(403, "not-allowed");
        assertEquals(1, asked.size());
    }

    @Test
    void a_case_that_went_on_is_called_by_whoever_has_it_now() {
        String number = filed(new JsonObject());
        worker.move(number, "ESCALATE", "words", "网格办不了。");
        call(worker, number).refused(403, "not-allowed");
        assertTrue(asked.isEmpty());
    }

    @Test
    void a_gateway_that_answers_nonsense_gives_no_number_and_that_is_recorded_too() {
        String number = filed(new JsonObject());
        for (String nonsense : new String[] {"{}", "oops", "{\"number\":\"javascript:alert(1)\"}"}) {
            answer.set(nonsense);
            call(worker, number).refused(503, "not-ready");
        }
        assertEquals(3, calls(number, false));
    }

    @Test
    void what_was_found_on_patrol_has_nobody_to_call() {
        String number = worker.with("Idempotency-Key", "found-and-call")
                .post("/api/field/found", new JsonObject().put("text", "楼道灯不亮"))
                .expect(201)
                .string("number");
        assertEquals("NOBODY", field(number).getString("calling"));
        call(worker, number).refused(422, "not-sensible");
        assertTrue(asked.isEmpty());
    }

    private static String filed(JsonObject more) {
        return resident.file(TestApp.streetLamp().mergeIn(more)).getString("number");
    }

    private static JsonObject field(String number) {
        return worker.get("/api/field/cases/" + number).expect(200).json();
    }

    private static Reply call(Client who, String number) {
        return who.post("/api/field/cases/" + number + "/call", null);
    }

    private static long calls(String number, boolean answered) {
        return app.count(
                "SELECT count(*) FROM field_calls f JOIN cases c ON c.id = f.case_id WHERE c.number = $1 AND f.answered = $2",
                number,
                answered);
    }
}
