package linge.notify;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import linge.notify.Deliveries.Claimed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries notices out of the outbox: claim, render, send, mark. Safe to run on every node: a lease keeps two relays off
 * the same delivery, and sending happens outside any transaction.
 */
public final class Relay {

    private static final Logger log = LoggerFactory.getLogger(Relay.class);

    private static final String UNSURE = "不知是否送达";
    private static final String BREAKS_QUIET = "因情况紧急，在免打扰时段发送";

    private final Deliveries deliveries;
    private final Receipts receipts;
    private final Merging merging;
    private final Set<String> rungs;
    private final Map<String, Channel> channels;
    private final Templates templates;
    private final InstantSource clock;
    private final RelaySettings settings;
    private final Wakeful rounds;

    /**
     * A relay over these channels, in the order in which one hands on to the next: {@link Ladder#inOrder}.
     *
     * @param listen where to LISTEN for new notices, on a connection of its own
     */
    public Relay(
            Vertx vertx,
            Pool pool,
            List<Channel> channels,
            Templates templates,
            InstantSource clock,
            RelaySettings settings,
            PgConnectOptions listen) {
        this.deliveries = new Deliveries(pool, clock);
        this.receipts = new Receipts(pool, clock);
        this.merging = new Merging(pool, clock);
        this.rungs =
                channels.stream().filter(Channel::isRung).map(Channel::name).collect(Collectors.toSet());
        this.channels = channels.stream()
                .collect(Collectors.toMap(Channel::name, c -> c, (one, other) -> one, LinkedHashMap::new));
        if (this.channels.size() != channels.size()) {
            throw new IllegalArgumentException("two channels have the same name: "
                    + channels.stream().map(Channel::name).toList());
        }
        this.templates = templates;
        this.clock = clock;
        this.settings = settings;
        this.rounds = new Wakeful(vertx, listen, Outbox.WAKE_UP, settings.poll(), this::step);
    }

    /**
     * Takes over from a relay that died: what it had in hand need not wait for the end of its lease, nor what stands behind
     * that in its lane. Before {@link #start}, and only where this process has the database to itself.
     */
    public Future<Void> takeOver() {
        return deliveries.freeAll().mapEmpty();
    }

    /** Starts to listen and to deliver what waits; done once listening. Fails if the database cannot be reached. */
    public Future<Void> start() {
        return rounds.start();
    }

    /** Takes nothing more in hand, and is done when what is in hand has been sent and marked. */
    public Future<Void> stop() {
        return rounds.stop();
    }

    /** Whether new notices wake this relay now; without it they still go out with the next poll. */
    public boolean isListening() {
        return rounds.isListening();
    }

    /** One round by hand: claims a batch, sends it, marks it. Answers how many deliveries it took in hand. */
    public Future<Integer> step() {
        return deliveries
                .claim(settings.node(), channels.keySet().toArray(String[]::new), settings.batch(), settings.lease())
                .compose(claimed -> merging.of(claimed, rungs)
                        .compose(remaining -> Future.join(
                                lanes(remaining).stream().map(this::deliver).toList()))
                        .map(claimed.size()));
    }

    /** Lanes go side by side; within one, a person hears things over a channel in the order they happened. */
    private static List<List<Claimed>> lanes(List<Claimed> claimed) {
        Map<List<Object>, List<Claimed>> lanes = new LinkedHashMap<>();
        for (Claimed one : claimed) {
            List<Object> lane =
                    List.of(one.channel(), one.audience().kind(), one.audience().id());
            lanes.computeIfAbsent(lane, l -> new ArrayList<>()).add(one);
        }
        return List.copyOf(lanes.values());
    }

    private Future<Void> deliver(List<Claimed> lane) {
        Future<Void> done = Future.succeededFuture();
        for (Claimed claimed : lane) {
            done = done.compose(before -> deliver(claimed));
        }
        return done;
    }

    /** Never fails: a mark that cannot be written leaves the delivery to the end of its lease. */
    private Future<Void> deliver(Claimed claimed) {
        return handle(claimed)
                .onSuccess(ours -> {
                    if (!ours) {
                        log.warn("delivery {} over {} outlived its lease", claimed.id(), claimed.channel());
                    }
                })
                .onFailure(e -> log.warn("delivery {} over {} could not be marked", claimed.id(), claimed.channel(), e))
                .transform(marked -> Future.succeededFuture());
    }

    private Future<Boolean> handle(Claimed claimed) {
        Channel channel = channels.get(claimed.channel());
        if (channel == null) {
            return Future.failedFuture("no channel " + claimed.channel());
        }
        Instant now = clock.instant();
        if (channel.heedsDeadline() && claimed.isPastDeadline(now)) {
            return deliveries.expire(claimed);
        }
        String turnedDown = claimed.turnedDown();
        if (turnedDown != null) {
            return passOn(turnedDown, claimed);
        }
        if (claimed.sendingSince() != null && !channel.idempotent()) {
            return deliveries.park(claimed, UNSURE + "：发送途中中断（" + claimed.sendingSince() + "）");
        }
        if (claimed.attempt() > settings.attempts()) {
            return deliveries.park(
                    claimed, unsure(claimed) + "given up: " + settings.attempts() + " tries ended without an answer");
        }
        Instant quietUntil = channel.isRung() ? claimed.wishes().quietUntil(now) : null;
        if (quietUntil != null && !claimed.urgent()) {
            return deliveries.hold(claimed, quietUntil);
        }
        if (now.plus(settings.answer()).isAfter(claimed.leaseUntil())) {
            // Those before it in its lane were slow: sent now, it could be sent by another relay as well.
            return deliveries.release(claimed);
        }
        Envelope envelope;
        try {
            envelope = envelope(claimed, quietUntil != null);
        } catch (IllegalArgumentException e) {
            return deliveries.park(claimed, "cannot be rendered: " + e.getMessage());
        }
        if (channel.idempotent() && !channel.isRung()) {
            return send(channel, envelope, claimed);
        }
        return deliveries
                .sending(claimed)
                .compose(ours -> ours ? send(channel, envelope, claimed) : Future.succeededFuture(false));
    }

