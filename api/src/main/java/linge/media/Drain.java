package linge.media;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;

/**
 * Reads away what a sender still sends after it was refused. Many clients read the answer only once they have sent
 * everything; closing at once would reset the connection and lose the answer. What they may send is bounded all the same.
 */
final class Drain {

    /** More than any file somebody takes for a photo. */
    private static final long MOST_BYTES = 512_000_000;

    private static final long MOST_MILLIS = 30_000;

    private Drain() {}

    static void rest(Vertx vertx, HttpServerRequest request) {
        if (request.isEnded()) {
            return;
        }
        long timer = vertx.setTimer(MOST_MILLIS, late -> request.connection().close());
        long[] read = {0};
        request.exceptionHandler(gone -> vertx.cancelTimer(timer));
        request.endHandler(end -> vertx.cancelTimer(timer));
        request.handler(part -> {
            read[0] += part.length();
            if (read[0] > MOST_BYTES) {
                vertx.cancelTimer(timer);
                request.connection().close();
            }
        });
        request.resume();
    }
}
