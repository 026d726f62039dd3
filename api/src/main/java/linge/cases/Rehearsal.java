package linge.cases;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import linge.db.RateLimits;
import linge.notify.Outbox;
import linge.residents.Residents;
import linge.shared.Caller;
import org.jspecify.annotations.Nullable;

/**
 * Cases lived through by a script with a clock of its own: by the ordinary code, so that what comes out is what would have come
 * out. The clock moves only the case it is asked to move; live pages hear of nothing.
 */
public final class Rehearsal {

    private final Cases cases;

    /**
     * @param db where it is written, e.g. one transaction of the script's
     * @param clock what time it is in the script
     */
    public Rehearsal(
            Cases.Ground on,
            Pool db,
            Clock clock,
            Residents residents,
            Outbox outbox,
            RateLimits limits,
            Witness witness) {
        Cases.Ground ground = new Cases.Ground(
                db,
                clock,
                on.understanding(),
                on.grids(),
                residents,
                on.staff(),
                on.media(),
                outbox,
                limits,
                on.names(),
                on.clocks());
        this.cases = new Cases(ground, witness, moved -> {});
    }

    /** A move on the case as the script has it. */
    public static MoveRequest move(
            Move move,
            Case on,
            @Nullable String words,
            @Nullable String channel,
            @Nullable Holder target,
            @Nullable Integer score) {
        return MoveRequest.of(move, on.now().version()).but(r -> {
            r.words = words;
            r.channel = channel;
            r.target = target;
            r.score = score;
            r.without = move == Move.REPORT_BACK ? "演示数据没有照片" : null;
        });
    }

    public Future<Case> file(Caller.Resident resident, OwnCases.Matter matter) {
        return cases.forward(resident, matter.filing());
    }

    public Future<Case> make(String number, MoveRequest request, Caller caller) {
        return cases.make(number, request, caller);
    }

    /** The clock's move on this case, if its time has come. */
    public Future<Case> clock(String number) {
        return cases.makeDueMove(number);
    }
}
