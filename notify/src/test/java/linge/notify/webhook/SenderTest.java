package linge.notify.webhook;

import static linge.notify.webhook.Lines.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.SelfSignedCertificate;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** One request, to receivers of every kind. */
class SenderTest {

    private static final Vertx VERTX = Vertx.vertx();
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-26T03:04:05Z"));
    private static final Duration PATIENCE = Duration.ofMillis(500);
    private static final CloudEvent EVENT =
            new CloudEvent("e-1", "urn:linge", "t", null, CLOCK.instant(), new JsonObject());

    @AfterAll
    static void close() {
        await(VERTX.close());
    }

    @Test
    void a_redirect_is_not_followed() {
        try (Receiver inside = new Receiver(VERTX);
                Receiver receiver = new Receiver(VERTX)) {
            receiver.answering((got, response) -> response.setStatusCode(307)
                    .putHeader("location", inside.url())
                    .end());
            Tried tried = post(receiver.url());
            assertEquals(307, tried.status());
            assertFalse(tried.taken());
            assertEquals(List.of(), inside.got);
        }
    }

    @Test
    void who_never_answers_is_not_waited_for() {
        NetServer silent = await(VERTX.createNetServer()
                .connectHandler(socket -> socket.handler(heard -> {}))
                .listen(0, "127.0.0.1"));
        Tried tried = post("http://127.0.0.1:" + silent.actualPort() + "/");
        assertNull(tried.status());
        assertEquals("没有及时答复", tried.problem());
        await(silent.close());
    }

    @Test
    void who_answers_without_end_is_heard_as_far_as_the_status() {
        try (Receiver receiver = new Receiver(VERTX)) {
            receiver.answering((got, response) -> {
                response.setChunked(true);
                Buffer much = Buffer.buffer("x".repeat(32 * 1024));
                VERTX.setPeriodic(1, id -> {
                    if (response.closed()) {
                        VERTX.cancelTimer(id);
                    } else if (!response.writeQueueFull()) {
                        response.write(much);
                    }
                });
            });
            assertTrue(post(receiver.url()).taken());
        }
    }

    @Test
    void nonsense_instead_of_http_is_a_failed_try() {
        NetServer babbler = await(VERTX.createNetServer()
                .connectHandler(
                        socket -> socket.write("220 smtp.example ESMTP\r\n").onComplete(done -> socket.close()))
                .listen(0, "127.0.0.1"));
        Tried tried = post("http://127.0.0.1:" + babbler.actualPort() + "/");
        assertFalse(tried.taken());
        assertFalse(String.valueOf(tried.problem()).contains("\n"));
        await(babbler.close());
    }

    @Test
    void over_tls_the_name_has_to_be_on_the_certificate_though_the_address_is_what_is_called() {
        SelfSignedCertificate certificate = SelfSignedCertificate.create("hooks.example");
        HttpServerOptions tls = new HttpServerOptions().setSsl(true).setKeyCertOptions(certificate.keyCertOptions());
        // Both names lead to the same address; one of them is on the certificate.
        Reach reach = new Reach(VERTX, List.of(Network.parse("127.0.0.1")), host ->
                new InetAddress[] {InetAddress.getByName("127.0.0.1")});
        Sender sender = new Sender(VERTX, reach, CLOCK, Duration.ofSeconds(5), certificate.trustOptions());
        Sender stranger = new Sender(VERTX, reach, CLOCK, Duration.ofSeconds(5));
        try (Receiver receiver = new Receiver(VERTX, tls)) {
            String right = "https://hooks.example:" + receiver.port() + "/hear";
            Tried tried = await(sender.post(right, List.of(Secret.fresh()), EVENT));
            assertTrue(tried.taken(), () -> String.valueOf(tried.problem()));
            assertEquals("hooks.example:" + receiver.port(), receiver.got.get(0).host());
            assertFalse(await(sender.post(right.replace("hooks", "other"), List.of(Secret.fresh()), EVENT))
                    .taken());
            assertFalse(
                    await(stranger.post(right, List.of(Secret.fresh()), EVENT)).taken());
            assertEquals(1, receiver.got.size());
        }
        certificate.delete();
    }

    @Test
    void what_may_not_be_called_is_not_called() {
        try (Receiver receiver = new Receiver(VERTX)) {
            Sender closed = new Sender(VERTX, new Reach(VERTX, List.of()), CLOCK, PATIENCE);
            Tried tried = await(closed.post(receiver.url(), List.of(Secret.fresh()), EVENT));
            assertTrue(String.valueOf(tried.problem()).contains("LINGE_WEBHOOK_NETWORKS"), tried::toString);
            assertEquals(List.of(), receiver.got);
        }
    }

    private static Tried post(String url) {
        Sender sender = new Sender(VERTX, new Reach(VERTX, List.of(Network.parse("127.0.0.1"))), CLOCK, PATIENCE);
        return await(sender.post(url, List.of(Secret.fresh()), EVENT));
    }
}
