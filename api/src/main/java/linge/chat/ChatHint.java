package linge.chat;

import io.vertx.core.json.JsonObject;
import java.util.UUID;
import linge.shared.Caller;
import org.jspecify.annotations.Nullable;

/**
 * A conversation has something new: for its resident's pages and those of the centre that answers.
 *
 * @param area the centre's county or city; null when no person was asked for
 */
public record ChatHint(
        String conversation,
        @Nullable String resident,
        @Nullable String area) {

    static ChatHint of(Conversation c, @Nullable String area) {
        UUID resident = c.resident();
        return new ChatHint(c.id(), resident == null ? null : resident.toString(), area == null ? c.deskArea() : area);
    }

    public JsonObject toJson() {
        return new JsonObject()
                .put("conversation", conversation)
                .put("resident", resident)
                .put("area", area);
    }

    public static ChatHint of(JsonObject json) {
        return new ChatHint(json.getString("conversation"), json.getString("resident"), json.getString("area"));
    }

    /** Whether a staff member answers for this centre; see {@link DeskPolicy}. */
    public boolean isFor(Caller.Staff staff) {
        return area != null && DeskPolicy.answersFor(staff, area);
    }
}
