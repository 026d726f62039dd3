package linge.notify;

import io.vertx.core.json.JsonObject;
import java.time.Instant;

/**
 * A notice, rendered and addressed for one channel.
 *
 * @param delivery number of the delivery, the same for every try: an idempotency key
 * @param fields the template's fields, for providers that fill templates of their own
 * @param at when the notice was put
 */
public record Envelope(
        long delivery,
        Audience audience,
        String subject,
        String template,
        JsonObject fields,
        Words words,
        boolean urgent,
        Instant at) {

    /** Rendered words; the title is empty where the channel's template has none. */
    public record Words(String title, String text) {}
}
