package linge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;

/** An answer of the service. */
public record Reply(String asked, int status, HttpHeaders headers, byte[] bytes) {

    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    public JsonObject json() {
        return new JsonObject(text());
    }

    public JsonArray items() {
        return json().getJsonArray("items");
    }

    public String string(String field) {
        return json().getString(field);
    }

    public String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    public Reply expect(int wanted) {
        assertEquals(wanted, status, () -> asked + " answered " + text());
        return this;
    }

    /** Refused, with this kind of problem. */
    public Reply refused(int wanted, String kind) {
        expect(wanted);
        assertEquals("urn:linge:problem:" + kind, string("type"), () -> asked + " answered " + text());
        return this;
    }
}
