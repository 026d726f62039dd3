package linge.cases;

import static linge.cases.SomeCase.CITY;
import static linge.cases.SomeCase.COUNTY;
import static linge.cases.SomeCase.FILED;
import static linge.cases.SomeCase.GRID;
import static linge.cases.SomeCase.OWNER;
import static linge.cases.SomeCase.TIME;
import static linge.cases.SomeCase.TOWN;
import static linge.cases.SomeCase.VILLAGE;
import static linge.cases.SomeCase.request;
import static linge.cases.SomeCase.staff;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import linge.bot.triage.Urgency;
import linge.shared.Caller;
import linge.shared.Refusal;
import linge.shared.Role;
import org.junit.jupiter.api.Test;

/** What merging does to a case, over lives made up by chance. */
class MergedCasesTest {

    private static final int LIVES = 6000;
    private static final Caller.Staff MERGER = staff(Role.DISPATCHER, CITY);
    private static final List<Caller.Staff> EVERYBODY = everybody();

    private static final List<Move> FORWARD = List.of(
            Move.ACCEPT,
            Move.HANDLE,
            Move.HANDLE,
            Move.RESOLVE,
            Move.REPORT_BACK,
            Move.SUSPEND,
            Move.RESUME,
            Move.ESCALATE);

    private static List<Caller.Staff> everybody() {
        List<Caller.Staff> all = new ArrayList<>();
        for (Role role : Role.values()) {
            List<String> areas = role.inGrid()
                    ? List.of(GRID, SomeCase.NEIGHBOUR)
                    : role == Role.DEPARTMENT_OFFICER
                            ? List.of(COUNTY)
                            : List.of(VILLAGE, TOWN, COUNTY, CITY, "140404");
            areas.forEach(area -> all.add(staff(role, area)));
        }
        all.add(staff(Role.DEPARTMENT_OFFICER, COUNTY, "WATER_RESOURCES"));
        return all;
    }

    /** A case on its way: what anybody tries, at times that pass. */
    private static final class Life {
        private final Random dice;
        Case now;
        Instant at = FILED;

        Life(Random dice, Urgency urgency, Case.Privacy privacy, String area) {
            this.dice = dice;
            Case.Facts facts = facts(urgency, privacy, area);
            now = Case.file(facts, Holder.of(area), DueRule.forAccepting(null, urgency), List.of(), TIME)
                    .after();
        }

        void live(int tries) {
            for (int i = 0; i < tries; i++) {
                at = at.plus(Duration.ofMinutes(1 + dice.nextInt(2000)));
                Move move = Move.values()[dice.nextInt(Move.values().length)];
                if (move.ofFeature()) {
                    continue;
                }
                Actor actor = dice.nextInt(4) == 0
                        ? new Actor.Resident(OWNER)
                        : new Actor.Staff(EVERYBODY.get(dice.nextInt(EVERYBODY.size())));
                try {
                    now = now.make(request(move, now).but(r -> r.until = at.plus(Duration.ofDays(3))), actor, at, TIME)
                            .after();
                } catch (Refusal refused) {
                    // Most tries are: a life is what was allowed.
                }
                clock();
            }
        }

        /** One step towards an end, by whoever may. */
        void push() {
            at = at.plus(Duration.ofMinutes(1 + dice.nextInt(600)));
            Move move = FORWARD.get(dice.nextInt(FORWARD.size()));
            for (Caller.Staff who : EVERYBODY) {
                try {
                    now = now.make(
                                    request(move, now).but(r -> r.until = at.plus(Duration.ofDays(3))),
                                    new Actor.Staff(who),
                                    at,
                                    TIME)
                            .after();
                    return;
                } catch (Refusal refused) {
                    // The next one may.
                }
            }
        }

        /** Makes what is due. */
        void clock() {
            Instant wake = now.now().wake();
            if (wake != null && !wake.isAfter(at)) {
                Move move = switch (now.now().state()) {
                    case SUBMITTED -> Move.CLIMB;
                    case SUSPENDED -> Move.RESUME;
                    case REPORTED, RATED -> Move.ARCHIVE;
                    default -> Move.WARN;
                };
                now = now.make(request(move, now), Actor.CLOCK, at, TIME).after();
            }
        }
    }

    private static Case.Facts facts(Urgency urgency, Case.Privacy privacy, String area) {
        return new Case.Facts(
                UUID.randomUUID(),
                "202611230007",
                OWNER.id(),
                "路灯坏了",
                null,
                null,
                urgency,
                null,
                area,
                null,
                null,
                null,
                null,
                privacy,
                FILED,
                false);
    }

