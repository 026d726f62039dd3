package linge.clocks;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import linge.db.Times;
import org.jspecify.annotations.Nullable;

/** Rows of clocks and of what happened to them. */
final class ClockStore {

    private static final String CLOCK = """
            SELECT c.*, c.id AS clock_id, c.outcome::text AS ended, r.profile, r.code, r.label, r.article, r.counts_from, r.amount, r.unit::text AS counted,
                   r.day_end, r.pauses AS rule_pauses, r.max_extension, r.yellow
            FROM case_clocks c JOIN clock_rules r ON r.id = c.rule_row\s""";
    private static final String RUNNING =
            CLOCK + "WHERE c.subject = $1 AND c.stopped_at IS NULL ORDER BY c.due_at, c.id";
    private static final String LOCK_RUNNING =
            CLOCK + "WHERE c.subject = $1 AND c.stopped_at IS NULL ORDER BY c.id FOR UPDATE OF c";
    private static final String ALL = CLOCK + "WHERE c.subject = $1 ORDER BY c.started_at, c.id LIMIT 200";
    private static final String LOCK_CARD = CLOCK + """
            WHERE c.next_at <= $1 AND (c.held_until IS NULL OR c.held_until <= $1)
            ORDER BY c.next_at LIMIT 1 FOR UPDATE OF c SKIP LOCKED""";
    private static final String LOCK_OLD = CLOCK + """
            WHERE c.stopped_at IS NULL AND c.reckoned < $1 AND (c.held_until IS NULL OR c.held_until <= $2)
            ORDER BY c.reckoned, c.id LIMIT $3 FOR UPDATE OF c SKIP LOCKED""";
    private static final String HOLD = "UPDATE case_clocks SET held_until = $2 WHERE id = $1";
    private static final String BOARD = CLOCK + """
            WHERE c.stopped_at IS NULL AND (c.area LIKE $1 || '%' OR c.subject = ANY($7))
              AND (r.profile <> ALL($6) OR c.subject = ANY($7)) AND c.due_at <= $2 AND (c.due_at, c.id) > ($3, $4)
            ORDER BY c.due_at, c.id LIMIT $5""";
    private static final String COUNTS = """
            SELECT count(*) FILTER (WHERE c.due_at < $2 AND c.paused_at IS NULL) AS red,
                   count(*) FILTER (WHERE c.due_at >= $2 AND c.due_at <= $3) AS soon,
                   count(*) FILTER (WHERE c.unknown_year IS NOT NULL) AS provisional
            FROM case_clocks c JOIN clock_rules r ON r.id = c.rule_row
            WHERE c.stopped_at IS NULL AND (c.area LIKE $1 || '%' OR c.subject = ANY($5))
              AND (r.profile <> ALL($4) OR c.subject = ANY($5))""";
    private static final String INSERT = """
            INSERT INTO case_clocks (id, subject, area, rule, started_at, rule_row, reckoned, due_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)""";
    private static final String SAVE = """
            WITH saved AS (
                UPDATE case_clocks SET area = $2, rule_row = $3, reckoned = $4, extended = $5, pauses = $6, paused_at = $7,
                    due_at = $8, yellow_at = $9, unknown_year = $10, yellow_given = $11, red_given = $12, next_at = $13,
                    held_until = NULL, stopped_at = $14, outcome = $15::text::clock_outcome, events = events + $21::int
                WHERE id = $1 RETURNING events)
            INSERT INTO clock_events (clock, seq, act, at, due_before, due_after, unknown_year, rule_row, why)
            SELECT $1, events, $16::text::clock_act, $17::timestamptz, $18::timestamptz, $19::timestamptz, $10, $3, $20 FROM saved WHERE $21::int = 1""";
    private static final String EVENTS = """
            SELECT clock, act::text AS act, at, due_before, due_after, unknown_year, why FROM clock_events WHERE clock = $1 ORDER BY seq""";

    private static final String STORIES = """
            SELECT e.clock, e.act::text AS act, e.at, e.due_before, e.due_after, e.unknown_year, e.why
            FROM clock_events e JOIN case_clocks c ON c.id = e.clock WHERE c.subject = $1 ORDER BY e.at, e.clock, e.seq LIMIT 2000""";

