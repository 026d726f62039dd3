package linge.whistle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import linge.shared.Caller;
import linge.shared.Refusal;
import linge.shared.Role;
import org.junit.jupiter.api.Test;

/** A whistle by itself: who may do what in which state, and that every open one has a way out. */
class WhistleTest {

    private static final Instant NOON = Instant.parse("2026-11-25T04:00:00Z");
    private static final String AREA = "140403001001001";
    private static final Caller.Staff TOWN = staff("分流员", Role.DISPATCHER, "140403001", null);
    private static final Caller.Staff COUNTY = staff("督办员", Role.SUPERVISOR, "140403", null);
    private static final Caller.Staff CITY = staff("市分流员", Role.DISPATCHER, "1404", null);
    private static final Caller.Staff VILLAGE = staff("村分流员", Role.DISPATCHER, "140403001001", null);
    private static final Caller.Staff ELSEWHERE = staff("外县分流员", Role.DISPATCHER, "140404", null);
    private static final Caller.Staff WORKER = staff("网格员", Role.GRID_WORKER, AREA, null);
    private static final Caller.Staff HOUSING = officer("HOUSING");
    private static final Caller.Staff WATER = officer("WATER_RESOURCES");
    private static final Caller.Staff POWER = officer("POWER_SUPPLY");
    private static final Caller.Staff HEALTH = officer("HEALTH");
    private static final Caller.Staff HOUSING_ELSEWHERE = staff("外县经办人", Role.DEPARTMENT_OFFICER, "140404", "HOUSING");
    private static final List<Caller.Staff> EVERYBODY =
            List.of(TOWN, COUNTY, CITY, VILLAGE, ELSEWHERE, WORKER, HOUSING, WATER, POWER, HEALTH, HOUSING_ELSEWHERE);
    private static final List<String> THERE = List.of("HOUSING", "WATER_RESOURCES", "POWER_SUPPLY", "HEALTH");
    private static final Meeting HERE = new Meeting("小区东门", false, 113.117, 36.195, null);

    @Test
    void departments_are_called_by_towns_and_counties_around_the_case() {
        assertEquals(WhistleState.CALLED, blown().now().state());
        assertEquals("140403", blown().facts().county());
        assertEquals("140403", blow(wanted(false, HERE), COUNTY).facts().centre());
        for (Caller.Staff other : List.of(CITY, VILLAGE, ELSEWHERE, WORKER, HOUSING)) {
            refused(Refusal.Kind.NOT_ALLOWED, () -> blow(wanted(false, HERE), other));
        }
    }

    @Test
    void they_have_the_time_that_the_rule_gives() {
        assertEquals(NOON.plus(Duration.ofHours(2)), blown().facts().due());
        Whistle urgent = blow(wanted(true, HERE), TOWN);
        assertEquals(NOON.plus(Duration.ofMinutes(30)), urgent.facts().due());
        assertEquals("30 分钟内报到", urgent.facts().rule().label());
    }

    @Test
    void a_meeting_later_than_that_moves_the_deadline_and_an_emergency_does_not_wait() {
        Instant evening = NOON.plus(Duration.ofHours(6));
        assertEquals(evening, blow(wanted(false, at(evening)), TOWN).facts().due());
        Instant soon = NOON.plus(Duration.ofMinutes(20));
        assertEquals(
                NOON.plus(Duration.ofHours(2)),
                blow(wanted(false, at(soon)), TOWN).facts().due());
        refused(Refusal.Kind.NOT_SENSIBLE, () -> blow(wanted(true, at(evening)), TOWN));
        refused(Refusal.Kind.NOT_SENSIBLE, () -> blow(wanted(false, at(NOON.minus(Duration.ofHours(1)))), TOWN));
        refused(Refusal.Kind.NOT_SENSIBLE, () -> blow(wanted(false, at(NOON.plus(Duration.ofDays(8)))), TOWN));
    }

