package linge.twins;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import linge.bot.twins.Marks;
import linge.cases.Case;
import linge.cases.CaseActs;
import linge.cases.CaseState;
import linge.cases.Move;
import linge.cases.MoveRequest;
import linge.cases.Moved;
import linge.cases.Witness;
import linge.db.AuditLog;
import linge.shared.Caller;
import linge.shared.Refusal;

/** Merges cases into a lead, splits them off, and takes them along wherever the lead goes. */
final class Merging implements Witness {

    private static final String MERGED = "与同一事项合并办理，编号、时限和评价都不变；仍可以催办、补充。";
    private static final String LEAD_IS_GONE = "合并办理的事项已经撤回，您的诉求恢复单独办理。";
    private static final int TRIES = 3;
    private static final String DEADLOCK = "40P01";

    private final Pool db;
    private final Clock clock;
    private final TwinStore store;
    private final CaseActs acts;

    Merging(Pool db, Clock clock, TwinStore store, CaseActs acts) {
        this.db = db;
        this.clock = clock;
        this.store = store;
        this.acts = acts;
    }

    /** Merges one case into a lead; refused with the kinds of {@link Case#make}, or {@code OUT_OF_TURN} where it leads others itself. */
    Future<Case> merge(String lead, String number, int version, Caller.Staff who) {
        return again(
                        () -> db.withTransaction(tx -> both(tx, lead, number, who)
                                .compose(pair -> leadsNobody(tx, pair.one())
                                        .compose(ok -> acts.make(
                                                tx,
                                                number,
                                                MoveRequest.of(Move.MERGE, version)
                                                        .but(r -> {
                                                            r.lead = pair.lead();
                                                            r.words = MERGED;
                                                        }),
                                                who))
                                        .compose(moved -> AuditLog.write(
                                                        tx,
                                                        who,
                                                        "case.merge",
                                                        lead,
                                                        new JsonObject().put("merged", number),
                                                        clock.instant().truncatedTo(ChronoUnit.MILLIS))
                                                .map(moved)))),
                        TRIES)
                .onSuccess(acts::changed)
                .map(Moved::after);
    }

    /** Brings a merged case back to where it stood by itself. */
    Future<Case> split(String number, int version, String words, Caller.Staff who) {
        return again(
                        () -> AuditLog.with(
                                db,
                                who,
                                "case.split",
                                number,
                                new JsonObject(),
                                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                                tx -> acts.make(
                                        tx,
                                        number,
                                        MoveRequest.of(Move.SPLIT, version).but(r -> r.words = words),
                                        who)),
                        TRIES)
                .onSuccess(acts::changed)
                .map(Moved::after);
    }

    private record Pair(Case lead, Case one) {}

    /** Always in the order of their numbers, so that two who merge the same cases do not wait for each other. */
    private Future<Pair> both(SqlConnection tx, String lead, String number, Caller.Staff who) {
        if (lead.equals(number)) {
            return Future.failedFuture(Refusal.notSensible("/lead", "请选择另一件诉求作为主案。"));
        }
        boolean leadFirst = lead.compareTo(number) < 0;
        return acts.lock(tx, leadFirst ? lead : number, who)
                .compose(first -> acts.lock(tx, leadFirst ? number : lead, who)
                        .map(second -> leadFirst ? new Pair(first, second) : new Pair(second, first)));
    }

    private Future<Void> leadsNobody(SqlConnection tx, Case c) {
        return store.followers(tx, c.facts().id()).map(followers -> {
            if (!followers.isEmpty()) {
                throw Refusal.of(
                                Refusal.Kind.OUT_OF_TURN,
                                "这件诉求自己带着 " + followers.size() + " 件合并办理的诉求，不能再并入别的；请选它作主案，或先拆案。")
                        .with("version", c.now().version())
                        .with("state", c.now().state().name());
            }
            return null;
        });
    }

    /** A lead that moves takes its followers along while others want the same rows: one of the two tries again. */
    private static <T> Future<T> again(Supplier<Future<T>> work, int tries) {
        return work.get()
                .recover(failure -> tries > 1 && failure instanceof PgException pg && DEADLOCK.equals(pg.getSqlState())
                        ? again(work, tries - 1)
                        : Future.failedFuture(failure));
    }

    @Override
    public Future<Void> saw(SqlConnection tx, Moved moved) {
        Case after = moved.after();
        Case before = moved.before();
        Future<Void> marked = before == null || moved.line().move() == Move.CORRECT
                ? store.mark(tx, after.facts().id(), Marks.of(Reports.of(after)))
                : Future.succeededFuture();
        boolean went = before != null
                && before.now().state() != after.now().state()
                && after.now().mergedInto() == null;
        return went && carries(after.now().state()) ? marked.compose(ok -> takeAlong(tx, after)) : marked;
    }

    /** Who was told rates and rests by themselves. */
    private static boolean carries(CaseState state) {
        return state != CaseState.RATED && state != CaseState.ARCHIVED;
    }

    private Future<Void> takeAlong(SqlConnection tx, Case lead) {
        boolean gone = lead.now().state() == CaseState.WITHDRAWN;
        List<Moved> along = new ArrayList<>();
        return store.lockOpenFollowers(tx, lead.facts().id())
                .compose(followers -> {
                    Future<Void> done = Future.succeededFuture();
                    for (TwinStore.Follower one : followers) {
                        MoveRequest request = gone
                                ? MoveRequest.of(Move.SPLIT, one.version()).but(r -> r.words = LEAD_IS_GONE)
                                : MoveRequest.of(Move.FOLLOW, one.version()).but(r -> {
                                    r.lead = lead;
                                    r.words = CaseActs.wordsOfFollowing(lead);
                                });
                        done = done.compose(ok -> acts.make(tx, one.number(), request, Caller.NOBODY))
                                .map(moved -> {
                                    along.add(moved);
                                    return null;
                                });
                    }
                    return done;
                })
                .onSuccess(done -> {
                    var transaction = tx.transaction();
                    if (!along.isEmpty() && transaction != null) {
                        transaction.completion().onSuccess(committed -> along.forEach(acts::changed));
                    }
                });
    }
}
