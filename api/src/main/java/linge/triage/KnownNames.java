package linge.triage;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import linge.bot.triage.Categories;
import linge.bot.triage.Category;
import linge.bot.triage.Department;
import linge.grids.Grid;
import linge.grids.Grids;
import linge.shared.AreaLevel;
import linge.shared.Names;
import org.jspecify.annotations.Nullable;

/** Names from the gazetteer, the grids in force, and the bot's categories. */
public final class KnownNames implements Names {

    private final Grids grids;

    public KnownNames(Grids grids) {
        this.grids = grids;
    }

    @Override
    public String area(String code) {
        return AreaLevel.of(code) == AreaLevel.GRID
                ? grids.index().get(code).map(Grid::name).orElse(code)
                : grids.gazetteer().fullName(code);
    }

    @Override
    public @Nullable JsonObject department(@Nullable String code) {
        if (code == null) {
            return null;
        }
        return Categories.shipped().departments().stream()
                .filter(department -> department.code().equals(code))
                .findFirst()
                .map(KnownNames::of)
                .orElseGet(() -> new JsonObject().put("code", code).put("name", code));
    }

    @Override
    public @Nullable JsonObject category(@Nullable String code) {
        if (code == null) {
            return null;
        }
        return Categories.shipped()
                .find(code)
                .map(KnownNames::of)
                .orElseGet(() -> new JsonObject().put("code", code).put("path", new JsonArray().add(code)));
    }

    static JsonObject of(Department department) {
        return new JsonObject().put("code", department.code()).put("name", department.name());
    }

    static JsonObject of(Category category) {
        return new JsonObject()
                .put("code", category.code())
                .put("path", new JsonArray(category.path()))
                .put("department", of(category.department()));
    }
}
