package linge.wechat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import linge.shared.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * One message or event as WeChat pushes it.
 *
 * @param openid who sent it
 * @param account ours, as the platform names it
 * @param kind MsgType in lower case, e.g. {@code text}; {@code event} for events
 * @param fields every field of it
 */
record Incoming(String openid, String account, String kind, JsonObject fields) {

    /** Stands for our account in a message that nobody pushed and that is heard all the same. */
    static final String OURSELVES = "linge";

    private static final int LONGEST_KEY = 250;

    /** Kinds of messages that a person writes, speaks or sends; any of them opens the customer-service window anew. */
    private static final List<String> FROM_PEOPLE =
            List.of("text", "voice", "image", "location", "link", "video", "shortvideo");

    /** @throws Refusal when it is not such XML, or names neither sender nor receiver */
    static Incoming read(String xml) {
        return of(Xml.read(xml));
    }

    static Incoming of(JsonObject fields) {
        String openid = text(fields, "FromUserName");
        String account = text(fields, "ToUserName");
        String kind = text(fields, "MsgType");
        if (openid == null || account == null || kind == null || openid.length() > 64 || account.length() > 64) {
            throw Refusal.of(Refusal.Kind.BAD_INPUT, "不是微信推送的消息。");
        }
        return new Incoming(openid, account, kind.toLowerCase(Locale.ROOT), fields);
    }

    /** What it is known by when it is pushed again: the message's id; of an event who, when and what. */
    String key() {
        String id = text("MsgId");
        if (!isEvent() && id != null) {
            return cut("m:" + id);
        }
        // Two templates may finish, two menus be clicked within one second: what tells them apart belongs to the key.
        String which = Objects.requireNonNullElse(text("MsgID"), Objects.requireNonNullElse(text("EventKey"), ""));
        return cut("e:" + openid + ":" + text("CreateTime") + ":" + (isEvent() ? event() : kind) + ":" + which);
    }

    boolean isEvent() {
        return kind.equals("event");
    }

    boolean isFromPerson() {
        return FROM_PEOPLE.contains(kind);
    }

    /** The event's name in lower case; empty for messages. */
    String event() {
        return Objects.requireNonNullElse(text("Event"), "").toLowerCase(Locale.ROOT);
    }

    /** A field's text, null when it is missing or blank. */
    @Nullable
    String text(String name) {
        return text(fields, name);
    }

    double number(String name) {
        String text = text(name);
        try {
            return text == null ? Double.NaN : Double.parseDouble(text.strip());
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    /** The items of a list such as {@code SubscribeMsgPopupEvent/List}. */
    List<JsonObject> items(String name) {
        List<JsonObject> items = new ArrayList<>();
        if (fields.getValue(name) instanceof JsonObject list) {
            Object found = list.getValue("List");
            for (Object one : found instanceof JsonArray many ? many : new JsonArray().add(found)) {
                if (one instanceof JsonObject item) {
                    items.add(item);
                }
            }
        }
        return items;
    }

    static @Nullable String text(JsonObject fields, String name) {
        return fields.getValue(name) instanceof String text && !text.isBlank() ? text : null;
    }

    private static String cut(String key) {
        return key.length() <= LONGEST_KEY ? key : key.substring(0, LONGEST_KEY);
    }
}
