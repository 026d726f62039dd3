package linge.whistle;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import linge.shared.AreaLevel;
import linge.shared.Caller;
import linge.shared.Refusal;
import linge.shared.Role;
import org.jspecify.annotations.Nullable;

/**
 * One whistle: why departments were called to a case, how far each is, and what they concluded. Pure: an act makes another
 * Whistle, or is refused: {@code NOT_ALLOWED} for the wrong person, {@code STALE_VERSION} when it changed meanwhile,
 * {@code OUT_OF_TURN} in the wrong state, {@code NOT_SENSIBLE} when something it needs is missing.
 */
record Whistle(Facts facts, Now now, List<Call> calls) {

    static final int WORDS_LIMIT = 2000;
    static final int MOST_DEPARTMENTS = 12;
    static final int MOST_PEOPLE = 20;
    /** A meeting further ahead is no whistle. */
    private static final Duration FURTHEST = Duration.ofDays(7);
    /** A meeting time just passed is a page that lay open. */
    private static final Duration JUST = Duration.ofMinutes(10);

    /**
     * What was blown; never changes, but for the deadline where the rule does.
     *
     * @param area of the case
     * @param county at whose centre the departments have their officers
     * @param due the last moment to report in: the rule's, or the meeting's where that is later
     */
    record Facts(
            UUID id,
            UUID caseId,
            String number,
            String area,
            String centre,
            String county,
            boolean emergency,
            String reason,
            Meeting meeting,
            ReportInRule rule,
            Instant blownAt,
            Instant due,
            Line.By by) {}

    /**
     * How it stands.
     *
     * @param begun whether a department that is there wrote down what it does
     */
    record Now(
            WhistleState state,
            int version,
            boolean begun,
            @Nullable Conclusion conclusion,
            @Nullable Closing closing) {}

    record Conclusion(String words, Instant at, String by) {}

    record Closing(boolean calledOff, @Nullable String words, Instant at, String by) {}

    /** A whistle after an act, and the line the act adds. */
    record Acted(Whistle after, Line line) {}

    /** What a centre wants to blow. */
    record Wanted(String reason, String lead, List<String> assisting, boolean emergency, Meeting meeting) {}

    /**
     * Blows it.
     *
     * @param area of the case
     * @param there the departments that have officers at the county's centre
     * @param promise what the rule in force there asks of departments called now
     */
    static Acted blow(
            Wanted wanted,
            UUID caseId,
            String number,
            String area,
            List<String> there,
            ReportInClocks.Promise promise,
            Caller.Staff who,
            Instant at) {
        if (!WhistlePolicy.mayBlow(who, area)) {
            throw Refusal.notAllowed("只有乡镇（街道）和县（区）综治中心的分流员、督办员可以对本区域的诉求吹哨。");
        }
        words(wanted.reason(), "/reason", "请写明为什么要请部门到场。");
        departments(wanted, there);
        ReportInRule rule = promise.rule();
        Instant due = due(promise, wanted.meeting().at(), at);
        Facts facts = new Facts(
                UUID.randomUUID(),
                caseId,
                number,
                area,
                who.area(),
                area.substring(0, AreaLevel.COUNTY.digits()),
                wanted.emergency(),
                wanted.reason(),
                wanted.meeting(),
                rule,
                at,
                due,
                Line.By.of(who));
        List<Call> calls = Stream.concat(Stream.of(wanted.lead()), wanted.assisting().stream())
                .map(department -> Call.to(department, department.equals(wanted.lead()), due))
                .toList();
        Whistle blown = new Whistle(facts, new Now(WhistleState.CALLED, 0, false, null, null), calls);
        return new Acted(blown, new Line(0, WhistleAct.BLOW, at, facts.by(), null, wanted.reason()));
    }

    /** The check-in of an officer's department. */
    Acted reportIn(Caller.Staff who, Call.Report report) {
        refuseUnless(WhistleAct.REPORT_IN, who, null);
        Call mine = callOf(who);
        List<String> people = report.checkIn().people();
        String came = String.join("、", people);
        return acted(
                WhistleAct.REPORT_IN,
                report.checkIn().at(),
                who,
                mine.department(),
                came,
                now.begun(),
                with(mine, call -> call.reported(report)));
    }

