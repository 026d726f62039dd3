package linge.notify.sms;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import linge.notify.Ledgers;
import linge.notify.NotSent;
import linge.notify.Sent;
import linge.notify.SmsGateway;
import linge.notify.TemplateMap;
import org.jspecify.annotations.Nullable;

/**
 * Several carriers of SMS in order. The next one is asked only when it is known that those before did not take the message;
 * where nobody knows, nobody else is asked.
 */
public final class SmsProviders implements SmsGateway {

    /** What a notice's SMS takes, each of the phone's before the one of all. */
    private static final List<String> QUOTAS = List.of(Ledgers.SMS_PHONE_HOUR, Ledgers.SMS_PHONE_DAY, Ledgers.SMS_DAY);

    private final List<Standing> providers;
    private final Parts parts;
    private final Ledgers ledgers;
    private final InstantSource clock;

    SmsProviders(List<SmsProvider> providers, Parts parts, Ledgers ledgers, InstantSource clock) {
        this.providers = providers.stream().map(one -> new Standing(one, clock)).toList();
        this.parts = parts;
        this.ledgers = ledgers;
        this.clock = clock;
    }

    /**
     * Opens the providers of these accounts, in their order; {@link #start} connects those that keep a connection.
     *
     * @param book for those who fill templates of their own, under the numbers of {@code template_map}
     * @param reports where the gateway's status reports go
     */
    public static SmsProviders open(
            Vertx vertx,
            Pool db,
            InstantSource clock,
            List<SmsAccount> accounts,
            TemplateBook book,
            SmsReports reports) {
        CodeBook codes = CodeBook.shipped();
        Filling templates = new Filling(book, new TemplateMap(db, clock));
        Parts parts = new Parts(db, clock, reports);
        List<SmsProvider> providers = new ArrayList<>();
        for (SmsAccount account : accounts) {
            if (account instanceof SmsAccount.Aliyun aliyun) {
                providers.add(new Aliyun(aliyun, templates, codes, new Post(vertx), clock));
            } else if (account instanceof SmsAccount.Tencent tencent) {
                providers.add(new Tencent(tencent, templates, codes, new Post(vertx), clock));
            } else if (account instanceof SmsAccount.Smpp smpp) {
                providers.add(new Smpp(vertx, smpp, codes, parts, reports, clock, SmppLink.Manner.USUAL));
            }
        }
        return new SmsProviders(providers, parts, new Ledgers(db, clock), clock);
    }

    public Future<Void> start() {
        return Future.join(providers.stream().map(one -> one.provider().start()).toList())
                .mapEmpty();
    }

    public Future<Void> stop() {
        return Future.join(providers.stream().map(one -> one.provider().stop()).toList())
                .mapEmpty();
    }

    /** Housekeeping. */
    public Future<Void> forgetOld() {
        return parts.forgetOld();
    }

    /** None of the carriers drops a second send of one message. */
    @Override
    public boolean idempotent() {
        return false;
    }

    /** A sign-in code takes of no quota here: it has limits of its own where it is asked for. */
    @Override
    public Future<Sent> send(Message message) {
        Long delivery = message.delivery();
        if (delivery == null) {
            return next(message, 0, new ArrayList<>());
        }
        return take(message.phone(), delivery, 0)
                .compose(taken -> next(message, 0, new ArrayList<>()))
                .recover(failure -> giveBack(failure, delivery).transform(back -> Future.failedFuture(failure)));
    }

    private Future<Void> take(String phone, long delivery, int nth) {
        if (nth == QUOTAS.size()) {
            return Future.succeededFuture();
        }
        String quota = QUOTAS.get(nth);
        return ledgers.takeQuota(quota, quota.equals(Ledgers.SMS_DAY) ? "" : phone, delivery)
                .recover(e -> Future.failedFuture(NotSent.tryAgain("短信额度查不了：" + e)))
                .compose(taken -> {
                    Instant until = taken.until();
                    return until == null
                            ? take(phone, delivery, nth + 1)
                            : Future.failedFuture(NotSent.tryAgainAfter(
                                    Duration.between(clock.instant().truncatedTo(ChronoUnit.MILLIS), until),
                                    "短信额度用完了 (" + quota + ")"));
                });
    }

