package linge.notify;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A notice, rendered and addressed for one channel.
 *
 * @param delivery number of the delivery, the same for every try: an idempotency key
 * @param fields the template's fields, for providers that fill templates of their own; {@code note} among them says what
 *     the words add, e.g. that this is urgent and breaks quiet hours, or how many other steps there were
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

    /**
     * Rendered words.
     *
     * @param title empty where the channel's template has none
     * @param text empty where the channel knows only keywords
     * @param keywords e.g. {@code thing1} → 路灯不亮, in the file's order; empty where the channel knows only text
     * @param elder whether these are the short plain sentences a person asked for
     */
    public record Words(String title, String text, Map<String, String> keywords, boolean elder) {

        public Words {
            keywords = Collections.unmodifiableMap(new LinkedHashMap<>(keywords));
        }

        public Words(String title, String text) {
            this(title, text, Map.of(), false);
        }
    }
}
