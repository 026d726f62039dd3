package linge.whistle;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds departments late. Runs on every node: a whistle is held by one of them while it changes, and what is due stands in its row,
 * so each department is late once, and a crash only makes the finding late.
 */
public final class WhistleClock {

    private static final Logger log = LoggerFactory.getLogger(WhistleClock.class);

    private final Vertx vertx;
    private final Whistles whistles;
    private final Duration every;
    private boolean stopped;
    private @Nullable Long timer;
    private Future<Void> inHand = Future.succeededFuture();

    WhistleClock(Vertx vertx, Whistles whistles, Duration every) {
        this.vertx = vertx;
        this.whistles = whistles;
        this.every = every;
    }

    public void start() {
        look();
    }

    /** Looks no more; done when the finding in hand is. */
    public Future<Void> stop() {
        stopped = true;
        if (timer != null) {
            vertx.cancelTimer(timer);
        }
        return inHand;
    }

    /** Looks once more at this moment, beside the regular looks: for a clock that was set forward by hand. */
    public Future<Void> lookNow() {
        return untilNobodyIsLate();
    }

    private void look() {
        inHand = untilNobodyIsLate()
                .onFailure(failure -> log.warn("the clock could not look at a whistle; it looks again", failure))
                .otherwiseEmpty()
                .onComplete(done -> {
                    if (!stopped) {
                        timer = vertx.setTimer(every.toMillis(), id -> look());
                    }
                });
    }

    private Future<Void> untilNobodyIsLate() {
        return whistles.findLate().compose(found -> found && !stopped ? untilNobodyIsLate() : Future.succeededFuture());
    }
}
