package linge.desk;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import java.util.function.Function;
import linge.cases.Case;
import linge.cases.Cases;
import linge.cases.StaffCases;
import linge.http.Contract;
import linge.shared.Names;
import linge.triage.Understanding;
import org.jspecify.annotations.Nullable;

/** The parts of the centre's desk put together. */
public final class DeskHouse {

    /** What the desk stands on. */
    public record Ground(
            Pool db, Clock clock, Cases cases, Cases.Ground casesOn, Understanding understanding, Names names) {}

    private final StaffCases cases;
    private final SavedFilters filters;
    private final Batches batches;
    private final Advice advice;

    /** @param admitted why a grid may have a case, in words; null where nothing says so */
    public DeskHouse(Ground on, Function<Case, Future<@Nullable String>> admitted) {
        this.cases = new StaffCases(on.cases(), on.casesOn());
        this.filters = new SavedFilters(on.db(), on.clock());
        this.batches = new Batches(on.db(), on.clock(), cases);
        this.advice = new Advice(cases, new Practice(on.db(), on.clock()), on.understanding(), on.names(), admitted);
    }

    public void mount(Contract contract) {
        new DeskApi(cases, filters, batches, advice).mount(contract);
    }

    /** Housekeeping. */
    public Future<Void> forgetOld() {
        return batches.forgetOld();
    }
}
