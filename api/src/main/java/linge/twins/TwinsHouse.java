package linge.twins;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import linge.bot.twins.Marks;
import linge.bot.twins.Report;
import linge.bot.twins.Twins;
import linge.cases.Case;
import linge.cases.CaseActs;
import linge.cases.OwnCases;
import linge.db.RateLimits;
import linge.grids.Grids;
import linge.http.Brake;
import linge.http.Contract;
import linge.media.Media;
import linge.shared.Names;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Duplicates put together: marks for every case, candidates, the hint while somebody writes, merging and splitting. */
public final class TwinsHouse {

    private static final Logger log = LoggerFactory.getLogger(TwinsHouse.class);

    /** Cases older than this meet no new report. */
    private static final Duration MARKED = Duration.ofDays(70);

    private static final int BATCH = 200;

    /** What they stand on. */
    public record Ground(
            Vertx vertx,
            Pool db,
            Clock clock,
            CaseActs acts,
            OwnCases cases,
            Media media,
            Grids grids,
            Names names,
            RateLimits limits) {}

    private final Ground on;
    private final WorkerExecutor workers;
    private final TwinStore store = new TwinStore();
    private final Finding finding;
    private final Merging merging;

    /** From now on every new case is marked, and who follows a lead goes along with it. */
    public TwinsHouse(Ground on) {
        this.on = on;
        this.workers = on.vertx().createSharedWorkerExecutor("twins", 2);
        this.finding = new Finding(on.db(), on.clock(), workers, store, on.acts());
        this.merging = new Merging(on.db(), on.clock(), store, on.acts());
        on.acts().witness(merging);
    }

    public void mount(Contract contract) {
        // Who tries words, places and categories one after the other to learn what others reported is slowed down soon.
        Brake brake = new Brake(0.5, 40, on.clock());
        new TwinsApi(on, finding, merging, store, brake).mount(contract);
    }

    /** Loads what the bot compares with, so that nobody's first complaint waits for it. */
    public Future<Void> warmUp() {
        Report some = new Report("路灯坏了", null, null, null, null, on.clock().instant());
        return workers.executeBlocking(() -> Twins.shipped().compare(some, some), false)
                .mapEmpty();
    }

    /** Marks cases that came in before there were marks, or that other marks were made for; goes on beside the service. */
    public void start() {
        markOld().onFailure(failure -> log.warn("marking of older cases goes on at the next start", failure));
    }

    private Future<Void> markOld() {
        return store.unmarked(on.db(), on.clock().instant().minus(MARKED), BATCH)
                .compose(ids -> ids.isEmpty()
                        ? Future.succeededFuture()
                        : on.acts().all(on.db(), ids).compose(this::mark).compose(done -> markOld()));
    }

    private Future<Void> mark(List<Case> cases) {
        return workers.executeBlocking(
                        () -> cases.stream()
                                .collect(Collectors.toMap(c -> c.facts().id(), c -> Marks.of(Reports.of(c)))),
                        false)
                .compose(this::mark);
    }

    private Future<Void> mark(Map<UUID, Set<Long>> marks) {
        return on.db().withTransaction(tx -> {
            Future<Void> done = Future.succeededFuture();
            for (Map.Entry<UUID, Set<Long>> one : marks.entrySet()) {
                done = done.compose(ok -> store.mark(tx, one.getKey(), one.getValue()));
            }
            return done;
        });
    }
}
