package linge.notify.wechat.platform;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The three ways of sending a message to one person. */
final class Sends {

    /** How long WeChat remembers a client_msg_id; later "no effect is promised". */
    private static final Duration REMEMBERED = Duration.ofMinutes(10);

    private static final int LONGEST_TEXT_BYTES = 2048;

    private record Earlier(Instant at, long msgid) {}

    private final WeChatPlatform platform;
    private final Map<String, List<String>> templates = new HashMap<>();
    private final Map<String, Earlier> remembered = new LinkedHashMap<>();

    Sends(WeChatPlatform platform) {
        this.platform = platform;
    }

    /** An approved template and the names of its fields. */
    synchronized void template(String id, List<String> fields) {
        templates.put(id, fields);
    }

    synchronized void removeTemplate(String id) {
        templates.remove(id);
    }

    synchronized JsonObject template(JsonObject message, Quota quota) {
        Follower to = platform.known(message.getString("touser", ""));
        List<String> fields = templates.get(message.getString("template_id", ""));
        if (to == null) {
            return Code.INVALID_OPENID.json();
        }
        if (fields == null) {
            return Code.INVALID_TEMPLATE.json();
        }
        if (!to.isFollowing()) {
            return Code.NOT_FOLLOWING.json();
        }
        Instant now = platform.now();
        String client = message.getString("client_msg_id", "");
        Earlier earlier = client.isEmpty() ? null : remembered.get(to.openid() + " " + client);
        if (earlier != null && now.isBefore(earlier.at().plus(REMEMBERED))) {
            return Code.OK.json().put("msgid", earlier.msgid());
        }
        String wrong = FieldRules.wrong(fields, message.getJsonObject("data", new JsonObject()));
        if (!wrong.isEmpty()) {
            return Code.BAD_ARGUMENT.json(wrong);
        }
        if (!quota.take(now)) {
            return Code.QUOTA_USED_UP.json();
        }
        long msgid = platform.nextNumber();
        if (!client.isEmpty()) {
            remembered.remove(to.openid() + " " + client);
            remembered.put(to.openid() + " " + client, new Earlier(now, msgid));
            forgetOld(now);
        }
        boolean blocked = to.isBlocking();
        if (!blocked) {
            platform.record(
                    Effect.Kind.TEMPLATE, to.openid(), client, message.getString("template_id"), msgid, message);
        }
        platform.push(
                to,
                new Xml()
                        .text("Event", "TEMPLATESENDJOBFINISH")
                        .number("MsgID", msgid)
                        .text("Status", blocked ? "failed:user block" : "success"));
        return Code.OK.json().put("msgid", msgid);
    }

    /** Oldest first, so that a year of a city does not pile up. */
    private void forgetOld(Instant now) {
        Iterator<Earlier> oldest = remembered.values().iterator();
        while (oldest.hasNext() && !now.isBefore(oldest.next().at().plus(REMEMBERED))) {
            oldest.remove();
        }
    }

    synchronized JsonObject subscription(JsonObject message, String requestId, Quota quota) {
        String template = message.getString("template_id", "");
        Follower to = platform.known(message.getString("touser", ""));
        List<String> fields = templates.get(template);
        if (to == null) {
            return Code.INVALID_OPENID.json();
        }
        if (fields == null) {
            return Code.INVALID_TEMPLATE.json();
        }
        String wrong = FieldRules.wrong(fields, message.getJsonObject("data", new JsonObject()));
        if (!wrong.isEmpty()) {
            return Code.BAD_ARGUMENT.json(wrong);
        }
        if (!quota.isLeft(platform.now())) {
            return Code.QUOTA_USED_UP.json();
        }
        if (to.isBlocking() || !to.takeConsent(template)) {
            return Code.REFUSED_BY_USER.json();
        }
        quota.take(platform.now());
        long msgid = platform.nextNumber();
        platform.record(Effect.Kind.SUBSCRIPTION, to.openid(), requestId, template, msgid, message);
        platform.push(
                to,
                new Xml()
                        .text("Event", "subscribe_msg_sent_event")
                        .raw(
                                "SubscribeMsgSentEvent",
                                new Xml()
                                        .raw(
                                                "List",
                                                new Xml()
                                                        .text("TemplateId", template)
                                                        .number("MsgID", msgid)
                                                        .number("ErrorCode", 0)
                                                        .text("ErrorStatus", "success")
                                                        .inner())
                                        .inner()));
        return Code.OK.json().put("msgid", msgid);
    }

    synchronized JsonObject service(JsonObject message, String requestId, Quota quota) {
        Follower to = platform.known(message.getString("touser", ""));
        @Nullable String type = message.getString("msgtype");
        if (to == null) {
            return Code.INVALID_OPENID.json();
        }
        if (type == null || !(message.getValue(type) instanceof JsonObject content)) {
            return Code.BAD_ARGUMENT.json("msgtype");
        }
        if (type.equals("text")) {
            String words = content.getString("content", "");
            if (words.isBlank()) {
                return Code.BAD_ARGUMENT.json("content is empty");
            }
            if (words.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > LONGEST_TEXT_BYTES) {
                return Code.TOO_LONG.json();
            }
        }
        if (!quota.isLeft(platform.now())) {
            return Code.QUOTA_USED_UP.json();
        }
        Code open = to.takeReply();
        if (open != Code.OK) {
            return open.json();
        }
        quota.take(platform.now());
        platform.record(Effect.Kind.SERVICE, to.openid(), requestId, "", platform.nextNumber(), message);
        return Code.OK.json();
    }
}
