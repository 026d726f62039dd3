package linge.cases;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A move made: the case before and after, and the line it adds to the history. Filing has no before. */
public record Moved(@Nullable Case before, Case after, HistoryLine line) {

    /** What must come next, by the same hand: whoever is dissatisfied when visited has it reopened. */
    @Nullable
    MoveRequest follows() {
        boolean again = line.move() == Move.RETURN_VISIT && after.now().visited() == Visit.DISSATISFIED;
        return again
                ? MoveRequest.of(Move.REOPEN, after.now().version()).but(r -> r.words = "回访" + line.words())
                : null;
    }

    /** What the move does to the clocks of the case. */
    public List<ClockAct> clocks() {
        return ClockAct.between(before == null ? null : before.now(), after.now(), line.at());
    }
}
