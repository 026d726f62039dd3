package linge.notify.wechat.platform;

import io.vertx.core.json.JsonObject;
import java.time.Instant;

/**
 * Something a person saw.
 *
 * @param key idempotency key: a template message's client_msg_id, else the request's {@code X-Request-Id}, of a passive
 *     reply the message's MsgId; empty where there was none
 * @param template template id, or empty
 * @param number WeChat's number for it, or 0
 * @param body what was asked for; of a passive reply {@code {"text": …}} or its XML's leaves
 */
public record Effect(Kind kind, String openid, String key, String template, long number, Instant at, JsonObject body) {

    public enum Kind {
        TEMPLATE,
        SUBSCRIPTION,
        SERVICE,
        REPLY
    }

    /** The words of a text message, else empty. */
    public String text() {
        JsonObject text = kind == Kind.SERVICE ? body.getJsonObject("text", new JsonObject()) : body;
        return text.getString("content", "");
    }

    /** A template field's value, or empty. */
    public String field(String name) {
        return body.getJsonObject("data", new JsonObject())
                .getJsonObject(name, new JsonObject())
                .getString("value", "");
    }
}
