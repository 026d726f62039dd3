package linge.notify;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Several providers of one channel, asked in order. A message moves to the next only when the one before is known not to
 * have taken it; who fails several times in a row is left alone for a while ({@link Breaker}).
 *
 * @param <M> what they are handed
 */
public final class Providers<M> {

    /** One way out, e.g. a gateway: fails as {@link Channel#send} does. */
    public record Provider<M>(String name, Function<M, Future<Sent>> send) {}

    private record Guarded<M>(Provider<M> provider, Breaker breaker) {}

    private final List<Guarded<M>> inOrder;
    private final InstantSource clock;

    /** Five failures in a row rest a provider for half a minute. */
    public Providers(List<Provider<M>> inOrder, InstantSource clock) {
        this(inOrder, clock, 5, Duration.ofSeconds(30));
    }

    /**
     * @param failures in a row after which a provider rests
     * @param rest for how long
     */
    public Providers(List<Provider<M>> inOrder, InstantSource clock, int failures, Duration rest) {
        if (inOrder.isEmpty()) {
            throw new IllegalArgumentException("a channel has at least one provider");
        }
        this.inOrder = inOrder.stream()
                .map(provider -> new Guarded<>(provider, new Breaker(clock, failures, rest)))
                .toList();
        this.clock = clock;
    }

    /** Hands a message to the first that takes it; fails as {@link Channel#send} does. */
    public Future<Sent> send(M message) {
        return from(0, message, new ArrayList<>());
    }

    private Future<Sent> from(int nth, M message, List<NotSent> refusals) {
        if (nth == inOrder.size()) {
            return Future.failedFuture(refusals.isEmpty() ? allRest() : together(refusals));
        }
        Guarded<M> guarded = inOrder.get(nth);
        if (!guarded.breaker().lets()) {
            return from(nth + 1, message, refusals);
        }
        return Future.<Void>succeededFuture()
                .compose(go -> guarded.provider().send().apply(message))
                .transform((sent, failure) -> {
                    if (failure == null) {
                        guarded.breaker().succeeded();
                        return Future.succeededFuture(sent);
                    }
                    NotSent refusal = failure instanceof NotSent known ? known : NotSent.unknown(failure.toString());
                    note(guarded.breaker(), refusal);
                    if (refusal.kind() != NotSent.Kind.TRY_AGAIN) {
                        // Of this message or this person, or perhaps taken: another provider would not help, or repeat.
                        return Future.failedFuture(refusal);
                    }
                    refusals.add(refusal);
                    return from(nth + 1, message, refusals);
                });
    }

    /** Who answered is up, whatever the answer; who names a time has a full quota and is up as well. */
    private static void note(Breaker breaker, NotSent refusal) {
        boolean down = refusal.kind() == NotSent.Kind.UNKNOWN
                || (refusal.kind() == NotSent.Kind.TRY_AGAIN && refusal.earliest() == null);
        if (down) {
            breaker.failed();
        } else {
            breaker.succeeded();
        }
    }

    private NotSent allRest() {
        Instant first = inOrder.stream()
                .map(guarded -> guarded.breaker().opensAgain())
                .min(Instant::compareTo)
                .orElseThrow();
        Duration wait = Duration.between(clock.instant(), first);
        return NotSent.tryAgainAfter(wait.isNegative() ? Duration.ZERO : wait, "every provider rests after failures");
    }

    /** A time is passed on only if every one of them named one: the soonest. */
    private static NotSent together(List<NotSent> refusals) {
        String reason = refusals.stream().map(NotSent::reason).collect(Collectors.joining("; "));
        List<Duration> times = refusals.stream()
                .map(NotSent::earliest)
                .filter(Objects::nonNull)
                .sorted()
                .toList();
        return times.size() == refusals.size() ? NotSent.tryAgainAfter(times.get(0), reason) : NotSent.tryAgain(reason);
    }

    /** Each provider's name and whether it is asked now: {@code CLOSED}, {@code OPEN} or {@code HALF_OPEN}. */
    public Map<String, String> states() {
        return inOrder.stream()
                .collect(Collectors.toMap(
                        guarded -> guarded.provider().name(),
                        guarded -> guarded.breaker().state().name(),
                        (one, other) -> one,
                        LinkedHashMap::new));
    }
}
