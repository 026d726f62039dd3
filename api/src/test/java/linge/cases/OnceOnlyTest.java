package linge.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import linge.Client;
import linge.Eventually;
import linge.Reply;
import linge.TestApp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is sent twice happens once, and of those who act at once one is first. */
class OnceOnlyTest {

    private static TestApp app;
    private static ExecutorService crowd;

    @BeforeAll
    static void start() {
        app = TestApp.demo();
        crowd = Executors.newFixedThreadPool(20);
    }

    @AfterAll
    static void stop() {
        crowd.shutdown();
        app.close();
    }

    @Test
    void the_same_key_opens_one_case_however_often_it_is_sent() {
        Client resident =
                app.resident().with("Idempotency-Key", UUID.randomUUID().toString());
        String first =
                resident.post("/api/cases", TestApp.streetLamp()).expect(201).string("number");
        JsonObject reordered = new JsonObject()
                .put("point", TestApp.streetLamp().getJsonObject("point"))
                .put("text", TestApp.streetLamp().getString("text"));
        assertEquals(first, resident.post("/api/cases", reordered).expect(201).string("number"));
        assertEquals(1, resident.get("/api/cases?view=all").expect(200).items().size());
    }

    @Test
    void the_same_key_sent_twenty_times_at_once_opens_one_case() {
        Client resident =
                app.resident().with("Idempotency-Key", UUID.randomUUID().toString());
        List<Reply> replies = atOnce(20, () -> resident.post("/api/cases", TestApp.streetLamp()));
        Set<String> numbers = replies.stream()
                .map(reply -> reply.expect(201).string("number"))
                .collect(Collectors.toSet());
        assertEquals(1, numbers.size(), numbers::toString);
        assertEquals(1, resident.get("/api/cases?view=all").expect(200).items().size());
    }

    @Test
    void the_same_key_with_another_body_is_refused() {
        Client resident =
                app.resident().with("Idempotency-Key", UUID.randomUUID().toString());
        resident.post("/api/cases", TestApp.streetLamp()).expect(201);
        resident.post("/api/cases", TestApp.streetLamp().put("text", "下水道堵了")).refused(409, "key-reused");
    }

    @Test
    void another_residents_key_is_another_key() {
        String key = UUID.randomUUID().toString();
        Client one = app.resident().with("Idempotency-Key", key);
        Client other = app.resident().with("Idempotency-Key", key);
        assertNotEquals(
                one.post("/api/cases", TestApp.streetLamp()).expect(201).string("number"),
                other.post("/api/cases", TestApp.streetLamp()).expect(201).string("number"));
    }

    @Test
    void a_resend_after_a_lost_answer_gets_the_number_of_the_first() throws IOException {
        Client resident = app.resident();
        String key = UUID.randomUUID().toString();
        byte[] body = TestApp.streetLamp().encode().getBytes(StandardCharsets.UTF_8);
        String head =
                "POST /api/cases HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nIdempotency-Key: "
                        + key + "\r\nAuthorization: Bearer " + resident.token() + "\r\nContent-Length: " + body.length
                        + "\r\n\r\n";
        try (Socket socket = new Socket("127.0.0.1", app.port())) {
            OutputStream out = socket.getOutputStream();
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            out.write(body);
            out.flush();
        }
        String kept = Eventually.get(
                        "filed by the request whose answer was lost",
                        () -> resident.get("/api/cases?view=all").items(),
                        items -> items.size() == 1)
                .getJsonObject(0)
                .getString("number");
        assertEquals(
                kept,
                resident.with("Idempotency-Key", key)
                        .post("/api/cases", TestApp.streetLamp())
                        .expect(201)
                        .string("number"));
    }

    @Test
    void of_ten_moves_at_once_with_one_version_one_is_made() {
        String number = app.resident().file(TestApp.streetLamp()).getString("number");
        Client worker = app.staff("worker-" + app.grid());
        JsonObject move = new JsonObject().put("move", "NOTE").put("version", 0).put("words", "已到现场");
        List<Reply> replies = atOnce(10, () -> worker.post("/api/cases/" + number + "/moves", move));
        assertEquals(1, replies.stream().filter(reply -> reply.status() == 200).count());
        replies.stream().filter(reply -> reply.status() != 200).forEach(late -> {
            late.refused(409, "stale-version");
            assertEquals(1, late.json().getInteger("version"));
            assertEquals("SUBMITTED", late.string("state"));
        });
        assertEquals(2, worker.get("/api/cases/" + number + "/history").items().size());
    }

    @Test
    void many_cases_at_once_get_numbers_of_their_own() {
        Client resident = app.resident();
        Set<String> numbers = atOnce(
                        20, () -> resident.file(TestApp.streetLamp()).getString("number"))
                .stream()
                .collect(Collectors.toSet());
        assertEquals(20, numbers.size());
    }

    private static <T> List<T> atOnce(int many, Supplier<T> act) {
        List<CompletableFuture<T>> all = IntStream.range(0, many)
                .mapToObj(i -> CompletableFuture.supplyAsync(act, crowd))
                .toList();
        return all.stream().map(CompletableFuture::join).toList();
    }
}
