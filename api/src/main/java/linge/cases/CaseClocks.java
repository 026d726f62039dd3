package linge.cases;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import linge.clocks.Clocks;
import linge.clocks.Deadline;
import linge.clocks.RunningClock;
import linge.db.Times;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the clocks of a case in step with its moves, and the case's deadline with its clock: what is in force in its area counts, not
 * what the move itself reckoned with.
 */
final class CaseClocks {

    private static final String LOCK = "SELECT id FROM cases WHERE id = $1 FOR UPDATE SKIP LOCKED";
    private static final String IS_CASE = "SELECT 1 FROM cases WHERE id = $1";
    private static final String RECKONED = """
            UPDATE cases SET due_at = $3,
                wake_at = CASE WHEN wake_at IS NULL OR state = 'SUSPENDED' THEN wake_at ELSE $4::timestamptz END
            WHERE id = $1 AND due_rule = $2 AND due_at IS NOT NULL""";

    private static final String FIRST = "UPDATE cases SET due_at = $2, wake_at = $3 WHERE id = $1";

    private static final String WAITS = """
            SELECT s.at AS since, (SELECT min(r.at) FROM case_history r
                WHERE r.case_id = s.case_id AND r.move = 'RESUME' AND r.seq > s.seq) AS until
            FROM case_history s WHERE s.case_id = $1 AND s.move = 'SUSPEND' AND EXISTS (SELECT FROM case_history r
                WHERE r.case_id = s.case_id AND r.move = 'RESUME' AND r.seq > s.seq) ORDER BY s.seq""";

    private final Clocks clocks;
    private final List<Clocks.Listener<RunningClock>> others = new CopyOnWriteArrayList<>();

    CaseClocks(Clocks clocks) {
        this.clocks = clocks;
    }

    /** Hears of other deadlines of clocks that are not the case's own. */
    void others(Clocks.Listener<RunningClock> listener) {
        others.add(listener);
    }

    /** Does to the clocks what a move asks for; the move as it is then, with the deadline its clock says. */
    Future<Moved> keep(SqlConnection tx, Moved moved) {
        Case before = moved.before();
        Case after = moved.after();
        Future<Void> moving =
                before == null || before.facts().area().equals(after.facts().area())
                        ? Future.succeededFuture()
                        : clocks.move(tx, after.facts().id(), after.facts().area());
        Future<@Nullable Deadline> said = moving.map((Deadline) null);
        for (ClockAct act : moved.clocks()) {
            said = said.compose(latest -> does(tx, after, act).map(next -> next == null ? latest : next));
        }
        return said.map(deadline ->
                deadline == null || after.now().due() == null || after.now().suspended()
                        ? moved
                        : new Moved(
                                before,
                                after.dueAt(
                                        deadline.due(),
                                        wake(deadline, after.now(), moved.line().at())),
                                moved.line()));
    }

    private Future<@Nullable Deadline> does(SqlConnection tx, Case c, ClockAct act) {
        java.util.UUID id = c.facts().id();
        if (act instanceof ClockAct.Start start) {
            return clocks.start(tx, id, c.facts().area(), start.rule().name(), start.at())
                    .map(deadline -> deadline);
        }
        if (act instanceof ClockAct.Stop stop) {
            return clocks.stop(tx, id, stop.rule().name(), stop.at()).map((Deadline) null);
        }
        if (act instanceof ClockAct.Pause pause) {
            return clocks.pause(tx, id, pause.at(), "挂起").map((Deadline) null);
        }
        if (act instanceof ClockAct.Resume resume) {
            return clocks.resume(tx, id, resume.at())
                    .compose(nearest -> clocks.running(tx, id))
                    .map(running -> running.stream()
                            .filter(one -> one.pausedAt() == null && isOfCase(one))
                            .findFirst()
                            .map(RunningClock::deadline)
                            .orElse(null));
        }
        ClockAct.Extend extend = (ClockAct.Extend) act;
        return clocks.extend(tx, id, extend.rule().name(), extend.days(), extend.at(), "批准延期")
                .map(deadline -> deadline);
    }

    /** How long a case may wait by the rule in force where it is, and how long it has. */
    Future<Patience> patience(SqlConnection tx, Case c) {
        return clocks.rule(tx, c.facts().area(), Patience.RULE)
                .compose(rule -> tx.preparedQuery(WAITS)
                        .execute(Tuple.of(c.facts().id()))
                        .map(rows -> {
                            List<Patience.Wait> waits = new ArrayList<>();
                            rows.forEach(row ->
                                    waits.add(new Patience.Wait(Times.of(row, "since"), Times.of(row, "until"))));
                            return new Patience(rule.label(), rule.amount(), waits);
                        }));
    }

    /** Starts the first clock of a case just written, and gives the case its deadline. */
    Future<Moved> filed(SqlConnection tx, Moved moved) {
        return keep(tx, moved).compose(kept -> {
            Case.Now now = kept.after().now();
            return tx.preparedQuery(FIRST)
                    .execute(Tuple.of(kept.after().facts().id(), Times.atOrNull(now.due()), Times.atOrNull(now.wake())))
                    .map(kept);
        });
    }

    /** The clock looks when the yellow card is due, then at the deadline; one that was warned of stays so. */
    private static @Nullable Instant wake(Deadline deadline, Case.Now now, Instant at) {
        Instant yellow = deadline.yellow();
        if (now.wake() == null) {
            return null;
        }
        return yellow != null && yellow.isAfter(at) ? yellow : deadline.due();
    }

    /** Reckons again what a change of calendar, hours or rules has reached; false when nothing is left to do. */
    Future<Boolean> reckonAgain() {
        return clocks.reckonAgain((tx, clock) -> isOfCase(clock) ? reckoned(tx, clock) : toldOthers(tx, clock));
    }

    private Future<Boolean> toldOthers(SqlConnection tx, RunningClock clock) {
        Future<Boolean> heard = Future.succeededFuture(true);
        for (Clocks.Listener<RunningClock> other : others) {
            heard = heard.compose(so -> so ? other.hear(tx, clock) : Future.succeededFuture(false));
        }
        return heard;
    }

    private Future<Boolean> reckoned(SqlConnection tx, RunningClock clock) {
        return tx.preparedQuery(LOCK)
                .execute(Tuple.of(clock.subject()))
                .compose(rows -> rows.size() == 0
                        // Held by somebody: a moment later. No case: somebody else's.
                        ? tx.preparedQuery(IS_CASE)
                                .execute(Tuple.of(clock.subject()))
                                .compose(found ->
                                        found.size() > 0 ? Future.succeededFuture(false) : toldOthers(tx, clock))
                        : tx.preparedQuery(RECKONED)
                                .execute(Tuple.of(
                                        clock.subject(),
                                        clock.rule().code(),
                                        Times.at(clock.due()),
                                        Times.at(Objects.requireNonNullElse(
                                                clock.yellowGiven() == null
                                                        ? clock.deadline().yellow()
                                                        : null,
                                                clock.due()))))
                                .map(true));
    }

    /**
     * Writes down the cards of clocks. The case's own moves (CAUTION, WARN, CLIMB) come by its wake, set from the same deadline; what
     * hears of other clocks' cards is {@code others}.
     */
    Future<Boolean> cards(Clocks.Listener<Clocks.Card> others) {
        return clocks.due((tx, card) -> isOfCase(card.clock()) ? Future.succeededFuture(true) : others.hear(tx, card));
    }

    private static boolean isOfCase(RunningClock clock) {
        return List.of(DueRule.values()).stream()
                .anyMatch(rule -> rule.name().equals(clock.rule().code()));
    }
}
