package linge.board;

import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import linge.db.Times;
import org.jspecify.annotations.Nullable;

/**
 * Which rounds are looked at: of which period, place, category and department.
 *
 * @param own only what is known no closer than the area itself
 * @param category a category's code, or the first half of one for all below it; empty for what has none; null for all
 * @param department a department's code; empty for none; null for all
 */
public record Scope(
        Period period,
        Instant now,
        String area,
        boolean own,
        @Nullable String category,
        @Nullable String department) {

    /** Over $3 to $6, in the order of {@link #values}. */
    static final String CONDITION = """
            (CASE WHEN $4 THEN c.area = $3 ELSE c.area LIKE $3 || '%' END)
              AND ($5::text IS NULL OR coalesce(c.category, '') = $5 OR starts_with(c.category, $5 || '.'))
              AND ($6::text IS NULL OR coalesce(c.department, '') = $6)""";

    static Scope of(Period period, Instant now, String area) {
        return new Scope(period, now, area, false, null, null);
    }

    Scope during(Period other) {
        return new Scope(other, now, area, own, category, department);
    }

    Instant until() {
        return period.until(now);
    }

    Tuple values() {
        return Tuple.tuple()
                .addValue(Times.at(period.from()))
                .addValue(Times.at(until()))
                .addValue(area)
                .addValue(own)
                .addValue(category)
                .addValue(department);
    }
}
