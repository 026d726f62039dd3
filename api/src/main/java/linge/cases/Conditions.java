package linge.cases;

import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a query asks for, condition by condition; each {@code ?} of a condition is the next numbered parameter. */
final class Conditions {

    /**
     * Begins a query that is planned for its very values, every time: whether a condition leaves two cases of a million or half of
     * them decides which index is right. {@code Pools} keeps no prepared statement of it.
     */
    static final String PLANNED_ANEW = "/* planned anew */ ";

    private final List<String> all = new ArrayList<>();
    private final List<@Nullable Object> values;

    Conditions() {
        this(new ArrayList<>());
    }

    private Conditions(List<@Nullable Object> values) {
        this.values = values;
    }

    /** An empty set with the same parameters, for {@link #any}. */
    Conditions beside() {
        return new Conditions(values);
    }

    /** At least one of these sets holds; each came from {@link #beside}. */
    Conditions any(List<Conditions> sets) {
        all.add(sets.stream().map(set -> "(" + set.sql() + ")").collect(Collectors.joining(" OR ", "(", ")")));
        return this;
    }

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
