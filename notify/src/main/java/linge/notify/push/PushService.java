package linge.notify.push;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import linge.notify.push.PushSubscriptions.Subscription;
import org.jspecify.annotations.Nullable;

/** Speaks RFC 8030 with the push service of one device, whichever it is. Follows no redirect and reads no long answers. */
final class PushService {

    /** Three tries, each shorter, must fit into the time a relay waits for a channel. */
    private static final long PATIENCE_MILLIS = 6_000;

    private static final Duration LONGEST_WAIT = Duration.ofHours(6);
    private static final int LONGEST_WORDS = 200;

    private final HttpClient client;
    private final WorkerExecutor workers;
    private final Endpoints endpoints;
    private final Vapid vapid;
    private final InstantSource clock;

    PushService(Vertx vertx, Endpoints endpoints, Vapid vapid, InstantSource clock) {
        this(vertx, endpoints, vapid, clock, new HttpClientOptions());
    }

    /** With more options, e.g. whose certificates to believe. */
    PushService(Vertx vertx, Endpoints endpoints, Vapid vapid, InstantSource clock, HttpClientOptions options) {
        this.client = vertx.createHttpClient(
                options.setConnectTimeout((int) PATIENCE_MILLIS).setKeepAliveTimeout(30));
        this.workers = vertx.createSharedWorkerExecutor("linge-push", 4);
        this.endpoints = endpoints;
        this.vapid = vapid;
        this.clock = clock;
    }

    /**
     * What it said.
     *
     * @param earliest what it asked us to wait before the next try, or null
     * @param words its reason, cut short; empty when all is well
     */
    record Answer(
            int status, @Nullable String location, @Nullable Duration earliest, String words) {}

    private record Ready(URI endpoint, InetAddress address, Buffer body, String authorization) {}

    /** Hands one message over; a failure means that nobody knows whether it was taken. */
    Future<Answer> push(Subscription to, byte[] message, Map<String, String> headers) {
        return workers.executeBlocking(() -> ready(to, message), false)
                .compose(ready -> client.request(options(ready)).compose(request -> answered(request, ready, headers)))
                .timeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Sealing and signing take a millisecond or two, asking for the address can take seconds: on a worker. */
    private Ready ready(Subscription to, byte[] message) throws java.net.UnknownHostException {
        URI endpoint = endpoints.parse(to.endpoint());
        return new Ready(
                endpoint,
                endpoints.address(endpoint),
                Buffer.buffer(Sealed.of(message, to.key(), to.secret())),
                vapid.authorization(endpoint));
    }

    private static RequestOptions options(Ready ready) {
        URI endpoint = ready.endpoint();
        boolean https = "https".equals(endpoint.getScheme());
        int port = endpoint.getPort() != -1 ? endpoint.getPort() : https ? 443 : 80;
        String path = endpoint.getRawPath() == null || endpoint.getRawPath().isEmpty() ? "/" : endpoint.getRawPath();
        return new RequestOptions()
                .setMethod(HttpMethod.POST)
                // To the address that was looked at; the name goes into Host, SNI and the check of the certificate.
                .setServer(SocketAddress.inetSocketAddress(new InetSocketAddress(ready.address(), port)))
                .setHost(endpoint.getHost())
                .setPort(port)
                .setSsl(https)
                .setURI(endpoint.getRawQuery() == null ? path : path + "?" + endpoint.getRawQuery());
    }

    private Future<Answer> answered(HttpClientRequest request, Ready ready, Map<String, String> headers) {
        headers.forEach(request::putHeader);
        return request.putHeader("Authorization", ready.authorization())
                .putHeader("Content-Encoding", "aes128gcm")
                .putHeader("Content-Type", "application/octet-stream")
                .send(ready.body())
                .compose(response -> words(response)
                        .map(words -> new Answer(
                                response.statusCode(), response.getHeader("Location"), earliest(response), words)))
                .onFailure(lost -> request.reset());
    }

    /** The first words of the answer; whoever goes on talking is hung up on. */
    private static Future<String> words(HttpClientResponse response) {
        StringBuilder words = new StringBuilder();
        response.handler(piece -> {
            if (words.length() + piece.length() > 64 * 1024) {
                response.request().reset();
            }
            words.append(piece.toString());
        });
        return response.end()
                .transform((ended, cut) -> Future.succeededFuture(
                        response.statusCode() < 300
                                ? ""
                                : words.substring(0, Math.min(LONGEST_WORDS, words.length()))));
    }

    private @Nullable Duration earliest(HttpClientResponse response) {
        String after = response.getHeader("Retry-After");
        if (after == null) {
            return null;
        }
        Duration asked = seconds(after.strip(), clock.instant());
        return asked == null || asked.isNegative() ? null : asked.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : asked;
    }

    /** Seconds, or a date. */
    private static @Nullable Duration seconds(String after, Instant now) {
        if (after.matches("\\d{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(after));
        }
        try {
            return Duration.between(
                    now,
                    ZonedDateTime.parse(after, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
