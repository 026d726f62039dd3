package linge.notify.wechat;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import linge.notify.Channel;
import linge.notify.Envelope;
import linge.notify.Ledgers;
import linge.notify.NotSent;
import linge.notify.Sent;

/**
 * Customer-service messages (客服消息): text, a few within two days after a person wrote. WeChat would repeat one that is sent
 * twice.
 */
final class ServiceMessages implements Channel {

    static final String NAME = "wechat-service";

    /** WeChat's limit in bytes. */
    private static final int LONGEST = 2048;

    private static final String CUT = "…";

    private final Sending sending;
    private final Links links;

    ServiceMessages(Sending sending, Links links) {
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
        return sending.addressed(envelope, Paths.SERVICE, Ledgers.SERVICE_DAY)
                .compose(message -> sending.ledgers()
                        .takeReply(message.openid(), message.delivery())
                        .compose(open -> open
                                ? sending.takeDay(message)
                                : Future.failedFuture(NotSent.nextChannel("the window for answers is closed")))
                        .compose(left -> left
                                ? sending.post(message, body(message))
                                : Future.failedFuture(
                                        NotSent.nextChannel("the day's customer-service messages are used up")))
                        .map(answer -> Sent.WITHOUT_RECEIPT)
                        .recover(failure -> Sending.isKnown(failure)
                                ? sending.ledgers()
                                        .giveBack(message.delivery())
                                        .compose(back -> sending.failed(message, failure))
                                : sending.failed(message, failure)));
    }

    private JsonObject body(Sending.Message message) {
        return new JsonObject()
                .put("touser", message.openid())
                .put("msgtype", "text")
                .put("text", new JsonObject().put("content", text(message.envelope())));
    }

    /** Title, words and a link: WeChat reads {@code <a>} in a text, so none but ours may stand in it. */
    private String text(Envelope envelope) {
        Envelope.Words words = envelope.words();
        String said = (words.title().isEmpty() ? "" : words.title() + "\n\n") + words.text();
        String url = links.to(envelope.audience(), envelope.subject());
        String link = url == null ? "" : "\n\n<a href=\"" + url.replace("\"", "%22") + "\">查看详情</a>";
        return cut(said.replace('<', '＜'), LONGEST - link.getBytes(StandardCharsets.UTF_8).length) + link;
    }

    private static String cut(String words, int bytes) {
        if (words.getBytes(StandardCharsets.UTF_8).length <= bytes) {
            return words;
        }
        int end = words.length();
        while (words.substring(0, end).getBytes(StandardCharsets.UTF_8).length
                        + CUT.getBytes(StandardCharsets.UTF_8).length
                > bytes) {
            end = words.offsetByCodePoints(end, -1);
        }
        return words.substring(0, end) + CUT;
    }
}
