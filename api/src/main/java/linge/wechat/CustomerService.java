package linge.wechat;

import io.vertx.core.Future;
import java.net.ConnectException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import linge.grids.Grids;
import linge.notify.Ledgers;
import linge.notify.NotSent;

/** Answers sent as customer-service messages: only within what the ledgers allow, and what the platform says of it is written there. */
final class CustomerService implements Afterwards.Sender {

    private static final int BUSY = -1;
    private static final int DAY_USED_UP = 45009;
    private static final int WINDOW_CLOSED = 45015;
    private static final int WINDOW_USED_UP = 45047;

    private final Platform platform;
    private final Ledgers ledgers;
    private final String appId;
    private final Clock clock;

    CustomerService(Platform platform, Ledgers ledgers, String appId, Clock clock) {
        this.platform = platform;
        this.ledgers = ledgers;
        this.appId = appId;
        this.clock = clock;
    }

    @Override
    public Future<Void> say(HeardStore.Words words) {
        return take(words)
                .recover(failure -> Future.failedFuture(
                        failure instanceof NotSent
                                ? failure
                                : NotSent.tryAgain("the ledgers do not answer: " + failure.getMessage())))
                .compose(taken -> platform.say(words).recover(failure -> told(words, failure)));
    }

    private Future<Void> take(HeardStore.Words words) {
        return ledgers.takeReply(words.openid(), delivery(words))
                .compose(open -> open
                        ? ledgers.takeQuota(Ledgers.SERVICE_DAY, appId, delivery(words))
                        : Future.failedFuture(NotSent.never("no customer-service message is left in the window")))
                .compose(taken -> {
                    Instant until = taken.until();
                    return until == null
                            ? Future.succeededFuture()
                            : ledgers.giveBack(delivery(words))
                                    .compose(back -> Future.failedFuture(NotSent.tryAgainAfter(
                                            Duration.between(clock.instant(), until),
                                            "the day's customer-service messages are used up")));
                });
    }

    private Future<Void> told(HeardStore.Words words, Throwable failure) {
        if (!(failure instanceof Platform.Refused refused)) {
            return failure instanceof ConnectException
                    ? notSent(words, NotSent.tryAgain("the platform is not reached"))
                    : Future.failedFuture(NotSent.unknown("the platform did not answer"));
        }
        return switch (refused.code) {
            case BUSY -> notSent(words, NotSent.tryAgain(refused.words));
            case DAY_USED_UP ->
                ledgers.spent(Ledgers.SERVICE_DAY, appId, tomorrow())
                        .compose(done -> notSent(
                                words,
                                NotSent.tryAgainAfter(Duration.between(clock.instant(), tomorrow()), refused.words)));
            case WINDOW_CLOSED, WINDOW_USED_UP ->
                ledgers.windowClosed(words.openid()).compose(done -> notSent(words, NotSent.never(refused.words)));
            default -> notSent(words, NotSent.never(refused.words));
        };
    }

    private Future<Void> notSent(HeardStore.Words words, NotSent what) {
        return ledgers.giveBack(delivery(words)).compose(done -> Future.failedFuture(what));
    }

    private Instant tomorrow() {
        return ZonedDateTime.ofInstant(clock.instant(), Grids.SHANGHAI)
                .toLocalDate()
                .plusDays(1)
                .atStartOfDay(Grids.SHANGHAI)
                .toInstant();
    }

    /** Deliveries of the outbox count upwards; these count downwards, so that the ledgers tell them apart. */
    static long delivery(long said) {
        return -said;
    }

    private static long delivery(HeardStore.Words words) {
        return delivery(words.id());
    }
}
