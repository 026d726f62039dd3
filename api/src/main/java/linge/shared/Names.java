package linge.shared;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** What areas, departments and categories are called. */
public interface Names {

    /** E.g. 潞州区东街街道; a grid by its own name; the code itself when unknown. */
    String area(String code);

    /** {@code {"code","name"}}, or null for none. */
    @Nullable
    JsonObject department(@Nullable String code);

    /** {@code {"code","path","department"}} as the contract's schema {@code Category}, or null for none. */
    @Nullable
    JsonObject category(@Nullable String code);

    /** Who acts there: 东关村第一网格, 东街街道综治中心, 住房和城乡建设局. */
    default String office(String area, @Nullable String department) {
        JsonObject named = department(department);
        if (named != null) {
            return named.getString("name");
        }
        return AreaLevel.of(area) == AreaLevel.GRID ? area(area) : area(area) + "综治中心";
    }
}
