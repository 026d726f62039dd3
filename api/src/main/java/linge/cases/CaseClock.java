package linge.cases;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the moves that passed deadlines ask for. Runs on every node: each case is held by one while it moves, and what the
 * clock is due to do stands in the database, so a crash only makes it late.
 */
public final class CaseClock {

    private static final Logger log = LoggerFactory.getLogger(CaseClock.class);

    private final Vertx vertx;
    private final Cases cases;
    private final Duration every;
    private boolean stopped;
    private @Nullable Long timer;
    private Future<Void> inHand = Future.succeededFuture();

    public CaseClock(Vertx vertx, Cases cases, Duration every) {
        this.vertx = vertx;
        this.cases = cases;
        this.every = every;
    }

    public void start() {
        look();
    }

    /** Looks no more; done when the move in hand is. */
    public Future<Void> stop() {
        stopped = true;
        if (timer != null) {
            vertx.cancelTimer(timer);
        }
        return inHand;
    }

    /** Looks once more at this moment, beside the regular looks: for a clock that was set forward by hand. */
    public Future<Void> lookNow() {
        return untilNoneIsDue();
    }

    private void look() {
        inHand = untilNoneIsDue()
                .onFailure(failure -> log.warn("the clock could not move a case; it looks again", failure))
                .otherwiseEmpty()
                .onComplete(done -> {
                    if (!stopped) {
                        timer = vertx.setTimer(every.toMillis(), id -> look());
                    }
                });
    }

    private Future<Void> untilNoneIsDue() {
        return tended().compose(done -> moved());
    }

    /** Deadlines first: a move that was due by an old one may not be due any more. */
    private Future<Void> tended() {
        return cases.tendClocks((tx, card) -> Future.succeededFuture(true))
                .compose(more -> more && !stopped ? tended() : Future.succeededFuture());
    }

    private Future<Void> moved() {
        return cases.makeDueMove().compose(moved -> moved && !stopped ? moved() : Future.succeededFuture());
    }
}
