package linge.db;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import linge.shared.Refusal;

/** Counts how often something was done within a window, in the database, so that every node counts alike. */
public final class RateLimits {

    private static final String TAKE = """
            INSERT INTO rate_limits AS r (key, opened_at, ends_at, used) VALUES ($1, $2, $3, 1)
            ON CONFLICT (key) DO UPDATE SET
              used      = CASE WHEN r.ends_at <= $2 THEN 1 ELSE r.used + 1 END,
              opened_at = CASE WHEN r.ends_at <= $2 THEN $2 ELSE r.opened_at END,
              ends_at   = CASE WHEN r.ends_at <= $2 THEN $3 ELSE r.ends_at END
            RETURNING used, ends_at""";
    private static final String FORGET = "DELETE FROM rate_limits WHERE key = $1";
    private static final String FORGET_OLD = "DELETE FROM rate_limits WHERE ends_at < $1";

    private final SqlClient db;
    private final Clock clock;

    public RateLimits(SqlClient db, Clock clock) {
        this.db = db;
        this.clock = clock;
    }

    /** Counts one more; fails with {@code TOO_OFTEN} and the seconds to wait when that is more than {@code limit}. */
    public Future<Void> take(String key, int limit, Duration window) {
        Instant now = clock.instant();
        return db.preparedQuery(TAKE)
                .execute(Tuple.of(key, Times.at(now), Times.at(now.plus(window))))
                .map(rows -> {
                    Row row = rows.iterator().next();
                    if (row.getInteger("used") > limit) {
                        Instant ends = row.getOffsetDateTime("ends_at").toInstant();
                        throw Refusal.tooOften(
                                Math.max(1, Duration.between(now, ends).toSeconds() + 1));
                    }
                    return null;
                });
    }

    /** Starts a key afresh, e.g. after a sign-in that went well. */
    public Future<Void> forget(String key) {
        return db.preparedQuery(FORGET).execute(Tuple.of(key)).mapEmpty();
    }

    /** Housekeeping: windows that ended. */
    public Future<Void> forgetOld() {
        return db.preparedQuery(FORGET_OLD)
                .execute(Tuple.of(Times.at(clock.instant())))
                .mapEmpty();
    }
}
