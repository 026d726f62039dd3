package linge.cases;

import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a query asks for, condition by condition; each {@code ?} of a condition is the next numbered parameter. */
final class Conditions {

    /**
     * Begins a query that is planned for its very values, every time: whether a condition leaves two cases of a million or half of
     * them decides which index is right. {@code Pools} keeps no prepared statement of it.
     */
    static final String PLANNED_ANEW = "/* planned anew */ ";

    private final List<String> all = new ArrayList<>();
    private final List<@Nullable Object> values = new ArrayList<>();

    Conditions and(String condition, @Nullable Object... given) {
        StringBuilder numbered = new StringBuilder();
        int next = 0;
        for (char c : condition.toCharArray()) {
            if (c == '?') {
                numbered.append(parameter(given[next++]));
            } else {
                numbered.append(c);
            }
        }
        all.add(numbered.toString());
        return this;
    }

    /** Takes a value in, and says how the query names it. */
    String parameter(@Nullable Object value) {
        values.add(value);
        return "$" + values.size();
    }

    String sql() {
        return all.isEmpty() ? "true" : String.join("\n  AND ", all);
    }

    Tuple values() {
        Tuple tuple = Tuple.tuple();
        values.forEach(tuple::addValue);
        return tuple;
    }
}
