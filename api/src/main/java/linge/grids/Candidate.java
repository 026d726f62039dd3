package linge.grids;

import io.vertx.core.json.JsonObject;
import linge.shared.AreaLevel;

/** A place or grid that may be meant. */
public record Candidate(String code, String name, String fullName, AreaLevel level, double confidence, String reason) {

    /** As the contract's {@code Candidate}. */
    public JsonObject toJson() {
        return new JsonObject()
                .put("code", code)
                .put("name", name)
                .put("fullName", fullName)
                .put("level", level.name())
                .put("confidence", confidence)
                .put("reason", reason);
    }
}
