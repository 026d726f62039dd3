package linge.cases;

import org.jspecify.annotations.Nullable;

/** A move made: the case before and after, and the line it adds to the history. Filing has no before. */
public record Moved(@Nullable Case before, Case after, HistoryLine line) {

    /** The same, made by somebody else: who found a matter is not whose it is. */
    Moved by(Actor actor) {
        return new Moved(
                before,
                after,
                new HistoryLine(
                        line.seq(),
                        line.move(),
                        line.from(),
                        line.to(),
                        line.at(),
                        HistoryLine.By.of(actor),
                        line.words(),
                        line.holder()));
    }
}
