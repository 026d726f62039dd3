package linge.notify;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What to tell whom.
 *
 * @param key idempotency key, unique for as long as notices are kept: the same key twice is one notice; at most 200
 *     characters. A good key names the cause, e.g. {@code case:CZ26-000017:ACCEPT:4:resident}
 * @param template name of a template, e.g. {@code case-accepted}
 * @param subject what the notice is about, e.g. the case's number: where a tap on it leads; at most 100 characters
 * @param fields values for the template's named fields: text, numbers or booleans
 * @param urgent goes before what is not urgent
 * @param deadline when telling is worth nothing any more, or null for the {@link Ladder}'s usual; the inbox gets it even
 *     later
 */
public record Notice(
        String key,
        String template,
        Audience audience,
        String subject,
        JsonObject fields,
        boolean urgent,
        @Nullable Instant deadline) {

    public Notice {
        if (key.isBlank() || key.length() > 200) {
            throw new IllegalArgumentException("a notice's key has 1 to 200 characters, this has " + key.length());
        }
        if (subject.length() > 100) {
            throw new IllegalArgumentException(
                    "a notice's subject has at most 100 characters, this has " + subject.length());
        }
    }

    /** An ordinary notice: not urgent, with the usual deadline. */
    public static Notice of(String key, String template, Audience audience, String subject, JsonObject fields) {
        return new Notice(key, template, audience, subject, fields, false, null);
    }
}
