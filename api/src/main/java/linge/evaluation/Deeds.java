package linge.evaluation;

import io.vertx.core.Future;
import io.vertx.sqlclient.Cursor;
import io.vertx.sqlclient.PreparedStatement;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BiFunction;
import linge.db.Times;
import org.jspecify.annotations.Nullable;

/**
 * What the log holds that counts: history of cases, ratings, cards, field work, and signals somebody confirmed. Read where each
 * stands, so that the same log always answers the same. Made-up cases count for made-up people only.
 */
final class Deeds {

    private static final int FETCH = 2_000;

    /** $1 area, $2 from, $3 until, $4 one person or null for all of the area. */
    private static final String ALL = """
            WITH people AS (
              SELECT id, area, role, demo, created_at FROM staff
              WHERE role IN ('GRID_ASSISTANT', 'GRID_WORKER', 'DEPUTY_LEADER', 'GRID_LEADER')
                AND starts_with(area, $1) AND ($4::uuid IS NULL OR id = $4)),
            cards AS (
              SELECT h.case_id, h.seq, h.at, h.move, p.holder_area AS grid, taker.actor_id AS taker
              FROM case_history h JOIN case_history p ON p.case_id = h.case_id AND p.seq = h.seq - 1
              LEFT JOIN LATERAL (
                SELECT a.actor_id FROM case_history a
                WHERE a.case_id = h.case_id AND a.seq < h.seq AND a.actor_kind = 'STAFF' AND a.move IN ('ACCEPT', 'HANDLE')
                  AND a.holder_area = p.holder_area AND a.holder_department IS NULL
                ORDER BY a.seq DESC LIMIT 1) taker ON h.move <> 'CLIMB'
              WHERE h.move IN ('CAUTION', 'WARN', 'CLIMB') AND h.at >= $2 AND h.at < $3
                AND length(p.holder_area) = 15 AND p.holder_department IS NULL),
            -- An answer may be judged long after it was given.
            answers AS (
              SELECT a.*, p.demo AS made_up FROM people p JOIN evaluation_answers a ON a.staff_id = p.id
              WHERE a.resolved_at >= $2::timestamptz - interval '1 year' AND a.resolved_at < $3),
            found AS (
              SELECT h.actor_id AS staff_id, 'ACCEPTED_IN_TIME' AS counted, h.at, h.case_id, h.seq, NULL AS words
              FROM people p JOIN case_history h ON h.actor_id = p.id AND h.actor_kind = 'STAFF'
              JOIN case_rounds r ON r.case_id = h.case_id AND r.opened_seq < h.seq AND r.accepted_at = h.at
              WHERE h.move IN ('ACCEPT', 'HANDLE') AND h.from_state = 'SUBMITTED' AND h.at >= $2 AND h.at < $3
                AND h.at <= r.accept_due
              UNION ALL
              SELECT a.staff_id, 'RESOLVED_IN_TIME', a.closed_at, a.case_id, a.closed_seq, NULL
              FROM answers a WHERE a.closed_at >= $2 AND a.closed_at < $3 AND a.closed_at <= a.due_at
              UNION ALL
              SELECT p.id, CASE k.move WHEN 'CAUTION' THEN 'YELLOW_CARD' WHEN 'WARN' THEN 'OVERDUE' ELSE 'ACCEPTANCE_MISSED' END,
                k.at, k.case_id, k.seq, CASE WHEN k.taker IS NULL THEN '当时没有人受理，由本网格在岗的网格员共同承担' END
              FROM cards k JOIN people p ON p.id = k.taker OR k.taker IS NULL AND p.role = 'GRID_WORKER' AND p.area = k.grid
                AND (p.demo OR p.created_at <= k.at)
                AND NOT EXISTS (SELECT FROM staff_leaves l WHERE l.staff_id = p.id
                  AND (k.at AT TIME ZONE 'Asia/Shanghai')::date BETWEEN l.from_day AND l.until_day)
              UNION ALL
              SELECT h.actor_id, CASE WHEN o.back THEN 'RETURNED_WRONGLY' ELSE 'RETURNED_RIGHTLY' END, o.at, h.case_id, o.seq, h.words
              FROM people p JOIN case_history h ON h.actor_id = p.id AND h.actor_kind = 'STAFF' AND h.move = 'RETURN'
              JOIN LATERAL (
                SELECT n.at, n.seq, n.move = 'ARBITRATE' AND n.holder_area = h.actor_area AND n.holder_department IS NULL AS back
                FROM case_history n WHERE n.case_id = h.case_id AND n.seq > h.seq
                  AND (n.move IN ('ARBITRATE', 'DISPATCH', 'TRANSFER') OR n.move IN ('ACCEPT', 'HANDLE', 'RESOLVE', 'REPORT_BACK')
                    AND n.actor_area <> h.actor_area)
                ORDER BY n.seq LIMIT 1) o ON true
              WHERE h.at >= $2::timestamptz - interval '1 year' AND o.at >= $2 AND o.at < $3
              UNION ALL
              SELECT g.staff_id, CASE WHEN g.score >= 4 THEN 'SATISFIED' ELSE 'DISSATISFIED' END, g.at, g.case_id, g.seq,
                '评分 ' || g.score
              FROM answers a JOIN evaluation_ratings g ON g.case_id = a.case_id AND g.staff_id = a.staff_id AND g.closed_at = a.closed_at
              WHERE g.score <> 3 AND g.at >= $2 AND g.at < $3
              UNION ALL
              SELECT a.staff_id, 'REOPENED', h.at, h.case_id, h.seq, h.words
              FROM answers a JOIN case_rounds n ON n.case_id = a.case_id AND n.nth = a.nth + 1
              JOIN case_history h ON h.case_id = n.case_id AND h.seq = n.opened_seq AND h.move = 'REOPEN'
              WHERE h.at >= $2 AND h.at < $3
              UNION ALL
              SELECT h.actor_id, 'FOUND_CONFIRMED', r.closed_at, h.case_id, r.closed_seq, NULL
              FROM people p JOIN case_history h ON h.actor_id = p.id AND h.actor_kind = 'STAFF' AND h.move = 'FILE'
              JOIN LATERAL (SELECT closed_at, closed_seq FROM case_rounds
                WHERE case_id = h.case_id AND outcome = 'ANSWERED' ORDER BY nth LIMIT 1) r ON true
              WHERE h.at >= $2::timestamptz - interval '1 year' AND r.closed_at >= $2 AND r.closed_at < $3)
            SELECT f.staff_id, f.counted, f.at, 'CASE' AS kind, c.number AS ref, f.seq, 1 AS units, f.words
            FROM found f JOIN cases c ON c.id = f.case_id JOIN people p ON p.id = f.staff_id WHERE p.demo OR NOT c.demo
            UNION ALL
            SELECT l.staff_id, CASE l.kind WHEN 'VISIT' THEN 'VISIT' WHEN 'PATROL' THEN 'PATROL' ELSE 'CAMPAIGN_HOUSEHOLDS' END,
              l.at, 'LOG', l.id::text, NULL, CASE l.kind WHEN 'DOOR_KNOCK' THEN l.households ELSE 1 END,
              coalesce(l.place || '：', '') || coalesce(l.words, '')
            FROM people p JOIN field_logs l ON l.staff_id = p.id
            WHERE l.voided_at IS NULL AND l.at >= $2 AND l.at < $3
              AND (l.kind <> 'DOOR_KNOCK' OR l.campaign IS NOT NULL AND l.households > 0)
            UNION ALL
            SELECT s.staff_id, 'SIGNAL_CONFIRMED', s.decided_at, 'SIGNAL', s.id::text, NULL, 1, s.reason
            FROM people p JOIN evaluation_signals s ON s.staff_id = p.id
            WHERE s.confirmed AND s.decided_at >= $2 AND s.decided_at < $3""";

