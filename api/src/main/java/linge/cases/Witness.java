package linge.cases;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;

/** Sees every move within its transaction: what it writes there stands or falls with the move. */
@FunctionalInterface
public interface Witness {
    Future<Void> saw(SqlConnection tx, Moved moved);
}
