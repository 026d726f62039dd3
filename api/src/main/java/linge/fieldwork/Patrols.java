package linge.fieldwork;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;
import linge.residents.Residents;
import linge.shared.Names;
import org.jspecify.annotations.Nullable;

/**
 * Whose the cases are that a grid's team found on patrol: the office's itself, which stands among the residents without a phone.
 * So they go the ordinary way of a filing, and nothing of a resident's rights is lent to staff.
 */
final class Patrols {

    private static final String FIND = "SELECT resident_id FROM patrol_offices WHERE area = $1";
    private static final String LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('patrol_offices:' || $1, 0))";
    private static final String ADD = "INSERT INTO patrol_offices (area, resident_id) VALUES ($1, $2)";
    private static final String IS_FOUND = "SELECT EXISTS (SELECT FROM patrol_offices WHERE resident_id = $1) AS found";

    private final Pool db;
    private final Residents residents;
    private final Names names;

    Patrols(Pool db, Residents residents, Names names) {
        this.db = db;
        this.residents = residents;
        this.names = names;
    }

    /** The stand-in of a grid's team, made when it first finds something. */
    Future<UUID> office(String grid) {
        return find(db, grid).compose(known -> known != null ? Future.succeededFuture(known) : added(grid));
    }

    private Future<UUID> added(String grid) {
        return db.withTransaction(tx -> tx.preparedQuery(LOCK)
                .execute(Tuple.of(grid))
                .compose(locked -> find(tx, grid))
                .compose(known -> known != null ? Future.succeededFuture(known) : add(tx, grid)));
    }

    private Future<UUID> add(SqlConnection tx, String grid) {
        return residents
                .standIn(tx, names.area(grid) + "（巡查）")
                .compose(id -> tx.preparedQuery(ADD).execute(Tuple.of(grid, id)).map(id));
    }

    /** Whether a case's owner is such a stand-in. */
    Future<Boolean> isOfPatrol(UUID resident) {
        return db.preparedQuery(IS_FOUND)
                .execute(Tuple.of(resident))
                .map(rows -> rows.iterator().next().getBoolean("found"));
    }

    private static Future<@Nullable UUID> find(SqlClient on, String grid) {
        return on.preparedQuery(FIND).execute(Tuple.of(grid)).map(rows -> {
            if (rows.size() == 0) {
                return null;
            }
            Row row = rows.iterator().next();
            return row.getUUID("resident_id");
        });
    }
}