    private static final String SUMS =
            "SELECT staff_id, counted, sum(units)::bigint AS units FROM (" + ALL + ") d GROUP BY staff_id, counted";
    private static final String BY_PERSON = "SELECT * FROM (" + ALL + ") d ORDER BY staff_id";

    /** How often each thing counts for each person of an area. */
    Future<Map<UUID, Map<Counted, Long>>> sums(SqlClient on, String area, Term term, Instant now) {
        return on.preparedQuery(SUMS).execute(span(area, term, now, null)).map(rows -> {
            Map<UUID, Map<Counted, Long>> sums = new HashMap<>();
            rows.forEach(row -> sums.computeIfAbsent(row.getUUID("staff_id"), id -> new EnumMap<>(Counted.class))
                    .put(Counted.valueOf(row.getString("counted")), row.getLong("units")));
            return sums;
        });
    }

    /** What counts for one person, in order. */
    Future<List<Deed>> of(SqlClient on, UUID person, String area, Term term, Instant now) {
        return on.preparedQuery(BY_PERSON)
                .execute(span(area, term, now, person))
                .map(rows -> {
                    List<Deed> deeds = new ArrayList<>();
                    rows.forEach(row -> deeds.add(deed(row)));
                    deeds.sort(Deed.IN_ORDER);
                    return deeds;
                });
    }

    /** Hands over one person's deeds after the other's; memory holds one person's at a time. Who did nothing is left out. */
    Future<Void> each(
            SqlConnection tx, String area, Term term, Instant now, BiFunction<UUID, List<Deed>, Future<Void>> take) {
        return tx.prepare(BY_PERSON).compose(statement -> {
            Cursor cursor = statement.cursor(span(area, term, now, null));
            return new Walk(take).on(cursor).eventually(() -> closed(cursor, statement));
        });
    }

    private static Future<Void> closed(Cursor cursor, PreparedStatement statement) {
        return cursor.close().eventually(statement::close);
    }

    private static final class Walk {
        private final BiFunction<UUID, List<Deed>, Future<Void>> take;
        private @Nullable UUID of;
        private List<Deed> deeds = new ArrayList<>();

        Walk(BiFunction<UUID, List<Deed>, Future<Void>> take) {
            this.take = take;
        }

        Future<Void> on(Cursor cursor) {
            return cursor.read(FETCH).compose(rows -> {
                Future<Void> taken = Future.succeededFuture();
                for (Row row : rows) {
                    UUID person = row.getUUID("staff_id");
                    if (!person.equals(of)) {
                        taken = handedOver(taken);
                        of = person;
                    }
                    deeds.add(deed(row));
                }
                return taken.compose(done -> cursor.hasMore() ? on(cursor) : handedOver(Future.succeededFuture()));
            });
        }

        private Future<Void> handedOver(Future<Void> after) {
            UUID person = of;
            if (person == null) {
                return after;
            }
            List<Deed> whole = deeds;
            deeds = new ArrayList<>();
            whole.sort(Deed.IN_ORDER);
            return after.compose(done -> take.apply(person, whole));
        }
    }

    private static Tuple span(String area, Term term, Instant now, @Nullable UUID person) {
        return Tuple.of(area, Times.at(term.from()), Times.at(term.until(now)), person);
    }

    private static Deed deed(Row row) {
        String words = row.getString("words");
        return new Deed(
                Counted.valueOf(row.getString("counted")),
                Times.of(row, "at"),
                Deed.Evidence.valueOf(row.getString("kind")),
                Objects.requireNonNull(row.getString("ref")),
                row.getInteger("seq"),
                row.getInteger("units"),
                words == null || words.isEmpty() ? null : words);
    }
}
