package linge.admission;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import linge.cases.Case;
import linge.cases.CaseActs;
import linge.cases.LeaveNotices;
import linge.cases.StaffCases;
import linge.grids.Grids;
import linge.http.Contract;
import linge.shared.Names;
import org.jspecify.annotations.Nullable;

/** The parts of the admission list put together. */
public final class AdmissionHouse {

    /** What they stand on. */
    public record Ground(Pool db, Clock clock, StaffCases cases, Grids grids, LeaveNotices notices, Names names) {}

    private final Pool db;
    private final Gate gate;
    private final AdmissionApi api;

    /** From now on what departments hand to grids passes the list. */
    public AdmissionHouse(Ground on, CaseActs acts) {
        this.db = on.db();
        AdmissionStore store = new AdmissionStore(on.names());
        this.gate = new Gate(on.clock(), store);
        acts.readBy(gate);
        this.api = new AdmissionApi(on, store, gate);
    }

    public void mount(Contract contract) {
        api.mount(contract);
    }

    /** Why a grid may have this matter, as a reason to read; null where no list in force names it. */
    public Future<@Nullable String> reason(Case c) {
        return gate.reason(db, c);
    }
}
