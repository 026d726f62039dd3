package linge.whistle;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import linge.clocks.RunningClock;
import linge.db.Times;
import linge.shared.Refusal;
import linge.shared.Role;
import org.jspecify.annotations.Nullable;

/** Whistles, their calls and their lines as rows. */
final class WhistleStore {

    /** A whistle with the number and place of its case, which are the case's. */
    static final String COLUMNS = """
            w.id, w.case_id, c.number, c.area, w.centre, w.county, w.emergency, w.reason, w.meet_place, w.meet_elsewhere, w.meet_lon,
            w.meet_lat, w.meet_at, w.rule, w.rule_label, w.rule_article, w.far_metres, w.blown_at, w.due_at, w.blown_by, w.blown_name,
            w.blown_role::text AS blown_role, w.state::text AS state, w.version, w.begun, w.conclusion, w.concluded_at,
            w.concluded_by, w.called_off, w.closing_words, w.closed_at, w.closed_by""";

    static final String FROM = " FROM whistles w JOIN cases c ON c.id = w.case_id ";

    private static final String INSERT = """
            INSERT INTO whistles (id, case_id, client_key, centre, county, emergency, reason, meet_place, meet_elsewhere,
              meet_lon, meet_lat, meet_at, rule, rule_label, rule_article, far_metres, blown_at, due_at, blown_by, blown_name, blown_role, state,
              version, begun, wake_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21::text::role,
              $22::text::whistle_state, $23, $24, $25)""";
    private static final String ADD_CALL = """
            INSERT INTO whistle_calls (whistle_id, department, lead, state, due_at)
            VALUES ($1, $2, $3, $4::text::whistle_call_state, $5)""";
    private static final String BY_ID = "SELECT " + COLUMNS + FROM + "WHERE w.id = $1";
    /** The case is never locked after its whistle: who moves the case locks the case first. */
    private static final String LOCK = BY_ID + " FOR UPDATE OF w";

    private static final String BY_KEY = "SELECT " + COLUMNS + FROM + "WHERE w.blown_by = $1 AND w.client_key = $2";
    private static final String OPEN_OF_CASE =
            "SELECT " + COLUMNS + FROM + "WHERE w.case_id = $1 AND w.state <> 'CLOSED'";
    private static final String LOCK_OPEN_OF_CASE = OPEN_OF_CASE + " FOR UPDATE OF w";
    private static final String LOCK_DUE = "SELECT " + COLUMNS + FROM + """
            WHERE w.wake_at <= $1 ORDER BY w.wake_at LIMIT 1 FOR UPDATE OF w SKIP LOCKED""";
    private static final String TRY_LOCK = "SELECT 1 FROM whistles WHERE id = $1 FOR UPDATE SKIP LOCKED";
    private static final String FOLLOW = """
            UPDATE whistles SET due_at = $2, rule_label = $3, rule_article = $4, wake_at = CASE
                WHEN EXISTS (SELECT FROM whistle_calls WHERE whistle_id = $1 AND state = 'CALLED') THEN $5::timestamptz END
            WHERE id = $1 AND state = 'CALLED'""";
    private static final String FOLLOW_CALLS =
            "UPDATE whistle_calls SET due_at = $2 WHERE whistle_id = $1 AND state = 'CALLED'";
    private static final String CALLS = """
            SELECT whistle_id, department, lead, state::text AS state, due_at, late_at, reported_at, reported_by,
              reported_name, report_key, report_seq, people, lon, lat, crs, accuracy, distance, standing, agreed, opinion,
              signed_at, signed_name, excused_for, excused_at, excused_name
            FROM whistle_calls WHERE whistle_id = ANY ($1) ORDER BY whistle_id, lead DESC, department""";
    private static final String UPDATE = """
            UPDATE whistles SET state = $2::text::whistle_state, version = $3, begun = $4, wake_at = $5, conclusion = $6,
              concluded_at = $7, concluded_by = $8, called_off = $9, closing_words = $10, closed_at = $11, closed_by = $12
            WHERE id = $1 AND version = $3 - 1""";
    private static final String UPDATE_CALL = """
            UPDATE whistle_calls SET state = $3::text::whistle_call_state, late_at = $4, reported_at = $5, reported_by = $6,
              reported_name = $7, report_key = $8, report_seq = $9, people = $10, lon = $11, lat = $12, crs = $13,
              accuracy = $14, distance = $15, standing = $16, agreed = $17, opinion = $18, signed_at = $19,
              signed_name = $20, excused_for = $21, excused_at = $22, excused_name = $23
            WHERE whistle_id = $1 AND department = $2""";
    private static final String ADD_LINE = """
            INSERT INTO whistle_lines (whistle_id, seq, act, at, staff_id, staff_name, staff_role, staff_area, department,
              words, client_key)
            VALUES ($1, $2, $3::text::whistle_act, $4, $5, $6, $7::text::role, $8, $9, $10, $11)""";
    private static final String SAID_WITH =
            "SELECT 1 FROM whistle_lines WHERE whistle_id = $1 AND staff_id = $2 AND client_key = $3";
    private static final String LINES = """
            SELECT seq, act::text AS act, at, staff_id, staff_name, staff_role::text AS staff_role, staff_area, department, words
            FROM whistle_lines WHERE whistle_id = $1 ORDER BY seq""";

