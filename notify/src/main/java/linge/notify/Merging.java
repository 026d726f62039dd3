package linge.notify;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import linge.notify.Deliveries.Claimed;

/**
 * Makes one message of what is due at the same time for one person, about one matter, over one rung: the newest says its
 * words and how many others there were; they settle as merged into it. What became of it became of them.
 */
final class Merging {

    /**
     * The newest may lie outside this batch: then it takes those in hand with it when its turn comes, for nobody else can
     * claim it while an earlier one in its lane is in hand.
     */
    private static final String MERGE = """
            WITH older AS (
                SELECT d.id, newest.id AS newest
                FROM deliveries d JOIN notices n ON n.id = d.notice
                CROSS JOIN LATERAL (
                    SELECT l.id FROM deliveries l JOIN notices ln ON ln.id = l.notice
                    WHERE l.channel = d.channel AND l.audience_kind = d.audience_kind AND l.audience = d.audience
                      AND l.id > d.id AND l.state IN ('PENDING', 'FAILED') AND l.next_try_at <= $3
                      AND NOT l.urgent AND NOT l.turned_down AND l.sending_since IS NULL
                      AND (l.lease_until IS NULL OR l.lease_until <= $3 OR l.id = ANY ($1))
                      AND ln.subject = n.subject
                    ORDER BY l.id DESC LIMIT 1) newest
                WHERE d.id = ANY ($1) AND d.claimed_by = $2 AND NOT d.urgent AND NOT d.turned_down
                  AND d.sending_since IS NULL
            ), merged AS (
                UPDATE deliveries d
                SET state = 'MERGED', merged_into = older.newest, settled_at = $3, reason = 'merged into ' || older.newest,
                    lease_until = NULL, claimed_by = NULL
                FROM older
                WHERE d.id = older.id AND d.claimed_by = $2 AND d.state IN ('PENDING', 'FAILED')
                RETURNING d.id, d.merged_into, d.others
            ), told AS (
                UPDATE deliveries l SET others = l.others + s.count
                FROM (SELECT merged_into, sum(1 + others)::integer AS count FROM merged GROUP BY merged_into) s
                WHERE l.id = s.merged_into
                RETURNING l.id, l.others
            )
            SELECT id, -1 AS others FROM merged UNION ALL SELECT id, others FROM told
            """;

    private final Pool pool;
    private final InstantSource clock;

    Merging(Pool pool, InstantSource clock) {
        this.pool = pool;
        this.clock = clock;
    }

    /** What of a batch remains to be sent, {@code rungs} being the channels on which messages are merged. */
    Future<List<Claimed>> of(List<Claimed> batch, Set<String> rungs) {
        Long[] ids = batch.stream()
                .filter(claimed -> rungs.contains(claimed.channel()) && !claimed.urgent())
                .map(Claimed::id)
                .toArray(Long[]::new);
        if (ids.length == 0) {
            return Future.succeededFuture(batch);
        }
        Tuple values = Tuple.tuple()
                .addArrayOfLong(ids)
                .addString(batch.get(0).claimedBy())
                .addOffsetDateTime(Ticks.now(clock));
        return pool.preparedQuery(MERGE).execute(values).map(rows -> remaining(batch, rows));
    }

    private static List<Claimed> remaining(List<Claimed> batch, RowSet<Row> rows) {
        Set<Long> merged = new HashSet<>();
        Map<Long, Integer> others = new HashMap<>();
        rows.forEach(row -> {
            if (row.getInteger("others") < 0) {
                merged.add(row.getLong("id"));
            } else {
                others.put(row.getLong("id"), row.getInteger("others"));
            }
        });
        return batch.stream()
                .filter(claimed -> !merged.contains(claimed.id()))
                .map(claimed -> claimed.telling(others.getOrDefault(claimed.id(), claimed.others())))
                .toList();
    }
}
