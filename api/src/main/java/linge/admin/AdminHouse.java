package linge.admin;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.nio.file.Path;
import java.time.Clock;
import linge.grids.Grids;
import linge.http.Contract;
import linge.shared.Names;

/** The parts of administration put together. */
public final class AdminHouse {

    /**
     * What administration stands on.
     *
     * @param folder the node's own; uploads lie below it while they are checked
     */
    public record Ground(Vertx vertx, Pool db, Clock clock, Grids grids, Names names, Path folder) {}

    private final Ground on;
    private final GridImports imports;

    public AdminHouse(Ground on) {
        this.on = on;
        this.imports = new GridImports(on);
    }

    public void mount(Contract contract) {
        new AreasApi(new AreaCounts(on.db(), on.clock(), on.grids()), on.db(), on.grids(), on.names()).mount(contract);
        new AreaNamesApi(new AreaNames(on.db(), on.clock(), on.grids())).mount(contract);
        new HomeApi(on.db(), on.clock(), new AreaCounts(on.db(), on.clock(), on.grids()), on.grids()).mount(contract);
        new GridImportApi(imports).mount(contract);
        new AuditApi(on.vertx(), new AuditTrail(on.db(), on.clock()), on.names()).mount(contract);
    }

    /** Housekeeping: files that nobody gave a day. */
    public Future<Void> forgetOld() {
        return imports.forgetOld();
    }
}
