package linge.cases;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import org.jspecify.annotations.Nullable;

/** A feature that may hold a case open: it is asked before people resolve it, tell the resident how it ended, or archive it. */
@FunctionalInterface
public interface ClosingGuard {

    /** One full Chinese sentence that says why not yet, or null. */
    Future<@Nullable String> blocks(SqlConnection tx, Case c);
}
