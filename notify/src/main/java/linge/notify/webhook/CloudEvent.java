package linge.notify.webhook;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * A <a href="https://github.com/cloudevents/spec">CloudEvent</a> 1.0 in its JSON format, with JSON data.
 *
 * @param source who says so, a URI; with the id it names the event everywhere
 * @param subject what it is about, e.g. a case's number
 */
public record CloudEvent(
        String id,
        String source,
        String type,
        @Nullable String subject,
        @Nullable Instant time,
        JsonObject data) {

    /** Of a body in structured mode. */
    public static final String MEDIA_TYPE = "application/cloudevents+json";

    private static final String VERSION = "1.0";
    private static final int LONGEST = 500;

    public JsonObject toJson() {
        JsonObject json = new JsonObject()
                .put("specversion", VERSION)
                .put("id", id)
                .put("source", source)
                .put("type", type);
        if (subject != null) {
            json.put("subject", subject);
        }
        if (time != null) {
            json.put("time", time.toString());
        }
        return json.put("datacontenttype", "application/json").put("data", data);
    }

    /**
     * Reads an envelope; extension attributes are left aside.
     *
     * @throws IllegalArgumentException with the name of the attribute that is missing or wrong as its message
     */
    public static CloudEvent of(JsonObject json) {
        if (!VERSION.equals(json.getValue("specversion"))) {
            throw new IllegalArgumentException("specversion");
        }
        String type = json.getValue("datacontenttype") == null ? "application/json" : text(json, "datacontenttype");
        if (!type.matches("(?i)application/([a-z0-9.-]+\\+)?json(\\s*;.*)?")) {
            throw new IllegalArgumentException("datacontenttype");
        }
        if (!(json.getValue("data") instanceof JsonObject data)) {
            throw new IllegalArgumentException("data");
        }
        return new CloudEvent(
                text(json, "id"),
                text(json, "source"),
                text(json, "type"),
                json.getValue("subject") == null ? null : text(json, "subject"),
                json.getValue("time") == null ? null : time(text(json, "time")),
                data);
    }

    private static String text(JsonObject json, String name) {
        if (json.getValue(name) instanceof String text && !text.isBlank() && text.length() <= LONGEST) {
            return text;
        }
        throw new IllegalArgumentException(name);
    }

    private static Instant time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("time", e);
        }
    }
}
