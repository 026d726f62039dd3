package linge.desk;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import linge.db.AuditLog;
import linge.db.Times;
import linge.shared.Caller;
import linge.shared.Refusal;
import org.jspecify.annotations.Nullable;

/** Filters people saved: each sees the own ones, and those that others of the same office share. Only the owner changes one. */
final class SavedFilters {

    private static final int MOST = 20;

    private static final String COLUMNS = """
            f.id, f.owner_id, f.name, f.filter, f.shared, (SELECT s.name FROM staff s WHERE s.id = f.owner_id) AS owner""";
    private static final String SEEN = "SELECT " + COLUMNS + """
             FROM saved_filters f
            WHERE f.owner_id = $1 OR f.shared AND f.area = $2 AND f.department IS NOT DISTINCT FROM $3
            ORDER BY f.owner_id = $1 DESC, CASE WHEN f.owner_id = $1 THEN f.position END, f.name, f.id
            LIMIT 60""";
    /** The person's row is held, so that two saves at once are counted one after the other. */
    private static final String HOLD = "SELECT id FROM staff WHERE id = $1 FOR UPDATE";

    private static final String OWN = "SELECT count(*) AS n FROM saved_filters WHERE owner_id = $1";
    private static final String SAVE = """
            INSERT INTO saved_filters AS f (owner_id, area, department, name, filter, shared, position, updated_at)
            VALUES ($1, $2, $3, $4, $5, $6, coalesce((SELECT max(position) FROM saved_filters WHERE owner_id = $1), 0) + 1, $7)
            RETURNING""" + " " + COLUMNS;
    private static final String CHANGE = """
            UPDATE saved_filters f SET name = coalesce($3, f.name), filter = coalesce($4, f.filter),
              shared = coalesce($5, f.shared), updated_at = $6
            WHERE f.id = $1 AND f.owner_id = $2 RETURNING""" + " " + COLUMNS;
    private static final String BY_ID =
            "SELECT " + COLUMNS + " FROM saved_filters f WHERE f.id = $1 AND f.owner_id = $2 FOR UPDATE OF f";
    private static final String DELETE = "DELETE FROM saved_filters WHERE id = $1 AND owner_id = $2";
    private static final String ORDER = """
            UPDATE saved_filters f SET position = wanted.at
            FROM unnest($2::bigint[]) WITH ORDINALITY AS wanted (id, at) WHERE f.id = wanted.id AND f.owner_id = $1""";

    private final Pool db;
    private final Clock clock;

    SavedFilters(Pool db, Clock clock) {
        this.db = db;
        this.clock = clock;
    }

    /** One of them; {@code filter} as the contract's {@code QueueFilter}. */
    record Saved(long id, UUID ownerId, @Nullable String owner, String name, JsonObject filter, boolean shared) {

        private static Saved of(Row row) {
            return new Saved(
                    row.getLong("id"),
                    row.getUUID("owner_id"),
                    row.getString("owner"),
                    row.getString("name"),
                    (JsonObject) row.getValue("filter"),
                    row.getBoolean("shared"));
        }

        JsonObject toJson(Caller.Staff reader) {
            return new JsonObject()
                    .put("id", id)
                    .put("name", name)
                    .put("filter", filter)
                    .put("shared", shared)
                    .put("mine", ownerId.equals(reader.id()))
                    .put("owner", owner);
        }
    }

    /** The own ones in their order, then those of colleagues by name. */
    Future<List<Saved>> seenBy(Caller.Staff staff) {
        return db.preparedQuery(SEEN)
                .execute(Tuple.of(staff.id(), staff.area(), staff.department()))
                .map(rows -> {
                    List<Saved> all = new ArrayList<>();
                    rows.forEach(row -> all.add(Saved.of(row)));
                    return all;
                });
    }

    Future<Saved> save(Caller.Staff staff, String name, JsonObject filter, boolean shared) {
        return db.withTransaction(tx -> tx.preparedQuery(HOLD)
                        .execute(Tuple.of(staff.id()))
                        .compose(held -> tx.preparedQuery(OWN).execute(Tuple.of(staff.id())))
                        .compose(rows -> {
                            if (rows.iterator().next().getLong("n") >= MOST) {
                                throw Refusal.notSensible("/name", "最多保存 " + MOST + " 组条件，请先删掉不用的。");
                            }
                            return tx.preparedQuery(SAVE)
                                    .execute(Tuple.of(
                                            staff.id(),
                                            staff.area(),
                                            staff.department(),
                                            name,
                                            filter,
                                            shared,
                                            Times.at(clock.instant())));
                        })
                        .map(rows -> Saved.of(rows.iterator().next()))
                        .compose(saved ->
                                shared ? noted(tx, staff, "filter.share", saved) : Future.succeededFuture(saved)))
                .recover(SavedFilters::nameTaken);
    }

    /** What colleagues see too is on record; one's own filters are nobody else's business. */
    private Future<Saved> noted(SqlConnection tx, Caller.Staff staff, String act, Saved saved) {
        JsonObject details = new JsonObject().put("filter", saved.filter());
        return AuditLog.write(tx, staff, act, saved.name(), details, clock.instant())
                .map(saved);
    }

    /** What is null stays; fails with {@code NOT_FOUND} for somebody else's. */
    Future<Saved> change(
            Caller.Staff staff, long id, @Nullable String name, @Nullable JsonObject filter, @Nullable Boolean shared) {
        return db.withTransaction(tx -> own(tx, staff, id)
                        .compose(before -> tx.preparedQuery(CHANGE)
                                .execute(Tuple.of(id, staff.id(), name, filter, shared, Times.at(clock.instant())))
                                .map(rows -> Saved.of(one(rows)))
                                .compose(saved -> saved.shared() || before.shared()
                                        ? noted(tx, staff, saved.shared() ? "filter.change" : "filter.unshare", saved)
                                        : Future.succeededFuture(saved))))
                .recover(SavedFilters::nameTaken);
    }

    Future<Void> delete(Caller.Staff staff, long id) {
        return db.withTransaction(tx -> own(tx, staff, id)
                .compose(before -> tx.preparedQuery(DELETE)
                        .execute(Tuple.of(id, staff.id()))
                        .compose(done -> before.shared()
                                ? noted(tx, staff, "filter.delete", before).mapEmpty()
                                : Future.succeededFuture())));
    }

    /** The own ones stand in this order from now on; others' ids among them change nothing. */
    Future<Void> order(Caller.Staff staff, List<Long> ids) {
        return db.preparedQuery(ORDER)
                .execute(Tuple.tuple().addValue(staff.id()).addValue(ids.toArray(Long[]::new)))
                .mapEmpty();
    }

    private static Future<Saved> own(SqlConnection tx, Caller.Staff staff, long id) {
        return tx.preparedQuery(BY_ID).execute(Tuple.of(id, staff.id())).map(rows -> Saved.of(one(rows)));
    }

    private static Row one(RowSet<Row> rows) {
        if (rows.size() == 0) {
            throw Refusal.notFound("这组条件");
        }
        return rows.iterator().next();
    }

    private static Future<Saved> nameTaken(Throwable failure) {
        return Future.failedFuture(
                failure instanceof PgException pg && "one_filter_of_a_name".equals(pg.getConstraint())
                        ? Refusal.of(Refusal.Kind.ALREADY_THERE, "您已经有一组叫这个名字的条件。")
                        : failure);
    }
}
