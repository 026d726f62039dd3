package linge.notify.wechat;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import linge.notify.Addresses;
import linge.notify.Envelope;
import linge.notify.Ledgers;
import linge.notify.NotSent;
import linge.notify.TemplateMap;

/** What the three channels have in common: to whom, under which template, with the token, and what a refusal means. */
final class Sending {

    /** WeChat's days begin at midnight in China. */
    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");

    private final InstantSource clock;
    private final OfficialAccount account;
    private final Exchange exchange;
    private final AccessTokens tokens;
    private final Addresses addresses;
    private final Ledgers ledgers;
    private final TemplateMap templates;
    private final Troubles troubles;

    Sending(
            InstantSource clock,
            OfficialAccount account,
            Exchange exchange,
            AccessTokens tokens,
            Addresses addresses,
            Ledgers ledgers,
            TemplateMap templates,
            Troubles troubles) {
        this.clock = clock;
        this.account = account;
        this.exchange = exchange;
        this.tokens = tokens;
        this.addresses = addresses;
        this.ledgers = ledgers;
        this.templates = templates;
        this.troubles = troubles;
    }

    /**
     * One message on its way.
     *
     * @param quota the account's quota it counts for
     * @param templateId WeChat's, or empty for a message without
     * @param data values under the names WeChat's template gives them
     */
    record Message(
            Envelope envelope, String path, String quota, String openid, String templateId, Map<String, String> data) {

        long delivery() {
            return envelope.delivery();
        }

        /** {@code {"thing1":{"value":"路灯不亮"},…}}. */
        JsonObject values() {
            JsonObject values = new JsonObject();
            data.forEach((name, value) -> values.put(name, new JsonObject().put("value", value)));
            return values;
        }
    }

    Instant now() {
        return clock.instant();
    }

    Ledgers ledgers() {
        return ledgers;
    }

    /** The newest openid that is not known to be gone. */
    Future<Message> addressed(Envelope envelope, String path, String quota) {
        return addresses
                .of(envelope.audience(), Addresses.WECHAT)
                .map(all -> all.stream()
                        .filter(Addresses.Address::works)
                        .findFirst()
                        .map(address -> new Message(envelope, path, quota, address.value(), "", Map.of()))
                        .orElseThrow(() -> NotSent.nextChannel("does not follow the account")));
    }

    /** The same under a template of WeChat's, as an operator mapped it. */
    Future<Message> templated(Envelope envelope, String channel, String path, String quota) {
        return addressed(envelope, path, quota)
                .compose(to -> templates.of(channel, envelope.template()).map(mapping -> {
                    if (mapping == null) {
                        throw NotSent.nextChannel("no template of WeChat's is mapped to " + envelope.template());
                    }
                    return new Message(
                            envelope,
                            path,
                            quota,
                            to.openid(),
                            mapping.platformId(),
                            mapping.named(envelope.words().keywords()));
                }));
    }

    /** One of the account's calls of today; false when they are used up. */
    Future<Boolean> takeDay(Message message) {
        return ledgers.takeQuota(message.quota(), account.appId(), message.delivery())
                .map(Ledgers.Taken::ok);
    }

    /** With the shared token; one that went bad is changed for another, once. */
    Future<JsonObject> post(Message message, JsonObject body) {
        return tokens.token()
                .compose(token -> post(message, body, token).recover(failure -> {
                    if (!(failure instanceof Refused refused) || !Meaning.isTokenGone(refused.code())) {
                        return Future.failedFuture(failure);
                    }
                    return tokens.after(token).compose(fresh -> post(message, body, fresh));
                }));
    }

    private Future<JsonObject> post(Message message, JsonObject body, String token) {
        return exchange.post(message.path() + "?access_token=" + token, "notice-" + message.delivery(), body);
    }

    /** Whether a failure says that nothing was sent, so that what the message took may be given back. */
    static boolean isKnown(Throwable failure) {
        return failure instanceof Refused || failure instanceof NotSent known && known.kind() != NotSent.Kind.UNKNOWN;
    }

    /** Writes down what a failure tells, and fails with what the relay does next. */
    <T> Future<T> failed(Message message, Throwable failure) {
        return failure instanceof Refused refused
                ? note(message, refused).compose(noted -> Future.failedFuture(next(refused)))
                : Future.failedFuture(failure);
    }

    private Future<Void> note(Message message, Refused refused) {
        return switch (Meaning.of(refused.code())) {
            case DAY_SPENT -> ledgers.spent(message.quota(), account.appId(), midnight());
            case WINDOW_CLOSED -> ledgers.windowClosed(message.openid());
            case NO_CONSENT -> ledgers.consentGone(message.openid(), message.templateId());
            case NOT_THERE -> addresses.bounced(Addresses.WECHAT, message.openid(), refused.reason());
            case NOT_GRANTED -> troubles.note(message.path(), refused);
            case AGAIN, AFTER_A_MINUTE, NOT_WANTED, WRONG -> Future.succeededFuture();
        };
    }

    private static NotSent next(Refused refused) {
        return switch (Meaning.of(refused.code())) {
            case AGAIN -> NotSent.tryAgain(refused.reason());
            case AFTER_A_MINUTE -> NotSent.tryAgainAfter(Duration.ofMinutes(1), refused.reason());
            case WRONG -> NotSent.never(refused.reason());
            case DAY_SPENT, WINDOW_CLOSED, NO_CONSENT, NOT_THERE, NOT_WANTED, NOT_GRANTED ->
                NotSent.nextChannel(refused.reason());
        };
    }

    private Instant midnight() {
        return now().atZone(CHINA).toLocalDate().plusDays(1).atStartOfDay(CHINA).toInstant();
    }
}
