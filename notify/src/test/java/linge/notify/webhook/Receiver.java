package linge.notify.webhook;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Another city system on loopback: keeps what it is sent, and answers as it is told to. */
final class Receiver implements AutoCloseable {

    /** One request as it came, its body unread by anybody. */
    record Got(String path, Signature signature, String contentType, String host, Buffer body) {
        JsonObject event() {
            return body.toJsonObject();
        }

        String id() {
            return event().getString("id");
        }
    }

    final List<Got> got = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private volatile BiConsumer<Got, HttpServerResponse> answer =
            (got, response) -> response.setStatusCode(204).end();

    Receiver(Vertx vertx) {
        this(vertx, new HttpServerOptions());
    }

    Receiver(Vertx vertx, HttpServerOptions options) {
        server = vertx.createHttpServer(options.setHost("127.0.0.1").setPort(0))
                .requestHandler(request -> request.body().onSuccess(body -> hear(request, body)))
                .listen()
                .await();
    }

    private void hear(HttpServerRequest request, Buffer body) {
        Got one = new Got(
                request.uri(),
                new Signature(
                        request.getHeader(Signature.ID),
                        request.getHeader(Signature.TIMESTAMP),
                        request.getHeader(Signature.SIGNATURE)),
                request.getHeader("content-type"),
                request.getHeader("host"),
                body);
        got.add(one);
        answer.accept(one, request.response());
    }

    void answering(BiConsumer<Got, HttpServerResponse> how) {
        this.answer = how;
    }

    /** Answers with a status that depends on the request. */
    void answeringStatus(Function<Got, Integer> how) {
        answering((one, response) -> response.setStatusCode(how.apply(one)).end());
    }

    int port() {
        return server.actualPort();
    }

    String url() {
        return "http://127.0.0.1:" + port() + "/hear?from=linge";
    }

    List<String> ids() {
        return got.stream().map(Got::id).toList();
    }

    @Override
    public void close() {
        server.close().await();
    }
}
