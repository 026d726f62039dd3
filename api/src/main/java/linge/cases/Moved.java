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

    /** The same with something the history keeps beside the words. */
    Moved remarking(String remark) {
        String words = line.words();
        return with(line.by(), (words == null ? "" : words) + "（" + remark + "）");
    }

    /** The same, made by somebody else: who found a matter is not whose it is. */
    Moved by(Actor actor) {
        return with(HistoryLine.By.of(actor), line.words());
    }

    private Moved with(HistoryLine.By by, @Nullable String words) {
        return new Moved(
                before,
                after,
                new HistoryLine(
                        line.seq(),
                        line.move(),
                        line.from(),
                        line.to(),
                        line.at(),
                        by,
                        words,
                        line.holder(),
                        line.media()));
    }
}
