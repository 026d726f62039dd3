package linge.chat;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One bubble of a conversation.
 *
 * @param id grows with time; 0 before it is kept
 * @param more choices, card, ask, point, media: as the contract's {@code ChatMessage} has them
 */
record Message(
        long id,
        Side side,
        String text,
        JsonObject more,
        @Nullable UUID staff,
        @Nullable String staffName,
        Instant at) {

    /** Who said it. */
    enum Side {
        RESIDENT,
        BOT,
        STAFF
    }

    static Message of(Side side, String text, JsonObject more, Instant at) {
        return new Message(0, side, text, more, null, null, at);
    }

    static Message byStaff(UUID staff, String name, String text, Instant at) {
        return new Message(0, Side.STAFF, text, new JsonObject(), staff, name, at);
    }

    /** Schema {@code ChatMessage}. */
    JsonObject toJson() {
        JsonObject shown = more.copy()
                .put("id", id)
                .put("from", side.name())
                .put("text", text)
                .put("at", at.toString());
        return staffName == null ? shown : shown.put("name", staffName);
    }
}
