package linge.grids;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import linge.bot.place.AddressIndex;
import linge.bot.place.Gazetteer;
import linge.grids.demo.DemoGround;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The grids in force and the names of places, in memory on every node, swapped whole when others come into force or a name
 * comes or goes.
 */
public final class Grids {
    /** Where nodes tell each other that a version was added, or that a name came or went. */
    public static final String CHANGED = "linge.grids.changed";

    /** Days begin here. */
    public static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    private static final Logger log = LoggerFactory.getLogger(Grids.class);

    /** How grids are kept in memory: how far outside a point still finds its nearest grid, how often to look again. */
    public record Options(double reachMetres, Duration lookAgain) {
        public static Options usual() {
            return new Options(2_000, Duration.ofSeconds(30));
        }
    }

    private final Vertx vertx;
    private final Pool pool;
    private final GridStore store;
    private final NameStore names;
    private final Gazetteer gazetteer;
    private final AddressIndex addresses;
    private final Clock clock;
    private final Options options;
    private final WorkerExecutor worker;
    private final AtomicReference<Known> current;
    private @Nullable MessageConsumer<Object> listening;
    private long lookingAgain = -1;
    private long midnight = -1;
    private volatile boolean closed;
    private @Nullable Future<Boolean> running;

    /** The one reference that changes: grids and names together, and the state of the names it was built from. */
    private record Known(GridIndex index, NameStore.State names) {}

    private Grids(Vertx vertx, Pool pool, Gazetteer gazetteer, AddressIndex addresses, Clock clock, Options options) {
        this.vertx = vertx;
        this.pool = pool;
        this.store = new GridStore(pool);
        this.names = new NameStore(pool);
        this.gazetteer = gazetteer;
        this.addresses = addresses;
        this.clock = clock;
        this.options = options;
        this.worker = vertx.createSharedWorkerExecutor("linge-grids", 1);
        this.current = new AtomicReference<>(new Known(index(nothing(), List.of(), addresses), NameStore.State.NONE));
    }

    /**
     * Loads the grids in force and keeps them so: they change at midnight, when told on {@link #CHANGED}, and when a
     * slow look at the database finds another version.
     *
     * @param demo whether to generate the demo ground where the database has none of its own
     */
    public static Future<Grids> open(
            Vertx vertx,
            Pool pool,
            Gazetteer gazetteer,
            AddressIndex addresses,
            Clock clock,
            Options options,
            boolean demo) {
        var grids = new Grids(vertx, pool, gazetteer, addresses, clock, options);
        return grids.refresh()
                .compose(found -> demo && grids.index().size() == 0 ? grids.generate() : Future.succeededFuture())
                .map(done -> {
                    grids.keepUp();
                    return grids;
                });
    }

    private GridVersion nothing() {
        return new GridVersion(0, LocalDate.EPOCH, "none", false, "nobody", clock.instant());
    }

    private GridIndex index(GridVersion version, List<Grid> grids, AddressIndex names) {
        return new GridIndex(version, grids, gazetteer, names, options.reachMetres());
    }

    /** The index in force at this moment; take it once and ask it everything one answer needs. */
    public GridIndex index() {
        return known().index();
    }

    private Known known() {
        return java.util.Objects.requireNonNull(current.get());
    }

    /** Tells every node that a name came or went; done when this one knows it. */
    public Future<Void> namesChanged() {
        vertx.eventBus().publish(CHANGED, "names");
        return refresh().mapEmpty();
    }

    public Gazetteer gazetteer() {
        return gazetteer;
    }

    /** The grid that everything a resident says points to. */
    public GridAnswer locate(Where where) {
        return where.in(index());
    }

    /** A grid of any version, as an old case keeps it. */
    public Future<Optional<Grid>> of(long version, String code) {
        GridIndex now = index();
        return now.version().id() == version ? Future.succeededFuture(now.get(code)) : store.grid(version, code);
    }

