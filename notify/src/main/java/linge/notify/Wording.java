package linge.notify;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One file of words for one channel. */
sealed interface Wording permits Template, Keywords {

    /**
     * What a rendering is told beside the fields.
     *
     * @param note said with the words, e.g. why they come at night, or null
     * @param at when the notice was put
     */
    record Occasion(@Nullable String note, Instant at) {}

    /** The fields it cannot do without. */
    Set<Field> needed();

    /** Every field it can show. */
    Set<Field> shown();

    /** Fills in the fields; {@link IllegalArgumentException} when one that is needed is missing. */
    Envelope.Words render(JsonObject fields, Occasion occasion);
}