    /** Where a page of the board goes on. */
    record After(Instant due, UUID id) {
        static final After START = new After(Instant.EPOCH, new UUID(0, 0));
    }

    /** What a board says above its list. */
    record Counts(long red, long soon, long provisional) {}

    Future<List<RunningClock>> running(SqlClient on, UUID subject) {
        return list(on, RUNNING, Tuple.of(subject));
    }

    Future<List<RunningClock>> lockRunning(SqlConnection tx, UUID subject) {
        return list(tx, LOCK_RUNNING, Tuple.of(subject));
    }

    Future<List<RunningClock>> all(SqlClient on, UUID subject) {
        return list(on, ALL, Tuple.of(subject));
    }

    /** The clock whose card has waited longest and that nobody holds now; null for none. */
    Future<@Nullable RunningClock> lockCard(SqlConnection tx, Instant now) {
        return list(tx, LOCK_CARD, Tuple.of(Times.at(now))).map(found -> found.isEmpty() ? null : found.get(0));
    }

    /** Clocks that were reckoned before a change, held. */
    Future<List<RunningClock>> lockOld(SqlConnection tx, long change, Instant now, int most) {
        return list(tx, LOCK_OLD, Tuple.of(change, Times.at(now), most));
    }

    Future<Void> hold(SqlClient on, UUID clock, Instant until) {
        return on.preparedQuery(HOLD).execute(Tuple.of(clock, Times.at(until))).mapEmpty();
    }

    Future<List<RunningClock>> board(
            SqlClient on, String area, Subjects.Sight sight, Instant until, After after, int most) {
        return list(
                on,
                BOARD,
                seen(
                        Tuple.of(
                                area,
                                Times.at(until),
                                after.due().atOffset(java.time.ZoneOffset.UTC),
                                after.id(),
                                most),
                        sight));
    }

    Future<Counts> counts(SqlClient on, String area, Subjects.Sight sight, Instant now, Instant until) {
        return on.preparedQuery(COUNTS)
                .execute(seen(Tuple.of(area, Times.at(now), Times.at(until)), sight))
                .map(rows -> rows.iterator().next())
                .map(row -> new Counts(row.getLong("red"), row.getLong("soon"), row.getLong("provisional")));
    }

    private static Tuple seen(Tuple values, Subjects.Sight sight) {
        return values.addArrayOfString(sight.without().toArray(String[]::new))
                .addArrayOfUUID(sight.besides().toArray(UUID[]::new));
    }

    Future<Void> insert(SqlConnection tx, RunningClock clock) {
        return tx.preparedQuery(INSERT)
                .execute(Tuple.tuple()
                        .addUUID(clock.id())
                        .addUUID(clock.subject())
                        .addString(clock.area())
                        .addString(clock.rule().code())
                        .addOffsetDateTime(Times.at(clock.startedAt()))
                        .addLong(clock.rule().id())
                        .addLong(clock.reckoned())
                        .addOffsetDateTime(Times.at(clock.due())))
                .compose(done -> save(
                        tx,
                        clock,
                        new ClockEvent(
                                ClockEvent.Act.START,
                                clock.startedAt(),
                                null,
                                clock.due(),
                                clock.deadline().unknownYear(),
                                null)));
    }

