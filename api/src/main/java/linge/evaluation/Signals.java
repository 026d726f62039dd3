package linge.evaluation;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import linge.db.AuditLog;
import linge.db.Times;
import linge.shared.Caller;
import linge.shared.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Finds in the log what looks like gaming, by the thresholds of the area; never acts on it. What a supervisor has looked at is kept
 * with their words, and a confirmed signal counts by a rule like any other deed.
 */
final class Signals {

    /** More of one kind in one area and period nobody looks through: the thresholds are wrong then. */
    private static final int MOST = 100;

    private static final String PEOPLE = """
            people AS (
              SELECT id, username, name, area, demo FROM staff
              WHERE role IN ('GRID_ASSISTANT', 'GRID_WORKER', 'DEPUTY_LEADER', 'GRID_LEADER') AND starts_with(area, $1))
            """;
    private static final String WHO = "p.id, p.username, p.name, p.area";

    private static final String CLOSE_REOPEN = "WITH " + PEOPLE + "SELECT " + WHO + """
            , count(*) AS n, max(h.at) AS at, array_agg(c.number ORDER BY h.at) AS cases
            FROM people p JOIN evaluation_answers a ON a.staff_id = p.id JOIN cases c ON c.id = a.case_id AND (p.demo OR NOT c.demo)
            JOIN case_rounds n ON n.case_id = a.case_id AND n.nth = a.nth + 1
            JOIN case_history h ON h.case_id = n.case_id AND h.seq = n.opened_seq AND h.move = 'REOPEN'
            WHERE a.resolved_at >= $2::timestamptz - interval '1 year' AND h.at >= $2 AND h.at < $3
              AND h.at <= a.closed_at + make_interval(hours => $4)
            GROUP BY """ + " " + WHO
            + " HAVING count(*) >= $5 ORDER BY n DESC, p.id LIMIT " + MOST;

    private static final String EDGE = "WITH " + PEOPLE + """
            , answers AS (
              SELECT p.id, p.username, p.name, p.area, c.number, a.closed_at,
                a.closed_at > a.due_at - (a.due_at - a.opened_at) * ($4 / 100.0::float8) AS edge
              FROM people p JOIN evaluation_answers a ON a.staff_id = p.id
              JOIN cases c ON c.id = a.case_id AND (p.demo OR NOT c.demo)
              WHERE a.resolved_at >= $2::timestamptz - interval '1 year' AND a.closed_at >= $2 AND a.closed_at < $3
                AND a.closed_at <= a.due_at AND a.due_at > a.opened_at)
            SELECT id, username, name, area, count(*) AS whole, count(*) FILTER (WHERE edge) AS n,
              max(closed_at) FILTER (WHERE edge) AS at, array_agg(number ORDER BY closed_at) FILTER (WHERE edge) AS cases
            FROM answers GROUP BY id, username, name, area
            HAVING count(*) >= $5 AND count(*) FILTER (WHERE edge) * 100 >= count(*) * $6::int
              AND count(*) FILTER (WHERE edge) > 0 ORDER BY n DESC, id LIMIT\s""" + MOST;

    /** Only top scores. */
    private static final String RATED = "WITH " + PEOPLE + """
            , rated AS (
              SELECT p.id, p.username, p.name, p.area, c.number, c.resident_id, g.at, g.closed_at
              FROM people p JOIN evaluation_ratings g ON g.staff_id = p.id
              JOIN cases c ON c.id = g.case_id AND (p.demo OR NOT c.demo)
              WHERE g.score = 5 AND g.at >= $2 AND g.at < $3)
            """;