    /** What is known not to have been sent counts for nothing. */
    private Future<Void> giveBack(Throwable failure, long delivery) {
        boolean perhapsSent = failure instanceof NotSent refusal && refusal.kind() == NotSent.Kind.UNKNOWN;
        return perhapsSent ? Future.succeededFuture() : ledgers.giveBack(delivery);
    }

    private Future<Sent> next(Message message, int nth, List<Refused> before) {
        if (nth == providers.size()) {
            return Future.failedFuture(allRefused(before));
        }
        Standing one = providers.get(nth);
        Refused resting = one.resting();
        if (resting != null) {
            before.add(resting);
            return next(message, nth + 1, before);
        }
        return Future.<Void>succeededFuture()
                .compose(go -> one.provider().send(message))
                .map(one::took)
                .recover(failure -> {
                    Refused refused = Refused.of(failure);
                    one.refused(refused);
                    if (!refused.meaning().letsOthersTry()) {
                        return spare(message.phone(), refused)
                                .transform(noted -> Future.failedFuture(notSent(refused, one.name())));
                    }
                    before.add(named(refused, one.name()));
                    return next(message, nth + 1, before);
                });
    }

    /** Whoever has had enough messages for now is spared the next ones too, and the provider our asking. */
    private Future<Void> spare(String phone, Refused refused) {
        Duration pause = refused.pause();
        return refused.meaning() == Refused.Meaning.NUMBER_LIMIT && pause != null
                ? ledgers.spent(Ledgers.SMS_PHONE_HOUR, phone, clock.instant().plus(pause))
                : Future.succeededFuture();
    }

    private static Refused named(Refused refused, String provider) {
        return new Refused(refused.meaning(), provider + "：" + refused.reason(), refused.pause());
    }

    private static NotSent notSent(Refused refused, String provider) {
        String reason = provider + "：" + refused.reason();
        return switch (refused.meaning()) {
            case NUMBER -> NotSent.never(reason);
            case OPTED_OUT -> NotSent.nextChannel(reason);
            case NUMBER_LIMIT -> later(refused.pause(), reason);
            case UNKNOWN -> NotSent.unknown(reason);
            default -> NotSent.tryAgain(reason);
        };
    }

    /** What passes by itself is waited for; what does not, e.g. a wrong signature everywhere, is for the next channel. */
    private static NotSent allRefused(List<Refused> refusals) {
        String reason = String.join("；", refusals.stream().map(Refused::reason).toList());
        List<Refused> passing = refusals.stream()
                .filter(one -> one.meaning() == Refused.Meaning.BUSY || one.meaning() == Refused.Meaning.USED_UP)
                .toList();
        if (passing.isEmpty()) {
            return NotSent.nextChannel(reason);
        }
        boolean someSoon = passing.stream().anyMatch(one -> one.pause() == null);
        Duration soonest = passing.stream()
                .map(Refused::pause)
                .filter(pause -> pause != null)
                .min(Duration::compareTo)
                .orElse(null);
        return later(someSoon ? null : soonest, reason);
    }

    private static NotSent later(@Nullable Duration pause, String reason) {
        return pause == null ? NotSent.tryAgain(reason) : NotSent.tryAgainAfter(pause, reason);
    }

    /** What each provider's breaker says on this node, in order: {@code aliyun → CLOSED}. */
    public Map<String, String> states() {
        Map<String, String> states = new LinkedHashMap<>();
        providers.forEach(one -> states.put(one.name(), one.circuit()));
        return states;
    }

    /**
     * How each provider stands on this node, in order, for the operator:
     * {@code [{"provider","sent","refused","trouble","since","restsUntil"}]}; the last three null while all is well.
     */
    public JsonArray standing() {
        JsonArray all = new JsonArray();
        providers.forEach(one -> all.add(one.toJson()));
        return all;
    }
}
