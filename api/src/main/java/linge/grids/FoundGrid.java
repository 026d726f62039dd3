package linge.grids;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * A grid and why it was found.
 *
 * @param confidence 0 to 1
 * @param reason one Chinese sentence
 * @param demo whether its outline is generated
 * @param distance metres, when the point lies just outside; otherwise null
 * @param placeName county, town and village
 */
public record FoundGrid(
        String code,
        String name,
        GridKind kind,
        double confidence,
        String reason,
        boolean demo,
        @Nullable Double distance,
        String placeName) {

    FoundGrid because(double newConfidence, String newReason) {
        return new FoundGrid(code, name, kind, round(newConfidence), newReason, demo, distance, placeName);
    }

    /** As the contract's {@code FoundGrid}. */
    public JsonObject toJson() {
        var json = new JsonObject()
                .put("code", code)
                .put("name", name)
                .put("kind", kind.name())
                .put("confidence", confidence)
                .put("reason", reason)
                .put("demo", demo)
                .put("placeName", placeName);
        if (distance != null) {
            json.put("distance", distance);
        }
        return json;
    }

    static double round(double confidence) {
        return Math.round(confidence * 100) / 100.0;
    }
}
