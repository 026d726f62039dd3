package linge.grids;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;
import linge.bot.place.NameKind;
import linge.bot.place.OtherName;

/** The names that the city added to its areas, as the database has them now. */
final class NameStore {

    /** Rows are only added, and removed once: two counts tell every change, also one that commits late. */
    private static final String STATE = "SELECT count(*) AS added, count(removed_at) AS removed FROM area_names";

    private static final String NAMES =
            "SELECT area, name, kind::text AS kind FROM area_names WHERE removed_at IS NULL ORDER BY id";

    private final Pool pool;

    /** How many names were ever added and removed. */
    record State(long added, long removed) {
        static final State NONE = new State(0, 0);
    }

    NameStore(Pool pool) {
        this.pool = pool;
    }

    Future<State> state() {
        return pool.query(STATE).execute().map(rows -> {
            Row row = rows.iterator().next();
            return new State(row.getLong("added"), row.getLong("removed"));
        });
    }

    Future<List<OtherName>> names() {
        return pool.query(NAMES).execute().map(rows -> {
            List<OtherName> names = new ArrayList<>();
            rows.forEach(row -> names.add(new OtherName(
                    row.getString("area"), row.getString("name"), NameKind.valueOf(row.getString("kind")))));
            return names;
        });
    }
}