    /** Fails on the constraint {@code one_open_whistle_per_case} when the case has one. */
    Future<Void> insert(SqlConnection tx, Whistle.Acted blown, String key) {
        Whistle whistle = blown.after();
        Whistle.Facts f = whistle.facts();
        Tuple row = Tuple.tuple()
                .addValue(f.id())
                .addValue(f.caseId())
                .addValue(key)
                .addValue(f.centre())
                .addValue(f.county())
                .addValue(f.emergency())
                .addValue(f.reason())
                .addValue(f.meeting().place())
                .addValue(f.meeting().elsewhere())
                .addValue(f.meeting().lon())
                .addValue(f.meeting().lat())
                .addValue(Times.atOrNull(f.meeting().at()))
                .addValue(f.rule().code())
                .addValue(f.rule().label())
                .addValue(f.rule().article())
                .addValue(f.rule().far())
                .addValue(Times.at(f.blownAt()))
                .addValue(Times.at(f.due()))
                .addValue(f.by().id())
                .addValue(f.by().name())
                .addValue(f.by().role().name())
                .addValue(whistle.now().state().name())
                .addValue(whistle.now().version())
                .addValue(whistle.now().begun())
                .addValue(Times.atOrNull(whistle.wake()));
        List<Tuple> calls = whistle.calls().stream()
                .map(call -> Tuple.of(
                        f.id(), call.department(), call.lead(), call.state().name(), Times.at(call.due())))
                .toList();
        return tx.preparedQuery(INSERT)
                .execute(row)
                .compose(done -> tx.preparedQuery(ADD_CALL).executeBatch(calls))
                .compose(done -> addLine(tx, f.id(), blown.line(), null));
    }

    /** Writes a whistle after an act, the calls that the act changed, and its line. */
    Future<Void> update(SqlConnection tx, Whistle before, Whistle.Acted acted, @Nullable String key) {
        Whistle after = acted.after();
        UUID id = after.facts().id();
        Whistle.Now n = after.now();
        Whistle.Conclusion conclusion = n.conclusion();
        Whistle.Closing closing = n.closing();
        Tuple row = Tuple.tuple()
                .addValue(id)
                .addValue(n.state().name())
                .addValue(n.version())
                .addValue(n.begun())
                .addValue(Times.atOrNull(after.wake()))
                .addValue(conclusion == null ? null : conclusion.words())
                .addValue(conclusion == null ? null : Times.at(conclusion.at()))
                .addValue(conclusion == null ? null : conclusion.by())
                .addValue(closing == null ? null : closing.calledOff())
                .addValue(closing == null ? null : closing.words())
                .addValue(closing == null ? null : Times.at(closing.at()))
                .addValue(closing == null ? null : closing.by());
        List<Tuple> changed = after.calls().stream()
                .filter(call -> !call.equals(before.call(call.department())))
                .map(call -> row(id, call))
                .toList();
        return tx.preparedQuery(UPDATE)
                .execute(row)
                .compose(done -> {
                    if (done.rowCount() != 1) {
                        throw new IllegalStateException("a locked whistle changed under us");
                    }
                    return changed.isEmpty()
                            ? Future.succeededFuture()
                            : tx.preparedQuery(UPDATE_CALL)
                                    .executeBatch(changed)
                                    .mapEmpty();
                })
                .compose(done -> addLine(tx, id, acted.line(), key));
    }

