package linge.cases;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import linge.shared.Caller;
import org.jspecify.annotations.Nullable;

/**
 * A feature that reads what staff are about to do. It is asked last, within the move's transaction, when the case itself has nothing
 * against the move; the clock, residents, and cases that follow a lead are not asked about.
 */
@FunctionalInterface
public interface MoveGuard {

    /**
     * Fails with a {@link linge.shared.Refusal}, or gives what the history should keep beside the words, or null.
     *
     * @param made the move as it would be
     */
    Future<@Nullable String> reads(SqlConnection tx, Moved made, Caller.Staff who);
}
