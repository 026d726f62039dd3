package linge.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import linge.notify.push.PushSubscriptions.Subscription;

/**
 * A push service of ours on loopback, and the devices it serves: checks who sends (RFC 8292) and how (RFC 8030), opens what
 * was sealed (RFC 8291), and answers as it is told.
 */
final class LoopbackPushService implements AutoCloseable {

    /** One push as it arrived and was opened. */
    record Push(String path, Map<String, String> headers, int length, JsonObject message) {}

    private final InstantSource clock;
    private final HttpServer server;
    private final Map<String, Device> devices = new ConcurrentHashMap<>();
    private final Map<String, BiConsumer<Push, HttpServerResponse>> answers = new ConcurrentHashMap<>();
    private final List<Push> pushes = new CopyOnWriteArrayList<>();
    private final List<Throwable> wrongs = new CopyOnWriteArrayList<>();
    private final AtomicInteger count = new AtomicInteger();

    LoopbackPushService(Vertx vertx, InstantSource clock) {
        this.clock = clock;
        this.server =
                World.await(vertx.createHttpServer().requestHandler(this::take).listen(0, "127.0.0.1"));
    }

    /** A device subscribes; what its page would hand to us. */
    Subscription subscribe() {
        Device device = Device.fresh();
        String path = "/push/" + count.incrementAndGet();
        devices.put(path, device);
        return new Subscription(origin() + path, device.p256dh(), device.secret());
    }

    /** From now on a device is answered for like this; without, with 201. */
    void answer(Subscription device, BiConsumer<Push, HttpServerResponse> answer) {
        answers.put(path(device), answer);
    }

    void answer(Subscription device, int status) {
        answer(device, (push, response) -> response.setStatusCode(status).end());
    }

    /** What arrived, for one device; nothing wrong may have been found in anything. */
    List<Push> pushesTo(Subscription device) {
        wrongs.forEach(wrong -> {
            throw new AssertionError("a push was not as it has to be", wrong);
        });
        return pushes.stream().filter(push -> push.path().equals(path(device))).toList();
    }

    String origin() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    private String path(Subscription device) {
        return device.endpoint().substring(origin().length());
    }

    private void take(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            Push push;
            try {
                push = opened(request, body);
            } catch (RuntimeException | AssertionError wrong) {
                wrongs.add(wrong);
                request.response().setStatusCode(400).end();
                return;
            }
            pushes.add(push);
            answers.getOrDefault(
                            push.path(),
                            (one, response) -> response.setStatusCode(201)
                                    .putHeader("Location", origin() + "/message/" + pushes.size())
                                    .end())
                    .accept(push, request.response());
        });
    }

    private Push opened(HttpServerRequest request, Buffer body) {
        assertEquals("POST", request.method().name());
        assertEquals("aes128gcm", request.getHeader("Content-Encoding"));
        assertTrue(Integer.parseInt(request.getHeader("TTL")) >= 0);
        assertTrue(List.of("very-low", "low", "normal", "high").contains(request.getHeader("Urgency")));
        String topic = request.getHeader("Topic");
        assertTrue(topic == null || topic.matches("[A-Za-z0-9_-]{1,32}"), topic);
        JsonObject claims = VapidCheck.claims(request.getHeader("Authorization"));
        assertEquals(origin(), claims.getString("aud"));
        long left = claims.getLong("exp") - clock.instant().getEpochSecond();
        assertTrue(left > 0 && left <= 24 * 3600, "expires in " + left + " s");
        assertTrue(body.length() <= 4_096);
        Map<String, String> headers = new ConcurrentHashMap<>();
        request.headers().forEach((name, value) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), value));
        return new Push(
                request.path(),
                headers,
                body.length(),
                new JsonObject(devices.get(request.path()).open(body.getBytes())));
    }

    @Override
    public void close() {
        World.await(server.close());
    }
}