    /** What is being done, by a department that is there, or by the centre. */
    Acted note(Caller.Staff who, @Nullable String words, Instant at) {
        refuseUnless(WhistleAct.NOTE, who, null);
        String said = words(words, "/words", "请写几句进展。");
        boolean department = who.role() == Role.DEPARTMENT_OFFICER;
        return acted(WhistleAct.NOTE, at, who, who.department(), said, now.begun() || department, calls);
    }

    /** The joint conclusion, written by the lead; written again, all sign again. */
    Acted conclude(Caller.Staff who, int version, @Nullable String words, Instant at) {
        refuseUnless(WhistleAct.CONCLUDE, who, version);
        String said = words(words, "/words", "请写明联合处置结论：查明了什么、怎么办、谁来办、什么时候办完。");
        Call lead = callOf(who);
        List<Call> asked = calls.stream()
                .map(call -> call.department().equals(lead.department()) ? call.in(CallState.DONE) : call.unsigned())
                .toList();
        Now concluded = new Now(
                WhistleState.SIGNING, now.version() + 1, true, new Conclusion(said, at, who.name()), now.closing());
        return new Acted(
                new Whistle(facts, concluded, asked), line(WhistleAct.CONCLUDE, at, who, lead.department(), said));
    }

    /** An assisting department agrees, or says why it does not. */
    Acted countersign(Caller.Staff who, int version, boolean agreed, @Nullable String words, Instant at) {
        refuseUnless(WhistleAct.COUNTERSIGN, who, version);
        String said = agreed ? optional(words) : words(words, "/words", "不同意结论的，请写明理由。");
        Call mine = callOf(who);
        Call.Opinion opinion = new Call.Opinion(agreed, said, at, who.name());
        String told = (agreed ? "同意" : "不同意") + (said == null ? "" : "：" + said);
        return acted(
                WhistleAct.COUNTERSIGN,
                at,
                who,
                mine.department(),
                told,
                now.begun(),
                with(mine, call -> call.signed(opinion)));
    }

    /** The centre spares a department: it need not come, or need not sign. */
    Acted excuse(Caller.Staff who, int version, String department, @Nullable String words, Instant at) {
        refuseUnless(WhistleAct.EXCUSE, who, version);
        String said = words(words, "/words", "请写明为什么可以不到场。");
        Call call = calls.stream()
                .filter(one -> one.department().equals(department))
                .findFirst()
                .orElseThrow(() -> Refusal.notSensible("/department", "这次吹哨没有叫这个部门。"));
        if (call.lead()) {
            throw Refusal.notSensible("/department", "牵头部门不能免到。可以取消这次吹哨，另请牵头部门。");
        }
        if (call.state() == CallState.EXCUSED || call.state() == CallState.DONE) {
            throw Refusal.notSensible("/department", "这个部门现在是“" + call.state().label() + "”，不用再免。");
        }
        Call.Excuse excuse = new Call.Excuse(said, at, who.name());
        return acted(WhistleAct.EXCUSE, at, who, department, said, now.begun(), with(call, one -> one.excused(excuse)));
    }

    /** The centre closes what was concluded and signed. */
    Acted close(Caller.Staff who, int version, @Nullable String words, Instant at) {
        refuseUnless(WhistleAct.CLOSE, who, version);
        List<String> unsigned = departments(call -> call.state() == CallState.REPORTED_IN);
        if (!unsigned.isEmpty()) {
            throw Refusal.of(Refusal.Kind.OUT_OF_TURN, "还有 " + unsigned.size() + " 个部门没有会签。请等他们会签，或说明理由免去会签。");
        }
        return closed(WhistleAct.CLOSE, new Closing(false, optional(words), at, who.name()), who, at);
    }

    /** The centre calls it off; the case may then go on without it. */
    Acted callOff(Caller.Staff who, int version, @Nullable String words, Instant at) {
        refuseUnless(WhistleAct.CALL_OFF, who, version);
        String said = words(words, "/words", "请写明为什么取消。");
        return closed(WhistleAct.CALL_OFF, new Closing(true, said, at, who.name()), who, at);
    }

