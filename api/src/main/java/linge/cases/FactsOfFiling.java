package linge.cases;

import io.vertx.core.json.JsonArray;
import java.time.Instant;
import java.util.UUID;
import linge.bot.triage.Categories;
import linge.bot.triage.Category;
import linge.bot.triage.Triaged;
import linge.grids.FoundGrid;
import linge.grids.GridAnswer;
import linge.grids.GridIndex;
import linge.grids.Grids;
import linge.shared.AreaLevel;
import linge.shared.Caller;
import linge.shared.Refusal;
import linge.triage.Understanding.Understood;
import org.locationtech.jts.geom.Coordinate;

/** What a filing says, together with what was understood of it: the facts of a new case, its number still to come. */
final class FactsOfFiling {

    private final Grids grids;

    FactsOfFiling(Grids grids) {
        this.grids = grids;
    }

    /**
     * @throws Refusal {@code PLACE_NEEDED} or {@code OUTSIDE_CITY} when nobody can tell where it happened
     */
    Case.Facts of(Caller.Resident resident, Filing filing, Understood understood, Instant at) {
        Triaged triaged = understood.triaged();
        Category category = filing.category() == null ? triaged.category() : chosen(filing.category());
        GridIndex index = grids.index();
        GridAnswer ground = filing.grid() == null ? understood.ground() : index.chosen(filing.grid());
        FoundGrid grid = ground.grid();
        Coordinate point = filing.point() == null ? null : filing.point().wgs84();
        return new Case.Facts(
                UUID.randomUUID(),
                "",
                resident.id(),
                filing.words(),
                category == null ? null : category.code(),
                category == null ? null : category.department().code(),
                triaged.urgency(),
                triaged.hotline(),
                area(ground),
                grid == null
                        ? null
                        : grid.toJson().put("version", index.version().id()),
                filing.address(),
                point == null ? null : point.x,
                point == null ? null : point.y,
                filing.privacy(),
                at,
                false);
    }

    private static Category chosen(String code) {
        return Categories.shipped().find(code).orElseThrow(() -> Refusal.notSensible("/category", "没有这个类别，请重新选择。"));
    }

    /** The grid, or else the smallest place known: its centre finds the grid. Nowhere at all is asked back. */
    private static String area(GridAnswer ground) {
        if (ground.grid() != null) {
            return ground.grid().code();
        }
        if (ground.place() != null && ground.place().level() != AreaLevel.CITY) {
            return ground.place().code();
        }
        JsonArray candidates = ground.toJson().getJsonArray("candidates");
        if (ground.refused() != null && candidates.isEmpty()) {
            throw Refusal.of(Refusal.Kind.OUTSIDE_CITY, ground.refused());
        }
        throw Refusal.of(Refusal.Kind.PLACE_NEEDED, "还不知道发生在哪里，请补充地点：在地图上点一下，或写明乡镇街道和村（社区）。")
                .with("candidates", candidates);
    }
}