    private static Case.Now without(Case c) {
        return c.now().but(n -> {
            n.version = 0;
            n.updatedAt = FILED;
        });
    }

    private static Case merged(Case c, Case lead, Instant at) {
        return c.make(request(Move.MERGE, c).but(r -> r.lead = lead), new Actor.Staff(MERGER), at, TIME)
                .after();
    }

    private static Case followed(Case c, Case lead, Instant at) {
        return c.make(request(Move.FOLLOW, c).but(r -> r.lead = lead), Actor.CLOCK, at, TIME)
                .after();
    }

    private static Case split(Case c, Instant at) {
        return c.make(request(Move.SPLIT, c), new Actor.Staff(MERGER), at, TIME).after();
    }

    private interface Lived {
        void check(Random dice, Life one, Life lead);
    }

    /** Lives of which one may be merged into the other, as many as there should be. */
    private static void forLives(Lived lived) {
        Random dice = new Random(20261126);
        int merged = 0;
        for (int i = 0; i < LIVES; i++) {
            Case.Privacy[] privacies = Case.Privacy.values();
            Urgency urgency = dice.nextInt(4) == 0 ? Urgency.URGENT : Urgency.NORMAL;
            Life one = new Life(dice, urgency, privacies[dice.nextInt(3)], GRID);
            Life lead = new Life(dice, Urgency.URGENT, privacies[dice.nextInt(3)], dice.nextBoolean() ? GRID : TOWN);
            one.live(dice.nextInt(40));
            lead.live(dice.nextInt(40));
            lead.at = one.at = one.at.isAfter(lead.at) ? one.at : lead.at;
            one.clock();
            lead.clock();
            if (CaseActs.againstMerging(one.now, lead.now, MERGER) == null) {
                merged++;
                lived.check(dice, one, lead);
            }
        }
        int many = merged;
        assertTrue(many > 400, () -> "only " + many + " of " + LIVES + " lives could be merged");
    }

    @Test
    void splitting_brings_back_what_was_merged_wherever_the_lead_went() {
        int[] went = new int[CaseState.values().length];
        forLives((dice, one, lead) -> {
            Case before = one.now;
            Case along = merged(before, lead.now, one.at);
            for (int step = dice.nextInt(12); step > 0; step--) {
                CaseState stood = lead.now.now().state();
                if (dice.nextInt(4) == 0) {
                    lead.live(1 + dice.nextInt(5));
                } else {
                    lead.push();
                }
                boolean moved = stood != lead.now.now().state();
                CaseState there = lead.now.now().state();
                if (there == CaseState.WITHDRAWN
                        || there == CaseState.ARCHIVED
                        || !along.now().state().open()) {
                    break;
                }
                if (moved) {
                    along = followed(along, lead.now, lead.at);
                    went[along.now().state().ordinal()]++;
                }
            }
            assertEquals(before.facts(), along.facts());
            if (along.now().state() == CaseState.DECLINED) {
                assertNull(along.now().wake());
                return;
            }
            Case back = split(along, lead.at);
            assertEquals(without(before), without(back));
            assertTrue(back.now().version() >= before.now().version() + 2);
        });
        for (CaseState state :
                List.of(CaseState.HANDLING, CaseState.SUSPENDED, CaseState.REPORTED, CaseState.RESOLVED)) {
            assertTrue(went[state.ordinal()] > 3, () -> "too few went to " + state);
        }
    }

    @Test
    void what_the_resident_and_the_clock_do_meanwhile_stays() {
        forLives((dice, one, lead) -> {
            if (one.now.now().state() == CaseState.SUBMITTED && lead.now.now().state() != CaseState.SUBMITTED
                    || lead.now.now().suspended()) {
                // Its own deadline is another one while merged.
                return;
            }
            Case alone = one.now;
            Case along = merged(alone, lead.now, one.at);
            Instant at = one.at;
            for (int step = dice.nextInt(6); step > 0; step--) {
                at = at.plus(Duration.ofHours(dice.nextInt(100)));
                Move move = dice.nextBoolean() ? Move.URGE : Move.SUPPLEMENT;
                boolean due = alone.now().wake() != null && !alone.now().wake().isAfter(at);
                Actor actor = due ? Actor.CLOCK : new Actor.Resident(OWNER);
                Move made = !due ? move : alone.now().state() == CaseState.SUBMITTED ? Move.CLIMB : Move.WARN;
                alone = alone.make(request(made, alone), actor, at, TIME).after();
                along = along.make(request(made, along), actor, at, TIME).after();
            }
            assertEquals(without(alone), without(split(along, at)));
        });
    }

