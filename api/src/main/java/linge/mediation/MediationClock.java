package linge.mediation;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says what is due to be said. Runs on every node: a mediation is held by one of them while it changes, and what was said stands in its
 * row together with the notices, so each reminder is given once, and a crash only makes it late.
 */
public final class MediationClock {

    private static final Logger log = LoggerFactory.getLogger(MediationClock.class);

    private final Vertx vertx;
    private final Mediations mediations;
    private final Duration every;
    private boolean stopped;
    private @Nullable Long timer;
    private Future<Void> inHand = Future.succeededFuture();

    MediationClock(Vertx vertx, Mediations mediations, Duration every) {
        this.vertx = vertx;
        this.mediations = mediations;
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
        return untilNothingIsDue();
    }

    private void look() {
        inHand = untilNothingIsDue()
                .onFailure(failure -> log.warn("the clock could not look at a mediation; it looks again", failure))
                .otherwiseEmpty()
                .onComplete(done -> {
                    if (!stopped) {
                        timer = vertx.setTimer(every.toMillis(), id -> look());
                    }
                });
    }

    private Future<Void> untilNothingIsDue() {
        return mediations
                .remindOne()
                .compose(found -> found && !stopped ? untilNothingIsDue() : Future.succeededFuture());
    }
}
