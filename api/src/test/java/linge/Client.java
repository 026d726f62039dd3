package linge;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** One person at the service: speaks JSON over HTTP, and finds every answer as the contract has it. */
public final class Client {

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    private final URI base;
    private final Map<String, String> headers;

    public Client(URI base) {
        this(base, Map.of());
    }

    private Client(URI base, Map<String, String> headers) {
        this.base = base;
        this.headers = headers;
    }

    /** The same person with one more header on every request. */
    public Client with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Client(base, more);
    }

    public Client bearer(String token) {
        return with("Authorization", "Bearer " + token);
    }

    /** The same person at another node. */
    public Client at(URI other) {
        return new Client(other, headers);
    }

    public String token() {
        return headers.get("Authorization").substring("Bearer ".length());
    }

    public Reply get(String path) {
        return send("GET", path, null);
    }

    public Reply post(String path, JsonObject body) {
        return send("POST", path, body);
    }

    public Reply put(String path, JsonObject body) {
        return send("PUT", path, body);
    }

    public Reply patch(String path, JsonObject body) {
        return send("PATCH", path, body);
    }

    public Reply delete(String path) {
        return send("DELETE", path, null);
    }

    public Reply send(String method, String path, JsonObject body) {
        return send(
                method,
                path,
                "application/json",
                body == null ? null : body.encode().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    public Reply send(String method, String path, String type, byte[] body) {
        HttpRequest.Builder request =
                request(path).method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        if (body != null) {
            request.header("Content-Type", type);
        }
        try {
            HttpResponse<byte[]> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            Reply reply = new Reply(method + " " + path, response.statusCode(), response.headers(), response.body());
            ContractBook.BOOK.check(method, path, reply);
            return reply;
        } catch (IOException e) {
            throw new AssertionError(method + " " + path + " was not answered: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** An answer that goes on, e.g. live events. */
    public HttpResponse<InputStream> open(String path) {
        try {
            return HTTP.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new AssertionError(path + " was not answered: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(60));
        headers.forEach(request::header);
        return request;
    }

    /** Files with a key of its own; the case as answered. */
    public JsonObject file(JsonObject filing) {
        return with("Idempotency-Key", UUID.randomUUID().toString())
                .post("/api/cases", filing)
                .expect(201)
                .json();
    }

    public JsonObject seeCase(String number) {
        return get("/api/cases/" + number).expect(200).json();
    }

    /** Makes a move on the case as it is now; {@code more} are names and values in turn. */
    public Reply tryMove(String number, String move, Object... more) {
        JsonObject body = new JsonObject()
                .put("move", move)
                .put("version", seeCase(number).getInteger("version"));
        for (int i = 0; i < more.length; i += 2) {
            body.put((String) more[i], more[i + 1]);
        }
        boolean done = move.equals("RESOLVE") || move.equals("REPORT_BACK");
        if (done && !body.containsKey("media") && !body.containsKey("without")) {
            body.put("without", "现场没有可拍的");
        }
        return post("/api/cases/" + number + "/moves", body);
    }

    /** The case after a move that must be possible, and that must have been offered. */
    public JsonObject move(String number, String move, Object... more) {
        boolean offered = seeCase(number).getJsonArray("moves").stream()
                .anyMatch(one -> ((JsonObject) one).getString("move").equals(move));
        assertTrue(offered, () -> move + " is not offered on " + number);
        return tryMove(number, move, more).expect(200).json();
    }
}
