package linge.board;

import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.UUID;
import linge.bot.place.AddressIndex;
import linge.bot.place.Gazetteer;
import linge.db.TestDatabase;
import linge.grids.Grids;
import linge.shared.Caller;
import linge.shared.Role;
import linge.triage.KnownNames;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the board costs over many cases, and what an export holds in memory; run with
 * {@code mvn -pl api -am -Pbench test -Dtest=BoardBench -Dlinge.cases=1000000}.
 */
@Tag("bench")
class BoardBench {

    private static final Logger log = LoggerFactory.getLogger(BoardBench.class);
    private static final int CASES = Integer.getInteger("linge.cases", 1_000_000);
    private static final int EXPORTED = 100_000;

    private static TestDatabase database;
    private static Vertx vertx;
    private static Pool db;

    @BeforeAll
    static void write() {
        database = TestDatabase.fresh();
        vertx = Vertx.vertx();
        db = database.pool(vertx);
        db.query("INSERT INTO residents (id, phone, created_at) VALUES ('00000000-0000-4000-8000-000000000000',"
                        + " '13900000002', now())")
                .execute()
                .await();
        // A year of cases, each answered after some days; three moves each would matter to no query but the marks'.
        for (int from = 0; from < CASES; from += 100_000) {
            db.preparedQuery("""
                            INSERT INTO cases (id, number, resident_id, client_key, request_hash, text, category, department,
                              urgency, area, privacy, filed_at, state, version, holder_area, supervised, urges, updated_at, answer,
                              archived_by)
                            SELECT ('00000000-0000-4000-9000-' || lpad(i::text, 12, '0'))::uuid, lpad(i::text, 12, '0'),
                              '00000000-0000-4000-8000-000000000000', i::text, 'x',
                              '小区门口的路灯坏了三天，晚上看不见路，第' || i || '件', 'MUNICIPAL.STREET_LAMP', 'URBAN_MANAGEMENT',
                              'NORMAL', '1404' || lpad((3 + i % 12)::text, 2, '0') || lpad((1 + i % 9)::text, 3, '0') || '001001',
                              'NAMED', timestamptz '2025-12-01Z' + i * interval '1 year' / $1, 'ARCHIVED', 3, '1404', false, 0,
                              now(), '办好了', 'CLOCK'
                            FROM generate_series($2::int, $3::int) i""")
                    .execute(io.vertx.sqlclient.Tuple.of((double) CASES, from, Math.min(CASES, from + 100_000) - 1))
                    .await();
        }
        db.query("""
                INSERT INTO case_history (case_id, seq, move, from_state, to_state, at, actor_kind, actor_id, holder_area)
                SELECT id, 3, 'WARN', 'HANDLING', 'HANDLING', filed_at + interval '6 days', 'CLOCK', NULL, '1404'
                FROM cases WHERE substr(number, 12) = '7'""").execute().await();
        db.query("""
                INSERT INTO case_rounds (case_id, nth, opened_seq, opened_at, accept_due, accepted_at, due_at, closed_seq,
                  closed_at, outcome, verdict_at, satisfied)
                SELECT id, 0, 0, filed_at, filed_at + interval '2 hours', filed_at + interval '1 hour',
                  filed_at + interval '7 days', 5, filed_at + interval '1 day' * (substr(number, 12)::int + 1), 'ANSWERED',
                  filed_at + interval '12 days', substr(number, 12) < '8'
                FROM cases""").execute().await();
        db.query("VACUUM ANALYZE").execute().await();
    }

    @AfterAll
    static void stop() {
        db.close().await();
        vertx.close().await();
        database.drop();
    }

    @Test
    void the_board_of_a_month_against_the_bare_sql() {
        Period month = new Period(LocalDate.of(2026, 6, 1), LocalDate.of(2026, 6, 30));
        Scope scope = Scope.of(month, Instant.parse("2026-12-01T00:00:00Z"), "1404");
        Board board = new Board(db);
        String bare = "SELECT count(*) " + Board.FROM;
        double counting =
                median(() -> db.preparedQuery(bare).execute(scope.values()).await());
        double whole = median(() -> board.counts(scope).await());
        double trend = median(() -> board.trend(scope, false).await());
        double list = median(() ->
                board.list(scope, Figure.ON_TIME, Figure.Part.MISS, null, 30).await());
        log.info(
                "{} cases: bare count {} ms; the board {} ms (ratio {}), trend {} ms, first page of a list {} ms",
                CASES,
                counting,
                whole,
                whole / counting,
                trend,
                list);
    }

    @Test
    void an_export_of_many_rows_holds_few_of_them() throws Exception {
        Gazetteer gazetteer = Gazetteer.shipped();
        Grids grids = Grids.open(
                        vertx,
                        db,
                        gazetteer,
                        new AddressIndex(gazetteer),
                        Clock.systemUTC(),
                        Grids.Options.usual(),
                        false)
                .await();
        Exports exports = new Exports(vertx, db, Clock.systemUTC(), new BoardView(grids, new KnownNames(grids)));
        Caller.Staff who = new Caller.Staff(UUID.randomUUID(), "s", "督办", Role.SUPERVISOR, "1404", null);
        int days = (int) Math.max(1, Math.min(399, 365L * EXPORTED / CASES));
        Period period =
                new Period(LocalDate.of(2026, 2, 1), LocalDate.of(2026, 2, 1).plusDays(days));
        Scope scope = Scope.of(period, Instant.parse("2026-12-01T00:00:00Z"), "1404");
        for (Exports.Format format : Exports.Format.values()) {
            Exports.Wanted wanted = new Exports.Wanted(scope, Figure.FILED, Figure.Part.BASE, format, null);
            exports.write(OutputStream.nullOutputStream(), wanted, who);
            System.gc();
            long before = used();
            resetPeaks();
            long start = System.nanoTime();
            Counting out = new Counting();
            exports.write(out, wanted, who);
            double seconds = (System.nanoTime() - start) / 1e9;
            log.info(
                    "{}: {} bytes in {} s; heap before {} MiB, peak {} MiB (young garbage included)",
                    format,
                    out.bytes,
                    seconds,
                    before >> 20,
                    peak() >> 20);
        }
        grids.close().await();
    }

    private static final class Counting extends OutputStream {
        long bytes;

        @Override
        public void write(int b) {
            bytes++;
        }

        @Override
        public void write(byte[] b, int from, int length) {
            bytes += length;
        }
    }

    private static long used() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static void resetPeaks() {
        ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
    }

    private static long peak() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == java.lang.management.MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
    }

    private static double median(Runnable work) {
        double[] millis = new double[7];
        work.run();
        for (int i = 0; i < millis.length; i++) {
            long start = System.nanoTime();
            work.run();
            millis[i] = Duration.ofNanos(System.nanoTime() - start).toNanos() / 1e6;
        }
        Arrays.sort(millis);
        return millis[millis.length / 2];
    }
}