    private Envelope envelope(Claimed claimed, boolean breaksQuiet) {
        String note = Stream.of(
                        claimed.others() > 0 ? "另有" + claimed.others() + "条进展" : "", breaksQuiet ? BREAKS_QUIET : "")
                .filter(said -> !said.isEmpty())
                .collect(Collectors.joining("；"));
        Envelope.Words words = templates.render(
                claimed.template(),
                claimed.channel(),
                claimed.fields(),
                claimed.wishes().elder(),
                new Wording.Occasion(note.isEmpty() ? null : note, claimed.at()));
        return new Envelope(
                claimed.id(),
                claimed.audience(),
                claimed.subject(),
                claimed.template(),
                note.isEmpty() ? claimed.fields() : claimed.fields().copy().put("note", note),
                words,
                claimed.urgent(),
                claimed.at(),
                claimed.deadline());
    }

    private Future<Boolean> send(Channel channel, Envelope envelope, Claimed claimed) {
        return send(channel, envelope)
                .transform((sent, e) -> e == null ? sent(claimed, sent) : after(e, channel, claimed));
    }

    /** A receipt may have overtaken the mark; the inbox gets none. */
    private Future<Boolean> sent(Claimed claimed, Sent sent) {
        String receipt = sent.receipt();
        return deliveries
                .sent(claimed, sent)
                .compose(ours -> receipt == null || claimed.channel().equals(InApp.NAME)
                        ? Future.succeededFuture(ours)
                        : receipts.catchUp(claimed.channel(), receipt).map(ours));
    }

    private Future<Sent> send(Channel channel, Envelope envelope) {
        return Future.<Void>succeededFuture()
                .compose(go -> channel.send(envelope))
                .timeout(settings.answer().toMillis(), TimeUnit.MILLISECONDS)
                .recover(e -> Future.failedFuture(
                        e instanceof TimeoutException
                                ? NotSent.unknown(
                                        "no answer within " + settings.answer().toSeconds() + " s")
                                : e));
    }

    private Future<Boolean> after(Throwable failure, Channel channel, Claimed claimed) {
        NotSent refusal = failure instanceof NotSent known ? known : NotSent.unknown(failure.toString());
        return switch (refusal.kind()) {
            case TRY_AGAIN -> tryAgain(refusal, claimed);
            // An earlier try may have arrived: another rung could say it twice.
            case NEXT_CHANNEL ->
                claimed.sendingSince() == null
                        ? passOn(refusal.reason(), claimed)
                        : deliveries.park(claimed, UNSURE + "：" + refusal.reason());
            case NEVER -> deliveries.park(claimed, refusal.reason());
            case UNKNOWN ->
                channel.idempotent()
                        ? tryAgain(refusal, claimed)
                        : deliveries.park(claimed, UNSURE + "：" + refusal.reason());
        };
    }

    /** What an operator has to know first of a delivery that is given up: one of its tries may have arrived. */
    private static String unsure(Claimed claimed) {
        return claimed.sendingSince() == null ? "" : UNSURE + "：";
    }

    private Future<Boolean> tryAgain(NotSent refusal, Claimed claimed) {
        if (claimed.attempt() >= settings.attempts()) {
            boolean perhaps = refusal.kind() == NotSent.Kind.UNKNOWN;
            return deliveries.park(
                    claimed,
                    (perhaps ? UNSURE + "：" : unsure(claimed)) + "given up after " + claimed.attempt() + " tries: "
                            + refusal.reason());
        }
        Duration wait = settings.backOff().after(claimed.attempt(), claimed.id());
        Duration earliest = refusal.earliest();
        if (earliest != null && earliest.compareTo(wait) > 0) {
            wait = earliest;
        }
        Instant next = clock.instant().plus(wait);
        return refusal.kind() == NotSent.Kind.UNKNOWN
                ? deliveries.retryUnsure(claimed, next, refusal.reason())
                : deliveries.retry(claimed, next, refusal.reason());
    }

    /**
     * To the first rung further down that has words for it and is open to the person. At the ladder's end a notice that
     * is worth an SMS waits for an operator; of any other it is enough that the inbox has it.
     */
    private Future<Boolean> passOn(String reason, Claimed claimed) {
        SortedSet<String> worded = templates.channels(claimed.template());
        List<String> later = channels.values().stream()
                .dropWhile(channel -> !channel.name().equals(claimed.channel()))
                .skip(1)
                .filter(channel -> channel.isRung() && worded.contains(channel.name()))
                .filter(channel -> channel.reaches(claimed.audience()))
                .map(Channel::name)
                .toList();
        return deliveries.openRungs(claimed, later).compose(open -> {
            if (!open.isEmpty()) {
                return deliveries.passOn(claimed, open.get(0), reason);
            }
            return worded.contains(Sms.NAME)
                    ? deliveries.park(claimed, "no further channel: " + reason)
                    : deliveries.endHere(claimed, "the inbox has it: " + reason);
        });
    }
}
