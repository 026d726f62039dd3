package linge.notify.push;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.SelfSignedCertificate;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import linge.notify.Device;
import linge.notify.push.PushSubscriptions.Subscription;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The way over TLS, as every push goes in earnest: to the address that was looked at, in the name that was asked for. */
class PushServiceTest {

    private final Vertx vertx = Vertx.vertx();
    private final List<String> hosts = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void one_whose_certificate_is_vouched_for_is_told() throws Exception {
        SelfSignedCertificate itsOwn = SelfSignedCertificate.create("localhost");
        HttpServer server = serving(itsOwn);
        PushService.Answer answer = push(server, new HttpClientOptions().setTrustOptions(itsOwn.trustOptions()));
        assertEquals(201, answer.status());
        assertEquals(List.of("localhost:" + server.actualPort()), hosts);
    }

    @Test
    void one_with_a_certificate_of_another_name_is_told_nothing() throws Exception {
        SelfSignedCertificate others = SelfSignedCertificate.create("push.example.org");
        HttpServer server = serving(others);
        assertThrows(
                Exception.class, () -> push(server, new HttpClientOptions().setTrustOptions(others.trustOptions())));
        assertEquals(List.of(), hosts);
    }

    @Test
    void one_whose_certificate_nobody_vouches_for_is_told_nothing() throws Exception {
        HttpServer server = serving(SelfSignedCertificate.create("localhost"));
        assertThrows(Exception.class, () -> push(server, new HttpClientOptions()));
        assertEquals(List.of(), hosts);
    }

    private HttpServer serving(SelfSignedCertificate certificate) {
        return vertx.createHttpServer(new HttpServerOptions()
                        .setSsl(true)
                        .setSni(true)
                        .setKeyCertOptions(certificate.keyCertOptions()))
                .requestHandler(request -> {
                    hosts.add(request.getHeader("Host"));
                    request.response().setStatusCode(201).end();
                })
                .listen(0, "127.0.0.1")
                .await();
    }

    private PushService.Answer push(HttpServer to, HttpClientOptions options) throws Exception {
        Device device = Device.fresh();
        Base64.Encoder text = Base64.getUrlEncoder().withoutPadding();
        Subscription subscription = new Subscription(
                "https://localhost:" + to.actualPort() + "/1",
                text.encodeToString(device.publicKey()),
                text.encodeToString(device.auth()));
        PushService service = new PushService(
                vertx, new Endpoints(true), new Vapid(VapidKeys.generate(), null, Instant::now), Instant::now, options);
        return service.push(subscription, "您好".getBytes(StandardCharsets.UTF_8), Map.of("TTL", "60"))
                .await(20, TimeUnit.SECONDS);
    }
}
