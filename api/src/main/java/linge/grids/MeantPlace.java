package linge.grids;

import io.vertx.core.json.JsonObject;
import linge.shared.AreaLevel;

/**
 * The county, town or village that words or a point mean.
 *
 * @param text the words it was found by; empty when found by a point
 */
public record MeantPlace(
        String text, String code, String name, String fullName, AreaLevel level, double confidence, String reason) {

    /** As the contract's {@code FoundPlace}. */
    public JsonObject toJson() {
        return new JsonObject()
                .put("text", text)
                .put("code", code)
                .put("name", name)
                .put("fullName", fullName)
                .put("level", level.name())
                .put("confidence", confidence)
                .put("reason", reason);
    }
}
