package linge.cases;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A move made: the case before and after, and the line it adds to the history. Filing has no before. */
public record Moved(@Nullable Case before, Case after, HistoryLine line) {

    /** What the move does to the clocks of the case. */
    public List<ClockAct> clocks() {
        return ClockAct.between(before == null ? null : before.now(), after.now(), line.at());
    }
}
