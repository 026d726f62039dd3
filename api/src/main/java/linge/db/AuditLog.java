package linge.db;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.function.Function;
import linge.shared.Caller;

/** What staff do beside moving cases, whose history tells that by itself: written in the transaction that does it, only grows. */
public final class AuditLog {

    private static final String WRITE = """
            INSERT INTO audit_log (at, staff_id, name, role, area, act, subject, details)
            VALUES ($1, $2, $3, $4::text::role, $5, $6, $7, $8)""";

    private AuditLog() {}

    /** Does something and writes it down in one transaction: nothing is done unwritten, nothing written undone. */
    public static <T> Future<T> with(
            Pool db,
            Caller.Staff who,
            String act,
            String subject,
            JsonObject details,
            Instant at,
            Function<SqlConnection, Future<T>> work) {
        return db.withTransaction(tx -> work.apply(tx)
                .compose(done -> write(tx, who, act, subject, details, at)
                        .transform(written -> written.succeeded()
                                ? Future.succeededFuture(done)
                                : Future.failedFuture(written.cause()))));
    }

    /**
     * @param act what was done, in lower case with dots and dashes, e.g. {@code post.leave}
     * @param subject what it was done to: a case's number, a user name, an area's code
     * @param details what else somebody should know who looks it up years later; nothing personal
     */
    public static Future<Void> write(
            SqlClient on, Caller.Staff who, String act, String subject, JsonObject details, Instant at) {
        return on.preparedQuery(WRITE)
                .execute(Tuple.of(
                        Times.at(at), who.id(), who.name(), who.role().name(), who.area(), act, subject, details))
                .mapEmpty();
    }
}