    private static Tuple row(UUID id, Call call) {
        Call.Report report = call.report();
        CheckIn in = report == null ? null : report.checkIn();
        CheckIn.Spot spot = in == null ? null : in.spot();
        Call.Opinion opinion = call.opinion();
        Call.Excuse excuse = call.excuse();
        Tuple row = Tuple.tuple()
                .addValue(id)
                .addValue(call.department())
                .addValue(call.state().name())
                .addValue(Times.atOrNull(call.late()))
                .addValue(in == null ? null : Times.at(in.at()))
                .addValue(in == null ? null : in.by())
                .addValue(in == null ? null : in.name())
                .addValue(report == null ? null : report.key())
                .addValue(report == null ? null : report.seq());
        return row.addArrayOfString(in == null ? null : in.people().toArray(String[]::new))
                .addValue(spot == null ? null : spot.lon())
                .addValue(spot == null ? null : spot.lat())
                .addValue(spot == null ? null : spot.crs())
                .addValue(spot == null ? null : spot.accuracy())
                .addValue(in == null ? null : in.distance())
                .addValue(in == null ? null : in.standing().name())
                .addValue(opinion == null ? null : opinion.agreed())
                .addValue(opinion == null ? null : opinion.words())
                .addValue(opinion == null ? null : Times.at(opinion.at()))
                .addValue(opinion == null ? null : opinion.by())
                .addValue(excuse == null ? null : excuse.words())
                .addValue(excuse == null ? null : Times.at(excuse.at()))
                .addValue(excuse == null ? null : excuse.by());
    }

    private static Future<Void> addLine(SqlConnection tx, UUID id, Line line, @Nullable String key) {
        Line.By by = line.by();
        return tx.preparedQuery(ADD_LINE)
                .execute(Tuple.tuple()
                        .addValue(id)
                        .addValue(line.seq())
                        .addValue(line.act().name())
                        .addValue(Times.at(line.at()))
                        .addValue(by == null ? null : by.id())
                        .addValue(by == null ? null : by.name())
                        .addValue(by == null ? null : by.role().name())
                        .addValue(by == null ? null : by.area())
                        .addValue(line.department())
                        .addValue(line.words())
                        .addValue(key))
                .mapEmpty();
    }

    /** Fails with {@code NOT_FOUND}. */
    Future<Whistle> byId(SqlClient on, UUID id) {
        return one(on, BY_ID, Tuple.of(id)).map(WhistleStore::there);
    }

    /** The whistle, held for this transaction; fails with {@code NOT_FOUND}. */
    Future<Whistle> lock(SqlConnection tx, UUID id) {
        return one(tx, LOCK, Tuple.of(id)).map(WhistleStore::there);
    }

    /** The one this person blew with this key before, or null. */
    Future<@Nullable Whistle> byKey(SqlClient on, UUID staff, String key) {
        return one(on, BY_KEY, Tuple.of(staff, key));
    }

    Future<@Nullable Whistle> openOf(SqlClient on, UUID caseId) {
        return one(on, OPEN_OF_CASE, Tuple.of(caseId));
    }

    Future<@Nullable Whistle> lockOpenOf(SqlConnection tx, UUID caseId) {
        return one(tx, LOCK_OPEN_OF_CASE, Tuple.of(caseId));
    }

    /** The one whose clock ran out first and that no other node has in hand, held for this transaction; or null. */
    Future<@Nullable Whistle> lockDue(SqlConnection tx, Instant now) {
        return one(tx, LOCK_DUE, Tuple.of(Times.at(now)));
    }

    /** Holds it for this transaction, unless somebody does; false then. */
    Future<Boolean> tryLock(SqlConnection tx, UUID id) {
        return tx.preparedQuery(TRY_LOCK).execute(Tuple.of(id)).map(rows -> rows.size() > 0);
    }

    /** Gives a held whistle and those it waits for the deadline of its clock; one that stands still wakes nobody. */
    Future<Void> follow(SqlConnection tx, UUID id, RunningClock clock) {
        OffsetDateTime due = Times.at(clock.due());
        return tx.preparedQuery(FOLLOW)
                .execute(Tuple.of(
                        id, due, clock.rule().label(), clock.rule().article(), clock.pausedAt() == null ? due : null))
                .compose(done -> tx.preparedQuery(FOLLOW_CALLS).execute(Tuple.of(id, due)))
                .mapEmpty();
    }

    /** Whether this person said something with this key before. */
    Future<Boolean> saidWith(SqlClient on, UUID id, UUID staff, String key) {
        return on.preparedQuery(SAID_WITH).execute(Tuple.of(id, staff, key)).map(rows -> rows.size() > 0);
    }

    Future<List<Line>> lines(SqlClient on, UUID id) {
        return on.preparedQuery(LINES).execute(Tuple.of(id)).map(rows -> {
            List<Line> lines = new ArrayList<>();
            rows.forEach(row -> lines.add(lineOf(row)));
            return lines;
        });
    }

