package linge.notify.wechat;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import linge.notify.Channel;
import linge.notify.Envelope;
import linge.notify.Ledgers;
import linge.notify.NotSent;
import linge.notify.Sent;
import org.jspecify.annotations.Nullable;

/**
 * Template messages (模板消息). WeChat drops a second one of the same {@code client_msg_id}, which is the delivery's number,
 * but remembers it for ten minutes only: {@link Tries} keeps when that was.
 */
final class TemplateMessages implements Channel {

    static final String NAME = "wechat-template";

    private final Sending sending;
    private final Tries tries;
    private final Links links;

    TemplateMessages(Sending sending, Tries tries, Links links) {
        this.sending = sending;
        this.tries = tries;
        this.links = links;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Future<Sent> send(Envelope envelope) {
        return sending.templated(envelope, NAME, Paths.TEMPLATE, Ledgers.TEMPLATE_DAY)
                .compose(message -> tries.begin(message.delivery()).compose(nth -> {
                    if (!nth.isRemembered(sending.now())) {
                        return Future.failedFuture(NotSent.never("may have arrived at " + nth.since()
                                + ", and WeChat no longer knows: sent again it could arrive twice"));
                    }
                    return send(message, nth);
                }));
    }

    private Future<Sent> send(Sending.Message message, Tries.Try nth) {
        return sending.takeDay(message)
                .compose(left -> left
                        ? sending.post(message, body(message))
                        : Future.failedFuture(NotSent.nextChannel("the day's template messages are used up")))
                .map(TemplateMessages::sent)
                .recover(failure -> nth.isFirst() && Sending.isKnown(failure)
                        ? undo(message).compose(undone -> sending.failed(message, failure))
                        // An earlier try may have arrived: what it took stays taken.
                        : sending.failed(message, failure));
    }

    private Future<Void> undo(Sending.Message message) {
        return tries.forget(message.delivery())
                .compose(done -> sending.ledgers().giveBack(message.delivery()));
    }

    private JsonObject body(Sending.Message message) {
        JsonObject body = new JsonObject()
                .put("touser", message.openid())
                .put("template_id", message.templateId())
                .put("client_msg_id", Long.toString(message.delivery()))
                .put("data", message.values());
        String url = links.to(message.envelope().audience(), message.envelope().subject());
        return url == null ? body : body.put("url", url);
    }

    /** WeChat's number comes back with the event that tells how it ended. */
    static Sent sent(JsonObject answer) {
        @Nullable Object msgid = answer.getValue("msgid");
        return new Sent(msgid == null ? null : msgid.toString());
    }
}
