package linge.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import linge.shared.Caller;
import linge.shared.Role;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Who may make which move, by desk: the whole of {@link CasePolicy} in one table. */
class PolicyTest {

    /**
     * A move a row; for each desk the case may lie on, who may make it. Letters: a assistant, w worker, y deputy, l leader, v
     * village dispatcher, t town, c county, m city dispatcher, V T C M the same levels' supervisors, o officer of the department.
     */
    private static final String TABLE = """
            move              grid     village town  county city  department
            FILE              .        .       .     .      .     .
            ACCEPT            wylvtcm  vtcm    tcm   cm     m     cmo
            DECLINE           ylvtcm   vtcm    tcm   cm     m     cm
            DISPATCH          vtcm     vtcm    tcm   cm     m     cm
            RETURN            wyl      .       .     .      .     o
            ARBITRATE         vtcmVTCM vtcmVTCM tcmTCM cmCM mM    cmCM
            TRANSFER          wyl      .       .     .      .     .
            ESCALATE          awyl     v       t     c      m     .
            HANDLE            wyl      v       t     c      m     o
            NOTE              awylvtcm vtcm    tcm   cm     m     cmo
            ASK_EXTENSION     wyl      v       t     c      m     o
            GRANT_EXTENSION   vtcmVTCM tcmTCM  cmCM  mM     M     cmCM
            REFUSE_EXTENSION  vtcmVTCM tcmTCM  cmCM  mM     M     cmCM
            SUSPEND           ylvtcmVTCM vtcmVTCM tcmTCM cmCM mM  cmCMo
            RESUME            wylvtcm  vtcm    tcm   cm     m     cmo
            RESOLVE           wyl      v       t     c      m     o
            REPORT_BACK       wyl      v       t     c      m     o
            SUPERVISE         VTCM     VTCM    VTCM  VTCM   VTCM  VTCM
            LIST              VTCM     VTCM    VTCM  VTCM   VTCM  VTCM
            UNLIST            VTCM     VTCM    VTCM  VTCM   VTCM  VTCM
            WHISTLE           vtcmVTCM vtcmVTCM vtcmVTCM vtcmVTCM vtcmVTCM vtcmVTCM
            REPORT_IN         .        .       .     .      .     .
            CONCLUDE          vtcmVTCM vtcmVTCM vtcmVTCM vtcmVTCM vtcmVTCM vtcmVTCM
            MERGE             vtcm     vtcm    tcm   cm     m     cm
            SPLIT             vtcm     vtcm    tcm   cm     m     cm
            FOLLOW            .        .       .     .      .     .
            RATE              .        .       .     .      .     .
            CONFIRM           .        .       .     .      .     .
            RETURN_VISIT      vtcmVTCM vtcmVTCM vtcmVTCM vtcmVTCM vtcmVTCM vtcmVTCM
            REOPEN            vtcmVTCM vtcmVTCM vtcmVTCM vtcmVTCM vtcmVTCM vtcmVTCM
            WITHDRAW          .        .       .     .      .     .
            SUPPLEMENT        .        .       .     .      .     .
            URGE              .        .       .     .      .     .
            CORRECT           wylvtcm  vtcm    tcm   cm     m     cmo
            CLIMB             .        .       .     .      .     .
            CAUTION           .        .       .     .      .     .
            WARN              .        .       .     .      .     .
            ARCHIVE           vtcmVTCM vtcmVTCM vtcmVTCM vtcmVTCM vtcmVTCM vtcmVTCM
            """;

    private static final String OTHER_GRID = "140403001001002";
    private static final String OTHER_COUNTY = "140404";

    private static final Map<String, Caller.Staff> STAFF = staff();
    private static final Map<String, Holder> DESKS = desks();

    @TestFactory
    Stream<DynamicTest> each_move_is_open_to_those_in_the_table_and_to_no_other_staff() {
        return TABLE.lines()
                .skip(1)
                .map(line -> DynamicTest.dynamicTest(line.replaceFirst("\\s.*", ""), () -> {
                    String[] cells = line.split("\\s+");
                    Map<String, String> wanted = new LinkedHashMap<>();
                    Map<String, String> found = new LinkedHashMap<>();
                    int column = 1;
                    for (Map.Entry<String, Holder> desk : DESKS.entrySet()) {
                        wanted.put(desk.getKey(), cells[column++]);
                        found.put(desk.getKey(), makers(Move.valueOf(cells[0]), desk.getValue()));
                    }
                    assertEquals(wanted, found);
                }));
    }

    @Test
    void the_table_has_every_move() {
        assertEquals(
                Stream.of(Move.values()).map(Move::name).toList(),
                TABLE.lines()
                        .skip(1)
                        .map(line -> line.replaceFirst("\\s.*", ""))
                        .toList());
    }