    @Test
    void nobody_is_called_twice_nor_where_nobody_is() {
        refused(Refusal.Kind.NOT_SENSIBLE, () -> blow(calling("NO_SUCH", List.of()), TOWN));
        refused(Refusal.Kind.NOT_SENSIBLE, () -> blow(calling("HOUSING", List.of("NO_SUCH")), TOWN));
        refused(Refusal.Kind.NOT_SENSIBLE, () -> blow(calling("HOUSING", List.of("HOUSING")), TOWN));
        refused(Refusal.Kind.NOT_SENSIBLE, () -> blow(calling("HOUSING", List.of("HEALTH", "HEALTH")), TOWN));
        assertEquals(
                List.of("HOUSING"), blow(calling("HOUSING", List.of()), TOWN).departments(call -> true));
    }

    @Test
    void all_report_in_work_conclude_sign_and_the_centre_closes() {
        Whistle one = reportIn(blown(), HOUSING);
        assertEquals(WhistleState.CALLED, one.now().state());
        Whistle all = reportIn(reportIn(one, WATER), POWER);
        assertEquals(WhistleState.GATHERED, all.now().state());
        Whistle working = all.note(WATER, "关了阀门", NOON).after();
        assertEquals(WhistleState.HANDLING, working.now().state());
        Whistle concluded = working.conclude(HOUSING, working.now().version(), "换管，三天完成", NOON)
                .after();
        assertEquals(WhistleState.SIGNING, concluded.now().state());
        refused(
                Refusal.Kind.OUT_OF_TURN,
                () -> concluded.close(TOWN, concluded.now().version(), null, NOON));
        Whistle signed = sign(sign(concluded, WATER, true), POWER, true);
        Whistle closed =
                signed.close(COUNTY, signed.now().version(), null, NOON).after();
        assertEquals(WhistleState.CLOSED, closed.now().state());
        assertEquals(List.of(), closed.offered(TOWN));
        assertEquals(List.of(), closed.offered(HOUSING));
    }

    @Test
    void a_note_before_all_are_there_counts_once_they_are() {
        Whistle early = reportIn(blown(), HOUSING).note(HOUSING, "先拉了警戒线", NOON).after();
        assertEquals(WhistleState.CALLED, early.now().state());
        assertEquals(
                WhistleState.HANDLING,
                reportIn(reportIn(early, WATER), POWER).now().state());
        Whistle told = reportIn(blown(), HOUSING).note(TOWN, "请尽快", NOON).after();
        assertEquals(
                WhistleState.GATHERED,
                reportIn(reportIn(told, WATER), POWER).now().state());
    }

    @Test
    void who_is_not_there_neither_notes_nor_concludes_nor_signs() {
        Whistle whistle = blown();
        refused(Refusal.Kind.OUT_OF_TURN, () -> whistle.note(WATER, "在路上", NOON));
        refused(Refusal.Kind.OUT_OF_TURN, () -> whistle.conclude(HOUSING, 0, "好了", NOON));
        refused(Refusal.Kind.NOT_ALLOWED, () -> whistle.conclude(WATER, 0, "好了", NOON));
        refused(Refusal.Kind.NOT_ALLOWED, () -> whistle.note(HEALTH, "没叫我", NOON));
        refused(Refusal.Kind.NOT_ALLOWED, () -> reportIn(whistle, HEALTH));
        refused(Refusal.Kind.NOT_ALLOWED, () -> reportIn(whistle, HOUSING_ELSEWHERE));
        refused(Refusal.Kind.NOT_ALLOWED, () -> reportIn(whistle, TOWN));
    }

    @Test
    void of_two_officers_of_a_department_one_reports_in_and_the_other_hears_who() {
        Refusal second = refused(Refusal.Kind.OUT_OF_TURN, () -> reportIn(reportIn(blown(), HOUSING), HOUSING));
        assertTrue(second.detail().contains(HOUSING.name()), second::detail);
    }

