package linge.notify.wechat.platform;

import io.vertx.core.http.HttpClientRequest;
import org.jspecify.annotations.Nullable;

/** One delivery's connection, which can be given up before it is even made. */
final class Wire {

    private @Nullable HttpClientRequest request;
    private boolean givenUp;

    synchronized void take(HttpClientRequest made) {
        request = made;
        // Whoever sent it hears of its end by the answer; without a handler the client would log it as well.
        made.exceptionHandler(ended -> {});
        if (givenUp) {
            made.reset();
        }
    }

    synchronized void giveUp() {
        givenUp = true;
        if (request != null) {
            request.reset();
        }
    }
}