    /** The case came to its end, and the whistle with it. */
    Acted end(String why, Instant at) {
        if (!now.state().open()) {
            throw new IllegalStateException("a closed whistle does not end");
        }
        return closed(WhistleAct.END, new Closing(true, why, at, "系统"), null, at);
    }

    /** The clock finds one department late that was due by now and is not there: from now on, and once. Null when none is. */
    @Nullable
    Acted late(Instant at) {
        Call found = calls.stream()
                .filter(call -> call.state() == CallState.CALLED && !call.due().isAfter(at))
                .findFirst()
                .orElse(null);
        if (found == null) {
            return null;
        }
        Whistle after =
                new Whistle(facts, at(WhistleState.CALLED, now.begun()), with(found, call -> call.lateSince(at)));
        return new Acted(after, line(WhistleAct.LATE, at, null, found.department(), null));
    }

    /** When the clock must look next; null when nobody is awaited any more, or all that are were found late. */
    @Nullable
    Instant wake() {
        return now.state() != WhistleState.CALLED
                ? null
                : calls.stream()
                        .filter(call -> call.state() == CallState.CALLED)
                        .map(Call::due)
                        .min(Comparator.naturalOrder())
                        .orElse(null);
    }

    /** What this person may do now, in the order of the table. */
    List<WhistleAct> offered(Caller.Staff who) {
        List<WhistleAct> offered = new ArrayList<>();
        for (WhistleAct act : WhistleAct.values()) {
            boolean inTurn = act.from().contains(now.state())
                    && (act != WhistleAct.CLOSE
                            || departments(call -> call.state() == CallState.REPORTED_IN)
                                    .isEmpty());
            if (inTurn && WhistlePolicy.mayAct(who, act, this)) {
                offered.add(act);
            }
        }
        return offered;
    }

    @Nullable
    Call call(@Nullable String department) {
        return calls.stream()
                .filter(call -> call.department().equals(department))
                .findFirst()
                .orElse(null);
    }

    List<String> departments(java.util.function.Predicate<Call> which) {
        return calls.stream().filter(which).map(Call::department).toList();
    }

    String lead() {
        return calls.stream()
                .filter(Call::lead)
                .map(Call::department)
                .findFirst()
                .orElseThrow();
    }

    private Call callOf(Caller.Staff who) {
        Call mine = call(who.department());
        if (mine == null) {
            throw new IllegalStateException("the policy let somebody through who was not called");
        }
        return mine;
    }

    private List<Call> with(Call one, UnaryOperator<Call> changed) {
        return calls.stream()
                .map(call -> call.department().equals(one.department()) ? changed.apply(call) : call)
                .toList();
    }

    private Acted acted(
            WhistleAct act,
            Instant at,
            Caller.Staff who,
            @Nullable String department,
            @Nullable String words,
            boolean begun,
            List<Call> after) {
        Now next = at(stage(after, begun), begun);
        return new Acted(new Whistle(facts, next, after), line(act, at, who, department, words));
    }

    private Now at(WhistleState state, boolean begun) {
        return new Now(state, now.version() + 1, begun, now.conclusion(), now.closing());
    }

    /** Where the calls leave it: what was concluded stays concluded, whoever is excused afterwards. */
    private WhistleState stage(List<Call> after, boolean begun) {
        if (now.state() == WhistleState.SIGNING) {
            return WhistleState.SIGNING;
        }
        if (after.stream().anyMatch(call -> call.state().awaited())) {
            return WhistleState.CALLED;
        }
        return begun ? WhistleState.HANDLING : WhistleState.GATHERED;
    }

    private Acted closed(WhistleAct act, Closing closing, Caller.@Nullable Staff who, Instant at) {
        Now next = new Now(WhistleState.CLOSED, now.version() + 1, now.begun(), now.conclusion(), closing);
        return new Acted(new Whistle(facts, next, calls), line(act, at, who, null, closing.words()));
    }

    private Line line(
            WhistleAct act,
            Instant at,
            Caller.@Nullable Staff who,
            @Nullable String department,
            @Nullable String words) {
        return new Line(now.version() + 1, act, at, who == null ? null : Line.By.of(who), department, words);
    }

