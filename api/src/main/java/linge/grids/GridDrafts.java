package linge.grids;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import linge.db.Times;

/** Versions that have no day yet: kept, given a day, called back before it comes. */
public final class GridDrafts {

    private static final String ADD = """
            INSERT INTO grid_versions (effective_from, source, demo, imported_by, imported_at)
            VALUES (NULL, $1, false, $2, $3) RETURNING id""";
    private static final String SCHEDULE = """
            UPDATE grid_versions SET effective_from = $2 WHERE id = $1 AND effective_from IS NULL""";
    private static final String TAKEN = """
            SELECT count(*) AS n FROM grid_versions WHERE effective_from = $1""";
    private static final String CALL_BACK = """
            UPDATE grid_versions SET effective_from = NULL
            WHERE id = $1 AND (effective_from IS NULL OR effective_from > $2)""";
    private static final String FORGET_GRIDS = "DELETE FROM grids WHERE version = $1";
    /** One who gives a day waits for the other, so that no day is given twice. */
    private static final String ONE_BY_ONE = "SELECT pg_advisory_xact_lock(hashtext('linge.grids.schedule'))";

    private final Vertx vertx;
    private final GridStore store;

    public GridDrafts(Vertx vertx, Pool pool) {
        this.vertx = vertx;
        this.store = new GridStore(pool);
    }

    /** Keeps grids as a version that is not in force; answers its id. */
    public Future<Long> keep(SqlConnection tx, String source, String by, Instant at, List<Grid> grids) {
        return tx.preparedQuery(ADD)
                .execute(Tuple.of(source, by, Times.at(at)))
                .map(rows -> rows.iterator().next().getLong("id"))
                .compose(id -> store.addGrids(tx, id, grids, 0).map(id));
    }

    /** Whether another version comes into force on this day; holds off whoever else gives a day until the transaction ends. */
    public Future<Boolean> isTaken(SqlClient tx, LocalDate day) {
        return tx.query(ONE_BY_ONE)
                .execute()
                .compose(held -> tx.preparedQuery(TAKEN).execute(Tuple.of(day)))
                .map(rows -> rows.iterator().next().getLong("n") > 0);
    }

    /** Gives a draft its first day; false when it has one. */
    public Future<Boolean> schedule(SqlClient tx, long version, LocalDate day) {
        return tx.preparedQuery(SCHEDULE).execute(Tuple.of(version, day)).map(done -> done.rowCount() == 1);
    }

    /** Calls a version back and forgets its grids; false when its day has come. */
    public Future<Boolean> callBack(SqlClient tx, long version, LocalDate today) {
        return tx.preparedQuery(CALL_BACK)
                .execute(Tuple.of(version, today))
                .compose(done -> done.rowCount() == 0
                        ? Future.succeededFuture(false)
                        : tx.preparedQuery(FORGET_GRIDS)
                                .execute(Tuple.of(version))
                                .map(true));
    }

    /** Tells every node to look which version is in force. */
    public void changed(long version) {
        vertx.eventBus().publish(Grids.CHANGED, version);
    }
}
