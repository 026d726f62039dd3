package linge.cases;

import static linge.cases.SomeCase.COUNTY;
import static linge.cases.SomeCase.FILED;
import static linge.cases.SomeCase.GRID;
import static linge.cases.SomeCase.OWNER;
import static linge.cases.SomeCase.STRANGER;
import static linge.cases.SomeCase.TIME;
import static linge.cases.SomeCase.TOWN;
import static linge.cases.SomeCase.VILLAGE;
import static linge.cases.SomeCase.filed;
import static linge.cases.SomeCase.request;
import static linge.cases.SomeCase.staff;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import linge.shared.Caller;
import linge.shared.Refusal;
import linge.shared.Refusal.Kind;
import linge.shared.Role;
import org.junit.jupiter.api.Test;

class CaseMovesTest {

    private static final Instant LATER = FILED.plusSeconds(600);
    private static final Actor WORKER = new Actor.Staff(staff(Role.GRID_WORKER, GRID));
    private static final Actor RESIDENT = new Actor.Resident(OWNER);

    private static Case after(Case c, Move move, Actor actor) {
        return c.make(request(move, c), actor, LATER, TIME).after();
    }

    private static Kind refused(Case c, MoveRequest request, Actor actor) {
        return assertThrows(Refusal.class, () -> c.make(request, actor, LATER, TIME))
                .kind();
    }

    @Test
    void the_six_steps_lead_from_filing_to_the_archive() {
        Case c = filed();
        assertEquals(CaseState.SUBMITTED, c.now().state());
        c = after(c, Move.ACCEPT, WORKER);
        assertEquals(CaseState.ACCEPTED, c.now().state());
        c = after(c, Move.HANDLE, WORKER);
        c = after(c, Move.REPORT_BACK, WORKER);
        assertEquals("写明情况", c.now().answer());
        assertNull(c.now().due());
        c = after(c, Move.RATE, RESIDENT);
        Case.Rating rating = c.now().rating();
        assertNotNull(rating);
        assertEquals(5, rating.score());
        c = c.make(MoveRequest.of(Move.ARCHIVE, c.now().version()), Actor.CLOCK, LATER, TIME)
                .after();
        assertEquals(CaseState.ARCHIVED, c.now().state());
        assertNull(c.now().wake());
        assertEquals(5, c.now().version());
    }

    @Test
    void filing_is_due_to_be_accepted_in_two_service_hours_and_accepting_starts_five_working_days() {
        assertEquals(FILED.plusSeconds(7200), filed().now().due());
        Case accepted = after(filed(), Move.ACCEPT, WORKER);
        assertEquals(DueRule.ORDINARY, accepted.now().rule());
        assertEquals(Instant.parse("2026-11-30T02:10:00Z"), accepted.now().due());
    }

    @Test
    void a_stale_version_is_told_the_version_now_and_changes_nothing() {
        Case accepted = after(filed(), Move.ACCEPT, WORKER);
        MoveRequest old = MoveRequest.of(Move.HANDLE, 0);
        Refusal refusal = assertThrows(Refusal.class, () -> accepted.make(old, WORKER, LATER, TIME));
        assertEquals(Kind.STALE_VERSION, refusal.kind());
        assertEquals(1, refusal.extra().get("version"));
    }

    @Test
    void a_move_out_of_turn_says_where_the_case_stands() {
        Case c = filed();
        assertEquals(Kind.OUT_OF_TURN, refused(c, request(Move.REPORT_BACK, c), WORKER));
        assertEquals(Kind.OUT_OF_TURN, refused(c, request(Move.RATE, c), RESIDENT));
    }

    @Test
    void a_move_without_what_it_needs_is_refused() {
        Case handling = after(after(filed(), Move.ACCEPT, WORKER), Move.HANDLE, WORKER);
        MoveRequest silent = MoveRequest.of(Move.REPORT_BACK, 2).but(r -> r.words = "  ");
        assertEquals(Kind.NOT_SENSIBLE, refused(handling, silent, WORKER));
    }

    @Test
    void a_stranger_moves_nothing() {
        for (Move move : Move.values()) {
            Case c = filed();
            assertEquals(Kind.NOT_ALLOWED, refused(c, request(move, c), new Actor.Resident(STRANGER)), move.name());
        }
    }

