package linge.board;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import linge.cases.Witness;
import linge.grids.Grids;
import linge.http.Contract;
import linge.shared.Names;

/** The parts of the leader's board put together. */
public final class BoardHouse {

    /** What the board stands on. */
    public record Ground(Vertx vertx, Pool db, Clock clock, Grids grids, Names names) {}

    private final Ground on;
    private final Rounds rounds = new Rounds();

    public BoardHouse(Ground on) {
        this.on = on;
    }

    /** Keeps up what is counted, in the transaction of every move. */
    public Witness witness() {
        return rounds;
    }

    public void mount(Contract contract) {
        BoardView view = new BoardView(on.grids(), on.names());
        new BoardApi(
                        new Board(on.db()),
                        view,
                        new HotReports(on.vertx(), on.db(), on.grids(), on.names()),
                        new AreaShapes(on.vertx(), on.grids(), on.names()),
                        new Exports(on.vertx(), on.db(), on.clock(), view),
                        on.clock())
                .mount(contract);
    }

    /** Counts what was there before it was counted; on every start, and soon over where nothing is left to do. */
    public Future<Void> start() {
        return rounds.catchUp(on.db());
    }
}
