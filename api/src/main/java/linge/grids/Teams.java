package linge.grids;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;

/** Who works in a grid. */
@FunctionalInterface
public interface Teams {
    /** The team of a grid, leader first, as the contract's {@code GridPage.team}. */
    Future<JsonArray> teamOf(String gridCode);
}