    public Future<Optional<GridVersion>> version(long id) {
        return store.version(id);
    }

    /**
     * Adds a version and tells every node; it comes into force on its day.
     *
     * @param version its id is given by the database
     */
    public Future<GridVersion> add(GridVersion version, List<Grid> grids) {
        return new GridVersions(vertx, pool)
                .add(version, grids)
                .compose(added -> refresh().map(added));
    }

    /**
     * Loads the version in force today and the names the city added, whichever are others than those in memory. Lookups go
     * on with the old ones until the new ones are whole.
     *
     * @return whether grids or names changed
     */
    public Future<Boolean> refresh() {
        synchronized (this) {
            Future<Boolean> before = running;
            // One at a time; whoever asks while one runs may have seen a newer version than it did.
            Future<Boolean> mine = before == null ? look() : before.transform(done -> look());
            running = mine;
            return mine;
        }
    }

    private Future<Boolean> look() {
        return lookForNames().compose(named -> lookForGrids().map(grown -> named || grown));
    }

    /** The state is read before the names: a name that comes in between is read twice, never missed. */
    private Future<Boolean> lookForNames() {
        return names.state().compose(state -> {
            if (state.equals(known().names())) {
                return Future.succeededFuture(false);
            }
            return names.names()
                    .compose(all -> worker.executeBlocking(() -> index().with(addresses.with(all)))
                            .map(index -> {
                                current.set(new Known(index, state));
                                log.info("{} names of places are known beside the shipped ones", all.size());
                                return true;
                            }));
        });
    }

    private Future<Boolean> lookForGrids() {
        return store.versionOn(today()).compose(found -> {
            if (found.isEmpty() || found.get().id() == index().version().id()) {
                return Future.succeededFuture(false);
            }
            GridVersion version = found.get();
            return store.rows(version.id())
                    .compose(rows -> worker.executeBlocking(() -> index(version, read(rows), index().addresses())))
                    .map(index -> {
                        current.set(new Known(index, known().names()));
                        log.info(
                                "{} grids of version {} are in force since {}",
                                index.size(),
                                version.id(),
                                version.effectiveFrom());
                        return true;
                    });
        });
    }

    private static List<Grid> read(List<Row> rows) {
        return rows.stream().map(GridStore::grid).toList();
    }

    /** Generates the demo ground; where two nodes do it at once the first keeps its own, and both have the same. */
    private Future<Void> generate() {
        var version = new GridVersion(0, today(), "generated", true, "linge", clock.instant());
        return worker.executeBlocking(() -> DemoGround.generate(gazetteer))
                .compose(grids -> store.add(version, grids))
                .compose(added -> refresh())
                .mapEmpty();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), SHANGHAI);
    }

    private void keepUp() {
        listening = vertx.eventBus().consumer(CHANGED, told -> quietly());
        lookingAgain = vertx.setPeriodic(options.lookAgain().toMillis(), again -> quietly());
        waitForMidnight();
    }

    private void waitForMidnight() {
        ZonedDateTime now = ZonedDateTime.ofInstant(clock.instant(), SHANGHAI);
        ZonedDateTime next = now.toLocalDate().plusDays(1).atStartOfDay(SHANGHAI);
        midnight = vertx.setTimer(Math.max(1, Duration.between(now, next).toMillis() + 1), struck -> {
            quietly();
            waitForMidnight();
        });
    }

    private void quietly() {
        if (!closed) {
            refresh()
                    .onFailure(failed -> log.warn("could not look for new grids and names; the old ones stay", failed));
        }
    }

    /** Stops following changes. */
    public Future<Void> close() {
        closed = true;
        vertx.cancelTimer(lookingAgain);
        vertx.cancelTimer(midnight);
        Future<Void> deaf = listening == null ? Future.succeededFuture() : listening.unregister();
        return deaf.eventually(worker::close);
    }
}