    @Test
    void a_late_department_is_found_once_and_may_still_come() {
        Instant due = blown().facts().due();
        Whistle whistle = reportIn(blown(), HOUSING);
        assertNull(whistle.late(due.minusMillis(1)));
        Whistle.Acted first = there(whistle.late(due));
        Whistle.Acted second = there(first.after().late(due));
        assertEquals(
                Set.of("WATER_RESOURCES", "POWER_SUPPLY"),
                Set.of(
                        String.valueOf(first.line().department()),
                        String.valueOf(second.line().department())));
        assertNull(second.after().late(due.plus(Duration.ofDays(1))));
        assertNull(second.after().wake());
        Whistle came = reportIn(second.after(), WATER);
        Call water = there(came.call("WATER_RESOURCES"));
        assertEquals(CallState.REPORTED_IN, water.state());
        assertEquals(due, water.late(), "that it was late stays");
    }

    @Test
    void the_centre_spares_a_department_but_never_the_lead() {
        Whistle two = reportIn(reportIn(blown(), HOUSING), WATER);
        refused(Refusal.Kind.NOT_ALLOWED, () -> two.excuse(HOUSING, two.now().version(), "POWER_SUPPLY", "不用", NOON));
        refused(Refusal.Kind.NOT_SENSIBLE, () -> two.excuse(TOWN, two.now().version(), "HOUSING", "不用", NOON));
        refused(Refusal.Kind.NOT_SENSIBLE, () -> two.excuse(TOWN, two.now().version(), "POWER_SUPPLY", " ", NOON));
        refused(Refusal.Kind.NOT_SENSIBLE, () -> two.excuse(TOWN, two.now().version(), "HEALTH", "没叫它", NOON));
        Whistle spared = two.excuse(TOWN, two.now().version(), "POWER_SUPPLY", "没有电缆", NOON)
                .after();
        assertEquals(WhistleState.GATHERED, spared.now().state());
        Refusal late = refused(Refusal.Kind.OUT_OF_TURN, () -> reportIn(spared, POWER));
        assertTrue(late.detail().contains("免"), late::detail);
    }

    @Test
    void a_dissent_needs_its_reason_and_is_kept() {
        Whistle concluded = concluded();
        int version = concluded.now().version();
        refused(Refusal.Kind.NOT_SENSIBLE, () -> concluded.countersign(WATER, version, false, null, NOON));
        Whistle dissent =
                concluded.countersign(WATER, version, false, "主管网不归我们", NOON).after();
        Call.Opinion opinion = there(there(dissent.call("WATER_RESOURCES")).opinion());
        assertFalse(opinion.agreed());
        assertEquals("主管网不归我们", opinion.words());
        Whistle signed = sign(dissent, POWER, true);
        assertEquals(
                WhistleState.CLOSED,
                signed.close(TOWN, signed.now().version(), null, NOON)
                        .after()
                        .now()
                        .state(),
                "a dissent is recorded and holds nothing up");
    }

    @Test
    void who_signs_signs_what_was_read_and_another_conclusion_is_signed_again() {
        Whistle concluded = concluded();
        int read = concluded.now().version();
        Whistle signed = sign(concluded, WATER, true);
        Whistle revised =
                signed.conclude(HOUSING, signed.now().version(), "改成五天", NOON).after();
        assertEquals(
                CallState.REPORTED_IN, there(revised.call("WATER_RESOURCES")).state());
        assertNull(there(revised.call("WATER_RESOURCES")).opinion());
        refused(Refusal.Kind.STALE_VERSION, () -> revised.countersign(POWER, read, true, null, NOON));
    }

