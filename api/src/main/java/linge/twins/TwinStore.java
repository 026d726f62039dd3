package linge.twins;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import linge.bot.twins.Marks;
import linge.db.Times;
import org.jspecify.annotations.Nullable;

/** Marks of cases, who follows whom, and who says that theirs is one of several. */
final class TwinStore {

    private static final String MARK = """
            INSERT INTO case_marks (case_id, version, marks) VALUES ($1, $2, $3)
            ON CONFLICT (case_id) DO UPDATE SET version = excluded.version, marks = excluded.marks""";
    private static final String UNMARKED = """
            SELECT c.id FROM cases c
            WHERE c.filed_at > $1
              AND NOT EXISTS (SELECT FROM case_marks m WHERE m.case_id = c.id AND m.version = $2)
            ORDER BY c.filed_at DESC, c.id LIMIT $3""";
    /** The most in common first. A flood of reports on one ground is cut: its likeliest are among the many that share marks. */
    private static final String ALIKE = """
            SELECT c.id
            FROM (SELECT case_id, marks FROM case_marks WHERE marks && $1 LIMIT 1500) m
            JOIN cases c ON c.id = m.case_id
            WHERE c.id IS DISTINCT FROM $2 AND c.filed_at BETWEEN $3 AND $4 AND c.area LIKE $5 || '%'
              AND (c.state IN ('SUBMITTED', 'ACCEPTED', 'DISPATCHED', 'HANDLING', 'SUSPENDED', 'RESOLVED')
                   OR c.state IN ('REPORTED', 'RATED') AND c.updated_at > $6)
            ORDER BY (SELECT count(*) FROM unnest(m.marks) AS mark WHERE mark = ANY ($1)) DESC, c.filed_at DESC, c.id
            LIMIT $7""";

    private static final String FOLLOWERS = """
            SELECT id FROM cases WHERE merged_into = $1 AND state <> 'WITHDRAWN' ORDER BY number""";
    private static final String LOCK_OPEN_FOLLOWERS = """
            SELECT number, version FROM cases
            WHERE merged_into = $1 AND state IN ('SUBMITTED', 'ACCEPTED', 'DISPATCHED', 'HANDLING', 'SUSPENDED', 'RESOLVED')
            ORDER BY number FOR UPDATE""";
    private static final String CLAIM =
            "INSERT INTO twin_claims (case_id, at) VALUES ($1, $2) ON CONFLICT (case_id) DO NOTHING";
    private static final String CLAIMED = "SELECT case_id FROM twin_claims WHERE case_id = ANY($1)";

    /** A case that goes along, held for this transaction. */
    record Follower(String number, int version) {}

    Future<Void> mark(SqlClient on, UUID caseId, Set<Long> marks) {
        return on.preparedQuery(MARK)
                .execute(Tuple.of(caseId, Marks.VERSION).addArrayOfLong(marks.toArray(Long[]::new)))
                .mapEmpty();
    }

    Future<List<UUID>> unmarked(SqlClient on, Instant since, int most) {
        return on.preparedQuery(UNMARKED)
                .execute(Tuple.of(Times.at(since), Marks.VERSION, most))
                .map(TwinStore::ids);
    }

    /**
     * Cases that share marks.
     *
     * @param but this one is not asked for
     * @param area where they lie
     * @param endedSince those that were told their end before are left out
     */
    Future<List<UUID>> alike(
            SqlClient on,
            Set<Long> marks,
            @Nullable UUID but,
            Instant from,
            Instant to,
            String area,
            Instant endedSince,
            int most) {
        if (marks.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        return on.preparedQuery(ALIKE)
                .execute(Tuple.tuple()
                        .addArrayOfLong(marks.toArray(Long[]::new))
                        .addValue(but)
                        .addValue(Times.at(from))
                        .addValue(Times.at(to))
                        .addValue(area)
                        .addValue(Times.at(endedSince))
                        .addValue(most))
                .map(TwinStore::ids);
    }

    Future<List<UUID>> followers(SqlClient on, UUID lead) {
        return on.preparedQuery(FOLLOWERS).execute(Tuple.of(lead)).map(TwinStore::ids);
    }

    Future<List<Follower>> lockOpenFollowers(SqlConnection tx, UUID lead) {
        return tx.preparedQuery(LOCK_OPEN_FOLLOWERS).execute(Tuple.of(lead)).map(rows -> {
            List<Follower> followers = new ArrayList<>();
            rows.forEach(row -> followers.add(new Follower(row.getString("number"), row.getInteger("version"))));
            return followers;
        });
    }

    Future<Void> claim(SqlClient on, UUID caseId, Instant at) {
        return on.preparedQuery(CLAIM).execute(Tuple.of(caseId, Times.at(at))).mapEmpty();
    }

    /** Those of these cases whose residents say that others reported the same. */
    Future<Set<UUID>> claimed(SqlClient on, Collection<UUID> ids) {
        return on.preparedQuery(CLAIMED)
                .execute(Tuple.tuple().addArrayOfUUID(ids.toArray(UUID[]::new)))
                .map(rows -> {
                    Set<UUID> claimed = new HashSet<>();
                    rows.forEach(row -> claimed.add(row.getUUID("case_id")));
                    return claimed;
                });
    }

    private static List<UUID> ids(Iterable<Row> rows) {
        List<UUID> ids = new ArrayList<>();
        rows.forEach(row -> ids.add(row.getUUID(0)));
        return ids;
    }
}
