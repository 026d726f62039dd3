package linge.notify.webhook;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.TrustOptions;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import linge.notify.Plain;
import org.jspecify.annotations.Nullable;

/** Posts one signed event. Follows no redirect, and reads no more of an answer than its status. */
public final class Sender {

    private static final int LONGEST_PROBLEM = 200;
    /** More is not listened to; so much is read only to use the connection again. */
    private static final long ANSWER_BYTES = 64 * 1024;

    private static final Duration LONGEST_WAIT = Duration.ofDays(1);

    private final HttpClient http;
    private final Reach reach;
    private final InstantSource clock;
    private final Duration patience;

    public Sender(Vertx vertx, Reach reach, InstantSource clock, Duration patience) {
        this(vertx, reach, clock, patience, null);
    }

    /** @param trust whose certificates are believed; null for those of the machine */
    Sender(Vertx vertx, Reach reach, InstantSource clock, Duration patience, @Nullable TrustOptions trust) {
        HttpClientOptions options = new HttpClientOptions()
                .setConnectTimeout((int) patience.toMillis())
                .setIdleTimeout(60)
                .setMaxHeaderSize(16 * 1024);
        if (trust != null) {
            options.setTrustOptions(trust);
        }
        this.http = vertx.createHttpClient(options, new PoolOptions().setHttp1MaxSize(4));
        this.reach = reach;
        this.clock = clock;
        this.patience = patience;
    }

    /** Never fails: what went wrong is what came of it. */
    Future<Tried> post(String url, List<Secret> secrets, CloudEvent event) {
        long start = System.nanoTime();
        Buffer body = event.toJson().toBuffer();
        return reach.resolve(url)
                .compose(place -> request(place, Signature.sign(secrets, event.id(), clock.instant(), body), body))
                .timeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .map(answer -> tried(answer, took(start)))
                .otherwise(failure -> new Tried(null, problem(failure), took(start), null));
    }

    private record Answered(int status, @Nullable String retryAfter) {}

    private Future<Answered> request(Reach.Place place, Signature signature, Buffer body) {
        String path = place.url().getRawPath().isEmpty() ? "/" : place.url().getRawPath();
        String query = place.url().getRawQuery();
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                // The address that was looked at, under the name it was asked by: for TLS and for the header Host.
                .setServer(SocketAddress.inetSocketAddress(
                        place.port(), place.address().getHostAddress()))
                .setHost(place.url().getHost())
                .setPort(place.port())
                .setSsl(place.tls())
                .setURI(query == null ? path : path + "?" + query)
                .setTimeout(patience.toMillis())
                .putHeader("content-type", CloudEvent.MEDIA_TYPE + "; charset=utf-8")
                .putHeader("user-agent", "Linge-Webhook/1")
                .putHeader(Signature.ID, signature.id())
                .putHeader(Signature.TIMESTAMP, signature.timestamp())
                .putHeader(Signature.SIGNATURE, signature.signatures());
        return http.request(options).compose(request -> request.send(body).map(response -> heard(request, response)));
    }

    private static Answered heard(HttpClientRequest request, HttpClientResponse response) {
        long[] read = {0};
        response.exceptionHandler(broken -> {}).handler(piece -> {
            read[0] += piece.length();
            if (read[0] > ANSWER_BYTES) {
                request.connection().close();
            }
        });
        return new Answered(response.statusCode(), response.getHeader("retry-after"));
    }

    private Tried tried(Answered answer, Duration took) {
        int status = answer.status();
        boolean taken = status >= 200 && status < 300;
        String problem = taken ? null : status >= 300 && status < 400 ? "要求跳转，没有跟随" : "HTTP " + status;
        return new Tried(status, problem, took, taken ? null : wait(answer.retryAfter()));
    }

    /** Seconds or a date; what is neither is not heeded. */
    private @Nullable Duration wait(@Nullable String retryAfter) {
        if (retryAfter == null) {
            return null;
        }
        Duration wait;
        if (retryAfter.matches("[0-9]{1,9}")) {
            wait = Duration.ofSeconds(Long.parseLong(retryAfter));
        } else {
            try {
                Instant then = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(retryAfter));
                wait = Duration.between(clock.instant(), then);
            } catch (DateTimeParseException e) {
                return null;
            }
        }
        return wait.isNegative() ? null : wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }

    private static Duration took(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static String problem(Throwable failure) {
        String words = failure instanceof TimeoutException
                ? "没有及时答复"
                : failure instanceof UnknownHostException
                        ? "找不到这个主机"
                        : failure instanceof Reach.Refused
                                ? String.valueOf(failure.getMessage())
                                : failure.getClass().getSimpleName() + ": " + failure.getMessage();
        return Plain.line(words, LONGEST_PROBLEM);
    }
}
