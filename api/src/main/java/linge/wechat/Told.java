package linge.wechat;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import linge.notify.Ledgers;
import linge.notify.Receipts;

/** What the platform tells about notices: how they arrived, and what people consented to. */
final class Told {

    private static final String TEMPLATE = "wechat-template";
    private static final String SUBSCRIPTION = "wechat-subscription";

    private final Receipts receipts;
    private final Ledgers ledgers;
    private final Clock clock;

    Told(Receipts receipts, Ledgers ledgers, Clock clock) {
        this.receipts = receipts;
        this.ledgers = ledgers;
        this.clock = clock;
    }

    /** {@code success}, {@code failed:user block}, or {@code failed: system failed}. */
    Future<Void> templateFinished(Incoming event) {
        String receipt = event.text("MsgID");
        String status = Objects.requireNonNullElse(event.text("Status"), "");
        if (receipt == null) {
            return Future.succeededFuture();
        }
        Future<Boolean> known = status.equals("success")
                ? receipts.arrived(TEMPLATE, receipt, now())
                : receipts.failed(TEMPLATE, receipt, status, status.contains("user block"));
        return known.mapEmpty();
    }

    /** Each accepted template is one consent, worth one message. */
    Future<Void> consents(Incoming event) {
        List<Future<Void>> all = new ArrayList<>();
        boolean popup = event.event().equals("subscribe_msg_popup_event");
        List<JsonObject> items = event.items(popup ? "SubscribeMsgPopupEvent" : "SubscribeMsgChangeEvent");
        for (int i = 0; i < items.size(); i++) {
            String template = Incoming.text(items.get(i), "TemplateId");
            String status = Incoming.text(items.get(i), "SubscribeStatusString");
            if (template == null) {
                continue;
            }
            if (popup && "accept".equals(status)) {
                all.add(ledgers.consented(event.openid(), template, event.key() + "#" + i));
            } else if (!popup && "reject".equals(status)) {
                all.add(ledgers.consentGone(event.openid(), template));
            }
        }
        return Future.all(all).mapEmpty();
    }

    Future<Void> subscriptionsSent(Incoming event) {
        List<Future<Boolean>> all = new ArrayList<>();
        for (JsonObject item : event.items("SubscribeMsgSentEvent")) {
            String receipt = Incoming.text(item, "MsgID");
            String code = Incoming.text(item, "ErrorCode");
            if (receipt == null) {
                continue;
            }
            all.add(
                    "0".equals(code)
                            ? receipts.arrived(SUBSCRIPTION, receipt, now())
                            : receipts.failed(
                                    SUBSCRIPTION,
                                    receipt,
                                    Objects.requireNonNullElse(Incoming.text(item, "ErrorStatus"), "failed"),
                                    false));
        }
        return Future.all(all).mapEmpty();
    }

    private Instant now() {
        return clock.instant();
    }
}