    /** Writes a clock as it stands now, and what made it so; a null event keeps the clock's story as it is. */
    Future<Void> save(SqlConnection tx, RunningClock clock, @Nullable ClockEvent event) {
        RunningClock.Outcome outcome = clock.outcome();
        return tx.preparedQuery(SAVE)
                .execute(Tuple.tuple()
                        .addUUID(clock.id())
                        .addString(clock.area())
                        .addLong(clock.rule().id())
                        .addLong(clock.reckoned())
                        .addInteger(clock.extended())
                        .addValue(pauses(clock.pauses()))
                        .addOffsetDateTime(Times.atOrNull(clock.pausedAt()))
                        .addOffsetDateTime(Times.at(clock.due()))
                        .addOffsetDateTime(Times.atOrNull(clock.deadline().yellow()))
                        .addInteger(clock.deadline().unknownYear())
                        .addOffsetDateTime(Times.atOrNull(clock.yellowGiven()))
                        .addOffsetDateTime(Times.atOrNull(clock.redGiven()))
                        .addOffsetDateTime(Times.atOrNull(clock.next()))
                        .addOffsetDateTime(Times.atOrNull(clock.stoppedAt()))
                        .addString(outcome == null ? null : outcome.name())
                        .addString((event == null ? ClockEvent.Act.START : event.act()).name())
                        .addOffsetDateTime(Times.atOrNull(event == null ? null : event.at()))
                        .addOffsetDateTime(Times.atOrNull(event == null ? null : event.dueBefore()))
                        .addOffsetDateTime(Times.atOrNull(event == null ? null : event.dueAfter()))
                        .addString(event == null ? null : event.why())
                        .addInteger(event == null ? 0 : 1))
                .mapEmpty();
    }

    Future<List<ClockEvent>> events(SqlClient on, UUID clock) {
        return on.preparedQuery(EVENTS)
                .execute(Tuple.of(clock))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(ClockStore::event)
                        .toList());
    }

    /** What happened to each clock of a subject, the first 2000 lines of it in all. */
    Future<Map<UUID, List<ClockEvent>>> stories(SqlClient on, UUID subject) {
        return on.preparedQuery(STORIES).execute(Tuple.of(subject)).map(rows -> {
            Map<UUID, List<ClockEvent>> stories = new HashMap<>();
            rows.forEach(row -> stories.computeIfAbsent(row.getUUID("clock"), clock -> new ArrayList<>())
                    .add(event(row)));
            return stories;
        });
    }

    private static ClockEvent event(Row row) {
        return new ClockEvent(
                ClockEvent.Act.valueOf(row.getString("act")),
                Times.of(row, "at"),
                Times.orNull(row, "due_before"),
                Times.orNull(row, "due_after"),
                row.getInteger("unknown_year"),
                row.getString("why"));
    }

    private static Future<List<RunningClock>> list(SqlClient on, String sql, Tuple with) {
        return on.preparedQuery(sql)
                .execute(with)
                .map((RowSet<Row> rows) -> StreamSupport.stream(rows.spliterator(), false)
                        .map(ClockStore::clock)
                        .toList());
    }

    private static RunningClock clock(Row row) {
        String outcome = row.getString("ended");
        ClockRule rule = new ClockRule(
                row.getLong("rule_row"),
                row.getString("profile"),
                row.getString("code"),
                row.getString("label"),
                row.getString("article"),
                row.getString("counts_from"),
                row.getInteger("amount"),
                ClockUnit.valueOf(row.getString("counted")),
                row.getBoolean("day_end"),
                row.getBoolean("rule_pauses"),
                row.getInteger("max_extension"),
                row.getInteger("yellow"));
        return new RunningClock(
                row.getUUID("clock_id"),
                row.getUUID("subject"),
                row.getString("area"),
                rule,
                row.getLong("reckoned"),
                Times.of(row, "started_at"),
                row.getInteger("extended"),
                pauses(row.getJsonArray("pauses")),
                Times.orNull(row, "paused_at"),
                new Deadline(Times.of(row, "due_at"), Times.orNull(row, "yellow_at"), row.getInteger("unknown_year")),
                Times.orNull(row, "yellow_given"),
                Times.orNull(row, "red_given"),
                Times.orNull(row, "stopped_at"),
                outcome == null ? null : RunningClock.Outcome.valueOf(outcome));
    }

    private static JsonArray pauses(List<Reckoning.Pause> pauses) {
        JsonArray list = new JsonArray();
        pauses.forEach(one -> list.add(
                new JsonArray().add(one.from().toEpochMilli()).add(one.to().toEpochMilli())));
        return list;
    }

    private static List<Reckoning.Pause> pauses(JsonArray list) {
        List<Reckoning.Pause> pauses = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            JsonArray one = list.getJsonArray(i);
            pauses.add(new Reckoning.Pause(Instant.ofEpochMilli(one.getLong(0)), Instant.ofEpochMilli(one.getLong(1))));
        }
        return List.copyOf(pauses);
    }
}
