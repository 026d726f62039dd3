package linge.notify.sms;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * A vendor's HTTP service on loopback: verifies each request's signature by the vendor's own description, takes the message,
 * and answers. What it is told to do next, it does instead, once each.
 */
abstract class VendorPlatform {

    /** What a platform can do with a request whose signature is right. */
    sealed interface Mood {
        /** Refuses, in the form of the vendor's errors. */
        record Refuse(int status, String code, String message) implements Mood {}

        /** Answers with whatever this is. */
        record Babble(int status, String body) implements Mood {}

        /** Takes the message, and the line breaks before the answer. */
        record Drop() implements Mood {}

        /** Takes the message, and never answers. */
        record Hang() implements Mood {}
    }

    private final InstantSource clock;
    private final Queue<Mood> moods = new ConcurrentLinkedQueue<>();
    private final Queue<JsonObject> taken = new ConcurrentLinkedQueue<>();
    private final Queue<String> forged = new ConcurrentLinkedQueue<>();
    private @Nullable HttpServer server;

    VendorPlatform(InstantSource clock) {
        this.clock = clock;
    }

    Future<Void> listen(Vertx vertx) {
        server = vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> serve(request, body)));
        return server.listen(0, "127.0.0.1").mapEmpty();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.actualPort());
    }

    /** The clock a request's time is held against. */
    InstantSource clock() {
        return clock;
    }

    void next(Mood... these) {
        moods.addAll(List.of(these));
    }

    void refuse(String code, String message) {
        next(new Mood.Refuse(200, code, message));
    }

    /** Messages that were taken, answered or not: the request's parameters. */
    List<JsonObject> taken() {
        return List.copyOf(taken);
    }

    /** Why requests were turned away before they were looked at. */
    List<String> forged() {
        return List.copyOf(forged);
    }

    void clear() {
        moods.clear();
        taken.clear();
        forged.clear();
    }

    private void serve(HttpServerRequest request, Buffer body) {
        String wrong;
        try {
            wrong = fault(request, body);
        } catch (RuntimeException unreadable) {
            wrong = unreadable.toString();
        }
        if (wrong != null) {
            forged.add(wrong);
            answer(request, 400, error("SignatureDoesNotMatch", wrong));
            return;
        }
        Mood mood = moods.poll();
        if (mood instanceof Mood.Refuse refuse) {
            answer(request, refuse.status(), error(refuse.code(), refuse.message()));
        } else if (mood instanceof Mood.Babble babble) {
            answer(request, babble.status(), babble.body());
        } else {
            taken.add(parameters(request, body));
            if (mood instanceof Mood.Drop) {
                request.connection().close();
            } else if (mood == null) {
                answer(request, 200, ok(taken.size()));
            }
        }
    }

    private static void answer(HttpServerRequest request, int status, String body) {
        request.response()
                .setStatusCode(status)
                .putHeader("content-type", "application/json;charset=utf-8")
                .end(body);
    }

    /** What is wrong with a request's signature, or null. */
    abstract @Nullable String fault(HttpServerRequest request, Buffer body);

    abstract JsonObject parameters(HttpServerRequest request, Buffer body);

    abstract String ok(int nth);

    abstract String error(String code, String message);
}
