package linge.mediation;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import java.time.Duration;
import linge.cases.CaseActs;
import linge.cases.OwnCases;
import linge.clocks.Clocks;
import linge.clocks.Subjects;
import linge.db.RateLimits;
import linge.grids.Grids;
import linge.http.Contract;
import linge.notify.Outbox;
import linge.residents.Residents;
import linge.shared.Names;
import linge.staff.Staff;

/** The parts of people's mediation put together; a dispute that is being mediated holds its case open. */
public final class MediationHouse {

    /** What mediations stand on. */
    public record Ground(
            Vertx vertx,
            Pool db,
            Clock clock,
            Clocks clocks,
            Residents residents,
            Staff staff,
            Grids grids,
            RateLimits limits,
            Outbox outbox,
            Names names) {}

    private static final Duration CLOCK_EVERY = Duration.ofSeconds(15);

    private final Ground on;
    private final MediationStore store = new MediationStore();
    private final Mediations mediations;
    private final Committees committees;
    private final MediationClock clock;

    public MediationHouse(Ground on, CaseActs cases) {
        this.on = on;
        this.committees = new Committees(on.db(), on.clock(), on.names());
        this.mediations = new Mediations(on, store, new MediationNotices(on.names(), on.staff(), store), cases);
        this.clock = new MediationClock(on.vertx(), mediations, CLOCK_EVERY);
        cases.guard((tx, c) -> store.runningOf(tx, c.facts().id())
                .map(running -> running == null
                        ? null
                        : "这件诉求正在调解（" + running.facts().number() + "，"
                                + running.now().state().label() + "）。请等调解有了结果，或撤回调解，再办结。"));
        cases.deadlines(mediations::reckoned);
    }

    public void mount(Contract contract, OwnCases cases) {
        new MediationApi(on, mediations, store, committees, cases).mount(contract);
    }

    /** Committees of the demo city, where there are none. */
    public Future<Void> makeUpCommittees() {
        return committees.makeUp();
    }

    /** What a board of clocks says of mediations. */
    public Subjects subjects() {
        return new MediationSubjects(on.db(), store, on.names());
    }

    public MediationClock clock() {
        return clock;
    }
}
