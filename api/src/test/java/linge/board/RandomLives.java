package linge.board;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import linge.db.Times;

/** Cases with histories by the dice, written as rows: half hours apart, so that moments often fall together. */
final class RandomLives {

    static final Instant START = Instant.parse("2026-10-01T00:00:00Z");
    static final List<String> AREAS =
            List.of("140403", "140403001", "140403001001", "140403001001001", "140403002001003", "140404001001001");
    private static final List<String> CATEGORIES =
            List.of("MUNICIPAL.STREET_LAMP", "UTILITIES.HEATING", "UTILITIES.WATER");

    private static final String CASE = """
            INSERT INTO cases (id, number, resident_id, client_key, request_hash, text, category, department, urgency, area,
              privacy, filed_at, state, version, holder_area, supervised, urges, updated_at, answer, confirmed, archived_by)
            VALUES ($1, $2, $3, $2, $4, $5, $6, $7, 'NORMAL', $8, 'NAMED', $9, $10::text::case_state, 0, $8, false, 0, $9,
              '办好了', true, CASE WHEN $10::text = 'ARCHIVED' THEN 'CLOCK'::actor_kind END)""";
    private static final String LINE = """
            INSERT INTO case_history (case_id, seq, move, from_state, to_state, at, actor_kind, actor_id, holder_area)
            VALUES ($1, $2, $3::text::case_move, $4::text::case_state, $5::text::case_state, $6, 'RESIDENT', $1, '1404')""";
    private static final String READING = """
            INSERT INTO case_readings (case_id, seq, due_rule, due_at, score) VALUES ($1, $2, $3, $4, $5)""";

    private final Random dice;
    private Instant at = START;
    private Instant due;
    private String state = "";
    private int seq;
    private final List<Tuple> lines = new ArrayList<>();
    private final List<Tuple> readings = new ArrayList<>();

    private RandomLives(Random dice) {
        this.dice = dice;
    }

    /** Writes so many; whoever filed them is one resident. */
    static void write(Pool db, int cases, long seed) {
        Random dice = new Random(seed);
        UUID resident = db.preparedQuery(
                        "INSERT INTO residents (phone, name, created_at) VALUES ('13900000001', '王小明', $1) RETURNING id")
                .execute(Tuple.of(Times.at(START)))
                .await()
                .iterator()
                .next()
                .getUUID("id");
        List<Tuple> rows = new ArrayList<>();
        List<Tuple> lines = new ArrayList<>();
        List<Tuple> readings = new ArrayList<>();
        for (int i = 0; i < cases; i++) {
            UUID id = new UUID(dice.nextLong(), dice.nextLong());
            RandomLives life = new RandomLives(dice);
            life.live(id);
            String category = dice.nextInt(8) == 0 ? null : CATEGORIES.get(dice.nextInt(CATEGORIES.size()));
            rows.add(Tuple.tuple()
                    .addValue(id)
                    .addValue(String.format(java.util.Locale.ROOT, "%012d", i))
                    .addValue(resident)
                    .addValue(Buffer.buffer("x"))
                    .addValue(i % 5 == 0 ? "=cmd|' /C calc'!A0 第" + i + "件，电话 13812345678" : "第" + i + "件，\"路灯\"坏了")
                    .addValue(category)
                    .addValue(category == null ? null : "URBAN_MANAGEMENT")
                    .addValue(AREAS.get(dice.nextInt(AREAS.size())))
                    .addValue(life.lines.get(0).getValue(5))
                    .addValue(life.state));
            lines.addAll(life.lines);
            readings.addAll(life.readings);
        }
        Future<?> written = db.withTransaction(tx -> tx.preparedQuery(CASE)
                .executeBatch(rows)
                .compose(done -> tx.preparedQuery(LINE).executeBatch(lines))
                .compose(done -> tx.preparedQuery(READING).executeBatch(readings)));
        written.await();
    }

    private void live(UUID id) {
        at = START.plus(Duration.ofMinutes(30L * dice.nextInt(30 * 48)));
        due = in(1 + dice.nextInt(8));
        line(id, "FILE", "SUBMITTED", null);
        int length = dice.nextInt(14);
        for (int i = 0; i < length; i++) {
            at = at.plus(Duration.ofMinutes(30L * dice.nextInt(40)));
            next(id);
        }
    }

    private void next(UUID id) {
        int turn = dice.nextInt(10);
        switch (state) {
            case "SUBMITTED" -> {
                if (turn < 4) {
                    due = in(dice.nextInt(60));
                    line(id, "ACCEPT", "ACCEPTED", null);
                } else if (turn < 6) {
                    due = in(dice.nextInt(60));
                    line(id, "DISPATCH", "DISPATCHED", null);
                } else if (turn == 6) {
                    due = in(dice.nextInt(6));
                    line(id, "CLIMB", "SUBMITTED", null);
                } else if (turn == 7) {
                    due = null;
                    line(id, dice.nextBoolean() ? "DECLINE" : "WITHDRAW", state, null);
                } else {
                    line(id, "NOTE", "SUBMITTED", null);
                }
            }
            case "ACCEPTED", "DISPATCHED", "HANDLING" -> {
                if (turn < 4) {
                    due = null;
                    line(id, "REPORT_BACK", "REPORTED", null);
                } else if (turn == 4) {
                    line(id, "RETURN", "ACCEPTED", null);
                } else if (turn == 5) {
                    line(id, dice.nextBoolean() ? "SUPERVISE" : "WARN", state, null);
                } else if (turn == 6) {
                    // The clock stands still, or runs on to another end.
                    due = dice.nextBoolean() ? null : in(dice.nextInt(60));
                    line(id, "HANDLE", "HANDLING", null);
                } else if (turn == 7 && dice.nextInt(3) == 0) {
                    due = null;
                    line(id, "WITHDRAW", "WITHDRAWN", null);
                } else {
                    line(id, "NOTE", state, null);
                }
            }
            case "REPORTED" -> {
                if (turn < 5) {
                    line(id, "RATE", "RATED", 1 + dice.nextInt(5));
                } else if (turn < 7) {
                    due = in(dice.nextInt(60));
                    line(id, "REOPEN", "ACCEPTED", null);
                } else {
                    line(id, "ARCHIVE", "ARCHIVED", null);
                }
            }
            case "RATED" -> {
                if (turn < 3) {
                    due = in(dice.nextInt(60));
                    line(id, "REOPEN", "ACCEPTED", null);
                } else {
                    line(id, "ARCHIVE", "ARCHIVED", null);
                }
            }
            default -> {}
        }
    }

    private Instant in(int halfHours) {
        return at.plus(Duration.ofMinutes(30L * halfHours));
    }

    private void line(UUID id, String move, String to, Integer score) {
        String ends = move.equals("DECLINE") ? "DECLINED" : move.equals("WITHDRAW") ? "WITHDRAWN" : to;
        lines.add(Tuple.tuple()
                .addValue(id)
                .addValue(seq)
                .addValue(move)
                .addValue(state.isEmpty() ? null : state)
                .addValue(ends)
                .addValue(Times.at(at)));
        readings.add(Tuple.tuple()
                .addValue(id)
                .addValue(seq)
                .addValue(due == null ? null : "ORDINARY")
                .addValue(Times.atOrNull(due))
                .addValue(score == null ? null : score.shortValue()));
        state = ends;
        seq++;
    }
}