    @Test
    void nobody_sees_a_merged_case_or_its_resident_who_did_not_before() {
        forLives((dice, one, lead) -> {
            Case along = merged(one.now, lead.now, one.at);
            for (Caller.Staff who : EVERYBODY) {
                assertEquals(CasePolicy.maySee(who, one.now), CasePolicy.maySee(who, along));
                assertEquals(CasePolicy.seesReporter(who, one.now), CasePolicy.seesReporter(who, along));
                assertEquals(CasePolicy.mayReveal(who, one.now), CasePolicy.mayReveal(who, along));
                assertEquals(CasePolicy.maySee(who, lead.now), CasePolicy.maySee(who, lead.now));
            }
            assertEquals(one.now.now().holder(), along.now().holder());
            assertEquals(one.now.facts().privacy(), along.facts().privacy());
        });
    }

    private static Case filed(String area, Urgency urgency) {
        return new Life(new Random(1), urgency, Case.Privacy.NAMED, area).now;
    }

    private static Case with(Case c, java.util.function.Consumer<Case.Draft> change) {
        return new Case(c.facts(), c.now().but(change));
    }

    private static void refused(String why, Case c, Case lead) {
        Refusal refusal = assertThrows(Refusal.class, () -> merged(c, lead, FILED));
        assertTrue(refusal.detail().contains(why), refusal::detail);
        assertNotNull(CaseActs.againstMerging(c, lead, MERGER));
    }

    @Test
    void some_cases_are_not_merged_and_the_reason_is_told() {
        Case one = filed(GRID, Urgency.NORMAL);
        Case lead = filed(GRID, Urgency.NORMAL);
        Case top = filed(GRID, Urgency.NORMAL);
        refused("主案自己已经并入", one, merged(lead, top, FILED));
        refused("不在同一个区县", one, filed("140404001001001", Urgency.NORMAL));
        refused("更紧急", filed(GRID, Urgency.EMERGENCY), lead);
        refused("各办各的", with(one, n -> n.rule = DueRule.LEGAL_AID_EXAMINATION), lead);
        refused("挂牌督办", with(one, n -> n.listed = true), lead);
        refused("吹哨", with(one, n -> n.assisting = List.of(new Holder(COUNTY, "HOUSING"))), lead);
        refused("请先受理主案", with(one, n -> n.state = CaseState.HANDLING), lead);
        refused("不能再并入", one, with(lead, n -> n.state = CaseState.REPORTED));
        refused("另一件", one, one);
    }

    @Test
    void a_merged_case_is_handled_on_its_lead_and_its_resident_keeps_every_right() {
        Case lead = with(filed(GRID, Urgency.NORMAL), n -> n.state = CaseState.HANDLING);
        Case along = merged(filed(GRID, Urgency.NORMAL), lead, FILED);
        assertEquals(CaseState.HANDLING, along.now().state());
        assertThrows(
                Refusal.class,
                () -> along.make(
                        request(Move.REPORT_BACK, along), new Actor.Staff(staff(Role.GRID_WORKER, GRID)), FILED, TIME));
        for (Move move : List.of(Move.URGE, Move.SUPPLEMENT, Move.WITHDRAW)) {
            along.make(request(move, along), new Actor.Resident(OWNER), FILED, TIME);
        }
        Case told = followed(
                along,
                with(lead, n -> {
                    n.state = CaseState.REPORTED;
                    n.answer = "王女士您好，路灯已修好，有事打13812345678或0355-2012345，2026-11-26完工。";
                }),
                FILED);
        assertEquals("反映人您好，路灯已修好，有事打（号码已隐去）或（号码已隐去），2026-11-26完工。", told.now().answer());
        assertEquals(FILED.plus(Case.UNRATED), told.now().wake());
        assertEquals(
                CaseState.RATED,
                told.make(request(Move.RATE, told), new Actor.Resident(OWNER), FILED, TIME)
                        .after()
                        .now()
                        .state());
        Case again = told.make(request(Move.REOPEN, told), new Actor.Resident(OWNER), FILED, TIME)
                .after();
        assertEquals(CaseState.ACCEPTED, again.now().state());
        assertNull(again.now().mergedInto());
        assertNull(again.now().aside());
        assertEquals(Holder.of(GRID), again.now().holder());
    }

    @Test
    void how_it_stood_by_itself_is_kept_as_json_and_read_again() {
        forLives((dice, one, lead) -> {
            Aside aside = Aside.of(one.now.now());
            assertEquals(
                    aside,
                    Aside.of(new io.vertx.core.json.JsonObject(aside.toJson().encode())));
        });
    }
}