    @Test
    void staff_from_elsewhere_make_no_move_at_all_and_see_nothing() {
        for (Role role : Role.values()) {
            Caller.Staff outsider = SomeCase.staff(role, role.inGrid() ? OTHER_GRID : OTHER_COUNTY);
            DESKS.values().forEach(desk -> {
                Case c = SomeCase.in(CaseState.ACCEPTED, desk);
                assertFalse(CasePolicy.maySee(outsider, c), () -> role + " sees " + desk);
                for (Move move : Move.values()) {
                    assertFalse(
                            CasePolicy.mayMake(Actor.of(outsider), move, c),
                            () -> role + " may " + move + " on " + desk);
                }
            });
        }
    }

    @Test
    void an_officer_sees_only_what_lies_with_the_own_department() {
        Caller.Staff own = SomeCase.staff(Role.DEPARTMENT_OFFICER, SomeCase.COUNTY, "HOUSING");
        Caller.Staff other = SomeCase.staff(Role.DEPARTMENT_OFFICER, SomeCase.COUNTY, "TRAFFIC");
        DESKS.forEach((name, desk) -> {
            Case c = SomeCase.in(CaseState.DISPATCHED, desk);
            assertEquals(name.equals("department"), CasePolicy.maySee(own, c), name);
            assertFalse(CasePolicy.maySee(other, c), name);
        });
    }

    @Test
    void an_administrator_looks_after_people_and_sees_no_case() {
        Caller.Staff admin = SomeCase.staff(Role.ADMINISTRATOR, SomeCase.CITY);
        DESKS.values().forEach(desk -> assertFalse(CasePolicy.maySee(admin, SomeCase.in(CaseState.ACCEPTED, desk))));
    }

    @Test
    void residents_make_the_residents_moves_on_their_own_cases_and_the_clock_makes_the_clocks() {
        for (Move move : Move.values()) {
            Case c = SomeCase.filed();
            assertEquals(move.byOwner(), CasePolicy.mayMake(Actor.of(SomeCase.OWNER), move, c), move.name());
            assertFalse(CasePolicy.mayMake(Actor.of(SomeCase.STRANGER), move, c), move.name());
            assertEquals(move.byClock(), CasePolicy.mayMake(Actor.CLOCK, move, c), move.name());
        }
        assertTrue(CasePolicy.maySee(SomeCase.OWNER, SomeCase.filed()));
        assertFalse(CasePolicy.maySee(SomeCase.STRANGER, SomeCase.filed()));
    }

    @Test
    void who_filed_is_asked_for_by_those_it_concerns() {
        assertEquals("wylvtcmVTCM", revealers(Case.Privacy.NAMED));
        assertEquals("wylvtcmCM", revealers(Case.Privacy.CONFIDENTIAL));
        assertEquals("CM", revealers(Case.Privacy.ANONYMOUS));
    }

    private static String revealers(Case.Privacy privacy) {
        Case c = SomeCase.filed(privacy);
        StringBuilder may = new StringBuilder();
        STAFF.forEach((letter, who) -> may.append(CasePolicy.mayReveal(who, c) ? letter : ""));
        return may.toString();
    }

    private static String makers(Move move, Holder desk) {
        Case c = SomeCase.in(CaseState.ACCEPTED, desk);
        StringBuilder may = new StringBuilder();
        STAFF.forEach((letter, who) -> may.append(CasePolicy.mayMake(Actor.of(who), move, c) ? letter : ""));
        return may.isEmpty() ? "." : may.toString();
    }

    private static Map<String, Caller.Staff> staff() {
        Map<String, Caller.Staff> all = new LinkedHashMap<>();
        all.put("a", SomeCase.staff(Role.GRID_ASSISTANT, SomeCase.GRID));
        all.put("w", SomeCase.staff(Role.GRID_WORKER, SomeCase.GRID));
        all.put("y", SomeCase.staff(Role.DEPUTY_LEADER, SomeCase.GRID));
        all.put("l", SomeCase.staff(Role.GRID_LEADER, SomeCase.GRID));
        Map<String, String> centres = new TreeMap<>(java.util.Comparator.comparingInt("vtcm"::indexOf));
        centres.putAll(Map.of("v", SomeCase.VILLAGE, "t", SomeCase.TOWN, "c", SomeCase.COUNTY, "m", SomeCase.CITY));
        centres.forEach((letter, area) -> all.put(letter, SomeCase.staff(Role.DISPATCHER, area)));
        centres.forEach((letter, area) ->
                all.put(letter.toUpperCase(java.util.Locale.ROOT), SomeCase.staff(Role.SUPERVISOR, area)));
        all.put("o", SomeCase.staff(Role.DEPARTMENT_OFFICER, SomeCase.COUNTY, "HOUSING"));
        return all;
    }

    private static Map<String, Holder> desks() {
        Map<String, Holder> all = new LinkedHashMap<>();
        all.put("grid", Holder.of(SomeCase.GRID));
        all.put("village", Holder.of(SomeCase.VILLAGE));
        all.put("town", Holder.of(SomeCase.TOWN));
        all.put("county", Holder.of(SomeCase.COUNTY));
        all.put("city", Holder.of(SomeCase.CITY));
        all.put("department", new Holder(SomeCase.COUNTY, "HOUSING"));
        return all;
    }
}
