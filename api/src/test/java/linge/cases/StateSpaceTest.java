package linge.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import linge.shared.Caller;
import linge.shared.Refusal;
import linge.shared.Role;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Walks every standing a case can come to, with every move by everybody: each is either made, and then fits the table, or
 * refused with one sentence of its own. What differs only in words and times is one standing.
 */
class StateSpaceTest {

    private static final Instant AT = SomeCase.FILED.plusSeconds(600);
    private static final Rules RULES =
            new Rules(SomeCase.TIME, new Chain("RURAL", List.of(Role.GRID_WORKER, Role.GRID_LEADER)));

    /** What a standing is told apart by. */
    private record Key(
            CaseState state,
            Holder holder,
            Role tier,
            boolean listed,
            boolean extension,
            int returns,
            boolean settled,
            boolean transferred,
            int assisting,
            boolean merged,
            Visit visited,
            boolean confirmed,
            boolean rated,
            CaseState resumeTo,
            boolean clock,
            boolean wakes) {
        static Key of(Case.Now n) {
            return new Key(
                    n.state(),
                    n.holder(),
                    n.tier(),
                    n.listed(),
                    n.extension() != null,
                    Math.min(n.returns(), 2),
                    n.settled(),
                    n.transferredFrom() != null,
                    n.assisting().size(),
                    n.mergedInto() != null,
                    n.visited(),
                    n.confirmed(),
                    n.rating() != null,
                    n.resumeTo(),
                    n.due() != null,
                    n.wake() != null);
        }
    }

    private static final Map<Key, Case> REACHED = new LinkedHashMap<>();
    private static final Map<Key, Set<Move>> BY_PEOPLE = new HashMap<>();
    private static final Map<Key, Set<Move>> BY_CLOCK = new HashMap<>();
    private static final Map<Key, Set<Key>> NEXT = new HashMap<>();
    private static final Map<String, Integer> REFUSALS = new TreeMap<>();
    private static final List<String> FAULTS = new ArrayList<>();
    private static final Set<Move> MADE = EnumSet.noneOf(Move.class);
    private static long tried;

    private static final List<Actor> ACTORS = actors();
    private static final Case LEAD = SomeCase.in(CaseState.HANDLING, Holder.of(SomeCase.VILLAGE));

    @BeforeAll
    static void walk() {
        ArrayDeque<Case> waiting = new ArrayDeque<>();
        Case filed = SomeCase.filed();
        REACHED.put(Key.of(filed.now()), filed);
        waiting.add(filed);
        while (!waiting.isEmpty()) {
            Case c = waiting.poll();
            Key from = Key.of(c.now());
            for (Move move : Move.values()) {
                for (MoveRequest request : requests(move, c)) {
                    for (Actor actor : ACTORS) {
                        tried++;
                        Case after = tried(c, request, actor);
                        if (after == null) {
                            continue;
                        }
                        MADE.add(move);
                        (actor instanceof Actor.Clock ? BY_CLOCK : BY_PEOPLE)
                                .computeIfAbsent(from, k -> EnumSet.noneOf(Move.class))
                                .add(move);
                        Key to = Key.of(after.now());
                        NEXT.computeIfAbsent(from, k -> new HashSet<>()).add(to);
                        // The law is the same however often it is sent back: two are enough.
                        if (REACHED.putIfAbsent(to, after) == null) {
                            waiting.add(after);
                        }
                    }
                }
            }
        }
    }

    private static Case tried(Case c, MoveRequest request, Actor actor) {
        String what = request.move() + " in " + c.now().state() + " by " + name(actor);
        try {
            Moved moved = c.make(request, actor, AT, RULES);
            check(what, c, request.move(), actor, moved);
            return moved.after();
        } catch (Refusal no) {
            REFUSALS.merge(no.kind() + " " + no.detail(), 1, Integer::sum);
            if (!no.detail().matches("(?s).*[。？]") || no.detail().length() < 6) {
                FAULTS.add(what + " is refused without a sentence: " + no.detail());
            }
            return null;
        } catch (RuntimeException fault) {
            FAULTS.add(what + " throws " + fault);
            return null;
        }
    }

