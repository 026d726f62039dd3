package linge.notify.push;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.InstantSource;
import java.time.ZoneOffset;

/** Where the pair of keys is kept that was made here: one for all nodes, and for as long as there are subscriptions to it. */
public final class VapidStore {

    private static final String FIND = "SELECT public_key, private_key FROM vapid_keys";

    private static final String KEEP = """
            INSERT INTO vapid_keys (public_key, private_key, made_at) VALUES ($1, $2, $3)
            ON CONFLICT ON CONSTRAINT there_is_one_pair DO NOTHING
            """;

    private final Pool db;
    private final InstantSource clock;

    public VapidStore(Pool db, InstantSource clock) {
        this.db = db;
        this.clock = clock;
    }

    /** The pair kept; made the first time somebody asks. Nodes that ask at the same moment get the same. */
    public Future<VapidKeys> keys() {
        return find().compose(rows -> rows.size() == 1
                        ? Future.succeededFuture(rows)
                        : keep(VapidKeys.generate()).compose(kept -> find()))
                .map(rows -> {
                    Row row = rows.iterator().next();
                    return VapidKeys.of(row.getString("public_key"), row.getString("private_key"));
                });
    }

    private Future<RowSet<Row>> find() {
        return db.query(FIND).execute();
    }

    private Future<Void> keep(VapidKeys made) {
        return db.preparedQuery(KEEP)
                .execute(Tuple.of(
                        made.publicText(), made.privateText(), clock.instant().atOffset(ZoneOffset.UTC)))
                .mapEmpty();
    }
}
