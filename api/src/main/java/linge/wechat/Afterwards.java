package linge.wechat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import linge.notify.NotSent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes on where a push could not wait or a node died: answers what nobody answers, and sends by customer-service message what
 * no push took along. On every node; a row decides who does it.
 */
final class Afterwards {

    private static final Logger log = LoggerFactory.getLogger(Afterwards.class);

    private static final int MOST_AT_ONCE = 20;
    private static final int MOST_TRIES = 7;
    /** Asked and not told for so long: nobody will tell any more. */
    private static final Duration UNSURE = Duration.ofMinutes(2);

    private static final Duration FIRST_WAIT = Duration.ofSeconds(2);
    private static final Duration KEEP = Duration.ofDays(3);

    /** Sends one customer-service message; fails with {@link NotSent} where it is known what to do next. */
    @FunctionalInterface
    interface Sender {
        Future<Void> say(HeardStore.Words words);
    }

    private final Vertx vertx;
    private final Clock clock;
    private final HeardStore store;
    private final Hearing hearing;
    private final Sender sender;
    private final Duration every;
    private volatile @Nullable Future<Void> looking;
    private volatile boolean stopped;
    private volatile long timer;

    Afterwards(Vertx vertx, Clock clock, HeardStore store, Hearing hearing, Sender sender, Duration every) {
        this.vertx = vertx;
        this.clock = clock;
        this.store = store;
        this.hearing = hearing;
        this.sender = sender;
        this.every = every;
    }

    void start() {
        soon();
    }

    private void soon() {
        timer = vertx.setTimer(every.toMillis(), tick -> {
            if (!stopped) {
                Future<Void> now = look();
                looking = now;
                now.onFailure(failed -> log.warn("what was left over is looked at again", failed))
                        .onComplete(done -> soon());
            }
        });
    }

    Future<Void> stop() {
        stopped = true;
        vertx.cancelTimer(timer);
        Future<Void> last = looking;
        return last == null ? Future.succeededFuture() : last.otherwiseEmpty();
    }

    /** Does all that is left over now. */
    Future<Void> look() {
        return store.leftAlone(clock.instant(), MOST_AT_ONCE)
                .compose(ids -> {
                    // Not waited for: a slow answer holds up nobody else's.
                    ids.forEach(id ->
                            hearing.goOn(id).onFailure(failed -> log.warn("message {} is answered later", id, failed)));
                    return sayAll(0);
                })
                .compose(done -> store.parkUnsure(clock.instant().minus(UNSURE)));
    }

    Future<Void> forgetOld() {
        return store.forgetOld(clock.instant().minus(KEEP))
                .compose(gone -> gone == 0 ? Future.succeededFuture() : forgetOld());
    }

    private Future<Void> sayAll(int said) {
        if (said >= MOST_AT_ONCE) {
            return Future.succeededFuture();
        }
        List<Future<Boolean>> several = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            several.add(sayNext());
        }
        return Future.join(several)
                .compose(done -> several.stream().anyMatch(Future::result)
                        ? sayAll(said + several.size())
                        : Future.succeededFuture());
    }

    private Future<Boolean> sayNext() {
        return store.next(clock.instant()).compose(words -> {
            if (words == null) {
                return Future.succeededFuture(false);
            }
            return sender.say(words)
                    .compose(done -> store.sure(words.id(), clock.instant()))
                    .recover(failure -> failed(words, failure))
                    .map(true);
        });
    }

    private Future<Void> failed(HeardStore.Words words, Throwable failure) {
        if (!(failure instanceof NotSent refused) || refused.kind() == NotSent.Kind.UNKNOWN) {
            log.warn("nobody knows whether an answer over WeChat arrived", failure);
            return store.park(words.id(), "nobody knows whether it arrived");
        }
        if (refused.kind() == NotSent.Kind.TRY_AGAIN && words.tries() < MOST_TRIES) {
            Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(10, words.tries()));
            Duration least = refused.earliest();
            Instant due = clock.instant().plus(least != null && least.compareTo(wait) > 0 ? least : wait);
            return store.comeBack(words, due);
        }
        return store.park(words.id(), refused.reason());
    }
}
