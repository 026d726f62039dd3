package linge.cases;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.UUID;
import linge.grids.GeoPoint;
import org.jspecify.annotations.Nullable;

/**
 * What a resident sends to open a case.
 *
 * @param postscript what whoever handles it should read below the text; what the case is about is understood without it
 */
record Filing(
        String clientKey,
        Buffer hash,
        String text,
        @Nullable String postscript,
        @Nullable String category,
        @Nullable GeoPoint point,
        @Nullable String address,
        @Nullable String grid,
        List<UUID> media,
        Case.Privacy privacy,
        @Nullable DueRule first) {

    /** All there is to read. */
    String words() {
        return postscript == null ? text : text + "\n" + postscript;
    }

    boolean isForLegalAid() {
        return first != null && first.ofLegalAid();
    }

    /** Two requests with one hash ask for the same; whichever order their fields came in. */
    static Buffer hashOf(JsonObject body) {
        StringBuilder canonical = new StringBuilder();
        body.fieldNames().stream()
                .sorted()
                .forEach(name -> canonical
                        .append(name)
                        .append('=')
                        .append(body.getValue(name) instanceof JsonObject inner ? sorted(inner) : body.getValue(name))
                        .append('\n'));
        try {
            return Buffer.buffer(MessageDigest.getInstance("SHA-256")
                    .digest(canonical.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String sorted(JsonObject inner) {
        StringBuilder fields = new StringBuilder();
        inner.fieldNames().stream()
                .sorted()
                .forEach(name -> fields.append(name)
                        .append('=')
                        .append(inner.getValue(name))
                        .append(';'));
        return fields.toString();
    }
}