    private static final String BURST = RATED + """
            , ends AS (
              SELECT id, min(at) AS ended, (at AT TIME ZONE 'Asia/Shanghai')::date AS day FROM (
                SELECT id, at, lag(at, $5 - 1) OVER (PARTITION BY id ORDER BY at, number) AS first FROM rated) w
              WHERE at - first <= make_interval(mins => $4) GROUP BY id, day)
            SELECT r.id, r.username, r.name, r.area, e.day::text AS what, count(*) AS n, max(r.at) AS at,
              array_agg(r.number ORDER BY r.at, r.number) AS cases
            FROM ends e JOIN rated r ON r.id = e.id AND r.at BETWEEN e.ended - make_interval(mins => $4) AND e.ended
            GROUP BY r.id, r.username, r.name, r.area, e.day ORDER BY n DESC, r.id LIMIT\s""" + MOST;
    private static final String SAME_RESIDENT = RATED + """
            SELECT id, username, name, area, min(number) AS what, count(*) AS n, max(at) AS at,
              array_agg(number ORDER BY at, number) AS cases
            FROM rated GROUP BY id, username, name, area, resident_id HAVING count(*) >= $4 ORDER BY n DESC, id LIMIT\s""" + MOST;
    private static final String SOON = RATED + """
            SELECT id, username, name, area, count(*) AS n, max(at) AS at, array_agg(number ORDER BY at, number) AS cases
            FROM rated WHERE at - closed_at <= make_interval(secs => $4)
            GROUP BY id, username, name, area HAVING count(*) >= $5 ORDER BY n DESC, id LIMIT\s""" + MOST;

    private static final String SPLITTING = "WITH " + PEOPLE + "SELECT " + WHO + """
            , (h.at AT TIME ZONE 'Asia/Shanghai')::date::text AS day, c.area AS place, max(h.at) AS at,
              array_agg(c.number ORDER BY h.at, c.number) AS cases, array_agg(c.text ORDER BY h.at, c.number) AS texts
            FROM people p JOIN case_history h ON h.actor_id = p.id AND h.actor_kind = 'STAFF' AND h.move = 'FILE'
            JOIN cases c ON c.id = h.case_id AND (p.demo OR NOT c.demo)
            WHERE h.at >= $2 AND h.at < $3
            GROUP BY """ + " " + WHO
            + ", day, place HAVING count(*) >= $4 ORDER BY day, p.id LIMIT " + MOST;

    private static final String DECIDED = """
            SELECT b.key, b.kind, b.staff_id AS id, s.username, s.name, b.area, b.at, b.reason, b.cases, b.confirmed, b.words,
              d.name AS decided_by, b.decided_at
            FROM evaluation_signals b JOIN staff s ON s.id = b.staff_id JOIN staff d ON d.id = b.decided_by
            WHERE b.period = $2 AND starts_with(b.area, $1) ORDER BY b.decided_at DESC LIMIT\s""" + MOST;
    private static final String DECIDE = """
            INSERT INTO evaluation_signals (key, kind, staff_id, area, period, at, reason, cases, confirmed, words, decided_by,
              decided_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
            ON CONFLICT ON CONSTRAINT a_signal_is_decided_once DO NOTHING""";

    private final Pool db;
    private final Clock clock;
    private final Books books;

    Signals(Pool db, Clock clock, Books books) {
        this.db = db;
        this.clock = clock;
        this.books = books;
    }

    /** Those of an area and quarter: first what nobody has looked at, the newest first, then what somebody has. */
    Future<List<Signal>> of(String area, Term term) {
        return decided(area, term).compose(decided -> {
            Set<String> known = new HashSet<>();
            decided.forEach(one -> known.add(one.key()));
            return found(db, area, term).map(found -> {
                List<Signal> all = new ArrayList<>(found.stream()
                        .filter(one -> !known.contains(one.key()))
                        .sorted(Comparator.comparing(Signal::at).reversed().thenComparing(Signal::key))
                        .toList());
                all.addAll(decided);
                return all;
            });
        });
    }