    /** The whistles of these rows, each with its calls, in the order of the rows. */
    Future<List<Whistle>> whole(SqlClient on, RowSet<Row> rows) {
        Map<UUID, Row> found = new LinkedHashMap<>();
        rows.forEach(row -> found.put(row.getUUID("id"), row));
        if (found.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        return on.preparedQuery(CALLS)
                .execute(Tuple.tuple().addArrayOfUUID(found.keySet().toArray(UUID[]::new)))
                .map(calls -> {
                    Map<UUID, List<Call>> byWhistle = new LinkedHashMap<>();
                    calls.forEach(call -> byWhistle
                            .computeIfAbsent(call.getUUID("whistle_id"), id -> new ArrayList<>())
                            .add(callOf(call)));
                    return found.entrySet().stream()
                            .map(entry ->
                                    whistleOf(entry.getValue(), byWhistle.getOrDefault(entry.getKey(), List.of())))
                            .toList();
                });
    }

    private Future<@Nullable Whistle> one(SqlClient on, String query, Tuple values) {
        return on.preparedQuery(query)
                .execute(values)
                .compose(rows -> whole(on, rows))
                .map(found -> {
                    if (found.isEmpty()) {
                        return null;
                    }
                    return found.get(0);
                });
    }

    private static Whistle there(@Nullable Whistle found) {
        if (found == null) {
            throw Refusal.notFound("这次吹哨");
        }
        return found;
    }

    private static Whistle whistleOf(Row row, List<Call> calls) {
        String conclusion = row.getString("conclusion");
        Boolean calledOff = row.getBoolean("called_off");
        boolean emergency = row.getBoolean("emergency");
        Instant blownAt = Times.of(row, "blown_at");
        return new Whistle(
                new Whistle.Facts(
                        row.getUUID("id"),
                        row.getUUID("case_id"),
                        row.getString("number"),
                        row.getString("area"),
                        row.getString("centre"),
                        row.getString("county"),
                        emergency,
                        row.getString("reason"),
                        new Meeting(
                                row.getString("meet_place"),
                                row.getBoolean("meet_elsewhere"),
                                row.getDouble("meet_lon"),
                                row.getDouble("meet_lat"),
                                Times.orNull(row, "meet_at")),
                        new ReportInRule(
                                row.getString("rule"),
                                emergency,
                                row.getInteger("far_metres"),
                                row.getString("rule_label"),
                                row.getString("rule_article")),
                        blownAt,
                        Times.of(row, "due_at"),
                        new Line.By(
                                row.getUUID("blown_by"),
                                row.getString("blown_name"),
                                Role.valueOf(row.getString("blown_role")),
                                row.getString("centre"))),
                new Whistle.Now(
                        WhistleState.valueOf(row.getString("state")),
                        row.getInteger("version"),
                        row.getBoolean("begun"),
                        conclusion == null
                                ? null
                                : new Whistle.Conclusion(
                                        conclusion, Times.of(row, "concluded_at"), row.getString("concluded_by")),
                        calledOff == null
                                ? null
                                : new Whistle.Closing(
                                        calledOff,
                                        row.getString("closing_words"),
                                        Times.of(row, "closed_at"),
                                        row.getString("closed_by"))),
                calls);
    }

    private static Call callOf(Row row) {
        Boolean agreed = row.getBoolean("agreed");
        String excused = row.getString("excused_for");
        return new Call(
                row.getString("department"),
                row.getBoolean("lead"),
                CallState.valueOf(row.getString("state")),
                Times.of(row, "due_at"),
                Times.orNull(row, "late_at"),
                row.getUUID("reported_by") == null ? null : reportOf(row),
                agreed == null
                        ? null
                        : new Call.Opinion(
                                agreed,
                                row.getString("opinion"),
                                Times.of(row, "signed_at"),
                                row.getString("signed_name")),
                excused == null
                        ? null
                        : new Call.Excuse(excused, Times.of(row, "excused_at"), row.getString("excused_name")));
    }

    private static Call.Report reportOf(Row row) {
        Double lon = row.getDouble("lon");
        CheckIn.Spot spot = lon == null
                ? null
                : new CheckIn.Spot(lon, row.getDouble("lat"), row.getString("crs"), row.getDouble("accuracy"));
        CheckIn in = new CheckIn(
                Times.of(row, "reported_at"),
                row.getUUID("reported_by"),
                row.getString("reported_name"),
                List.of(row.getArrayOfStrings("people")),
                spot,
                row.getInteger("distance"),
                CheckIn.Standing.valueOf(row.getString("standing")));
        return new Call.Report(in, row.getString("report_key"), row.getInteger("report_seq"));
    }

    private static Line lineOf(Row row) {
        UUID id = row.getUUID("staff_id");
        return new Line(
                row.getInteger("seq"),
                WhistleAct.valueOf(row.getString("act")),
                Times.of(row, "at"),
                id == null
                        ? null
                        : new Line.By(
                                id,
                                row.getString("staff_name"),
                                Role.valueOf(row.getString("staff_role")),
                                row.getString("staff_area")),
                row.getString("department"),
                row.getString("words"));
    }
}