    @Test
    void a_check_in_from_afar_counts_and_is_marked() {
        CheckIn near = checkIn(new CheckIn.Spot(113.118, 36.195, "wgs84", 20));
        assertEquals(CheckIn.Standing.HERE, near.standing());
        assertEquals(90, near.distance(), 2);
        assertEquals(
                CheckIn.Standing.FAR,
                checkIn(new CheckIn.Spot(113.2, 36.195, "wgs84", 20)).standing());
        assertEquals(CheckIn.Standing.UNKNOWN, checkIn(null).standing());
        assertEquals(
                CheckIn.Standing.UNKNOWN,
                checkIn(new CheckIn.Spot(113.118, 36.195, "wgs84", 5000)).standing());
        assertEquals(
                CheckIn.Standing.FAR,
                checkIn(new CheckIn.Spot(113.126, 36.195, "wgs84", 900)).standing(),
                "a phone that claims a large error is not believed to be near");
        CheckIn nowhere = CheckIn.of(
                NOON,
                UUID.randomUUID(),
                "王",
                List.of("王"),
                new CheckIn.Spot(113.118, 36.195, "wgs84", 20),
                new Meeting(null, false, null, null, null),
                500);
        assertEquals(CheckIn.Standing.UNKNOWN, nowhere.standing());
    }

    /** Walks everything anybody may do from a fresh whistle: what is offered is done, what is not offered is refused. */
    @Test
    void what_is_offered_can_be_done_what_is_not_is_refused_and_every_open_whistle_has_a_way_out() {
        Deque<Whistle> open = new ArrayDeque<>(List.of(blown()));
        Set<String> seen = new HashSet<>();
        int walked = 0;
        while (!open.isEmpty()) {
            Whistle whistle = open.pop();
            if (!seen.add(shape(whistle))) {
                continue;
            }
            walked++;
            boolean wayOut = false;
            for (Caller.Staff who : EVERYBODY) {
                List<WhistleAct> offered = whistle.offered(who);
                if (!WhistlePolicy.maySee(who, whistle)) {
                    assertEquals(List.of(), offered, () -> who.name() + " sees nothing and is offered " + offered);
                }
                for (WhistleAct act : WhistleAct.values()) {
                    if (act == WhistleAct.BLOW || act.reach() == WhistleAct.Reach.CLOCK) {
                        assertFalse(offered.contains(act));
                        continue;
                    }
                    for (Function<Whistle, Whistle.Acted> way : ways(act, who)) {
                        if (offered.contains(act)) {
                            Whistle after = tried(way, whistle);
                            if (after != null) {
                                assertEquals(
                                        whistle.now().version() + 1, after.now().version());
                                wayOut |= !after.now().state().open();
                                open.push(after);
                            }
                        } else {
                            Refusal no =
                                    assertThrows(Refusal.class, () -> way.apply(whistle), () -> who.name() + " " + act);
                            assertTrue(
                                    Set.of(Refusal.Kind.NOT_ALLOWED, Refusal.Kind.OUT_OF_TURN)
                                            .contains(no.kind()),
                                    no::detail);
                        }
                    }
                }
            }
            Whistle.Acted late = whistle.late(whistle.facts().due());
            if (late != null) {
                open.push(late.after());
            }
            assertEquals(whistle.now().state().open(), wayOut, () -> shape(whistle));
        }
        assertTrue(walked > 100, "walked " + walked);
    }

    /** Null where the act was offered and yet not for this department: excusing one that is done. */
    private static Whistle tried(Function<Whistle, Whistle.Acted> way, Whistle whistle) {
        try {
            return way.apply(whistle).after();
        } catch (Refusal no) {
            assertEquals(Refusal.Kind.NOT_SENSIBLE, no.kind(), no::detail);
            return null;
        }
    }

    private static List<Function<Whistle, Whistle.Acted>> ways(WhistleAct act, Caller.Staff who) {
        List<Function<Whistle, Whistle.Acted>> ways = new ArrayList<>();
        switch (act) {
            case REPORT_IN -> ways.add(w -> w.reportIn(who, report(who)));
            case NOTE -> ways.add(w -> w.note(who, "进展", NOON));
            case CONCLUDE -> ways.add(w -> w.conclude(who, w.now().version(), "结论", NOON));
            case COUNTERSIGN -> {
                ways.add(w -> w.countersign(who, w.now().version(), true, null, NOON));
                ways.add(w -> w.countersign(who, w.now().version(), false, "理由", NOON));
            }
            case EXCUSE -> {
                ways.add(w -> w.excuse(who, w.now().version(), "WATER_RESOURCES", "理由", NOON));
                ways.add(w -> w.excuse(who, w.now().version(), "POWER_SUPPLY", "理由", NOON));
            }
            case CLOSE -> ways.add(w -> w.close(who, w.now().version(), null, NOON));
            case CALL_OFF -> ways.add(w -> w.callOff(who, w.now().version(), "理由", NOON));
            default -> throw new IllegalArgumentException(act.name());
        }
        return ways;
    }

