package linge.cases;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import linge.shared.Caller;

/** Moves made by a feature above, within its own transaction: they stand or fall with what it writes. */
public final class CaseActs {

    private final Cases cases;

    public CaseActs(Cases cases) {
        this.cases = cases;
    }

    /**
     * Makes a move with its history, notices and witnesses. {@code Caller.NOBODY} stands for the service itself, which makes the
     * clock's moves. The caller commits, then calls {@link #changed}.
     *
     * <p>Fails with {@code NOT_FOUND} for a case the caller may not see, otherwise as {@link Case#make} refuses.
     */
    public Future<Moved> make(SqlConnection tx, String number, MoveRequest request, Caller caller) {
        return cases.act(tx, number, request, caller);
    }

    /** Live pages look again; to be called after the commit. */
    public void changed(Moved moved) {
        cases.changed(moved);
    }

    /** From now on this is asked before a case is closed; to be called before requests are served. */
    public void guard(ClosingGuard guard) {
        cases.guard(guard);
    }

    /** From now on this sees every move too, within its transaction; to be called before requests are served. */
    public void witness(Witness witness) {
        cases.witness(witness);
    }

    /** The case, held for this transaction; fails with {@code NOT_FOUND} also when the caller may not see it. */
    public Future<Case> lock(SqlConnection tx, String number, Caller caller) {
        return cases.lock(tx, number, caller);
    }
}
