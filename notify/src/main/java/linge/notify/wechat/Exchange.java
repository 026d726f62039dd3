package linge.notify.wechat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import linge.notify.NotSent;

/**
 * One question to WeChat and its answer. What fails before the question left is a {@link NotSent} to try again; what fails
 * later is unknown: it may have been done. A refusal in JSON is {@link Refused}: it was not done.
 */
final class Exchange {

    private static final int CONNECTIONS = 32;
    private static final int CONNECT_MILLIS = 3_000;
    /** A connection that lay idle longer may be half closed: what is written to it would end unknown. */
    private static final int IDLE_SECONDS = 5;

    private final HttpClient client;
    private final URI api;
    private final Duration patience;

    /** @param patience how long an answer may take; shorter than a relay waits for a channel */
    Exchange(Vertx vertx, URI api, Duration patience) {
        this.client = vertx.createHttpClient(
                new HttpClientOptions()
                        .setConnectTimeout(CONNECT_MILLIS)
                        .setKeepAliveTimeout(IDLE_SECONDS)
                        .setTcpKeepAlive(true),
                new PoolOptions().setHttp1MaxSize(CONNECTIONS));
        this.api = api;
        this.patience = patience;
    }

    Future<Void> close() {
        return client.close();
    }

    /**
     * @param path with its query, if any
     * @param name what WeChat's logs and ours may know it by; it is sent as {@code X-Request-Id}
     */
    Future<JsonObject> post(String path, String name, JsonObject body) {
        RequestOptions options = new RequestOptions().setMethod(HttpMethod.POST).setAbsoluteURI(api + path);
        return client.request(options)
                .recover(failure -> Future.failedFuture(NotSent.tryAgain("WeChat is not reached: " + brief(failure))))
                .compose(request -> ask(request, name, body.toBuffer()));
    }

    /** The body is asked for in the same step as the answer: later it could be gone already. */
    private Future<JsonObject> ask(HttpClientRequest request, String name, Buffer body) {
        // Its end is told by the answer; without a handler the client would log it as well.
        request.exceptionHandler(ended -> {});
        request.putHeader(HttpHeaders.CONTENT_TYPE, "application/json; charset=utf-8")
                .putHeader("X-Request-Id", name);
        return request.send(body)
                .compose(response -> response.body().map(bytes -> new Answer(response.statusCode(), bytes)))
                .timeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .recover(failure -> {
                    request.reset();
                    return Future.failedFuture(NotSent.unknown("WeChat did not answer: " + brief(failure)));
                })
                .map(Answer::json);
    }

    /** Without the address, which holds the token. */
    private String brief(Throwable failure) {
        String words = String.valueOf(failure.getMessage());
        return failure.getClass().getSimpleName() + (words.contains("access_token") ? "" : " " + words);
    }

    private record Answer(int status, Buffer body) {

        /** Status 200 says nothing: errors come with it as well, and in JSON though called text. */
        JsonObject json() {
            JsonObject said;
            try {
                said = body.toJsonObject();
            } catch (DecodeException | ClassCastException e) {
                throw NotSent.unknown("WeChat answered " + status + " and no JSON");
            }
            int code = said.getInteger("errcode", 0);
            if (code != 0) {
                throw new Refused(code, said.getString("errmsg", ""));
            }
            if (status != 200) {
                throw NotSent.unknown("WeChat answered " + status);
            }
            return said;
        }
    }
}
