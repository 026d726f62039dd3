package linge.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.OperatingSystemMXBean;
import io.netty.util.internal.PlatformDependent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import linge.Client;
import linge.TestApp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What open pages cost one node; run with {@code mvn -pl api -am -Pbench test -Dtest=LiveBench}. The pages are a process of
 * their own, over TCP on loopback; each side needs as many file descriptors as there are streams.
 */
@Tag("bench")
class LiveBench {

    private static final Logger log = LoggerFactory.getLogger(LiveBench.class);
    private static final int STREAMS = Integer.getInteger("linge.streams", 10_000);

    private static TestApp app;

    @BeforeAll
    static void start() {
        app = TestApp.demo();
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @Test
    void memory_of_open_streams_of_as_many_people() throws Exception {
        people();
        // What loads with the first stream is not the streams'.
        try (Crowd few = new Crowd("bench-", 200)) {
            few.opened();
        }
        Figures before = Figures.now();
        try (Crowd crowd = new Crowd("bench-", STREAMS)) {
            double seconds = crowd.opened();
            Figures after = Figures.now();
            log.info(
                    "{} streams of {} people opened in {} s: a stream takes {} heap + {} direct bytes; resident memory {} bytes",
                    STREAMS,
                    STREAMS,
                    round(seconds),
                    (after.heap - before.heap) / STREAMS,
                    (after.direct - before.direct) / STREAMS,
                    (after.resident - before.resident) / STREAMS);
            OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
            long cpu = system.getProcessCpuTime();
            long began = System.nanoTime();
            LockSupport.parkNanos(Duration.ofSeconds(30).toNanos());
            log.info(
                    "while nothing happens the service takes {} of a core",
                    round((system.getProcessCpuTime() - cpu) / (double) (System.nanoTime() - began)));
        }
    }

    @Test
    void one_hint_reaches_all() throws Exception {
        Client resident = app.resident();
        try (Crowd crowd = new Crowd("=" + resident.token(), STREAMS)) {
            crowd.opened();
            for (int i = 0; i < 3; i++) {
                crowd.listen();
                long began = System.nanoTime();
                resident.file(TestApp.streetLamp());
                String[] heard = crowd.heard().split(" ");
                double all = (System.nanoTime() - began) / 1e6;
                log.info(
                        "a case is filed and {} pages hear of it: {} ms from the request to the last of them; the hint took {} ms"
                                + " from the first page to the last, the notice, read from the database by each page, {} ms",
                        STREAMS,
                        Math.round(all),
                        heard[0],
                        heard[1]);
            }
        }
    }

    /** As many residents as streams, each signed in. */
    private static void people() {
        app.count("""
                WITH r AS (
                    INSERT INTO residents (phone, created_at)
                    SELECT '137' || lpad(i::text, 8, '0'), now() FROM generate_series(1, $1::int) AS i RETURNING id, phone
                ), s AS (
                    INSERT INTO sessions (token_hash, resident_id, csrf, created_at, seen_at, expires_at)
                    SELECT sha256(('bench-' || (substr(phone, 4)::int - 1))::bytea), id, 'csrf', now(), now(), '2099-01-01Z'
                    FROM r RETURNING 1)
                SELECT count(*) FROM s""", STREAMS);
    }

    private static double round(double value) {
        return Math.round(value * 100) / 100.0;
    }

    /** Bytes, once what is not needed has been collected. */
    private record Figures(long heap, long direct, long resident) {
        static Figures now() throws IOException {
            for (int i = 0; i < 3; i++) {
                System.gc();
            }
            long pools = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                    .filter(pool -> pool.getName().equals("direct"))
                    .mapToLong(BufferPoolMXBean::getMemoryUsed)
                    .sum();
            return new Figures(
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                    pools + Math.max(0, PlatformDependent.usedDirectMemory()),
                    residentBytes());
        }

        private static long residentBytes() throws IOException {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        }
    }

    /** A process with many open pages. */
    private static final class Crowd implements AutoCloseable {

        private final Process process;
        private final BufferedReader says;
        private final PrintWriter tell;
        private final int streams;
        private final long began = System.nanoTime();

        Crowd(String token, int streams) throws IOException {
            this.streams = streams;
            String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
            this.process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx512m",
                            "-cp",
                            classes,
                            OpenPages.class.getName(),
                            String.valueOf(app.port()),
                            token,
                            String.valueOf(streams))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            this.says = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            this.tell = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
        }

        double opened() throws IOException {
            assertEquals("open " + streams, says.readLine());
            return (System.nanoTime() - began) / 1e9;
        }

        void listen() throws IOException {
            tell.println("listen");
            assertEquals("listening", says.readLine());
        }

        /** Two times in milliseconds, each from the first page to the last: of the hint, and of the notice. */
        String heard() throws IOException {
            return says.readLine();
        }

        @Override
        public void close() throws InterruptedException {
            process.destroy();
            process.waitFor(20, TimeUnit.SECONDS);
        }
    }
}
