package linge.notify.wechat;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import linge.notify.Channel;
import linge.notify.Envelope;
import linge.notify.Ledgers;
import linge.notify.NotSent;
import linge.notify.Sent;

/** One-time subscription messages (订阅通知): one consent, one message. WeChat would use a second consent for a second send. */
final class SubscriptionMessages implements Channel {

    static final String NAME = "wechat-subscription";

    private final Sending sending;
    private final Links links;

    SubscriptionMessages(Sending sending, Links links) {
        this.sending = sending;
        this.links = links;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean idempotent() {
        return false;
    }

    @Override
    public Future<Sent> send(Envelope envelope) {
        return sending.templated(envelope, NAME, Paths.SUBSCRIPTION, Ledgers.SUBSCRIPTION_DAY)
                .compose(message -> sending.ledgers()
                        .takeConsent(message.openid(), message.templateId(), message.delivery())
                        .compose(agreed -> agreed
                                ? sending.takeDay(message)
                                : Future.failedFuture(NotSent.nextChannel("no consent is left")))
                        .compose(left -> left
                                ? sending.post(message, body(message))
                                : Future.failedFuture(
                                        NotSent.nextChannel("the day's subscription messages are used up")))
                        .map(TemplateMessages::sent)
                        .recover(failure -> Sending.isKnown(failure)
                                ? sending.ledgers()
                                        .giveBack(message.delivery())
                                        .compose(back -> sending.failed(message, failure))
                                : sending.failed(message, failure)));
    }

    private JsonObject body(Sending.Message message) {
        JsonObject body = new JsonObject()
                .put("touser", message.openid())
                .put("template_id", message.templateId())
                .put("data", message.values());
        String url = links.to(message.envelope().audience(), message.envelope().subject());
        return url == null ? body : body.put("page", url);
    }
}
