package linge.board;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import linge.cases.Case;
import linge.cases.CaseState;
import linge.cases.Move;
import linge.cases.Moved;
import linge.cases.Witness;
import linge.db.Times;

/**
 * Rounds as rows, kept up in the transaction of every move, together with the readings of clock and score that the history does
 * not hold. A case without rounds, e.g. one of before, gets them from its history.
 */
public final class Rounds implements Witness {

    private static final int CATCH_UP = 500;

    private static final String READ = """
            INSERT INTO case_readings (case_id, seq, due_rule, due_at, score) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT DO NOTHING""";
    private static final String COLUMNS = """
            nth, opened_seq, opened_at, accept_due, accepted_at, due_at, closed_seq, closed_at, outcome, verdict_at,
            satisfied""";
    private static final String LAST =
            "SELECT " + COLUMNS + " FROM case_rounds WHERE case_id = $1 ORDER BY nth DESC LIMIT 1";
    private static final String PUT = """
            INSERT INTO case_rounds (case_id, nth, opened_seq, opened_at, accept_due, accepted_at, due_at, closed_seq,
              closed_at, outcome, verdict_at, satisfied)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
            ON CONFLICT (case_id, nth) DO UPDATE SET accept_due = $5, accepted_at = $6, due_at = $7, closed_seq = $8,
              closed_at = $9, outcome = $10, verdict_at = $11, satisfied = $12""";
    private static final String STEPS = """
            SELECT h.seq, h.to_state::text AS to_state, h.at, h.move::text AS move, r.seq IS NOT NULL AS was_read,
              r.due_at, r.score
            FROM case_history h LEFT JOIN case_readings r ON r.case_id = h.case_id AND r.seq = h.seq
            WHERE h.case_id = $1 ORDER BY h.seq""";
    private static final String WITHOUT = """
            SELECT id FROM cases c WHERE NOT EXISTS (SELECT FROM case_rounds WHERE case_id = c.id)
            ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED""";

    @Override
    public Future<Void> saw(SqlConnection tx, Moved moved) {
        UUID id = moved.after().facts().id();
        Round.Step step = step(moved);
        return read(tx, moved).compose(done -> {
            if (moved.before() == null) {
                return put(tx, id, Round.open(0, step));
            }
            return tx.preparedQuery(LAST)
                    .execute(Tuple.of(id))
                    .compose(rows -> rows.size() == 0
                            ? again(tx, id)
                            : goOn(tx, id, round(rows.iterator().next()), step));
        });
    }

    /** Gives every case without rounds its rounds; done when none is left. */
    public Future<Void> catchUp(Pool db) {
        return db.withTransaction(tx -> tx.preparedQuery(WITHOUT)
                        .execute(Tuple.of(CATCH_UP))
                        .compose(rows -> {
                            Future<Void> all = Future.succeededFuture();
                            for (Row row : rows) {
                                UUID id = row.getUUID("id");
                                all = all.compose(done -> again(tx, id));
                            }
                            return all.map(rows.size());
                        }))
                .compose(found -> found < CATCH_UP ? Future.succeededFuture() : catchUp(db));
    }

    /** The rounds that a whole history makes. */
    static List<Round> of(List<Round.Step> steps) {
        List<Round> rounds = new ArrayList<>();
        for (Round.Step step : steps) {
            if (rounds.isEmpty()) {
                rounds.add(Round.open(0, step));
                continue;
            }
            int last = rounds.size() - 1;
            Round before = rounds.get(last);
            rounds.set(last, before.after(step));
            if (before.isOver(step)) {
                rounds.add(Round.open(last + 1, step));
            }
        }
        return rounds;
    }

    private Future<Void> goOn(SqlConnection tx, UUID id, Round before, Round.Step step) {
        Round after = before.after(step);
        Future<Void> kept = after.equals(before) ? Future.succeededFuture() : put(tx, id, after);
        return before.isOver(step) ? kept.compose(done -> put(tx, id, Round.open(before.nth() + 1, step))) : kept;
    }

    /** From the history, which holds the newest line already. */
    private Future<Void> again(SqlConnection tx, UUID id) {
        return tx.preparedQuery(STEPS).execute(Tuple.of(id)).compose(rows -> {
            List<Round.Step> steps = new ArrayList<>();
            Instant due = null;
            for (Row row : rows) {
                due = Boolean.TRUE.equals(row.getBoolean("was_read")) ? Times.orNull(row, "due_at") : due;
                Short score = row.getShort("score");
                steps.add(new Round.Step(
                        row.getInteger("seq"),
                        CaseState.valueOf(row.getString("to_state")),
                        Times.of(row, "at"),
                        due,
                        row.getString("move").equals(Move.RATE.name()) && score != null ? (int) score : null));
            }
            Future<Void> all = Future.succeededFuture();
            for (Round round : of(steps)) {
                all = all.compose(done -> put(tx, id, round));
            }
            return all;
        });
    }

    private static Round.Step step(Moved moved) {
        Case.Rating rating = moved.after().now().rating();
        return new Round.Step(
                moved.line().seq(),
                moved.line().to(),
                moved.line().at(),
                moved.after().now().due(),
                moved.line().move() == Move.RATE && rating != null ? rating.score() : null);
    }

    /** Writes what the history line does not say, where it says anything new. */
    private static Future<Void> read(SqlClient tx, Moved moved) {
        Case before = moved.before();
        Case.Now now = moved.after().now();
        Integer score = step(moved).score();
        boolean same = before != null && Objects.equals(before.now().due(), now.due());
        if (same && score == null) {
            return Future.succeededFuture();
        }
        return tx.preparedQuery(READ)
                .execute(Tuple.of(
                        moved.after().facts().id(),
                        moved.line().seq(),
                        now.rule() == null ? null : now.rule().name(),
                        Times.atOrNull(now.due()),
                        score))
                .mapEmpty();
    }

    private static Future<Void> put(SqlClient tx, UUID id, Round r) {
        return tx.preparedQuery(PUT)
                .execute(Tuple.tuple()
                        .addValue(id)
                        .addValue(r.nth())
                        .addValue(r.openedSeq())
                        .addValue(Times.at(r.openedAt()))
                        .addValue(Times.atOrNull(r.acceptDue()))
                        .addValue(Times.atOrNull(r.acceptedAt()))
                        .addValue(Times.atOrNull(r.due()))
                        .addValue(r.closedSeq())
                        .addValue(Times.atOrNull(r.closedAt()))
                        .addValue(r.outcome() == null ? null : r.outcome().name())
                        .addValue(Times.atOrNull(r.verdictAt()))
                        .addValue(r.satisfied()))
                .mapEmpty();
    }

    static Round round(Row row) {
        String outcome = row.getString("outcome");
        return new Round(
                row.getInteger("nth"),
                row.getInteger("opened_seq"),
                Times.of(row, "opened_at"),
                Times.orNull(row, "accept_due"),
                Times.orNull(row, "accepted_at"),
                Times.orNull(row, "due_at"),
                row.getInteger("closed_seq"),
                Times.orNull(row, "closed_at"),
                outcome == null ? null : Round.Outcome.valueOf(outcome),
                Times.orNull(row, "verdict_at"),
                row.getBoolean("satisfied"));
    }
}
