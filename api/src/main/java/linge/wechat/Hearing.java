package linge.wechat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import linge.shared.Refusal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears each message once, however often and wherever it is pushed. The first push has the answer made; every push waits for
 * that one answer and takes it along if it comes in time. What comes later {@link Afterwards} sends.
 */
final class Hearing {

    private static final Logger log = LoggerFactory.getLogger(Hearing.class);

    /**
     * How long things take.
     *
     * @param push a push is answered within this: the platform waits five seconds
     * @param patience after a push, words wait this long for it to take them along
     * @param lease whoever makes an answer says so again within this, or is taken for dead
     * @param again somebody who waits for another node's answer looks this often
     */
    record Pace(Duration push, Duration patience, Duration lease, Duration again) {
        static final Pace USUAL = new Pace(
                Duration.ofMillis(4_500), Duration.ofMillis(5_500), Duration.ofSeconds(8), Duration.ofMillis(80));
    }

    /** After so many tries something is wrong with the message, not with a node. */
    private static final int MOST_TRIES = 8;

    /** Makes the words of an answer: none, one message or several. Called again for the same message after a crash. */
    @FunctionalInterface
    interface Answerer {
        Future<List<String>> answer(Heard heard);
    }

    private final Vertx vertx;
    private final Clock clock;
    private final HeardStore store;
    private final Answerer answerer;
    private final Pace pace;
    /** This node, as long as it lives. */
    private final UUID me = UUID.randomUUID();

    private final Map<Long, Future<Void>> running = new ConcurrentHashMap<>();
    private long holding = -1;

    Hearing(Vertx vertx, Clock clock, HeardStore store, Answerer answerer, Pace pace) {
        this.vertx = vertx;
        this.clock = clock;
        this.store = store;
        this.answerer = answerer;
        this.pace = pace;
    }

    void start() {
        holding = vertx.setPeriodic(pace.lease().toMillis() / 4, tick -> {
            if (!running.isEmpty()) {
                store.keepHold(me, now().plus(pace.lease()))
                        .onFailure(failed -> log.warn("could not keep hold of messages", failed));
            }
        });
    }

    /** Lets what is in hand come to its end. */
    Future<Void> stop() {
        return Future.join(List.copyOf(running.values())).transform(done -> {
            vertx.cancelTimer(holding);
            return Future.succeededFuture();
        });
    }

    /** What a push got: the words to answer it with, or null for none now. */
    record Taken(Heard heard, HeardStore.@Nullable Words words) {}

    /** Hears a push. */
    Future<Taken> push(Incoming incoming) {
        long until = System.nanoTime() + pace.push().toNanos();
        return store.take(incoming, me, now(), pace.lease(), pace.patience()).compose(heard -> {
            Future<Void> answered;
            if (heard.push() == 1) {
                answered = run(heard);
            } else {
                Future<Void> here = running.get(heard.id());
                answered = here == null ? elsewhere(heard.id(), until) : here;
            }
            return answered.timeout(Math.max(1, (until - System.nanoTime()) / 1_000_000), TimeUnit.MILLISECONDS)
                    .compose(done -> store.goAlong(heard.id(), now()))
                    .recover(late -> {
                        if (!(late instanceof TimeoutException)) {
                            log.warn("a message is answered later", late);
                        }
                        return Future.succeededFuture();
                    })
                    .map(words -> new Taken(heard, words));
        });
    }

    /** Another node makes the answer, or did; if it died, this one does. */
    private Future<Void> elsewhere(long id, long until) {
        return store.find(id).compose(heard -> {
            if (heard.answeredAt() != null) {
                return Future.succeededFuture();
            }
            return goOn(id).compose(mine -> {
                if (mine || System.nanoTime() > until) {
                    return Future.succeededFuture();
                }
                return vertx.timer(pace.again().toMillis(), TimeUnit.MILLISECONDS)
                        .compose(later -> elsewhere(id, until));
            });
        });
    }

    /** Answers a message that nobody answers; false when it is answered or somebody is at it. */
    Future<Boolean> goOn(long id) {
        Future<Void> here = running.get(id);
        if (here != null) {
            return here.map(true);
        }
        return store.hold(id, me, now(), pace.lease())
                .compose(held ->
                        held == null ? Future.succeededFuture(false) : run(held).map(true));
    }

    List<Future<Void>> inHand() {
        return List.copyOf(running.values());
    }

    private Future<Void> run(Heard heard) {
        Future<Void> run = Future.<Void>future(done -> answerer.answer(heard)
                        .recover(failure -> wordsFor(failure, heard))
                        .compose(texts -> store.answer(heard, me, texts, now(), patience(heard)))
                        .<Void>mapEmpty()
                        .onComplete(done))
                .onFailure(failure -> store.letGo(heard.id(), me)
                        .onFailure(also -> log.warn("a message is held until its lease ends", also)));
        running.put(heard.id(), run);
        return run.onComplete(done -> running.remove(heard.id(), run));
    }

    /** No push will take along the answer to what was never pushed. */
    private Duration patience(Heard heard) {
        return heard.incoming().account().equals(Incoming.OURSELVES) ? Duration.ZERO : pace.patience();
    }

    /** What is refused is told; anything else is tried again, until that makes no sense any more. */
    private static Future<List<String>> wordsFor(Throwable failure, Heard heard) {
        boolean later = !(failure instanceof Refusal refusal) || refusal.kind() == Refusal.Kind.NOT_READY;
        if (later && heard.tries() < MOST_TRIES) {
            return Future.failedFuture(failure);
        }
        if (failure instanceof Refusal refusal) {
            return Future.succeededFuture(List.of(refusal.detail()));
        }
        log.atError().setCause(failure).addKeyValue("heard", heard.id()).log("a message could not be answered");
        return Future.succeededFuture(List.of("这句话没有处理成，我们已经记下了。请换个说法再发一次，或者拨打 12345。"));
    }

    /** The words reached the waiting push, as far as can be told. */
    Future<Void> arrived(HeardStore.Words words) {
        return store.sure(words.id(), now());
    }

    /** The push had gone away: another may come; if none does they go by customer-service message. */
    Future<Void> missed(HeardStore.Words words) {
        return store.comeBack(words, now().plus(pace.patience()));
    }

    private Instant now() {
        return Objects.requireNonNull(clock.instant());
    }
}
