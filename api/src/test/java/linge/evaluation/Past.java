package linge.evaluation;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import linge.TestApp;
import linge.board.Rounds;
import linge.db.Times;
import org.jspecify.annotations.Nullable;

/** Writes the log of days gone by: cases with their histories and readings, and entries of field work. */
final class Past {

    private static final AtomicInteger NUMBERS = new AtomicInteger(500_000);

    private static final String CASE = """
            INSERT INTO cases (id, number, resident_id, client_key, request_hash, text, urgency, area, privacy, filed_at, state,
              version, holder_area, supervised, urges, updated_at, answer, confirmed)
            VALUES ($1, $2, $3, $2, $4, $5, 'NORMAL', $6, 'NAMED', $7, $8::text::case_state, 0, $6, false, 0, $7, '办好了', true)""";
    private static final String LINE = """
            INSERT INTO case_history (case_id, seq, move, from_state, to_state, at, actor_kind, actor_id, actor_area, holder_area)
            VALUES ($1, $2, $3::text::case_move, $4::text::case_state, $5::text::case_state, $6, $7::text::actor_kind, $8, $9, $10)""";
    private static final String READING =
            "INSERT INTO case_readings (case_id, seq, due_rule, due_at, score) VALUES ($1, $2, $3, $4, $5)";
    private static final String VISIT = """
            INSERT INTO field_logs (id, staff_id, client_key, request_hash, kind, campaign, area, at, said_at, phone_ahead,
              received_at, households, absent, people, words)
            SELECT gen_random_uuid(), s.id, gen_random_uuid()::text, '', $2::text::field_log_kind, $3, s.area, $4, $4, 0, $4, $5, 0, 0, '看过了'
            FROM staff s WHERE s.username = $1""";

    private final TestApp app;

    Past(TestApp app) {
        this.app = app;
    }

    /** A case as it is being written. */
    final class Life {
        private final UUID id = UUID.randomUUID();
        private final String number = String.format(java.util.Locale.ROOT, "%012d", NUMBERS.incrementAndGet());
        private final String grid;
        private final UUID resident;
        private final String text;
        private final List<Tuple> lines = new ArrayList<>();
        private final List<Tuple> readings = new ArrayList<>();
        private String state = "";
        private Instant at;

        private Life(String grid, UUID resident, Instant filed, String text) {
            this.grid = grid;
            this.resident = resident;
            this.text = text;
            this.at = filed;
        }

        Life line(
                String move,
                String to,
                Instant at,
                @Nullable String user,
                @Nullable Instant due,
                @Nullable Integer score) {
            this.at = at;
            UUID actor = user == null ? null : user.isEmpty() ? resident : staff(user);
            String kind = user == null ? "CLOCK" : user.isEmpty() ? "RESIDENT" : "STAFF";
            lines.add(Tuple.tuple()
                    .addValue(id)
                    .addValue(lines.size())
                    .addValue(move)
                    .addValue(state.isEmpty() ? null : state)
                    .addValue(to)
                    .addValue(Times.at(at))
                    .addValue(kind)
                    .addValue(actor)
                    .addValue(kind.equals("STAFF") ? grid : null)
                    .addValue(grid));
            readings.add(Tuple.of(id, lines.size() - 1, due == null ? null : "ORDINARY", Times.atOrNull(due), score));
            state = to;
            return this;
        }

        /** Writes it, and the rounds that are counted. */
        String done() {
            app.sql(db -> db.withTransaction(tx -> tx.preparedQuery(CASE)
                    .execute(Tuple.tuple()
                            .addValue(id)
                            .addValue(number)
                            .addValue(resident)
                            .addValue(Buffer.buffer("x"))
                            .addValue(text)
                            .addValue(grid)
                            .addValue(lines.get(0).getValue(5))
                            .addValue(state.equals("RATED") ? "REPORTED" : state))
                    .compose(done -> tx.preparedQuery(LINE).executeBatch(lines))
                    .compose(done -> tx.preparedQuery(READING).executeBatch(readings))));
            app.sql(db -> new Rounds().catchUp((io.vertx.sqlclient.Pool) db));
            return number;
        }
    }

    UUID staff(String user) {
        return app.sql(db -> db.preparedQuery("SELECT id FROM staff WHERE username = $1")
                .execute(Tuple.of(user))
                .map(rows -> rows.iterator().next().getUUID("id")));
    }

    UUID resident() {
        return app.sql(db -> db.preparedQuery(
                        "INSERT INTO residents (phone, name, created_at) VALUES ($1, '王小明', now()) RETURNING id")
                .execute(Tuple.of(TestApp.phone()))
                .map(rows -> rows.iterator().next().getUUID("id")));
    }

    /** Filed by a resident and accepted by somebody half an hour later, due in two hours and then in five days. */
    Life accepted(String grid, String user, Instant filed) {
        return accepted(grid, user, filed, resident());
    }

    Life accepted(String grid, String user, Instant filed, UUID resident) {
        return new Life(grid, resident, filed, "楼道的灯不亮")
                .line("FILE", "SUBMITTED", filed, "", filed.plus(Duration.ofHours(2)), null)
                .line(
                        "ACCEPT",
                        "ACCEPTED",
                        filed.plus(Duration.ofMinutes(30)),
                        user,
                        filed.plus(Duration.ofDays(5)),
                        null);
    }

    /** The same, answered so long after it was filed. */
    Life answered(String grid, String user, Instant filed, Duration after) {
        return answered(grid, user, filed, after, resident());
    }

    Life answered(String grid, String user, Instant filed, Duration after, UUID resident) {
        return accepted(grid, user, filed, resident)
                .line("REPORT_BACK", "REPORTED", filed.plus(after), user, null, null);
    }

    /** Filed by somebody who found it. */
    Life found(String grid, String user, Instant at, String text) {
        return new Life(grid, resident(), at, text)
                .line("FILE", "SUBMITTED", at, user, at.plus(Duration.ofHours(2)), null);
    }

    /** Filed by a resident; nobody has looked at it. */
    Life filed(String grid, Instant at) {
        return new Life(grid, resident(), at, "井盖松了")
                .line("FILE", "SUBMITTED", at, "", at.plus(Duration.ofHours(2)), null);
    }

    void logged(String user, String kind, @Nullable Long campaign, Instant at, int households) {
        app.sql(db -> db.preparedQuery(VISIT).execute(Tuple.of(user, kind, campaign, Times.at(at), households)));
    }

    void leave(String user, java.time.LocalDate from, java.time.LocalDate until) {
        app.sql(db -> db.preparedQuery("INSERT INTO staff_leaves (staff_id, from_day, until_day) VALUES ($1, $2, $3)")
                .execute(Tuple.of(staff(user), from, until)));
    }
}
