package linge.notify;

import io.vertx.core.json.JsonObject;
import java.time.Instant;

/**
 * One line of someone's inbox.
 *
 * @param id grows with time within one inbox: what a live page resumes from
 * @param subject what it is about, e.g. the case's number
 * @param at when it happened
 */
public record InboxItem(long id, String subject, String title, String text, Instant at, boolean read) {

    /** {@code {"id","subject","title","text","at","read"}}; {@code at} in ISO 8601, UTC. */
    public JsonObject toJson() {
        return new JsonObject()
                .put("id", id)
                .put("subject", subject)
                .put("title", title)
                .put("text", text)
                .put("at", at.toString())
                .put("read", read);
    }
}
