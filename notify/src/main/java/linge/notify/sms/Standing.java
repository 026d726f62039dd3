package linge.notify.sms;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import linge.notify.Breaker;
import linge.notify.Sent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A provider, and what came of asking it: one that is down or whose quota is used up is left alone for a while. */
final class Standing {

    private static final Logger log = LoggerFactory.getLogger(Standing.class);

    private static final int FAILURES = 5;
    private static final Duration REST = Duration.ofSeconds(30);

    private final SmsProvider provider;
    private final InstantSource clock;
    private final Breaker breaker;
    private long sent;
    private long refusals;
    private @Nullable String trouble;
    private @Nullable Instant since;
    private @Nullable Instant usedUpUntil;

    Standing(SmsProvider provider, InstantSource clock) {
        this.provider = provider;
        this.clock = clock;
        this.breaker = new Breaker(clock, FAILURES, REST);
    }

    /** CLOSED while it is asked, OPEN while it rests, HALF_OPEN while one tries whether it is back. */
    String circuit() {
        return breaker.state().name();
    }

    SmsProvider provider() {
        return provider;
    }

    String name() {
        return provider.name();
    }

    /** Why it is not to be asked now; null when it is, and then {@link #took} or {@link #refused} has to follow. */
    synchronized @Nullable Refused resting() {
        Instant now = clock.instant();
        Instant until = usedUpUntil;
        if (until != null && now.isBefore(until)) {
            return new Refused(Refused.Meaning.USED_UP, name() + "：" + trouble, Duration.between(now, until));
        }
        return breaker.lets()
                ? null
                : new Refused(
                        Refused.Meaning.BUSY,
                        name() + "：先歇一会儿，" + trouble,
                        Duration.between(now, breaker.opensAgain()));
    }

    synchronized Sent took(String number) {
        sent++;
        trouble = null;
        since = null;
        usedUpUntil = null;
        breaker.succeeded();
        return new Sent(SmsReport.receipt(name(), number));
    }

    /** Remembers what is the provider's trouble and not the number's. Who answers is up, whatever the answer. */
    synchronized void refused(Refused refused) {
        refusals++;
        boolean down = refused.meaning() == Refused.Meaning.UNKNOWN
                || refused.meaning() == Refused.Meaning.BUSY && refused.pause() == null;
        if (down) {
            breaker.failed();
        } else {
            breaker.succeeded();
        }
        switch (refused.meaning()) {
            case USED_UP -> {
                Duration pause = refused.pause();
                usedUpUntil = pause == null ? null : clock.instant().plus(pause);
                trouble(refused);
                log.warn("{} takes no SMS of ours for a while: {}", name(), refused.reason());
            }
            case REFUSED -> {
                trouble(refused);
                log.error("{} takes no SMS of ours, an operator has to look: {}", name(), refused.reason());
            }
            case BUSY, UNKNOWN -> {
                trouble(refused);
                log.warn("{} took no SMS: {}", name(), refused.reason());
            }
            case WORDS, NUMBER, OPTED_OUT, NUMBER_LIMIT -> {}
        }
    }

    private void trouble(Refused refused) {
        if (trouble == null) {
            since = clock.instant();
        }
        trouble = refused.reason();
    }

    /** Shape: {@link SmsProviders#standing}. */
    synchronized JsonObject toJson() {
        Instant now = clock.instant();
        Instant until = usedUpUntil != null && now.isBefore(usedUpUntil) ? usedUpUntil : breaker.opensAgain();
        return new JsonObject()
                .put("provider", name())
                .put("sent", sent)
                .put("refused", refusals)
                .put("trouble", trouble)
                .put("since", since == null ? null : since.toString())
                .put("restsUntil", now.isBefore(until) ? until.toString() : null);
    }
}
