package linge.notify.sms;

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
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * POSTs, and tells what is known of a request that got no answer: without a connection nothing was said; once it was under way,
 * nobody knows.
 */
final class Post {

    /** Connections nobody used for so long are not trusted: well below what the vendors' gateways keep them open. */
    private static final Duration IDLE = Duration.ofSeconds(15);

    private static final int CONNECTIONS = 32;

    private final HttpClient client;
    private final Duration connect;
    private final Duration answer;

    /** What came back. */
    record Reply(int status, Buffer body) {}

    /** With 3 seconds to connect and 8 to answer: two that are out of reach leave room for a third within a relay's patience. */
    Post(Vertx vertx) {
        this(vertx, Duration.ofSeconds(3), Duration.ofSeconds(8));
    }

    Post(Vertx vertx, Duration connect, Duration answer) {
        this.connect = connect;
        this.answer = answer;
        this.client = vertx.createHttpClient(
                new HttpClientOptions()
                        .setConnectTimeout((int) connect.toMillis())
                        .setKeepAliveTimeout((int) IDLE.toSeconds()),
                new PoolOptions().setHttp1MaxSize(CONNECTIONS));
    }

    /**
     * Sends once.
     *
     * @param target path and query below the endpoint's origin, encoded
     * @return fails with {@link Refused}: busy when it surely did not leave, unknown when it may have arrived
     */
    Future<Reply> send(URI endpoint, String target, Map<String, String> headers, Buffer body) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(origin(endpoint) + target)
                .setConnectTimeout(connect.toMillis());
        headers.forEach(options::putHeader);
        return client.request(options)
                .recover(out -> Future.failedFuture(
                        new Refused(Refused.Meaning.BUSY, "连不上 " + host(endpoint) + "：" + out.getMessage())))
                .compose(request -> exchange(request, body, host(endpoint)));
    }

    private Future<Reply> exchange(HttpClientRequest request, Buffer body, String host) {
        return request.send(body)
                .compose(response -> response.body().map(said -> reply(response, said)))
                .timeout(answer.toMillis(), TimeUnit.MILLISECONDS)
                .recover(lost -> {
                    // Its answer would belong to nobody: the connection goes with it.
                    request.reset();
                    return Future.failedFuture(
                            new Refused(Refused.Meaning.UNKNOWN, host + " 没有回音：" + lost.getMessage()));
                });
    }

    private static Reply reply(HttpClientResponse response, Buffer body) {
        return new Reply(response.statusCode(), body);
    }

    Future<Void> close() {
        return client.close();
    }

    static String origin(URI endpoint) {
        return endpoint.getScheme() + "://" + host(endpoint);
    }

    /** As in the header Host: with the port where it is not the scheme's own. */
    static String host(URI endpoint) {
        int usual = "https".equals(endpoint.getScheme()) ? 443 : 80;
        int port = endpoint.getPort();
        return port < 0 || port == usual ? endpoint.getHost() : endpoint.getHost() + ":" + port;
    }
}