    @Test
    void a_missed_acceptance_climbs_level_by_level_and_ends_supervised_at_the_city() {
        Case c = filed();
        List<String> desks = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            c = c.make(MoveRequest.of(Move.CLIMB, c.now().version()), Actor.CLOCK, LATER, TIME)
                    .after();
            desks.add(c.now().holder().area());
        }
        assertEquals(List.of(VILLAGE, TOWN, COUNTY, "1404"), desks);
        c = c.make(MoveRequest.of(Move.CLIMB, c.now().version()), Actor.CLOCK, LATER, TIME)
                .after();
        assertTrue(c.now().supervised());
        assertNull(c.now().wake());
        assertNotNull(c.now().due());
    }

    @Test
    void a_department_gets_a_case_and_may_return_it_to_its_centre() {
        Actor dispatcher = new Actor.Staff(staff(Role.DISPATCHER, COUNTY));
        Case accepted = after(filed(), Move.ACCEPT, WORKER);
        Case sent = accepted.make(request(Move.DISPATCH, accepted), dispatcher, LATER, TIME)
                .after();
        assertEquals(new Holder(COUNTY, "HOUSING"), sent.now().holder());
        Actor officer = new Actor.Staff(staff(Role.DEPARTMENT_OFFICER, COUNTY));
        Case returned = after(sent, Move.RETURN, officer);
        assertEquals(Holder.of(COUNTY), returned.now().holder());
        assertEquals(CaseState.ACCEPTED, returned.now().state());
    }

    @Test
    void a_dispatcher_sends_cases_only_within_the_own_area() {
        Case accepted = after(filed(), Move.ACCEPT, WORKER);
        Actor village = new Actor.Staff(staff(Role.DISPATCHER, VILLAGE));
        MoveRequest abroad = MoveRequest.of(Move.DISPATCH, 1).but(r -> r.target = new Holder(COUNTY, "HOUSING"));
        assertEquals(Kind.NOT_SENSIBLE, refused(accepted, abroad, village));
    }

    @Test
    void a_dissatisfied_resident_reopens_and_the_clock_starts_afresh() {
        Case reported =
                after(after(after(filed(), Move.ACCEPT, WORKER), Move.HANDLE, WORKER), Move.REPORT_BACK, WORKER);
        Case reopened = after(reported, Move.REOPEN, RESIDENT);
        assertEquals(CaseState.ACCEPTED, reopened.now().state());
        assertNotNull(reopened.now().due());
        assertNull(reopened.now().answer());
    }

    @Test
    void every_open_state_has_a_way_out_for_the_staff_and_by_the_clock() {
        for (CaseState state : CaseState.values()) {
            Set<Move> out = EnumSet.noneOf(Move.class);
            for (Move move : Move.values()) {
                if (move.from().contains(state)) {
                    out.add(move);
                }
            }
            if (state.ended()) {
                assertTrue(out.isEmpty(), state + " has ended, yet " + out);
            } else {
                assertTrue(out.stream().anyMatch(move -> move.byClock()), state + " waits for ever");
                assertTrue(out.stream().anyMatch(move -> move.to(state) != state), state + " leads nowhere");
            }
        }
    }

    @Test
    void every_state_is_reached() {
        Set<CaseState> reached = EnumSet.of(CaseState.SUBMITTED);
        for (int round = 0; round < CaseState.values().length; round++) {
            for (Move move : Move.values()) {
                for (CaseState state : Set.copyOf(reached)) {
                    if (move.from().contains(state)) {
                        reached.add(move.to(state));
                    }
                }
            }
        }
        assertEquals(EnumSet.allOf(CaseState.class), reached);
    }

    @Test
    void an_assistant_writes_notes_and_decides_nothing() {
        Caller.Staff assistant = staff(Role.GRID_ASSISTANT, GRID);
        Case c = filed();
        assertEquals(1, after(c, Move.NOTE, new Actor.Staff(assistant)).now().version());
        assertEquals(Kind.NOT_ALLOWED, refused(c, request(Move.ACCEPT, c), new Actor.Staff(assistant)));
    }
}