    private static void check(String what, Case before, Move move, Actor actor, Moved moved) {
        Case.Now n = moved.after().now();
        if (!move.from().contains(before.now().state())
                || !move.leadsTo(before.now().state()).contains(n.state())) {
            FAULTS.add(what + " led to " + n.state() + ", which no table knows");
        }
        if (!CasePolicy.mayMake(actor, move, before)) {
            FAULTS.add(what + " was made by somebody who may not");
        }
        boolean closed =
                n.state() == CaseState.REPORTED || n.state() == CaseState.RATED || n.state() == CaseState.ARCHIVED;
        if (closed && (n.answer() == null || n.resolution() == null)) {
            FAULTS.add(what + " closed a case without telling or without evidence");
        }
        boolean heard = n.rating() != null || n.confirmed() || n.visited() == Visit.SATISFIED;
        if (n.state() == CaseState.ARCHIVED && !heard && n.archivedBy() != HistoryLine.By.Kind.CLOCK) {
            FAULTS.add(what + " archived what nobody was heard about");
        }
        if (n.listed() && !n.state().open()) {
            FAULTS.add(what + " closed a listed case");
        }
        if (n.due() != null && !n.state().open()
                || n.wake() != null && n.state().ended()) {
            FAULTS.add(what + " left a clock running");
        }
        if (n.version() != before.now().version() + 1 || moved.line().seq() != n.version()) {
            FAULTS.add(what + " miscounts");
        }
    }

    @Test
    void every_move_by_everybody_is_made_by_the_table_or_refused_with_a_sentence() {
        assertEquals(List.of(), FAULTS.stream().distinct().limit(20).toList());
        assertTrue(REACHED.size() > 500, REACHED.size() + " standings");
        assertTrue(tried > 1_000_000, tried + " tries");
    }

    @Test
    void every_move_but_filing_is_made_somewhere_and_every_state_is_reached() {
        assertEquals(EnumSet.complementOf(EnumSet.of(Move.FILE)), MADE);
        Set<CaseState> states = EnumSet.noneOf(CaseState.class);
        REACHED.keySet().forEach(key -> states.add(key.state()));
        assertEquals(EnumSet.allOf(CaseState.class), states);
    }

    @Test
    void every_open_standing_has_a_way_out_by_people_and_none_an_end_without_leave() {
        Set<Key> ending = new HashSet<>();
        REACHED.keySet().stream().filter(key -> key.state().ended()).forEach(ending::add);
        boolean grown = true;
        while (grown) {
            grown = false;
            for (Map.Entry<Key, Set<Key>> one : NEXT.entrySet()) {
                if (!ending.contains(one.getKey()) && one.getValue().stream().anyMatch(ending::contains)) {
                    grown = ending.add(one.getKey());
                }
            }
        }
        for (Key key : REACHED.keySet()) {
            assertTrue(ending.contains(key), key + " never ends");
            Set<Move> out = BY_PEOPLE.getOrDefault(key, Set.of());
            if (key.state().ended()) {
                assertEquals(Set.of(), out, key + " has ended");
                assertEquals(Set.of(), BY_CLOCK.getOrDefault(key, Set.of()), key + " has ended");
            } else {
                assertFalse(out.isEmpty(), key + " has no way out by people");
            }
        }
    }

    @Test
    void the_clock_can_move_every_standing_that_wakes_it() {
        for (Key key : REACHED.keySet()) {
            if (key.wakes()) {
                Case c = REACHED.get(key);
                Instant wake = c.now().wake();
                assertNotNull(wake);
                Move move = Cases.dueMove(c.now(), wake.plus(Duration.ofSeconds(1)));
                c.make(MoveRequest.of(move, c.now().version()), Actor.CLOCK, wake.plusSeconds(1), RULES);
            }
        }
        for (CaseState state : CaseState.values()) {
            boolean some = BY_CLOCK.entrySet().stream()
                    .anyMatch(one ->
                            one.getKey().state() == state && !one.getValue().isEmpty());
            assertEquals(!state.ended(), some, state + " and the clock");
        }
    }

