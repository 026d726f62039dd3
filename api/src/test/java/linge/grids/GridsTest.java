package linge.grids;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import linge.db.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Coordinate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Versions come into force by themselves, whole, and leave old ones as they were. */
class GridsTest {
    private static final Logger log = LoggerFactory.getLogger(GridsTest.class);
    private static final LocalDate TODAY = LocalDate.of(2026, 3, 1);

    private final Vertx vertx = Vertx.vertx();
    private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T04:00:00Z"));
    private Pool pool;

    /** A clock that stands until it is set. */
    private static final class SettableClock extends Clock {
        private final AtomicReference<Instant> now;

        SettableClock(Instant now) {
            this.now = new AtomicReference<>(now);
        }

        void set(String instant) {
            now.set(Instant.parse(instant));
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now.get();
        }
    }

    @BeforeEach
    void database() {
        pool = TestDatabase.fresh().pool(vertx);
    }

    @AfterEach
    void close() {
        pool.close().await();
        vertx.close().await();
    }

    private Grids open(boolean demo) {
        // Looks again once a day only: nothing but what a test does may change the grids.
        var options = new Grids.Options(2_000, Duration.ofDays(1));
        return Grids.open(vertx, pool, TestGround.GAZETTEER, TestGround.ADDRESSES, clock, options, demo)
                .await();
    }

    private GridVersion version(LocalDate from) {
        return new GridVersion(0, from, "test.geojson", false, "tester", clock.instant());
    }

    private static List<Grid> renamed(String suffix) {
        return TestGround.GRIDS.stream()
                .limit(300)
                .map(g -> new Grid(g.code(), g.name() + suffix, g.kind(), g.use(), g.households(), g.outline()))
                .toList();
    }

    @Test
    void the_demo_ground_is_generated_once_and_read_back_as_it_was() {
        Grids first = open(true);
        assertEquals(TestGround.GRIDS.size(), first.index().size());
        assertTrue(first.index().version().demo());
        long start = System.nanoTime();
        Grids second = open(true);
        log.info("{} grids loaded in {} ms", second.index().size(), (System.nanoTime() - start) / 1_000_000);
        assertEquals(first.index().version().id(), second.index().version().id());
        List<Grid> read = second.index().all();
        for (int i = 0; i < read.size(); i++) {
            Grid was = TestGround.GRIDS.get(i);
            assertEquals(was.code(), read.get(i).code());
            assertEquals(was.name(), read.get(i).name());
            assertEquals(was.use(), read.get(i).use());
            assertTrue(was.outline().equalsExact(read.get(i).outline()));
        }
    }

    @Test
    void without_demo_an_empty_database_stays_empty_and_every_answer_says_so() {
        Grids grids = open(false);
        assertEquals(0, grids.index().size());
        assertTrue(grids.index().at(GeoPoint.wgs84(113.1, 36.2)).refused().contains("还没有导入网格"));
    }

    @Test
    void a_version_of_today_is_in_force_at_once_and_on_other_nodes_when_told() throws Exception {
        Grids here = open(false);
        Grids there = open(false);
        GridVersion added = here.add(version(TODAY), renamed("甲")).await();
        assertEquals(added.id(), here.index().version().id());
        // The other node heard of it over the event bus; asking it to refresh waits for what it already started.
        there.refresh().await();
        assertEquals(added.id(), there.index().version().id());
        assertFalse(there.index().version().demo());
    }

    @Test
    void a_version_of_tomorrow_waits_for_midnight_in_shanghai() {
        Grids grids = open(false);
        long today = grids.add(version(TODAY), renamed("甲")).await().id();
        long tomorrow = grids.add(version(TODAY.plusDays(1)), renamed("乙")).await().id();
        assertEquals(today, grids.index().version().id());
        clock.set("2026-03-01T15:59:59Z");
        assertFalse(grids.refresh().await());
        clock.set("2026-03-01T16:00:00Z");
        assertTrue(grids.refresh().await());
        assertEquals(tomorrow, grids.index().version().id());
    }

    @Test
    void an_old_case_keeps_the_grid_of_its_version() {
        Grids grids = open(false);
        long old = grids.add(version(TODAY), renamed("甲")).await().id();
        long now = grids.add(version(TODAY), renamed("乙")).await().id();
        String code = TestGround.GRIDS.get(0).code();
        assertTrue(grids.of(old, code).await().orElseThrow().name().endsWith("甲"));
        assertTrue(grids.of(now, code).await().orElseThrow().name().endsWith("乙"));
        assertTrue(grids.of(old, "140403001001999").await().isEmpty());
        assertEquals("test.geojson", grids.version(old).await().orElseThrow().source());
    }

    @Test
    void a_version_that_breaks_a_rule_leaves_nothing_behind() {
        Grids grids = open(false);
        var broken = new ArrayList<>(renamed("甲"));
        Grid last = broken.get(broken.size() - 1);
        broken.add(new Grid("1404", "坏", GridKind.RESIDENTIAL, null, 1, last.outline()));
        var store = new GridStore(pool);
        assertThrows(Exception.class, () -> store.add(version(TODAY), broken).await());
        assertEquals(0L, pool.query("SELECT count(*) FROM grid_versions").execute().await().iterator().next().getLong(0));
        assertNull(grids.index().get(last.code()).orElse(null));
    }

    @Test
    void lookups_during_a_swap_see_one_whole_version_or_the_other() throws Exception {
        Grids grids = open(false);
        grids.add(version(TODAY), renamed("甲")).await();
        Coordinate middle = TestGround.GRIDS.get(0).outline().getCentroid().getCoordinate();
        var stop = new AtomicBoolean();
        var wrong = new AtomicReference<String>();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < 3; i++) {
            var thread = new Thread(() -> {
                while (!stop.get()) {
                    GridIndex index = grids.index();
                    String seen = index.at(GeoPoint.wgs84(middle.x, middle.y)).grid().name();
                    String byCode = index.get(TestGround.GRIDS.get(0).code()).orElseThrow().name();
                    if (index.size() != 300 || seen.charAt(seen.length() - 1) != byCode.charAt(byCode.length() - 1)) {
                        wrong.set(seen + " but " + byCode + " of " + index.size());
                    }
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (String suffix : List.of("乙", "丙", "丁")) {
            grids.add(version(TODAY), renamed(suffix)).await();
            assertTrue(grids.index().all().get(0).name().endsWith(suffix));
        }
        stop.set(true);
        for (Thread thread : threads) {
            thread.join();
        }
        assertNull(wrong.get());
    }
}
