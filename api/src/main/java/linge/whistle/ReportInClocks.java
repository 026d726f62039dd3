package linge.whistle;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.Objects;
import linge.clocks.Clocks;
import linge.clocks.RunningClock;
import org.jspecify.annotations.Nullable;

/**
 * The clock of an open whistle. It runs for the case, from the whistle until nobody is awaited any more; where the meeting was
 * appointed for later than the rule asks, that time was agreed and no clock runs. The whistle's deadline follows its clock.
 */
final class ReportInClocks {

    /**
     * Until when departments must be there.
     *
     * @param due by the rule alone
     */
    record Promise(ReportInRule rule, Instant due) {}

    private final Clocks clocks;
    private final WhistleStore store;

    ReportInClocks(Clocks clocks, WhistleStore store) {
        this.clocks = clocks;
        this.store = store;
    }

    /** What a whistle blown at this moment promises in this area. */
    Future<Promise> promise(SqlClient on, String area, boolean emergency, Instant at) {
        String code = ReportInRule.codeOf(emergency);
        return clocks.rule(on, area, code)
                .compose(rule -> clocks.deadline(on, area, code, at)
                        .map(deadline -> new Promise(ReportInRule.of(emergency, rule), deadline.due())));
    }

    /** Starts the clock of a whistle just written. */
    Future<Void> start(SqlConnection tx, Whistle blown, Promise promise) {
        Whistle.Facts facts = blown.facts();
        return facts.due().isAfter(promise.due())
                ? Future.succeededFuture()
                : clocks.start(tx, facts.caseId(), facts.area(), facts.rule().code(), facts.blownAt())
                        .compose(deadline -> deadline.due().equals(facts.due())
                                ? Future.succeededFuture()
                                // The rule changed between the promise and its clock.
                                : follow(tx, blown));
    }

    /** Ends it when nobody is awaited any more. */
    Future<Void> keep(SqlConnection tx, Whistle before, Whistle.Acted acted) {
        Whistle after = acted.after();
        if (before.now().state() != WhistleState.CALLED || after.now().state() == WhistleState.CALLED) {
            return Future.succeededFuture();
        }
        Whistle.Facts facts = after.facts();
        String code = facts.rule().code();
        Whistle.Closing closing = after.now().closing();
        Instant at = acted.line().at();
        return closing == null
                ? clocks.stop(tx, facts.caseId(), code, at).mapEmpty()
                : clocks.cancel(tx, facts.caseId(), code, at, Objects.requireNonNullElse(closing.words(), "吹哨已结束"));
    }

    /** How the clock of an open whistle stands; null when none runs. */
    Future<@Nullable RunningClock> of(SqlClient on, Whistle whistle) {
        Whistle.Facts facts = whistle.facts();
        return clocks.running(on, facts.caseId())
                .map(running -> running.stream()
                        .filter(one -> one.rule().code().equals(facts.rule().code()))
                        .findFirst()
                        .orElse(null));
    }

    /** The whistle, held, gets the deadline that its clock has now. */
    Future<Void> follow(SqlConnection tx, Whistle held) {
        return of(tx, held)
                .compose(clock -> clock == null
                        ? Future.succeededFuture()
                        : store.follow(tx, held.facts().id(), clock));
    }

    /** The clock has another deadline; false when somebody has the whistle in hand. It holds the clock, so it waits for nobody. */
    Future<Boolean> reckoned(SqlConnection tx, RunningClock clock) {
        return store.openOf(tx, clock.subject()).compose(open -> {
            if (open == null || !open.facts().rule().code().equals(clock.rule().code())) {
                return Future.succeededFuture(true);
            }
            return store.tryLock(tx, open.facts().id())
                    .compose(held -> held
                            ? store.follow(tx, open.facts().id(), clock).map(true)
                            : Future.succeededFuture(false));
        });
    }
}
