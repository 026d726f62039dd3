package linge.grids;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.util.List;

/** Adds versions without keeping grids in memory, as a command line does. */
public final class GridVersions {
    private final Vertx vertx;
    private final GridStore store;

    public GridVersions(Vertx vertx, Pool pool) {
        this.vertx = vertx;
        this.store = new GridStore(pool);
    }

    /**
     * Adds a version, all of it or nothing, and tells every node; it comes into force on its day.
     *
     * @param version its id is given by the database
     */
    public Future<GridVersion> add(GridVersion version, List<Grid> grids) {
        return store.add(version, grids)
                .map(added -> added.orElseThrow(() -> new IllegalStateException("generated ground is there already")))
                .onSuccess(added -> vertx.eventBus().publish(Grids.CHANGED, added.id()));
    }
}
