package linge.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import linge.cases.CaseState;
import org.junit.jupiter.api.Test;

/** Lives made by hand, and the rounds they make. */
class RoundTest {

    private static final Instant START = Instant.parse("2026-11-02T01:00:00Z");

    private final List<Round.Step> steps = new ArrayList<>();

    @Test
    void a_case_answered_within_its_deadline_is_one_round() {
        after(0, CaseState.SUBMITTED, 2, null);
        after(1, CaseState.ACCEPTED, 100, null);
        after(5, CaseState.HANDLING, 100, null);
        after(99, CaseState.REPORTED, -1, null);
        after(110, CaseState.RATED, -1, 4);
        Round round = only();
        assertEquals(hour(2), round.acceptDue());
        assertEquals(hour(1), round.acceptedAt());
        assertEquals(hour(100), round.due());
        assertEquals(hour(99), round.closedAt());
        assertEquals(Round.Outcome.ANSWERED, round.outcome());
        assertEquals(true, round.satisfied());
        assertEquals(hour(110), round.verdictAt());
    }

    @Test
    void a_passed_deadline_decides_whatever_is_set_afterwards() {
        after(0, CaseState.SUBMITTED, 2, null);
        after(3, CaseState.SUBMITTED, 5, null);
        after(4, CaseState.ACCEPTED, 10, null);
        after(12, CaseState.HANDLING, 500, null);
        after(20, CaseState.REPORTED, -1, null);
        assertEquals(hour(2), only().acceptDue(), "it climbed because the first deadline was passed");
        assertEquals(hour(10), only().due(), "an extension that comes too late mends nothing");
    }

    @Test
    void a_deadline_moved_in_time_is_the_one_that_counts() {
        after(0, CaseState.SUBMITTED, 2, null);
        after(1, CaseState.ACCEPTED, 10, null);
        after(9, CaseState.HANDLING, -1, null);
        after(40, CaseState.HANDLING, 60, null);
        after(55, CaseState.REPORTED, -1, null);
        assertEquals(hour(60), only().due(), "it stood still meanwhile");
    }

    @Test
    void a_reopening_ends_one_round_unsatisfied_and_begins_another() {
        after(0, CaseState.SUBMITTED, 2, null);
        after(1, CaseState.ACCEPTED, 10, null);
        after(5, CaseState.REPORTED, -1, null);
        after(8, CaseState.ACCEPTED, 100, null);
        after(50, CaseState.REPORTED, -1, null);
        List<Round> rounds = Rounds.of(steps);
        assertEquals(2, rounds.size());
        assertEquals(false, rounds.get(0).satisfied());
        assertEquals(hour(8), rounds.get(0).verdictAt());
        assertEquals(hour(8), rounds.get(1).openedAt());
        assertNull(rounds.get(1).acceptDue(), "nobody has to accept it again");
        assertEquals(hour(100), rounds.get(1).due());
        assertNull(rounds.get(1).verdictAt());
    }

    @Test
    void a_rating_stands_even_when_the_matter_is_reopened_later() {
        after(0, CaseState.SUBMITTED, 2, null);
        after(1, CaseState.ACCEPTED, 10, null);
        after(5, CaseState.REPORTED, -1, null);
        after(6, CaseState.RATED, -1, 5);
        after(8, CaseState.ACCEPTED, 100, null);
        Round first = Rounds.of(steps).get(0);
        assertEquals(true, first.satisfied());
        assertEquals(hour(6), first.verdictAt());
    }

    @Test
    void what_was_withdrawn_was_never_accepted_and_what_was_declined_was_looked_at() {
        after(0, CaseState.SUBMITTED, 2, null);
        after(1, CaseState.WITHDRAWN, -1, null);
        assertNull(only().acceptedAt());
        assertEquals(Round.Outcome.WITHDRAWN, only().outcome());
        steps.clear();
        after(0, CaseState.SUBMITTED, 2, null);
        after(1, CaseState.DECLINED, -1, null);
        assertEquals(hour(1), only().acceptedAt());
        assertEquals(Round.Outcome.DECLINED, only().outcome());
    }

    private void after(int hours, CaseState to, int due, Integer score) {
        steps.add(new Round.Step(steps.size(), to, hour(hours), due < 0 ? null : hour(due), score));
    }

    private Round only() {
        List<Round> rounds = Rounds.of(steps);
        assertEquals(1, rounds.size());
        return rounds.get(0);
    }

    private static Instant hour(int hours) {
        return START.plus(Duration.ofHours(hours));
    }
}
