package linge.notify;

import static linge.notify.World.await;
import static linge.notify.World.notice;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Tuple;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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

    /** The same two statements as PostgreSQL's own load tool sends them: twenty ids in one row, then their marks in one go. */
    private static final String SCRIPT = "WITH mine AS (" + CLAIM.strip() + ") SELECT "
            + IntStream.rangeClosed(1, 20)
                    .mapToObj(i -> "coalesce((array_agg(id))[" + i + "], 0) AS id" + i)
                    .collect(Collectors.joining(", "))
            + " FROM mine \\gset\n\\startpipeline\n"
            + IntStream.rangeClosed(1, 20)
                    .mapToObj(i -> MARK.replace("$1", ":id" + i) + ";\n")
                    .collect(Collectors.joining())
            + "\\endpipeline\n";

    private static final int CLIENTS = 8;

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
        fill();
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

    private static void fill() {
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
    }

    @Test
    void draining_beside_pgbench() throws IOException, InterruptedException {
        Path pgbench = pgbench();
        if (pgbench == null) {
            System.out.println("no pgbench on this machine (apt-get install postgresql-contrib): its row is left out");
            return;
        }
        double bare = 0;
        double relay = 0;
        for (int round = 0; round < 3; round++) {
            bare = Math.max(bare, pgbench(pgbench));
            clear();
            relay = Math.max(relay, relay());
        }
        tell(
                "| draining, best of 3 | %.0f/s pgbench with the same claim-and-update | %.0f/s relay | ratio %.2f |%n",
                bare, relay, relay / bare);
    }

    /** On the path, or where distributions keep it; null where it is not. */
    private static @Nullable Path pgbench() throws IOException {
        List<Path> places = new ArrayList<>();
        for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
            places.add(Path.of(folder, "pgbench"));
        }
        Path debian = Path.of("/usr/lib/postgresql");
        if (Files.isDirectory(debian)) {
            try (Stream<Path> versions = Files.list(debian)) {
                versions.sorted(Comparator.reverseOrder())
                        .forEach(version -> places.add(version.resolve("bin/pgbench")));
            }
        }
        return places.stream().filter(Files::isExecutable).findFirst().orElse(null);
    }

    /** Rows a second; the time is that of its transactions, without connecting. */
    private static double pgbench(Path pgbench) throws IOException, InterruptedException {
        fill();
        Path script = Files.writeString(Files.createTempFile("claim-and-mark", ".sql"), SCRIPT);
        PgConnectOptions to = world.database.options();
        int rounds = NOTICES / 20 / CLIENTS;
        Process process = new ProcessBuilder(
                        pgbench.toString(),
                        "-h",
                        to.getHost(),
                        "-p",
                        String.valueOf(to.getPort()),
                        "-U",
                        to.getUser(),
                        "-n",
                        "-M",
                        "prepared",
                        "-c",
                        String.valueOf(CLIENTS),
                        "-j",
                        "2",
                        "-t",
                        String.valueOf(rounds),
                        "-f",
                        script.toString(),
                        to.getDatabase())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        Files.delete(script);
        Matcher tps = Pattern.compile("tps = ([0-9.]+) \\(without initial connection time\\)")
                .matcher(said);
        assertTrue(tps.find(), said);
        long sent = await(world.pool
                        .query("SELECT count(*) FROM bare WHERE state = 'SENT'")
                        .execute())
                .iterator()
                .next()
                .getLong(0);
        assertTrue(sent > NOTICES * 0.9, sent + " were marked\n" + said);
        return sent / (rounds * CLIENTS / Double.parseDouble(tps.group(1)));
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