    /** Keeps what somebody made of a signal, with the cases it rests on now. */
    Future<Signal> decide(Caller.Staff who, Term term, String area, String key, boolean confirmed, String words) {
        Instant now = clock.instant();
        return db.withTransaction(tx -> found(tx, area, term).compose(found -> {
                    Signal signal = found.stream()
                            .filter(one -> one.key().equals(key))
                            .findFirst()
                            .orElseThrow(() -> Refusal.notFound("这条异常提示，可能情况已经变了，请刷新后再看"));
                    EvaluationPolicy.supervises(who, signal.area());
                    if (signal.person().equals(who.id())) {
                        throw Refusal.notAllowed("不能核实关于自己的提示。");
                    }
                    return tx.preparedQuery(DECIDE)
                            .execute(Tuple.tuple()
                                    .addValue(key)
                                    .addValue(signal.kind().name())
                                    .addValue(signal.person())
                                    .addValue(signal.area())
                                    .addValue(term.code())
                                    .addValue(Times.at(signal.at()))
                                    .addValue(signal.reason())
                                    .addArrayOfString(signal.cases().toArray(String[]::new))
                                    .addValue(confirmed)
                                    .addValue(words)
                                    .addValue(who.id())
                                    .addValue(Times.at(now)))
                            .compose(rows -> {
                                if (rows.rowCount() == 0) {
                                    throw Refusal.of(Refusal.Kind.ALREADY_THERE, "这条提示已经有人核实过了。");
                                }
                                return AuditLog.write(
                                        tx,
                                        who,
                                        confirmed ? "evaluation.confirm-signal" : "evaluation.dismiss-signal",
                                        signal.user(),
                                        new JsonObject()
                                                .put("kind", signal.kind().name())
                                                .put("period", term.code()),
                                        now);
                            });
                }))
                .compose(done -> decided(area, term))
                .map(all -> all.stream()
                        .filter(one -> one.key().equals(key))
                        .findFirst()
                        .orElseThrow());
    }

    private Future<List<Signal>> decided(String area, Term term) {
        return db.preparedQuery(DECIDED).execute(Tuple.of(area, term.code())).map(rows -> {
            List<Signal> all = new ArrayList<>();
            rows.forEach(row -> all.add(signal(
                    row,
                    row.getString("key"),
                    Signal.Kind.valueOf(row.getString("kind")),
                    row.getString("reason"),
                    new Signal.Decided(
                            row.getBoolean("confirmed"),
                            row.getString("words"),
                            row.getString("decided_by"),
                            Times.of(row, "decided_at")))));
            return all;
        });
    }

