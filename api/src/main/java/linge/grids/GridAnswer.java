package linge.grids;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which grid is meant, or why that is not known.
 *
 * @param grid null when it must be asked
 * @param place the village, town or county meant, as far as known
 * @param candidates at most 8, likeliest first
 * @param refused why there can be no grid, one Chinese sentence; null when there may be
 */
public record GridAnswer(
        @Nullable FoundGrid grid,
        @Nullable MeantPlace place,
        List<Candidate> candidates,
        @Nullable String refused) {

    static final int MOST_CANDIDATES = 8;

    public GridAnswer {
        candidates = List.copyOf(candidates.subList(0, Math.min(MOST_CANDIDATES, candidates.size())));
    }

    static GridAnswer refused(String why) {
        return new GridAnswer(null, null, List.of(), why);
    }

    /** The same answer with likelier candidates before the others, none twice. */
    GridAnswer withFirst(List<Candidate> first) {
        var all = new ArrayList<>(first);
        candidates.stream()
                .filter(c -> all.stream().noneMatch(known -> known.code().equals(c.code())))
                .forEach(all::add);
        return new GridAnswer(grid, place, all, refused);
    }

    GridAnswer withGrid(FoundGrid other) {
        return new GridAnswer(other, place, candidates, refused);
    }

    /** As the contract's {@code GridAnswer}. */
    public JsonObject toJson() {
        var array = new JsonArray();
        candidates.forEach(c -> array.add(c.toJson()));
        return new JsonObject()
                .put("grid", grid == null ? null : grid.toJson())
                .put("place", place == null ? null : place.toJson())
                .put("candidates", array)
                .put("refused", refused);
    }
}