    private void refuseUnless(WhistleAct act, Caller.Staff who, @Nullable Integer version) {
        if (!WhistlePolicy.reaches(who, act, this)) {
            throw Refusal.notAllowed("您不能对这次吹哨“" + act.label() + "”。");
        }
        if (version != null && version != now.version()) {
            throw Refusal.of(Refusal.Kind.STALE_VERSION, "这次吹哨刚刚有了新进展，请看过最新情况再操作。")
                    .with("version", now.version());
        }
        Call mine = call(who.department());
        if (act == WhistleAct.REPORT_IN && mine != null && !mine.state().awaited()) {
            throw alreadyIn(mine);
        }
        if (!act.from().contains(now.state())) {
            throw Refusal.of(Refusal.Kind.OUT_OF_TURN, outOfTurn(act)).with("version", now.version());
        }
        if (!WhistlePolicy.mayAct(who, act, this)) {
            throw Refusal.of(Refusal.Kind.OUT_OF_TURN, notYet(act, mine)).with("version", now.version());
        }
    }

    private String outOfTurn(WhistleAct act) {
        if (act == WhistleAct.CONCLUDE && now.state() == WhistleState.CALLED) {
            return "还有部门没有报到。请等他们签到，或由中心免到，再写联合结论。";
        }
        return "这次吹哨现在是“" + now.state().label() + "”，不能“" + act.label() + "”。";
    }

    private static String notYet(WhistleAct act, @Nullable Call mine) {
        if (mine == null) {
            return "这次吹哨现在不能“" + act.label() + "”。";
        }
        return mine.state().awaited()
                ? "贵单位还没有签到，请先签到，再“" + act.label() + "”。"
                : "贵单位现在是“" + mine.state().label() + "”，不能再“" + act.label() + "”。";
    }

    private static Refusal alreadyIn(Call mine) {
        Call.Report report = mine.report();
        return Refusal.of(
                Refusal.Kind.OUT_OF_TURN,
                report == null
                        ? "中心已经免去贵单位到场，不用签到。"
                        : "贵单位已由" + report.checkIn().name() + "签到，不用再签；还有谁到场，请写在进展里。");
    }

    private static void departments(Wanted wanted, List<String> there) {
        Set<String> named = new TreeSet<>(wanted.assisting());
        if (!there.contains(wanted.lead())) {
            throw Refusal.notSensible("/lead", "县（区）综治中心没有这个部门的经办人，请另选牵头部门。");
        }
        if (named.size() < wanted.assisting().size() || named.contains(wanted.lead())) {
            throw Refusal.notSensible("/assisting", "同一个部门只能叫一次。");
        }
        if (named.size() >= MOST_DEPARTMENTS) {
            throw Refusal.notSensible("/assisting", "一次吹哨最多叫 " + MOST_DEPARTMENTS + " 个部门。");
        }
        if (!there.containsAll(named)) {
            throw Refusal.notSensible("/assisting", "县（区）综治中心没有其中一个部门的经办人，请重新选择。");
        }
    }

    private static Instant due(ReportInClocks.Promise promise, @Nullable Instant meet, Instant at) {
        Instant due = promise.due();
        if (meet == null) {
            return due;
        }
        if (meet.isBefore(at.minus(JUST))) {
            throw Refusal.notSensible("/meeting/at", "会商时间已经过了，请重新选择。");
        }
        if (meet.isAfter(at.plus(FURTHEST))) {
            throw Refusal.notSensible("/meeting/at", "会商时间不能晚于 7 天。");
        }
        if (promise.rule().emergency() && meet.isAfter(due)) {
            throw Refusal.notSensible("/meeting/at", "紧急吹哨要求“" + promise.rule().label() + "”，会商时间不能更晚。");
        }
        return meet.isAfter(due) ? meet : due;
    }

    private static String words(@Nullable String words, String pointer, String missing) {
        String said = optional(words);
        if (said == null) {
            throw Refusal.notSensible(pointer, missing);
        }
        return said;
    }

    private static @Nullable String optional(@Nullable String words) {
        if (words == null || words.isBlank()) {
            return null;
        }
        if (words.length() > WORDS_LIMIT) {
            throw Refusal.notSensible("/words", "文字太长，最多 " + WORDS_LIMIT + " 个字。");
        }
        return words;
    }
}
