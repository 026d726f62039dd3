package linge.notify.wechat;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** When a template message was first asked for that may have arrived. Known failures leave nothing here. */
final class Tries {

    /** A parked one that an operator sends again starts anew: its deliveries count from one. */
    private static final String BEGIN = """
            INSERT INTO wechat_template_tries AS t (delivery, since) VALUES ($1, $2)
            ON CONFLICT (delivery) DO UPDATE SET
                since = CASE WHEN (SELECT attempts FROM deliveries WHERE id = $1) = 1 THEN excluded.since ELSE t.since END,
                tries = CASE WHEN (SELECT attempts FROM deliveries WHERE id = $1) = 1 THEN 1 ELSE t.tries + 1 END
            RETURNING since, tries
            """;

    private static final String FORGET = "DELETE FROM wechat_template_tries WHERE delivery = $1";

    private static final String SWEEP = """
            DELETE FROM wechat_template_tries WHERE delivery IN (
                SELECT t.delivery FROM wechat_template_tries t
                WHERE since < $1 AND NOT EXISTS (
                    SELECT FROM deliveries d WHERE d.id = t.delivery AND d.state IN ('PENDING', 'FAILED'))
                LIMIT 1000)
            """;

    /** WeChat promises ten minutes; one is left for clocks that differ and calls that take their time. */
    private static final Duration REMEMBERED = Duration.ofMinutes(9);

    private static final Duration KEPT = Duration.ofDays(1);

    private final Pool db;
    private final InstantSource clock;

    Tries(Pool db, InstantSource clock) {
        this.db = db;
        this.clock = clock;
    }

    /**
     * @param since when the first was asked for that may have arrived
     * @param nth 1 for that one itself
     */
    record Try(Instant since, int nth) {

        boolean isFirst() {
            return nth == 1;
        }

        boolean isRemembered(Instant now) {
            return now.isBefore(since.plus(REMEMBERED));
        }
    }

    /** To be written before WeChat is asked: a node that dies right after leaves it behind. */
    Future<Try> begin(long delivery) {
        return db.preparedQuery(BEGIN)
                .execute(Tuple.of(delivery, Times.of(clock.instant())))
                .map(rows -> {
                    Row row = rows.iterator().next();
                    return new Try(row.getOffsetDateTime("since").toInstant(), row.getInteger("tries"));
                });
    }

    Future<Void> forget(long delivery) {
        return db.preparedQuery(FORGET).execute(Tuple.of(delivery)).mapEmpty();
    }

    /** Deletes what no try can come after any more, a thousand rows at a time; answers how many. */
    Future<Integer> sweep() {
        return sweep(0);
    }

    private Future<Integer> sweep(int soFar) {
        return db.preparedQuery(SWEEP)
                .execute(Tuple.of(Times.of(clock.instant().minus(KEPT))))
                .compose(done -> done.rowCount() == 0 ? Future.succeededFuture(soFar) : sweep(soFar + done.rowCount()));
    }
}
