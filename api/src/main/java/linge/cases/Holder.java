package linge.cases;

import linge.shared.AreaLevel;
import org.jspecify.annotations.Nullable;

/** The office that has a case: a grid's team or a centre, or a department at a centre. */
public record Holder(String area, @Nullable String department) {

    public static Holder of(String area) {
        return new Holder(area, null);
    }

    public AreaLevel level() {
        return AreaLevel.of(area);
    }

    /** The centre a case goes to next: a department's own centre, otherwise one level up. */
    public Holder above() {
        return of(department == null ? AreaLevel.above(area) : area);
    }

    public boolean onTop() {
        return department == null && level() == AreaLevel.CITY;
    }
}
