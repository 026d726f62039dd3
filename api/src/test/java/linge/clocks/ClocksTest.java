package linge.clocks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import linge.db.TestDatabase;
import linge.shared.Refusal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClocksTest {

    private static final String COUNTY = "140403";
    private static final String GRID = "140403001001001";
    private static final ClockBooks.Who SOMEBODY = new ClockBooks.Who(null, "管理员");
    private static final String NOTICE = """
            year,first,last,kind,name,notice
            2027,2027-01-01,2027-01-03,off,元旦,号
            2027,2027-01-09,2027-01-09,work,元旦,号
            2027,2027-01-04,2027-01-04,off,元旦,号
            2027,2027-05-01,2027-05-05,off,劳动节,号
            2027,2027-10-01,2027-10-07,off,国庆节,号
            """;

    private final Vertx vertx = Vertx.vertx();
    private final TestDatabase database = TestDatabase.fresh();
    private final Pool db = database.pool(vertx);
    private final HandSet clock = new HandSet(at("2026-11-23T10:00"));
    private final ClockBooks books = new ClockBooks(db, clock);
    private final Clocks clocks = new Clocks(db, clock, books);
    private final UUID subject = UUID.randomUUID();

    /** Shows what it is set to. */
    private static final class HandSet extends Clock {
        private volatile Instant now;

        HandSet(Instant now) {
            this.now = now;
        }

        void set(String local) {
            now = at(local);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }

    @BeforeEach
    void open() {
        books.settle().await();
    }

    @AfterEach
    void close() {
        db.close().await();
        vertx.close().await();
    }

    private static Instant at(String local) {
        return LocalDateTime.parse(local).atZone(WorkingTime.ZONE).toInstant();
    }

    private <T> T in(Function<SqlConnection, Future<T>> work) {
        return db.withTransaction(work).await();
    }

    private Deadline start(String rule) {
        return in(tx -> clocks.start(tx, subject, GRID, rule, clock.instant()));
    }

    private RunningClock only() {
        List<RunningClock> running = clocks.running(db, subject).await();
        assertEquals(1, running.size());
        return running.get(0);
    }

    private List<String> story(UUID id) {
        return clocks.events(db, id).await().stream()
                .map(one -> one.act().name())
                .toList();
    }

    /** Gives all cards that are due; what was heard. */
    private List<String> cards(Clocks by) {
        List<String> heard = new CopyOnWriteArrayList<>();
        while (by.due((tx, card) -> {
                    heard.add(card.colour() + " " + card.clock().rule().code());
                    return Future.succeededFuture(true);
                })
                .await()) {
            // The next one.
        }
        return heard;
    }

    private void reckonAll() {
        while (clocks.reckonAgain((tx, changed) -> Future.succeededFuture(true)).await()) {
            // The next one.
        }
    }

    @Test
    void several_clocks_run_for_one_subject_and_the_nearest_is_known() {
        assertEquals(at("2026-11-23T12:00"), start("WHISTLE").due());
        assertEquals(at("2026-11-30T10:00"), start("ORDINARY").due());
        assertEquals("WHISTLE", clocks.nearest(db, subject).await().rule().code());
        assertEquals(2, clocks.running(db, subject).await().size());
    }

    @Test
    void a_clock_stopped_in_time_is_met_and_one_stopped_late_is_missed() {
        start("WHISTLE");
        clock.set("2026-11-23T12:00");
        assertEquals(RunningClock.Outcome.MET, in(tx -> clocks.stop(tx, subject, "WHISTLE", clock.instant())));
        start("WHISTLE");
        clock.set("2026-11-23T14:01");
        assertEquals(RunningClock.Outcome.MISSED, in(tx -> clocks.stop(tx, subject, "WHISTLE", clock.instant())));
        assertNull(in(tx -> clocks.stop(tx, subject, "WHISTLE", clock.instant())), "none runs any more");
        assertEquals(2, clocks.all(db, subject).await().size());
    }

    @Test
    void a_clock_started_again_ends_the_one_before() {
        start("ACCEPTANCE");
        UUID first = only().id();
        clock.set("2026-11-23T13:00");
        start("ACCEPTANCE");
        assertEquals(at("2026-11-23T15:00"), only().due());
        assertEquals(List.of("START", "STOP"), story(first));
    }

    @Test
    void a_suspended_subject_stands_still_but_for_clocks_that_run_on() {
        start("ORDINARY");
        start("WHISTLE");
        clock.set("2026-11-24T09:00");
        in(tx -> clocks.pause(tx, subject, clock.instant(), "等待许可"));
        assertEquals("WHISTLE", clocks.nearest(db, subject).await().rule().code());
        in(tx -> clocks.stop(tx, subject, "WHISTLE", clock.instant()));
        assertNull(clocks.nearest(db, subject).await());
        clock.set("2026-12-08T09:00");
        assertEquals(List.of(), cards(clocks), "time stands still");
        // Ten working days later: four working days and an hour were left.
        assertEquals(
                at("2026-12-14T10:00"),
                in(tx -> clocks.resume(tx, subject, clock.instant())).due());
        assertEquals(List.of("START", "PAUSE", "RESUME"), story(only().id()));
    }

    @Test
    void an_extension_goes_as_far_as_the_rule_allows_and_no_further() {
        start("ORDINARY");
        assertEquals(
                at("2026-12-07T10:00"),
                in(tx -> clocks.extend(tx, subject, "ORDINARY", 5, clock.instant(), "等材料"))
                        .due());
        assertEquals(
                "“5 个工作日内办结”最多延长 10 个工作日，已延 5 个工作日。",
                assertThrows(
                                Refusal.class,
                                () -> in(tx -> clocks.extend(tx, subject, "ORDINARY", 6, clock.instant(), "再等")))
                        .detail());
        start("WHISTLE");
        assertEquals(
                "“2 小时内报到”不能延期。",
                assertThrows(
                                Refusal.class,
                                () -> in(tx -> clocks.extend(tx, subject, "WHISTLE", 1, clock.instant(), "远")))
                        .detail());
        clock.set("2026-12-08T10:00");
        assertEquals(
                Refusal.Kind.OUT_OF_TURN,
                assertThrows(
                                Refusal.class,
                                () -> in(tx -> clocks.extend(tx, subject, "ORDINARY", 1, clock.instant(), "晚")))
                        .kind());
    }

    @Test
    void each_card_is_given_once_yellow_before_and_red_after_and_again_after_an_extension() {
        start("ORDINARY");
        clock.set("2026-11-27T09:59");
        assertEquals(List.of(), cards(clocks));
        clock.set("2026-11-27T10:00");
        assertEquals(List.of("YELLOW ORDINARY"), cards(clocks));
        assertEquals(List.of(), cards(clocks));
        in(tx -> clocks.extend(tx, subject, "ORDINARY", 2, clock.instant(), "等材料"));
        clock.set("2026-12-01T10:00");
        assertEquals(List.of("YELLOW ORDINARY"), cards(clocks), "the new deadline has its own");
        clock.set("2026-12-02T10:01");
        assertEquals(List.of("RED ORDINARY"), cards(clocks));
        assertEquals(List.of(), cards(clocks));
        assertEquals(List.of("START", "YELLOW", "EXTEND", "YELLOW", "RED"), story(only().id()));
    }

    @Test
    void who_slept_through_both_gives_red_alone() {
        start("WHISTLE");
        clock.set("2026-11-25T10:00");
        assertEquals(List.of("RED WHISTLE"), cards(clocks));
    }

    @Test
    void many_nodes_at_once_give_every_card_once() {
        for (int i = 0; i < 60; i++) {
            UUID one = UUID.randomUUID();
            in(tx -> clocks.start(tx, one, GRID, "WHISTLE", clock.instant()));
        }
        clock.set("2026-11-23T11:40");
        List<UUID> given = new CopyOnWriteArrayList<>();
        List<Future<Void>> nodes = new ArrayList<>();
        for (int node = 0; node < 4; node++) {
            nodes.add(untilNone(new Clocks(db, clock, new ClockBooks(db, clock)), given));
        }
        Future.all(nodes).await();
        // Who comes while others hold the last rows finds none free: one more look, as every node takes them.
        untilNone(clocks, given).await();
        assertEquals(60, given.size());
        assertEquals(60, given.stream().distinct().count());
    }

    private static Future<Void> untilNone(Clocks node, List<UUID> given) {
        return node.due((tx, card) -> {
                    given.add(card.clock().id());
                    return tx.query("SELECT pg_sleep(0.002)").execute().map(true);
                })
                .compose(more -> more ? untilNone(node, given) : Future.succeededFuture());
    }

    @Test
    void a_card_whose_giving_fails_is_undone_and_comes_again_and_stops_no_other() {
        start("WHISTLE");
        UUID other = UUID.randomUUID();
        clock.set("2026-11-23T10:01");
        in(tx -> clocks.start(tx, other, GRID, "WHISTLE", clock.instant()));
        clock.set("2026-11-23T11:40");
        AtomicInteger heard = new AtomicInteger();
        assertTrue(clocks.due((tx, card) -> {
                    heard.incrementAndGet();
                    return tx.query("SELECT 1/0").execute().map(true);
                })
                .await());
        assertEquals(List.of("START"), story(only().id()), "nothing of it was kept");
        assertEquals(List.of("YELLOW WHISTLE"), cards(clocks), "the other one's");
        clock.set("2026-11-23T11:43");
        assertEquals(List.of("YELLOW WHISTLE"), cards(clocks), "and then its own");
        assertEquals(1, heard.get());
    }

    @Test
    void a_card_for_a_subject_that_somebody_holds_comes_a_moment_later() {
        start("WHISTLE");
        clock.set("2026-11-23T11:40");
        assertTrue(clocks.due((tx, card) -> Future.succeededFuture(false)).await());
        assertEquals(List.of(), cards(clocks));
        clock.set("2026-11-23T11:41");
        assertEquals(List.of("YELLOW WHISTLE"), cards(clocks));
    }

    @Test
    void a_provisional_deadline_becomes_certain_when_the_notice_is_imported_and_the_old_one_is_kept() {
        clock.set("2026-12-28T10:00");
        Deadline first = start("ORDINARY");
        assertEquals(2027, first.unknownYear());
        assertEquals(at("2027-01-05T10:00"), first.due());
        books.importCalendar(CalendarFile.read(NOTICE).notices().values(), SOMEBODY, "2027 年通知")
                .await();
        reckonAll();
        RunningClock after = only();
        assertFalse(after.deadline().provisional());
        assertEquals(at("2027-01-06T10:00"), after.due(), "the fourth of January is off now");
        ClockEvent kept = clocks.events(db, after.id()).await().get(1);
        assertEquals(ClockEvent.Act.RECKON, kept.act());
        assertEquals(first.due(), kept.dueBefore());
        assertEquals(after.due(), kept.dueAfter());
        assertEquals("节假日安排已导入，暂定改为确定", kept.why());
    }

    @Test
    void a_county_has_its_own_rule_and_what_runs_there_follows_it_alone() {
        start("ORDINARY");
        UUID elsewhere = UUID.randomUUID();
        in(tx -> clocks.start(tx, elsewhere, "140404", "ORDINARY", clock.instant()));
        ClockRule rule = books.current(db).await().rule("ORDINARY", COUNTY);
        ClockRule faster = new ClockRule(
                0,
                rule.profile(),
                rule.code(),
                "3 个工作日内办结",
                "潞州区规定",
                rule.countsFrom(),
                3,
                rule.unit(),
                false,
                true,
                5,
                1);
        books.changeRule("ORDINARY", COUNTY, rule.id(), faster, SOMEBODY, "提速").await();
        reckonAll();
        assertEquals(at("2026-11-26T10:00"), only().due());
        assertEquals(
                at("2026-11-30T10:00"),
                clocks.running(db, elsewhere).await().get(0).due());
        assertEquals(
                Refusal.Kind.STALE_VERSION,
                assertThrows(
                                Refusal.class,
                                () -> books.changeRule("ORDINARY", COUNTY, rule.id(), null, SOMEBODY, "再改")
                                        .await())
                        .kind());
        long own = books.current(db).await().rule("ORDINARY", GRID).id();
        books.changeRule("ORDINARY", COUNTY, own, null, SOMEBODY, "恢复").await();
        reckonAll();
        assertEquals(at("2026-11-30T10:00"), only().due());
        assertEquals(List.of("START", "RECKON", "RECKON"), story(only().id()));
    }

    @Test
    void a_change_moves_no_deadline_into_the_past_nor_one_that_has_passed() {
        start("ORDINARY");
        clock.set("2026-11-27T15:00");
        ClockRule rule = books.current(db).await().rule("ORDINARY", "");
        ClockRule faster = new ClockRule(
                0, rule.profile(), rule.code(), "1 个工作日", "规定", rule.countsFrom(), 1, rule.unit(), false, true, 5, 0);
        books.changeRule("ORDINARY", "1404", rule.id(), faster, SOMEBODY, "提速").await();
        reckonAll();
        assertEquals(at("2026-11-30T10:00"), only().due(), "told to somebody, and still ahead");
    }

    @Test
    void service_hours_with_a_noon_break_put_acceptance_off() {
        ServiceHours broken = new ServiceHours(
                List.of(ServiceHours.Period.of("08:00", "12:00"), ServiceHours.Period.of("14:30", "18:00")), List.of());
        books.changeHours("12345", COUNTY, broken, SOMEBODY, "午休").await();
        clock.set("2026-11-23T11:00");
        assertEquals(at("2026-11-23T15:30"), start("ACCEPTANCE").due());
    }

    @Test
    void a_subject_that_goes_to_another_area_goes_under_its_rules() {
        ClockRule rule = books.current(db).await().rule("ORDINARY", "140404");
        ClockRule slower = new ClockRule(
                0, rule.profile(), rule.code(), "7 个工作日", "规定", rule.countsFrom(), 7, rule.unit(), false, true, 5, 1);
        books.changeRule("ORDINARY", "140404", rule.id(), slower, SOMEBODY, "山区")
                .await();
        start("ORDINARY");
        in(tx -> clocks.move(tx, subject, "140404001"));
        reckonAll();
        assertEquals(at("2026-12-02T10:00"), only().due());
    }

    @Test
    void what_happened_cannot_be_changed_behind_anybodys_back() {
        start("ORDINARY");
        assertThrows(
                Exception.class,
                () -> db.query("UPDATE clock_events SET due_after = now()")
                        .execute()
                        .await());
        assertThrows(
                Exception.class,
                () -> db.query("DELETE FROM clock_rules").execute().await());
    }

    @Test
    void a_clock_that_began_in_a_transaction_that_failed_never_ran() {
        assertThrows(
                Exception.class,
                () -> in(tx -> clocks.start(tx, subject, GRID, "ORDINARY", clock.instant())
                        .compose(started -> tx.query("SELECT 1/0").execute())));
        assertEquals(List.of(), clocks.all(db, subject).await());
    }
}
