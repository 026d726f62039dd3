package linge.notify;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A notice, rendered and addressed for one channel.
 *
 * @param delivery number of the delivery, the same for every try: an idempotency key
 * @param fields the template's fields, for providers that fill templates of their own
 * @param at when the notice was put
 * @param deadline when telling is worth nothing any more, or null
 */
public record Envelope(
        long delivery,
        Audience audience,
        String subject,
        String template,
        JsonObject fields,
        Words words,
        boolean urgent,
        Instant at,
        @Nullable Instant deadline) {

    /** One without a deadline. */
    public Envelope(
            long delivery,
            Audience audience,
            String subject,
            String template,
            JsonObject fields,
            Words words,
            boolean urgent,
            Instant at) {
        this(delivery, audience, subject, template, fields, words, urgent, at, null);
    }

    /** Rendered words; the title is empty where the channel's template has none. */
    public record Words(String title, String text) {}
}