    /** What the log shows now. */
    private Future<List<Signal>> found(SqlClient on, String area, Term term) {
        Instant now = clock.instant();
        return books.inForce(on, Scores.county(area)).compose(book -> {
            Book.Thresholds t = book.thresholds();
            List<Signal> all = new ArrayList<>();
            return gathered(
                            on,
                            all,
                            CLOSE_REOPEN,
                            span(area, term, now, t.reopenWithinHours(), t.reopenTimes()),
                            row -> one(
                                    row,
                                    term,
                                    Signal.Kind.CLOSE_REOPEN,
                                    "",
                                    row.getLong("n") + " 件办结后 " + t.reopenWithinHours()
                                            + " 小时内就被要求重办，可能是没办好就办结。也可能是居民又有新的要求，请看每件的经过。"))
                    .compose(done -> gathered(
                            on,
                            all,
                            EDGE,
                            span(area, term, now, t.edgePercent(), t.edgeLeast(), t.edgeShare()),
                            row -> one(
                                    row,
                                    term,
                                    Signal.Kind.EDGE,
                                    "",
                                    "按时办结的 " + row.getLong("whole") + " 件里有 " + row.getLong("n") + " 件是在期限最后 "
                                            + t.edgePercent() + "% 的时间里办结的，可能拖到最后才办。也可能事情本身要等材料或等施工。")))
                    .compose(done -> gathered(
                            on,
                            all,
                            BURST,
                            span(area, term, now, t.burstMinutes(), t.burstRatings()),
                            row -> one(
                                    row,
                                    term,
                                    Signal.Kind.RATING_BURST,
                                    "burst:" + row.getString("what"),
                                    row.getString("what") + " 这天，" + t.burstMinutes() + " 分钟内收到 " + row.getLong("n")
                                            + " 个 5 分，可能是集中代评。也可能是一次入户时居民当面评价。")))
                    .compose(done -> gathered(
                            on,
                            all,
                            SAME_RESIDENT,
                            span(area, term, now, t.sameResident()),
                            row -> one(
                                    row,
                                    term,
                                    Signal.Kind.RATING_BURST,
                                    "resident:" + row.getString("what"),
                                    "同一位居民本期给了 " + row.getLong("n") + " 个 5 分，可能是熟人刷评价。也可能这位居民确实反映得多。")))
                    .compose(done -> gathered(
                            on,
                            all,
                            SOON,
                            span(area, term, now, t.soonSeconds(), t.soonTimes()),
                            row -> one(
                                    row,
                                    term,
                                    Signal.Kind.RATING_BURST,
                                    "soon",
                                    "有 " + row.getLong("n") + " 件办结后 " + t.soonSeconds()
                                            + " 秒内就收到 5 分，可能是拿着居民的手机评的。也可能是当面办完、当面评价。")))
                    .compose(done ->
                            gathered(on, all, SPLITTING, span(area, term, now, t.splitCount()), row -> split(row, t)))
                    .map(all);
        });
    }

    private static Future<Void> gathered(
            SqlClient on, List<Signal> into, String query, Tuple values, Function<Row, @Nullable Signal> read) {
        return on.preparedQuery(query).execute(values).map(rows -> {
            rows.forEach(row -> {
                Signal signal = read.apply(row);
                if (signal != null) {
                    into.add(signal);
                }
            });
            return null;
        });
    }

    private static Signal one(Row row, Term term, Signal.Kind kind, String which, String reason) {
        String key = kind + ":" + row.getUUID("id") + ":" + term.code() + (which.isEmpty() ? "" : ":" + which);
        return signal(row, key, kind, reason, null);
    }

    private static @Nullable Signal split(Row row, Book.Thresholds t) {
        List<String> texts = List.of(row.getArrayOfStrings("texts"));
        List<String> numbers = List.of(row.getArrayOfStrings("cases"));
        List<Integer> group = Alike.largestGroup(texts, t.splitAlike());
        if (group.size() < t.splitCount()) {
            return null;
        }
        List<String> cases = group.stream().map(numbers::get).toList();
        String day = row.getString("day");
        return new Signal(
                Signal.Kind.SPLITTING + ":" + row.getUUID("id") + ":" + day + ":" + row.getString("place"),
                Signal.Kind.SPLITTING,
                row.getUUID("id"),
                row.getString("username"),
                row.getString("name"),
                row.getString("area"),
                Times.of(row, "at"),
                day + " 这天在同一个网格上报了 " + group.size() + " 件几乎一样的问题，可能是一件事拆成多件。也可能确实有好几处一样的毛病，请看地点和照片。",
                cases,
                null);
    }

    private static Signal signal(
            Row row, String key, Signal.Kind kind, String reason, Signal.@Nullable Decided decided) {
        return new Signal(
                key,
                kind,
                row.getUUID("id"),
                row.getString("username"),
                row.getString("name"),
                row.getString("area"),
                Times.of(row, "at"),
                reason,
                List.of(row.getArrayOfStrings("cases")),
                decided);
    }

    private static Tuple span(String area, Term term, Instant now, int... thresholds) {
        Tuple values =
                Tuple.tuple().addValue(area).addValue(Times.at(term.from())).addValue(Times.at(term.until(now)));
        for (int threshold : thresholds) {
            values.addValue(threshold);
        }
        return values;
    }
}