    @Test
    void what_stands_against_a_move_is_said_in_many_words() {
        Set<String> sentences = new TreeSet<>(REFUSALS.keySet());
        for (String said : List.of(
                "挂牌督办，摘牌之前不能",
                "已被退回两次",
                "上级中心已经裁定归属，不能再退单",
                "已并入主案",
                "回访满意之前不能归档",
                "还没有评价、确认",
                "回访要由没有经办",
                "不能由工作人员重办",
                "没有等待答复的延期申请",
                "已经有一个延期申请",
                "不必再受理",
                "不是邻格移交来的诉求不能退回",
                "没有单位退回过",
                "不能再上报")) {
            if (sentences.stream().noneMatch(one -> one.contains(said))) {
                fail("nobody is ever told: " + said);
            }
        }
    }

    /** The usual request, and where its fields decide what comes of it, each of these. */
    private static List<MoveRequest> requests(Move move, Case c) {
        MoveRequest usual = SomeCase.request(move, c);
        List<MoveRequest> all = new ArrayList<>(List.of(usual));
        switch (move) {
            case RETURN_VISIT ->
                List.of(Visit.DISSATISFIED, Visit.NOT_REACHED)
                        .forEach(found -> all.add(usual.but(r -> r.visit = found)));
            case RATE -> all.add(usual.but(r -> r.score = 1));
            case DISPATCH, ARBITRATE -> {
                all.add(usual.but(r -> r.target = Holder.of(SomeCase.GRID)));
                all.add(usual.but(r -> r.target = new Holder(SomeCase.COUNTY, "TRAFFIC")));
                all.add(usual.but(r -> r.target = null));
            }
            case WHISTLE -> all.set(0, usual.but(r -> r.assisting = List.of(new Holder(SomeCase.COUNTY, "TRAFFIC"))));
            case MERGE -> all.set(0, usual.but(r -> r.lead = LEAD));
            case FOLLOW -> {
                all.clear();
                for (CaseState state : CaseState.values()) {
                    all.add(usual.but(r ->
                            r.lead = new Case(LEAD.facts(), LEAD.now().but(n -> {
                                n.state = state;
                                n.answer = "已修好";
                                n.resolution = new Case.Resolution("已修好", 1, null, null);
                                if (state == CaseState.SUSPENDED) {
                                    n.suspendedAt = AT;
                                    n.resumeTo = CaseState.HANDLING;
                                    n.wake = AT.plusSeconds(60);
                                }
                            }))));
                }
            }
            case SUSPEND -> all.add(usual.but(r -> r.until = AT));
            case ASK_EXTENSION -> all.add(usual.but(r -> r.days = 99));
            case RESOLVE, REPORT_BACK -> {
                all.add(usual.but(r -> r.without = null));
                all.add(usual.but(r -> r.media = List.of(UUID.randomUUID())));
            }
            default -> {}
        }
        return all;
    }

    private static List<Actor> actors() {
        List<Actor> all = new ArrayList<>();
        all.add(Actor.CLOCK);
        all.add(Actor.of(SomeCase.OWNER));
        all.add(Actor.of(SomeCase.STRANGER));
        for (Role role : Role.values()) {
            if (role.inGrid()) {
                all.add(Actor.of(SomeCase.staff(role, SomeCase.GRID)));
            }
        }
        all.add(Actor.of(SomeCase.staff(Role.GRID_WORKER, SomeCase.NEIGHBOUR)));
        for (String area : List.of(SomeCase.VILLAGE, SomeCase.TOWN, SomeCase.COUNTY, SomeCase.CITY)) {
            all.add(Actor.of(SomeCase.staff(Role.DISPATCHER, area)));
        }
        for (String area : List.of(SomeCase.COUNTY, SomeCase.CITY)) {
            all.add(Actor.of(SomeCase.staff(Role.SUPERVISOR, area)));
        }
        all.add(Actor.of(SomeCase.staff(Role.DEPARTMENT_OFFICER, SomeCase.COUNTY, "HOUSING")));
        all.add(Actor.of(SomeCase.staff(Role.DEPARTMENT_OFFICER, SomeCase.COUNTY, "TRAFFIC")));
        all.add(Actor.of(SomeCase.staff(Role.ADMINISTRATOR, SomeCase.CITY)));
        all.add(Actor.of(SomeCase.staff(Role.DISPATCHER, "140404")));
        return List.copyOf(all);
    }

    private static String name(Actor actor) {
        return actor.caller() instanceof Caller.Staff staff
                ? staff.role() + " of " + staff.area()
                : actor.getClass().getSimpleName();
    }
}
