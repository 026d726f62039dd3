package linge.notify;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.pubsub.PgSubscriber;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs rounds of work, one at a time, for as long as there is some: woken by NOTIFY, and by a slow poll in case a wake-up
 * got lost. All its state is touched on one context only.
 */
public final class Wakeful {

    private static final Logger log = LoggerFactory.getLogger(Wakeful.class);
    private static final long RECONNECT_MILLIS = 1_000;

    private final Vertx vertx;
    private final Context context;
    private final PgConnectOptions listen;
    private final String channel;
    private final Duration poll;
    private final Supplier<Future<Integer>> round;

    private volatile @Nullable PgSubscriber subscriber;
    private @Nullable Long timer;
    private boolean stopped;
    private boolean woken;
    private Future<Integer> inHand = Future.succeededFuture(0);

    /**
     * @param channel what it LISTENs to
     * @param round one round; answers how much it found to do, 0 ends the rounds until the next wake-up
     */
    public Wakeful(
            Vertx vertx, PgConnectOptions listen, String channel, Duration poll, Supplier<Future<Integer>> round) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.listen = listen;
        this.channel = channel;
        this.poll = poll;
        this.round = round;
    }

    /** Done once listening. */
    public Future<Void> start() {
        return onContext(() -> {
            if (subscriber != null || stopped) {
                return Future.failedFuture(new IllegalStateException("started already"));
            }
            PgSubscriber ears = PgSubscriber.subscriber(vertx, listen).reconnectPolicy(retries -> RECONNECT_MILLIS);
            subscriber = ears;
            ears.channel(channel)
                    // Called after every LISTEN, so what was put while the connection was down is found as well.
                    .subscribeHandler(listening -> wake())
                    .handler(payload -> wake());
            timer = vertx.setPeriodic(poll.toMillis(), tick -> wake());
            return ears.connect();
        });
    }

    /** Begins no more rounds; done when the one in hand is. */
    public Future<Void> stop() {
        return onContext(() -> {
            stopped = true;
            if (timer != null) {
                vertx.cancelTimer(timer);
            }
            PgSubscriber ears = subscriber;
            return (ears == null ? Future.<Void>succeededFuture() : ears.close())
                    .transform(closed -> inHand)
                    .transform(done -> Future.succeededFuture());
        });
    }

    public boolean isListening() {
        PgSubscriber ears = subscriber;
        return ears != null && !ears.closed() && ears.actualConnection() != null;
    }

    private Future<Void> onContext(Supplier<Future<Void>> work) {
        Promise<Void> promise = Promise.promise();
        context.runOnContext(go -> work.get().onComplete(promise));
        return promise.future();
    }

    /** Begins a round, or another after the one in hand; from any thread. */
    public void wake() {
        context.runOnContext(go -> {
            woken = true;
            if (inHand.isComplete()) {
                next();
            }
        });
    }

    private void next() {
        if (stopped || !woken) {
            return;
        }
        woken = false;
        inHand = round.get();
        inHand.onComplete(
                count -> context.runOnContext(go -> {
                    woken |= count > 0;
                    next();
                }),
                // Not at once again: the poll comes, and a database that is down is not hammered.
                e -> log.warn("a round failed; the next comes with the poll or a wake-up", e));
    }
}
