package linge.grids.intake;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import linge.bot.place.Gazetteer;
import linge.grids.Grid;
import linge.grids.GridKind;
import linge.grids.GridVersion;
import linge.grids.GridVersions;
import linge.grids.Grids;
import org.jspecify.annotations.Nullable;

/** Takes a deployment's own grids from a GeoJSON file: all of them as a new version, or none and every fault. */
public final class GridImport {
    private final Gazetteer gazetteer;
    private final Clock clock;

    public GridImport(Gazetteer gazetteer, Clock clock) {
        this.gazetteer = gazetteer;
        this.clock = clock;
    }

    /**
     * What to import.
     *
     * @param effectiveFrom first day in force; null for today in Shanghai
     * @param name what the version is called; null for the file's name
     * @param by who imports it
     */
    public record Order(
            Path file,
            @Nullable LocalDate effectiveFrom,
            @Nullable String name,
            String by) {
        String source() {
            if (name != null && !name.isBlank()) {
                return name.strip();
            }
            Path last = file.getFileName();
            return last == null ? "?" : last.toString();
        }
    }

    /** A file's grids in wgs84, with all that is wrong with them. */
    public record Looked(List<Grid> grids, GridReport report) {}

    /**
     * Reads and checks a file beside the grids in force, and stores nothing; blocks, seconds for 10,000 grids.
     *
     * @param inForce what the file's ground is held against to see whether its reference system was declared rightly
     */
    public Looked look(Path file, List<Grid> inForce) {
        GridCheck.Checked checked = GridCheck.check(GridFile.read(file), gazetteer, GroundCheck.Tolerance.usual());
        List<GridFault> faults = new ArrayList<>(checked.faults());
        String shifted = CrsGuess.fault(checked.grids(), inForce);
        if (shifted != null) {
            faults.add(0, GridFault.ofFile(shifted));
        }
        List<String> warnings = new ArrayList<>(checked.warnings());
        warnings.addAll(0, Strangers.among(checked.grids(), gazetteer));
        GridCheck.Checked all = new GridCheck.Checked(checked.grids(), faults, warnings);
        return new Looked(checked.grids(), report(all, null));
    }

    /** Reads and checks the file and stores nothing; blocks, seconds for 10,000 grids. */
    public GridReport check(Order order) {
        return report(checked(order), null);
    }

    /**
     * Checks on a worker thread, stores in one transaction, and tells nodes on the event bus; a node that this one is
     * not joined with looks for itself within {@link Grids.Options#lookAgain}.
     *
     * @return the report; it fails only when the database does
     */
    public Future<GridReport> run(Vertx vertx, GridVersions versions, Order order) {
        return vertx.executeBlocking(() -> checked(order)).compose(checked -> {
            if (!checked.faults().isEmpty()) {
                return Future.succeededFuture(report(checked, null));
            }
            return versions.add(version(order), checked.grids()).map(added -> report(checked, added));
        });
    }

    private GridCheck.Checked checked(Order order) {
        GridCheck.Checked checked =
                GridCheck.check(GridFile.read(order.file()), gazetteer, GroundCheck.Tolerance.usual());
        LocalDate from = order.effectiveFrom();
        if (from == null || !from.isBefore(today())) {
            return checked;
        }
        List<GridFault> faults = new ArrayList<>(checked.faults());
        faults.add(GridFault.ofFile("生效日期" + from + "早于今天；旧诉求保留原网格，新版本只能从今天或以后生效。"));
        return new GridCheck.Checked(checked.grids(), faults, checked.warnings());
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), Grids.SHANGHAI);
    }

    private GridVersion version(Order order) {
        LocalDate from = order.effectiveFrom();
        return new GridVersion(0, from == null ? today() : from, order.source(), false, order.by(), clock.instant());
    }

    private static GridReport report(GridCheck.Checked checked, @Nullable GridVersion version) {
        long dedicated = checked.grids().stream()
                .map(Grid::kind)
                .filter(kind -> kind == GridKind.DEDICATED)
                .count();
        return new GridReport(
                (int) (checked.grids().size() - dedicated),
                (int) dedicated,
                checked.faults(),
                checked.warnings(),
                version);
    }
}