    private static String shape(Whistle whistle) {
        StringBuilder shape =
                new StringBuilder(whistle.now().state() + " " + whistle.now().begun());
        whistle.calls()
                .forEach(call -> shape.append(' ')
                        .append(call.state())
                        .append(call.late() != null)
                        .append(call.report() != null)
                        .append(
                                call.opinion() == null
                                        ? ""
                                        : String.valueOf(call.opinion().agreed())));
        return shape.toString();
    }

    private static Whistle concluded() {
        Whistle all = reportIn(reportIn(reportIn(blown(), HOUSING), WATER), POWER);
        return all.conclude(HOUSING, all.now().version(), "换管，三天完成", NOON).after();
    }

    private static Whistle sign(Whistle whistle, Caller.Staff who, boolean agreed) {
        return whistle.countersign(who, whistle.now().version(), agreed, null, NOON)
                .after();
    }

    private static Whistle reportIn(Whistle whistle, Caller.Staff who) {
        return whistle.reportIn(who, report(who)).after();
    }

    private static Call.Report report(Caller.Staff who) {
        CheckIn in = CheckIn.of(NOON, who.id(), who.name(), List.of(who.name()), null, HERE, 500);
        return new Call.Report(in, "key-of-" + who.name(), 3);
    }

    private static CheckIn checkIn(CheckIn.Spot spot) {
        return CheckIn.of(NOON, UUID.randomUUID(), "王", List.of("王"), spot, HERE, 500);
    }

    private static Whistle blown() {
        return blow(wanted(false, HERE), TOWN);
    }

    private static Whistle blow(Whistle.Wanted wanted, Caller.Staff who) {
        boolean urgent = wanted.emergency();
        ReportInClocks.Promise promise = new ReportInClocks.Promise(
                new ReportInRule(ReportInRule.codeOf(urgent), urgent, 500, urgent ? "30 分钟内报到" : "2 小时内报到", "吹哨报到规则"),
                NOON.plus(urgent ? Duration.ofMinutes(30) : Duration.ofHours(2)));
        return Whistle.blow(wanted, new UUID(1, 1), "202611250011", AREA, THERE, promise, who, NOON)
                .after();
    }

    private static Whistle.Wanted wanted(boolean emergency, Meeting meeting) {
        return new Whistle.Wanted(
                "路面塌陷，要一起查", "HOUSING", List.of("WATER_RESOURCES", "POWER_SUPPLY"), emergency, meeting);
    }

    private static Whistle.Wanted calling(String lead, List<String> assisting) {
        return new Whistle.Wanted("路面塌陷", lead, assisting, false, HERE);
    }

    private static Meeting at(Instant when) {
        return new Meeting("小区东门", false, 113.117, 36.195, when);
    }

    private static Caller.Staff officer(String department) {
        return staff(department + "经办人", Role.DEPARTMENT_OFFICER, "140403", department);
    }

    private static Caller.Staff staff(String name, Role role, String area, String department) {
        return new Caller.Staff(
                UUID.nameUUIDFromBytes(name.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                name,
                name,
                role,
                area,
                department);
    }

    private static <T> T there(T value) {
        assertNotNull(value);
        return value;
    }

    private static Refusal refused(Refusal.Kind kind, org.junit.jupiter.api.function.Executable act) {
        Refusal no = assertThrows(Refusal.class, act);
        assertEquals(kind, no.kind(), no::detail);
        return no;
    }
}
