package linge.webhooks;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import linge.db.AuditLog;
import linge.shared.Caller;

/**
 * Puts what administrators do with webhooks and sources on record, once it is done: the notifying module keeps webhooks and knows
 * nothing of staff, so its transaction cannot hold the line.
 */
record Noted(Pool db, Clock clock) {

    <T> Future<T> after(Caller.Staff who, String act, String subject, Future<T> done) {
        return after(who, act, subject, new JsonObject(), done);
    }

    /** @param details no secret, no address: what changed, by name */
    <T> Future<T> after(Caller.Staff who, String act, String subject, JsonObject details, Future<T> done) {
        return done.compose(made -> AuditLog.write(db, who, act, subject, details, clock.instant())
                .transform(written ->
                        written.succeeded() ? Future.succeededFuture(made) : Future.failedFuture(written.cause())));
    }
}
