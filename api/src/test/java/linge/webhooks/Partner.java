package linge.webhooks;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import linge.Client;
import linge.Eventually;
import linge.Reply;
import linge.TestApp;
import linge.notify.webhook.Secret;
import linge.notify.webhook.Signature;

/** Another system of the city: hears on loopback, and signs what it brings. */
final class Partner implements AutoCloseable {

    /** What it heard, as it came. */
    record Heard(Signature signature, Buffer body) {
        JsonObject event() {
            return body.toJsonObject();
        }

        String type() {
            return event().getString("type").replace("cn.linge.case.", "");
        }
    }

    final List<Heard> heard = new CopyOnWriteArrayList<>();
    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;
    private volatile Function<Heard, Integer> answer = one -> 204;

    Partner() {
        server = vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> {
                    Heard one = new Heard(
                            new Signature(
                                    request.getHeader(Signature.ID),
                                    request.getHeader(Signature.TIMESTAMP),
                                    request.getHeader(Signature.SIGNATURE)),
                            body);
                    heard.add(one);
                    request.response().setStatusCode(answer.apply(one)).end();
                }))
                .listen(0, "127.0.0.1")
                .await();
    }

    String url() {
        return "http://127.0.0.1:" + server.actualPort() + "/hear";
    }

    void answering(Function<Heard, Integer> how) {
        this.answer = how;
    }

    /** The types heard about a subject, once as many as that have come. */
    List<String> types(String subject, int many) {
        return Eventually.get("heard of " + subject, () -> about(subject), types -> types.size() >= many);
    }

    private List<String> about(String subject) {
        return heard.stream()
                .filter(one -> subject.equals(one.event().getString("subject")))
                .map(Heard::type)
                .toList();
    }

    /** A request signed now with this secret. */
    static Client signed(TestApp app, String code, Secret secret, String id, Instant at, byte[] body) {
        Signature signature = Signature.sign(List.of(secret), id, at, Buffer.buffer(body));
        return app.nobody()
                .with("Linge-Source", code)
                .with(Signature.ID, id)
                .with(Signature.TIMESTAMP, String.valueOf(signature.timestamp()))
                .with(Signature.SIGNATURE, String.valueOf(signature.signatures()));
    }

    static Reply post(TestApp app, String code, Secret secret, JsonObject report) {
        return post(app, code, secret, "application/json", report.encode().getBytes(StandardCharsets.UTF_8));
    }

    static Reply post(TestApp app, String code, Secret secret, String type, byte[] body) {
        return signed(
                        app,
                        code,
                        secret,
                        UUID.randomUUID().toString(),
                        app.clock().instant(),
                        body)
                .send("POST", "/api/intake/reports", type, body);
    }

    static Reply get(TestApp app, String code, Secret secret, String number) {
        String path = "/api/intake/reports/" + number;
        return signed(
                        app,
                        code,
                        secret,
                        UUID.randomUUID().toString(),
                        app.clock().instant(),
                        path.getBytes(StandardCharsets.UTF_8))
                .get(path);
    }

    @Override
    public void close() {
        server.close().await();
        vertx.close().await();
    }
}
