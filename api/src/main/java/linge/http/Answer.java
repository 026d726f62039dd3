package linge.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a handler answers: a status, headers, and a JSON body, bytes or nothing. */
public record Answer(int status, @Nullable Object body, Map<String, String> headers) {

    public static Answer ok(JsonObject body) {
        return new Answer(200, body, Map.of());
    }

    public static Answer created(JsonObject body) {
        return new Answer(201, body, Map.of());
    }

    public static Answer accepted(JsonObject body) {
        return new Answer(202, body, Map.of());
    }

    public static Answer nothing() {
        return new Answer(204, null, Map.of());
    }

    /** Bytes of a type, e.g. a file kept in memory. */
    public static Answer bytes(String type, Buffer bytes) {
        return new Answer(200, bytes, Map.of("content-type", type));
    }

    public Answer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Answer(status, body, more);
    }
}
