package linge.cases;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.UUID;
import linge.clocks.Clocks;
import linge.clocks.RunningClock;
import linge.shared.Caller;
import org.jspecify.annotations.Nullable;

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

    /**
     * The same by somebody whose office serves at a county's centre: made as its desk makes it, under their own name. The feature
     * decides who that is. Fails as {@link #make}, but for the post.
     */
    public Future<Moved> makeAtCentre(
            SqlConnection tx, String number, MoveRequest request, Caller.Staff who, String county) {
        return cases.actAtCentre(tx, number, request, who, county);
    }

    /** Holds a case for this transaction, whoever asks; nothing where it is not there. */
    public Future<Void> hold(SqlConnection tx, UUID id) {
        return cases.hold(tx, id);
    }

    /** From now on this hears cards of clocks that are no case's own deadline; to be called before requests are served. */
    public void cards(Clocks.Listener<Clocks.Card> listener) {
        cases.cards(listener);
    }

    /** Cases by their ids, in no order; those that are not there are left out. Whether somebody may see them is another question. */
    public Future<List<Case>> all(SqlClient on, List<UUID> ids) {
        return cases.all(on, ids);
    }

    /** Why this person may not merge {@code c} into {@code lead}, in one sentence; null when they may. */
    public static @Nullable String againstMerging(Case c, Case lead, Caller.Staff who) {
        String notTheirs = CasePolicy.against(new Actor.Staff(who), Move.MERGE, c);
        if (notTheirs != null) {
            return notTheirs;
        }
        if (!Move.MERGE.from().contains(c.now().state())) {
            return "诉求现在是“" + c.now().state().label() + "”，不能并入别的诉求。";
        }
        return c.now().mergedInto() != null ? "这件诉求已经并入别的诉求。" : Following.against(c, lead);
    }

    /** What the resident of a case is told that follows {@code lead}. */
    public static String wordsOfFollowing(Case lead) {
        return Following.words(lead);
    }

    /** Live pages look again; to be called after the commit. */
    public void changed(Moved moved) {
        cases.changed(moved);
    }

    /** From now on this is asked before a case is closed; to be called before requests are served. */
    public void guard(ClosingGuard guard) {
        cases.guard(guard);
    }

    /** From now on this reads what staff are about to do; to be called before requests are served. */
    public void readBy(MoveGuard guard) {
        cases.guard(guard);
    }

    /**
     * From now on this hears of other deadlines of clocks that run by rules of its own feature, for a case or for something else; to
     * be called before requests are served.
     */
    public void deadlines(Clocks.Listener<RunningClock> listener) {
        cases.deadlines(listener);
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
