package linge.fieldwork;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import linge.cases.FieldCases;
import linge.db.RateLimits;
import linge.grids.Grids;
import linge.http.Contract;
import linge.media.Media;
import linge.residents.Residents;
import linge.shared.Caller;
import linge.shared.Names;
import org.jspecify.annotations.Nullable;

/** The parts of field work put together. */
public final class FieldworkHouse {

    /** A move that was written and never came is given up by then. */
    private static final Duration STAMPS_KEPT = Duration.ofDays(60);

    /**
     * What field work stands on.
     *
     * @param callUrl the gateway that gives privacy numbers; null for none
     * @param callSecret its bearer token
     */
    public record Ground(
            Vertx vertx,
            Pool db,
            Clock clock,
            FieldCases cases,
            Media media,
            Residents residents,
            Grids grids,
            RateLimits limits,
            Names names,
            @Nullable URI callUrl,
            @Nullable String callSecret) {}

    private final Ground on;
    private final Stamps stamps;
    private final Campaigns campaigns;
    private final FieldLogs logs;

    public FieldworkHouse(Ground on) {
        this.on = on;
        this.stamps = new Stamps(on.db());
        this.campaigns = new Campaigns(on.db(), on.clock(), on.grids(), on.names());
        this.logs = new FieldLogs(on.db(), on.clock(), on.media(), on.names(), on.limits(), campaigns);
    }

    /** Whether somebody may see the photos of the log with this id; false when there is none. */
    public Future<Boolean> maySee(Caller caller, UUID log) {
        return logs.maySee(caller, log);
    }

    public void mount(Contract contract) {
        URI url = on.callUrl();
        String secret = on.callSecret();
        MaskedCalls calls = new MaskedCalls(
                on.vertx(),
                on.db(),
                on.clock(),
                url == null || secret == null ? null : new MaskedCalls.Gateway(url, secret));
        Patrols patrols = new Patrols(on.db(), on.residents(), on.names());
        new TodayApi(on.db(), on.clock(), on.cases()).mount(contract);
        new FieldCaseApi(on.clock(), on.cases(), stamps, patrols, calls, on.names()).mount(contract);
        new FieldLogApi(on.clock(), logs, campaigns).mount(contract);
        new LedgerApi(new Ledger(on.db(), on.clock(), on.names())).mount(contract);
    }

    /** Housekeeping. */
    public Future<Void> forgetOld() {
        return stamps.forgetOld(on.clock().instant().minus(STAMPS_KEPT));
    }
}
