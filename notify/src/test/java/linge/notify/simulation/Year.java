package linge.notify.simulation;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import linge.notify.Ladder;
import linge.notify.Ledgers;
import linge.notify.Outbox;
import linge.notify.Receipts;
import linge.notify.SettableClock;
import linge.notify.Templates;
import linge.notify.TestDatabase;
import linge.notify.simulation.City.Event;
import linge.notify.simulation.Node.Told;

/** Lets a city live in accelerated time: the clock jumps from event to event, and to whatever is due in between. */
final class Year implements AutoCloseable {

    private static final int NODES = 3;

    /** How finely time passes: what happens within it happens before anybody sends. */
    private static final Duration GRAIN = Duration.ofMinutes(5);

    private static final String NEXT = """
            SELECT min(greatest(next_try_at, coalesce(lease_until, next_try_at))) AS due
            FROM deliveries WHERE state IN ('PENDING', 'FAILED')
            """;

    private final Vertx vertx = Vertx.vertx();
    private final TestDatabase database = new TestDatabase();
    private final SettableClock clock = new SettableClock();
    private final City city;
    private final Platforms platforms;
    private final Pool pool = database.pool(vertx, 8);
    private final Ledgers ledgers = new Ledgers(pool, clock);
    private final Receipts receipts = new Receipts(pool, clock);
    private final Outbox outbox = new Outbox(clock, Templates.standard(), Ladder.USUAL);
    private final Queue<Told> later = new ConcurrentLinkedQueue<>();
    private final List<Node> nodes = new ArrayList<>();
    private int born;

    Year(City city, int templatesADay) {
        this.city = city;
        this.platforms = new Platforms(city.dice(), clock, templatesADay);
        clock.set(city.from());
        await(pool.preparedQuery("UPDATE quotas SET most = $1 WHERE name = 'wechat-template-day'")
                .execute(Tuple.of(templatesADay)));
        await(pool.preparedQuery(City.SETTLE)
                .execute(Tuple.of(city.residents(), city.from().atOffset(ZoneOffset.UTC))));
        await(pool.query("ANALYZE").execute());
        for (int i = 0; i < NODES; i++) {
            nodes.add(node());
        }
    }

    private Node node() {
        return new Node("node-" + born++, vertx, database, clock, city.dice(), platforms, later);
    }

    Report live() {
        long began = System.nanoTime();
        List<Event> events = city.events();
        int notices = 0;
        int i = 0;
        while (i < events.size()) {
            Instant until = events.get(i).at().plus(GRAIN);
            between(events.get(i).at());
            for (; i < events.size() && events.get(i).at().isBefore(until); i++) {
                clock.set(events.get(i).at());
                happen(events.get(i));
                notices += events.get(i).notices().size();
            }
            drain();
        }
        between(clock.instant().plus(Duration.ofDays(5)));
        return Report.of(pool, platforms, city, notices, Duration.ofNanos(System.nanoTime() - began));
    }

    private void happen(Event event) {
        String heard = event.heard();
        String consent = event.consent();
        if (heard != null) {
            platforms.hears(heard, event.at());
            await(ledgers.heard(heard, event.at()));
            if (city.dice().happens(0.3, "pushed again", heard, event.at().getEpochSecond())) {
                platforms.count("messages pushed again");
                await(ledgers.heard(heard, event.at()));
            }
        }
        if (consent != null) {
            platforms.agrees(consent);
            String key = String.valueOf(event.at().getEpochSecond());
            await(ledgers.consented(consent, "t1", key));
            if (city.dice().happens(0.3, "pushed again", consent, event.at().getEpochSecond())) {
                platforms.count("consents pushed again");
                await(ledgers.consented(consent, "t1", key));
            }
        }
        if (!event.notices().isEmpty()) {
            await(pool.withTransaction(tx -> outbox.putAll(tx, event.notices())));
            if (city.dice().happens(0.1, "put again", event.notices().get(0).key())) {
                platforms.count("notices put again");
                await(pool.withTransaction(tx -> outbox.putAll(tx, event.notices())));
            }
        }
    }

    /** Goes to whatever is due before then: minutes that end, retries, leases of the dead, quiet nights. */
    private void between(Instant then) {
        while (true) {
            OffsetDateTime due =
                    await(pool.query(NEXT).execute()).iterator().next().getOffsetDateTime("due");
            if (due == null || !due.toInstant().isBefore(then)) {
                return;
            }
            Instant soonest = due.toInstant().plusMillis(1);
            Instant atLeast = clock.instant().plusSeconds(30);
            Instant next = soonest.isAfter(atLeast) ? soonest : atLeast;
            if (!next.isBefore(then)) {
                return;
            }
            clock.set(next);
            drain();
        }
    }

    /** All nodes at once, until nothing is left to do now; the dead are replaced. */
    private void drain() {
        int handled;
        do {
            List<Future<Integer>> steps = nodes.stream().map(Node::step).toList();
            await(Future.all(steps));
            handled = steps.stream().mapToInt(Future::result).sum();
            for (int n = 0; n < nodes.size(); n++) {
                if (nodes.get(n).isDead()) {
                    nodes.set(n, node());
                }
            }
            for (Told told = later.poll(); told != null; told = later.poll()) {
                await(
                        told.arrived()
                                ? receipts.arrived(told.channel(), told.receipt(), clock.instant())
                                : receipts.failed(told.channel(), told.receipt(), "空号", true));
                handled++;
            }
        } while (handled > 0);
    }

    static <T> T await(Future<T> future) {
        try {
            return future.await(120, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("nothing happened within two minutes", e);
        }
    }

    static Row only(Pool pool, String sql) {
        return await(pool.query(sql).execute()).iterator().next();
    }

    @Override
    public void close() {
        nodes.forEach(node -> await(node.close()));
        await(pool.close());
        await(vertx.close());
        database.close();
    }
}
