package linge.mediation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import linge.shared.Caller;
import linge.shared.Refusal;
import linge.shared.Role;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A mediation by itself: who may do what in which state, that every open one has a way out, and what the clock says when. */
class MediationTest {

    private static final Instant NOON = Instant.parse("2026-11-25T04:00:00Z");
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 25);
    private static final String AREA = "140403001001001";
    private static final Caller.Staff COUNTY = staff("分流员", Role.DISPATCHER, "140403", null);
    private static final Caller.Staff TOWN = staff("镇分流员", Role.DISPATCHER, "140403001", null);
    private static final Caller.Staff JUSTICE = staff("司法局", Role.DEPARTMENT_OFFICER, "140403", "JUSTICE");
    private static final Caller.Staff JUSTICE_ELSEWHERE = staff("外县司法局", Role.DEPARTMENT_OFFICER, "140404", "JUSTICE");
    private static final Caller.Staff POLICE = staff("公安", Role.DEPARTMENT_OFFICER, "140403", "PUBLIC_SECURITY");
    private static final Caller.Staff ELSEWHERE = staff("外县", Role.DISPATCHER, "140404", null);
    private static final Caller.Staff WORKER = staff("网格员", Role.GRID_WORKER, AREA, null);
    private static final Caller.Staff ADMIN = staff("管理员", Role.ADMINISTRATOR, "1404", null);
    private static final Caller.Resident OWNER = resident();
    private static final Caller.Resident OTHER = resident();
    private static final Caller.Resident STRANGER = resident();
    private static final Mediator GUO = new Mediator("郭调解", WORKER.user());

    @Test
    void a_resident_applies_and_wants_it_the_other_side_is_asked() {
        Mediation applied = applied();
        assertEquals(MediationState.APPLIED, applied.now().state());
        assertEquals(true, applied.parties().get(0).consent());
        Mediation asked = act(applied, MediationAct.ACCEPT, COUNTY);
        assertEquals(MediationState.CONSENT, asked.now().state());
        Mediation willing = act(asked, MediationAct.SAY_WILL, OTHER, said(asked).yes(true));
        assertEquals(MediationState.MEDIATING, willing.now().state());
    }

    @Test
    void who_does_not_want_it_ends_it_and_is_told_the_other_ways() {
        Mediation asked = act(applied(), MediationAct.ACCEPT, COUNTY);
        Mediation over = act(asked, MediationAct.SAY_WILL, OTHER, said(asked).yes(false));
        assertEquals(MediationState.FAILED, over.now().state());
        assertTrue(Objects.requireNonNull(over.now().ending()).contains("仲裁、行政、司法"));
    }

    @Test
    void the_desk_begins_its_own_at_once_and_a_handover_waits_to_be_taken() {
        assertEquals(MediationState.CONSENT, opened(MediationSource.DESK).now().state());
        for (MediationSource source : MediationSource.values()) {
            if (source.handedOver()) {
                assertEquals(MediationState.APPLIED, opened(source).now().state(), source.label());
                assertFalse(source.rule().equals("MEDIATION"), "each hand-over has a clock of its own");
            }
        }
    }

    @Test
    void the_desk_is_the_centres_around_and_the_justice_bureau_and_no_one_else() {
        for (Caller.Staff who : List.of(COUNTY, TOWN, JUSTICE)) {
            assertTrue(MediationPolicy.mayOpen(who, AREA, MediationSource.DESK), who.name());
            assertTrue(MediationPolicy.maySee(who, applied()), who.name());
        }
        for (Caller.Staff who : List.of(JUSTICE_ELSEWHERE, POLICE, ELSEWHERE, WORKER, ADMIN)) {
            assertFalse(MediationPolicy.mayOpen(who, AREA, MediationSource.DESK), who.name());
            assertFalse(MediationPolicy.maySee(who, applied()), who.name());
        }
        assertTrue(MediationPolicy.mayOpen(POLICE, AREA, MediationSource.POLICE), "a department hands over");
        assertFalse(MediationPolicy.mayOpen(WORKER, AREA, MediationSource.POLICE));
    }

    @Test
    void who_handed_it_over_sees_it_but_neither_names_nor_acts() {
        Mediation handed = Mediation.opened(facts(MediationSource.POLICE, "PUBLIC_SECURITY"), people(), false);
        assertTrue(MediationPolicy.maySee(POLICE, handed));
        assertFalse(MediationPolicy.mayReadIdentity(POLICE, handed));
        assertEquals(List.of(), handed.offered(POLICE));
        assertTrue(MediationPolicy.mayReadIdentity(JUSTICE, handed));
    }

    @Test
    void a_mediator_works_on_what_they_were_given_and_does_not_give_it_on() {
        Mediation mediating = mediating();
        assertTrue(MediationPolicy.maySee(WORKER, mediating));
        assertTrue(mediating.offered(WORKER).contains(MediationAct.AGREE));
        assertFalse(mediating.offered(WORKER).contains(MediationAct.ASSIGN));
        Mediation recused =
                act(mediating, MediationAct.RECUSE, OTHER, said(mediating).words("他是对方亲戚"));
        assertFalse(MediationPolicy.maySee(WORKER, recused), "who was asked to step aside sees it no more");
        refused(
                Refusal.Kind.OUT_OF_TURN,
                recused,
                MediationAct.AGREE,
                COUNTY,
                said(recused).agreement(agreement(recused)));
    }

    @Test
    void the_other_side_sees_nothing_until_it_is_taken_and_strangers_never() {
        Mediation applied = applied();
        assertTrue(MediationPolicy.maySee(OWNER, applied));
        assertFalse(MediationPolicy.maySee(OTHER, applied));
        Mediation taken = act(applied, MediationAct.ACCEPT, COUNTY);
        assertTrue(MediationPolicy.maySee(OTHER, taken));
        assertFalse(MediationPolicy.maySee(STRANGER, taken));
        assertFalse(MediationPolicy.maySee(
                OTHER, act(applied, MediationAct.REFUSE, COUNTY, said(applied).words("不属于民间纠纷"))));
    }

    @Test
    void parties_say_what_they_want_withdraw_only_what_they_asked_for_and_decide_nothing() {
        Mediation taken = act(applied(), MediationAct.ACCEPT, COUNTY);
        assertEquals(List.of(MediationAct.SAY_WILL), taken.offered(OTHER));
        assertEquals(List.of(MediationAct.SAY_WILL, MediationAct.WITHDRAW), taken.offered(OWNER));
        refused(
                Refusal.Kind.NOT_ALLOWED,
                taken,
                MediationAct.WITHDRAW,
                OTHER,
                said(taken).words("算了"));
        refused(
                Refusal.Kind.NOT_ALLOWED,
                taken,
                MediationAct.FAIL,
                OWNER,
                said(taken).words("不行"));
    }

    @Test
    void a_refused_act_says_why_and_a_version_that_is_old_is_refused() {
        Mediation mediating = mediating();
        refused(Refusal.Kind.OUT_OF_TURN, mediating, MediationAct.CLOSE, COUNTY, said(mediating));
        refused(Refusal.Kind.NOT_SENSIBLE, mediating, MediationAct.FAIL, COUNTY, said(mediating));
        refused(Refusal.Kind.NOT_SENSIBLE, mediating, MediationAct.AGREE, COUNTY, said(mediating));
        Refusal stale = assertThrows(
                Refusal.class,
                () -> mediating.make(
                        MediationAct.NOTE,
                        COUNTY,
                        Mediation.Said.words(mediating.now().version() - 1, "记"),
                        NOON));
        assertEquals(Refusal.Kind.STALE_VERSION, stale.kind());
    }

    /** Every state that can be reached is walked with every act by everybody: allowed by the table, or refused with a sentence. */
    @Test
    void every_state_and_act_is_allowed_or_refused_with_a_reason_and_every_open_state_has_a_way_out() {
        Deque<Mediation> todo =
                new ArrayDeque<>(List.of(applied(), opened(MediationSource.COURT), opened(MediationSource.DESK)));
        Set<String> seen = new HashSet<>();
        Set<MediationState> reached = EnumSet.noneOf(MediationState.class);
        while (!todo.isEmpty()) {
            Mediation one = todo.poll();
            if (!seen.add(shape(one))) {
                continue;
            }
            reached.add(one.now().state());
            boolean ways = false;
            for (MediationAct act : MediationAct.values()) {
                for (Caller who : List.of(COUNTY, JUSTICE, WORKER, POLICE, ELSEWHERE, ADMIN, OWNER, OTHER, STRANGER)) {
                    for (boolean yes : List.of(true, false)) {
                        Draft said = said(one)
                                .words("写明")
                                .yes(yes)
                                .party(one.parties().get(yes ? 0 : 1).id());
                        said.item = nextPromise(one);
                        said.agreement = agreement(one);
                        said.came = List.of(one.parties().get(0).id());
                        said.place = "调解室";
                        said.days = 7;
                        said.agreed = one.parties().stream()
                                .map(Party::id)
                                .limit(yes ? 2 : 1)
                                .toList();
                        said.at = act == MediationAct.PLAN ? NOON.plusSeconds(86_400) : null;
                        said.committee = UUID.randomUUID();
                        said.mediators = List.of(GUO);
                        try {
                            Mediation.Acted made = one.make(act, who, said.said(), NOON);
                            assertTrue(
                                    act.from().contains(one.now().state()),
                                    act + " from " + one.now().state());
                            assertTrue(MediationPolicy.mayAct(who, act, one));
                            assertEquals(
                                    one.now().version() + 1, made.after().now().version());
                            ways |= made.after().now().state() != one.now().state() && who == COUNTY;
                            if (one.now().sessions().size() < 2) {
                                todo.add(made.after());
                            }
                        } catch (Refusal refusal) {
                            assertTrue(refusal.detail().endsWith("。"), refusal.detail());
                            assertFalse(
                                    one.offered(who).contains(act) && refusal.kind() == Refusal.Kind.NOT_ALLOWED,
                                    "what is offered is never refused to the person");
                        }
                    }
                }
            }
            boolean wayOut = ways || one.now().state() == MediationState.AGREED;
            assertTrue(one.now().state().ended() || wayOut, one.now().state() + " has no way out");
            if (one.now().state().ended()) {
                assertEquals(List.of(), one.offered(COUNTY));
            }
        }
        assertEquals(EnumSet.allOf(MediationState.class), reached);
    }

    @Test
    void it_takes_longer_only_when_every_party_wants_it_and_nobody_can_after_its_day() {
        Mediation mediating = mediating();
        Draft said = said(mediating).words("要等开春才能修");
        said.days = 7;
        said.agreed = List.of(mediating.parties().get(0).id());
        refused(Refusal.Kind.NOT_SENSIBLE, mediating, MediationAct.EXTEND, COUNTY, said);
        said.agreed = mediating.parties().stream().map(Party::id).toList();
        refused(Refusal.Kind.NOT_ALLOWED, mediating, MediationAct.EXTEND, OWNER, said);
        assertEquals(
                MediationState.MEDIATING,
                act(mediating, MediationAct.EXTEND, WORKER, said).now().state());
        Mediation late = mediating.until(NOON.minusSeconds(1), "MEDIATION", null);
        refused(Refusal.Kind.OUT_OF_TURN, late, MediationAct.EXTEND, COUNTY, said);
        refused(Refusal.Kind.OUT_OF_TURN, late, MediationAct.PAUSE, COUNTY, said);
    }

    @Test
    void while_an_appraisal_is_waited_for_it_is_not_settled_but_can_end_or_go_on() {
        Mediation mediating = mediating();
        Mediation waits =
                act(mediating, MediationAct.PAUSE, WORKER, said(mediating).words("送检漏水原因"));
        assertEquals(MediationState.PAUSED, waits.now().state());
        assertTrue(waits.now().state().running(), "its case stays open");
        assertEquals(
                List.of(MediationAct.RESUME, MediationAct.FAIL, MediationAct.WITHDRAW, MediationAct.NOTE),
                waits.offered(COUNTY).stream()
                        .filter(one -> one != MediationAct.ASSIGN && one != MediationAct.RECUSE)
                        .toList());
        refused(
                Refusal.Kind.OUT_OF_TURN,
                waits,
                MediationAct.AGREE,
                COUNTY,
                said(waits).agreement(agreement(waits)));
        Mediation due = waits.until(NOON.plusSeconds(86_400 * 30L), Reminder.APPRAISAL, null);
        assertTrue(Reminder.of(due).stream().allMatch(one -> one.words().contains("鉴定") && !one.toParties()));
        assertEquals(
                MediationState.MEDIATING,
                act(waits, MediationAct.RESUME, JUSTICE, said(waits).words("鉴定意见已送达"))
                        .now()
                        .state());
    }

    @Test
    void an_agreement_closes_when_every_promise_was_looked_at_and_the_court_has_answered() {
        Mediation agreed = agreed();
        refused(Refusal.Kind.OUT_OF_TURN, agreed, MediationAct.CLOSE, COUNTY, said(agreed));
        Mediation first =
                act(agreed, MediationAct.PERFORM, COUNTY, said(agreed).yes(true).item(1));
        refused(
                Refusal.Kind.NOT_SENSIBLE,
                first,
                MediationAct.PERFORM,
                COUNTY,
                said(first).yes(false).item(2));
        Mediation both = act(
                first,
                MediationAct.PERFORM,
                COUNTY,
                said(first).yes(false).item(2).words("告知申请强制执行"));
        Mediation asked = act(both, MediationAct.CONFIRM_APPLY, OWNER, said(both));
        refused(Refusal.Kind.OUT_OF_TURN, asked, MediationAct.CLOSE, COUNTY, said(asked));
        Mediation confirmed =
                act(asked, MediationAct.CONFIRM_RESULT, JUSTICE, said(asked).yes(true));
        assertEquals(Confirmation.CONFIRMED, confirmed.now().confirmation());
        assertEquals(
                MediationState.CLOSED,
                act(confirmed, MediationAct.CLOSE, COUNTY).now().state());
    }

    @Test
    void the_court_is_reminded_of_ten_and_three_days_before_each_once_and_not_when_it_was_asked_or_declined() {
        Mediation agreed = agreed();
        List<Reminder> court = Reminder.of(agreed).stream()
                .filter(one -> one.key().startsWith("court:"))
                .toList();
        assertEquals(
                List.of("2026-12-15T01:00:00Z", "2026-12-22T01:00:00Z", "2026-12-25T16:00:00Z"),
                court.stream().map(one -> one.at().toString()).toList());
        Instant then = Instant.parse("2026-12-22T02:00:00Z");
        Mediation told = agreed.reminded(Reminder.due(agreed, then), then).after();
        assertEquals(List.of(), Reminder.due(told, then), "what was said is not said again");
        for (MediationAct act : List.of(MediationAct.CONFIRM_APPLY, MediationAct.CONFIRM_DECLINE)) {
            Mediation settled = act(agreed, act, OTHER, said(agreed));
            assertTrue(Reminder.of(settled).stream().noneMatch(one -> one.key().startsWith("court:")), act.label());
        }
        Instant after = Instant.parse("2026-12-25T16:00:01Z");
        Mediation lapsed = agreed.reminded(Reminder.due(agreed, after), after).after();
        assertEquals(Confirmation.LAPSED, lapsed.now().confirmation());
    }

    @Test
    void promises_are_reminded_of_before_their_day_and_looked_after_on_the_next() {
        Mediation agreed = agreed();
        List<String> promises = Reminder.of(agreed).stream()
                .filter(one -> one.what() == Reminder.What.PROMISE)
                .map(one -> one.key() + " " + one.at())
                .toList();
        assertEquals(List.of("promise:1 2026-12-07T01:00:00Z", "promise:1:past 2026-12-11T01:00:00Z"), promises);
        Mediation kept =
                act(agreed, MediationAct.PERFORM, COUNTY, said(agreed).yes(true).item(1));
        assertTrue(Reminder.of(kept).stream().noneMatch(one -> one.what() == Reminder.What.PROMISE));
    }

    @Test
    void names_are_masked_and_no_line_has_one() {
        assertEquals("郝**", applied().parties().get(0).masked());
        assertEquals("王*", new Party(UUID.randomUUID(), true, "王五", null, null, null, null, null, null).masked());
        Mediation.Acted said = act(applied(), MediationAct.ACCEPT, COUNTY)
                .make(
                        MediationAct.SAY_WILL,
                        OTHER,
                        said(act(applied(), MediationAct.ACCEPT, COUNTY))
                                .yes(true)
                                .said(),
                        NOON);
        assertFalse(String.valueOf(said.line()).contains("李有财"));
        assertEquals("另一方当事人", Objects.requireNonNull(said.line().by()).name());
    }

    private static Mediation applied() {
        return Mediation.opened(facts(MediationSource.RESIDENT, null), people(), false);
    }

    private static Mediation opened(MediationSource source) {
        return Mediation.opened(facts(source, null), people(), true);
    }

    private static Mediation mediating() {
        Mediation taken = act(applied(), MediationAct.ACCEPT, COUNTY);
        Mediation willing = act(taken, MediationAct.SAY_WILL, OTHER, said(taken).yes(true));
        Draft said = said(willing);
        said.committee = UUID.randomUUID();
        said.mediators = List.of(GUO);
        return act(willing, MediationAct.ASSIGN, COUNTY, said);
    }

    /** Signed today; the court may be asked until the end of 25 December (thirty days on). */
    private static Mediation agreed() {
        Mediation mediating = mediating();
        Mediation agreed =
                act(mediating, MediationAct.AGREE, COUNTY, said(mediating).agreement(agreement(mediating)));
        Instant end = Instant.parse("2026-12-25T16:00:00Z");
        return agreed.until(end, "MEDIATION_CONFIRMATION", end);
    }

    private static Agreement agreement(Mediation mediation) {
        UUID owes = mediation.parties().get(1).id();
        return new Agreement(
                false,
                "阳台漏水泡坏了楼下的墙面",
                List.of(
                        new Agreement.Item(1, owes, "赔偿墙面修复费用", 350_000L, LocalDate.of(2026, 12, 10), null, null),
                        new Agreement.Item(2, owes, "当场赔礼道歉", null, null, null, null)),
                "转账",
                TODAY);
    }

    private static Mediation.Facts facts(MediationSource source, @Nullable String department) {
        return new Mediation.Facts(
                UUID.randomUUID(),
                "TJ26-000001",
                AREA,
                MediationKind.NEIGHBOURS,
                source,
                null,
                null,
                department,
                "楼上漏水",
                null,
                NOON,
                OWNER.id());
    }

    private static List<Party.Person> people() {
        return List.of(
                new Party.Person(true, "郝梅梅", OWNER.phone(), null, OWNER.id()),
                new Party.Person(false, "李有财", OTHER.phone(), null, OTHER.id()));
    }

    private static Mediation act(Mediation on, MediationAct act, Caller who) {
        return act(on, act, who, said(on));
    }

    private static Mediation act(Mediation on, MediationAct act, Caller who, Draft said) {
        return on.make(act, who, said.said(), NOON).after();
    }

    private static void refused(Refusal.Kind kind, Mediation on, MediationAct act, Caller who, Draft said) {
        Refusal refusal = assertThrows(Refusal.class, () -> on.make(act, who, said.said(), NOON));
        assertEquals(kind, refusal.kind(), refusal.detail());
        assertNotNull(refusal.detail());
    }

    /** The first that nobody looked at; the first where all were. */
    private static int nextPromise(Mediation one) {
        Agreement agreement = one.now().agreement();
        return agreement == null
                ? 1
                : agreement.items().stream()
                        .filter(item -> item.kept() == null)
                        .findFirst()
                        .map(Agreement.Item::no)
                        .orElse(1);
    }

    private static String shape(Mediation one) {
        return one.now().state() + "/" + one.now().confirmation() + "/"
                + one.now().mediators().size() + "/"
                + one.now().sessions().size() + "/"
                + one.parties().stream().map(Party::consent).toList()
                + (one.now().agreement() == null
                        ? ""
                        : one.now().agreement().items().stream()
                                .map(Agreement.Item::kept)
                                .toList())
                + one.facts().source();
    }

    private static Draft said(Mediation on) {
        return new Draft(on.now().version());
    }

    /** What is sent, on its way. */
    private static final class Draft {
        private final int version;
        private @Nullable String words;
        private @Nullable UUID party;
        private @Nullable Boolean yes;
        private @Nullable UUID committee;
        private List<Mediator> mediators = List.of();
        private @Nullable Instant at;
        private @Nullable String place;
        private List<UUID> came = List.of();
        private @Nullable Agreement agreement;
        private @Nullable Integer item;
        private @Nullable Integer days;
        private List<UUID> agreed = List.of();

        Draft(int version) {
            this.version = version;
        }

        Draft words(String said) {
            words = said;
            return this;
        }

        Draft yes(boolean said) {
            yes = said;
            return this;
        }

        Draft party(UUID whose) {
            party = whose;
            return this;
        }

        Draft item(int no) {
            item = no;
            return this;
        }

        Draft agreement(Agreement written) {
            agreement = written;
            return this;
        }

        Mediation.Said said() {
            return new Mediation.Said(
                    version, words, party, yes, committee, mediators, at, place, came, agreement, item, days, agreed);
        }
    }

    private static Caller.Resident resident() {
        return new Caller.Resident(UUID.randomUUID(), "13900000000", null);
    }

    private static Caller.Staff staff(String name, Role role, String area, @Nullable String department) {
        return new Caller.Staff(UUID.randomUUID(), "user-" + name, name, role, area, department);
    }
}
