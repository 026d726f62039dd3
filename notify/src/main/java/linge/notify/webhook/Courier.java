package linge.notify.webhook;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import linge.notify.Wakeful;
import linge.notify.webhook.Line.Claimed;
import linge.notify.webhook.Line.Next;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells other systems what happened. A line at a time is claimed whole; its events go out one after the other, the next only
 * once the one before was taken. Lines go side by side, so a slow receiver delays nobody else. Safe to run on every node.
 */
public final class Courier {

    private static final Logger log = LoggerFactory.getLogger(Courier.class);

    /** Why a webhook was switched off by itself. */
    static final String GONE = "GONE";

    static final String UNREACHABLE = "UNREACHABLE";

    private final Line line;
    private final Sender sender;
    private final InstantSource clock;
    private final WebhookSettings settings;
    private final Watch watch;
    private final Wakeful rounds;
    private final Set<Future<Void>> inHand = ConcurrentHashMap.newKeySet();
    private volatile boolean started;
    private volatile boolean stopping;

    /**
     * @param source what our events give as their source, a URI
     * @param watch who is told of what becomes of lines by themselves
     * @param listen where to LISTEN for new events, on a connection of its own
     */
    public Courier(
            Vertx vertx,
            Pool db,
            InstantSource clock,
            Vault vault,
            Sender sender,
            String source,
            WebhookSettings settings,
            Watch watch,
            PgConnectOptions listen) {
        this.line = new Line(db, clock, vault, settings, source);
        this.sender = sender;
        this.clock = clock;
        this.settings = settings;
        this.watch = watch;
        this.rounds = new Wakeful(vertx, listen, Events.WAKE_UP, settings.poll(), this::begin);
    }

    /** Takes over from one that died; before {@link #start}, where this process has the database to itself. */
    public Future<Void> takeOver() {
        return line.freeAll();
    }

    public Future<Void> start() {
        started = true;
        return rounds.start();
    }

    /** Begins nothing more; done when what is on its way has been answered and marked. */
    public Future<Void> stop() {
        stopping = true;
        return rounds.stop().transform(stopped -> idle());
    }

    /** By hand: carries everything that is due now; done when nothing is. */
    Future<Void> carry() {
        return begin().compose(begun -> idle().compose(done -> begun == 0 ? Future.succeededFuture() : carry()));
    }

    /** Claims lines and begins with them; does not wait for their ends. */
    private Future<Integer> begin() {
        return line.claim().map(claimed -> {
            claimed.forEach(this::begin);
            return claimed.size();
        });
    }

    private void begin(Claimed claimed) {
        Future<Void> run = run(claimed, settings.batch()).recover(failure -> {
            log.warn("the line of webhook {} could not be carried; it is tried again", claimed.webhook(), failure);
            return Future.succeededFuture();
        });
        inHand.add(run);
        run.onComplete(done -> {
            inHand.remove(run);
            // What was put between the last look and the release woke nobody for this line.
            if (started) {
                rounds.wake();
            }
        });
    }

    private Future<Void> idle() {
        return Future.join(List.copyOf(inHand)).transform(done -> Future.succeededFuture());
    }

    private Future<Void> run(Claimed claimed, int left) {
        if (stopping || left == 0) {
            return line.release(claimed);
        }
        return line.next(claimed)
                .compose(next -> next == null
                        ? line.release(claimed)
                        : post(next)
                                .compose(tried -> mark(claimed, next, tried))
                                .compose(goOn -> goOn ? run(claimed, left - 1) : Future.succeededFuture()));
    }

    /** Whether the line goes on. */
    private Future<Boolean> mark(Claimed claimed, Next next, Tried tried) {
        if (tried.taken()) {
            return line.sent(claimed, next, tried);
        }
        if (tried.refused() && next.attempts() + 1 >= settings.refusals()) {
            log.warn(
                    "webhook {} refused event {}: {}",
                    claimed.webhook(),
                    next.event().id(),
                    tried.problem());
            return leftOut(claimed, line.refused(claimed, next, tried));
        }
        return tried.gone() || next.attempts() + 1 < next.tries()
                ? hold(claimed, next, tried)
                : askBeside(claimed, next, tried);
    }

    /**
     * Tried so often that it may be the event and not the receiver: one of another case is sent. If that is taken and this one
     * still is not, it is left out and the line goes on; if not, nothing but time helps, and the order stays.
     */
    private Future<Boolean> askBeside(Claimed claimed, Next first, Tried tried) {
        return line.beside(claimed, first)
                .compose(beside -> beside == null
                        ? hold(claimed, first, tried)
                        : post(beside)
                                .compose(other -> other.taken()
                                        ? line.sent(claimed, beside, other)
                                                .compose(ours -> ours
                                                        ? post(first).compose(last -> settle(claimed, first, last))
                                                        : Future.succeededFuture(false))
                                        : hold(claimed, first, tried)));
    }

    private Future<Boolean> settle(Claimed claimed, Next first, Tried last) {
        if (last.taken()) {
            return line.sent(claimed, first, last);
        }
        log.warn(
                "webhook {} takes others and not event {}: {}",
                claimed.webhook(),
                first.event().id(),
                last.problem());
        return leftOut(claimed, line.setAside(claimed, first, last));
    }

    private Future<Boolean> leftOut(Claimed claimed, Future<Boolean> marked) {
        return marked.onSuccess(ours -> {
            if (ours) {
                watch.leftOut(claimed.webhook());
            }
        });
    }

    private Future<Tried> post(Next next) {
        return sender.post(next.url(), next.keys().at(clock.instant()), next.event());
    }

    private Future<Boolean> hold(Claimed claimed, Next next, Tried tried) {
        Duration pause = settings.backOff().after(next.failures() + 1, claimed.webhook());
        Duration asked = tried.pause();
        Duration wait = asked != null && asked.compareTo(pause) > 0 ? asked : pause;
        String off = off(next, tried);
        if (off == null) {
            return line.hold(claimed, next, tried, wait).map(false);
        }
        log.warn("webhook {} is switched off: {}, {}", claimed.webhook(), off, tried.problem());
        return line.end(claimed, next, tried, wait, off, watch).map(false);
    }

    private @Nullable String off(Next next, Tried tried) {
        if (tried.gone()) {
            return GONE;
        }
        Instant since = next.failingSince();
        boolean tooLong = since != null && since.plus(settings.patience()).isBefore(clock.instant());
        return tooLong ? UNREACHABLE : null;
    }
}
