package linge.notify;

import static linge.notify.World.await;
import static linge.notify.World.notice;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How near the relay comes to the bare statements, and how soon a notice reaches its channel; run with
 * {@code mvn -pl notify -Pbench test -Dtest=RatioBench}. Leaves its lines in {@code target/ratio.md}.
 */
@Tag("bench")
class RatioBench {

    private static final int NOTICES = 10_000;

    /** What a queue cannot do without: claim a batch under a lease, then mark each. */
    private static final String CLAIM = """
            UPDATE bare SET lease_until = now() + interval '2 minutes' WHERE id IN (
                SELECT id FROM bare WHERE state = 'PENDING' AND (lease_until IS NULL OR lease_until < now())
                ORDER BY id LIMIT 20 FOR UPDATE SKIP LOCKED) RETURNING id
            """;

    private static final String MARK = "UPDATE bare SET state = 'SENT', lease_until = NULL WHERE id = $1";

    private static World world;

    @BeforeAll
    static void open() {
        world = new World();
    }

    @AfterAll
    static void close() {
        world.close();
    }

    @BeforeEach
    void clear() {
        world.clear();
    }

    @Test
    void draining_beside_the_bare_claim_and_update() throws IOException {
        double bare = 0;
        double relay = 0;
        for (int round = 0; round < 3; round++) {
            bare = Math.max(bare, bare());
            clear();
            relay = Math.max(relay, relay());
        }
        tell(
                "| draining, best of 3 | %.0f/s bare claim-and-update | %.0f/s relay | ratio %.2f |%n",
                bare, relay, relay / bare);
    }

    private static double bare() {
        await(world.pool.query("DROP TABLE IF EXISTS bare").execute());
        await(world.pool.query("""
                CREATE TABLE bare (id bigint PRIMARY KEY, state delivery_state NOT NULL, lease_until timestamptz)
                """).execute());
        await(world.pool
                .query("INSERT INTO bare SELECT i, 'PENDING' FROM generate_series(1, " + NOTICES + ") i")
                .execute());
        await(world.pool
                .query("CREATE INDEX ON bare (id) WHERE state = 'PENDING'")
                .execute());
        await(world.pool.query("ANALYZE bare").execute());
        long began = System.nanoTime();
        int marked;
        do {
            List<Future<?>> marks = new ArrayList<>();
            await(world.pool.preparedQuery(CLAIM).execute())
                    .forEach(row -> marks.add(world.pool.preparedQuery(MARK).execute(Tuple.of(row.getLong("id")))));
            await(Future.all(marks));
            marked = marks.size();
        } while (marked > 0);
        return NOTICES / ((System.nanoTime() - began) / 1e9);
    }

    /** The same batches of 20, with words, lanes, wishes and all; the channel itself does nothing. */
    private static double relay() {
        List<Notice> batch = new ArrayList<>();
        for (int i = 0; i < NOTICES; i++) {
            batch.add(notice("k" + i, "case-noted", Audience.resident("r" + i % 2_000, null), "CZ" + i));
            if (batch.size() == 500) {
                world.put(batch.toArray(Notice[]::new));
                batch.clear();
            }
        }
        await(world.pool.query("ANALYZE").execute());
        Relay relay = world.relay("bench", new RecordingChannel(InApp.NAME));
        long began = System.nanoTime();
        int handled = 0;
        int round;
        do {
            round = await(relay.step());
            handled += round;
        } while (round > 0);
        assertEquals(NOTICES, handled);
        return NOTICES / ((System.nanoTime() - began) / 1e9);
    }

    @Test
    void from_commit_to_the_channels_call() throws IOException {
        Map<String, Long> called = new ConcurrentHashMap<>();
        RecordingChannel inbox = new RecordingChannel(InApp.NAME).answering(e -> {
            called.put(e.subject(), System.nanoTime());
            return Future.succeededFuture(Sent.WITHOUT_RECEIPT);
        });
        Relay relay = world.relay("bench", Duration.ofSeconds(1), inbox);
        await(relay.start());
        Map<String, Long> committed = new ConcurrentHashMap<>();
        int count = 2_000;
        for (int i = 0; i < count; i++) {
            String subject = "CZ" + i;
            world.put(notice("k" + i, "case-noted", Audience.resident("r" + i, null), subject));
            committed.put(subject, System.nanoTime());
        }
        while (called.size() < count) {
            await(world.pool.query("SELECT pg_sleep(0.05)").execute());
        }
        await(relay.stop());
        List<Double> millis = committed.keySet().stream()
                .map(subject -> Math.max(0, (called.get(subject) - committed.get(subject)) / 1e6))
                .sorted()
                .toList();
        tell(
                "| commit to channel call, %d notices one by one | p50 %.1f ms | p99 %.1f ms | |%n",
                count, millis.get(count / 2), millis.get(count * 99 / 100));
    }

    private static void tell(String format, Object... values) throws IOException {
        Path file = Path.of("target", "ratio.md");
        String before = Files.exists(file) ? Files.readString(file) : "";
        Files.writeString(file, before + String.format(Locale.ROOT, format, values));
    }
}
