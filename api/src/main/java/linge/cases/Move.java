package linge.cases;

import static linge.cases.CaseState.ACCEPTED;
import static linge.cases.CaseState.ARCHIVED;
import static linge.cases.CaseState.DECLINED;
import static linge.cases.CaseState.DISPATCHED;
import static linge.cases.CaseState.HANDLING;
import static linge.cases.CaseState.RATED;
import static linge.cases.CaseState.REPORTED;
import static linge.cases.CaseState.RESOLVED;
import static linge.cases.CaseState.SUBMITTED;
import static linge.cases.CaseState.SUSPENDED;
import static linge.cases.CaseState.WITHDRAWN;
import static linge.cases.Move.Ear.OFFICE;
import static linge.cases.Move.Ear.RESIDENT;
import static linge.cases.Move.Ear.SUPERVISORS;
import static linge.cases.Move.Ear.UPPER_OFFICE;
import static linge.cases.Move.Reach.ABOVE;
import static linge.cases.Move.Reach.ARBITER;
import static linge.cases.Move.Reach.ASSISTING;
import static linge.cases.Move.Reach.CLOCK;
import static linge.cases.Move.Reach.HOLDER;
import static linge.cases.Move.Reach.HOLDER_OR_ABOVE;
import static linge.cases.Move.Reach.INVOLVED;
import static linge.cases.Move.Reach.OWNER;
import static linge.cases.Move.Reach.SUPERVISING;
import static linge.cases.Move.Reach.UPPER;
import static linge.shared.Role.DEPARTMENT_OFFICER;
import static linge.shared.Role.DEPUTY_LEADER;
import static linge.shared.Role.DISPATCHER;
import static linge.shared.Role.GRID_ASSISTANT;
import static linge.shared.Role.GRID_LEADER;
import static linge.shared.Role.GRID_WORKER;
import static linge.shared.Role.SUPERVISOR;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import linge.shared.Role;
import org.jspecify.annotations.Nullable;

/** Every legal move of a case: its name, from where, to where, who may make it, what it needs, who hears of it. */
public enum Move {
    FILE("提交诉求", Set.of(), SUBMITTED, at(OWNER), noStaff(), needing(), tell(RESIDENT, OFFICE)),
    /** Also what a grid's team does with a case that a neighbouring grid hands over. */
    ACCEPT(
            "受理",
            from(SUBMITTED, DISPATCHED),
            ACCEPTED,
            at(HOLDER_OR_ABOVE),
            by(GRID_WORKER, DEPUTY_LEADER, GRID_LEADER, DISPATCHER, DEPARTMENT_OFFICER),
            needing(),
            tell(RESIDENT)),
    DECLINE(
            "不予受理",
            from(SUBMITTED, ACCEPTED),
            DECLINED,
            at(HOLDER_OR_ABOVE),
            by(DEPUTY_LEADER, GRID_LEADER, DISPATCHER),
            needing("words", "channel"),
            tell(RESIDENT)),
    DISPATCH(
            "分流",
            from(SUBMITTED, ACCEPTED, DISPATCHED, HANDLING),
            DISPATCHED,
            at(HOLDER_OR_ABOVE),
            by(DISPATCHER),
            needing("target"),
            tell(RESIDENT, OFFICE)),
    /** Within the five working days of objection; what a neighbouring grid handed over goes back to it. */
    RETURN(
            "退单",
            from(DISPATCHED),
            ACCEPTED,
            at(HOLDER),
            by(GRID_WORKER, DEPUTY_LEADER, GRID_LEADER, DEPARTMENT_OFFICER),
            needing("words"),
            tell(RESIDENT, OFFICE)),
    /** Offices could not agree whose it is: the centre above says so, and that is the end of it. */
    ARBITRATE(
            "裁定归属",
            from(ACCEPTED),
            DISPATCHED,
            at(ARBITER),
            by(DISPATCHER, SUPERVISOR),
            needing("target", "words"),
            tell(RESIDENT, OFFICE)),
    /** To a neighbouring grid, which accepts it or sends it back; the deadline runs on. */
    TRANSFER(
            "移交邻格",
            from(SUBMITTED, ACCEPTED, DISPATCHED, HANDLING),
            DISPATCHED,
            at(HOLDER),
            by(GRID_WORKER, DEPUTY_LEADER, GRID_LEADER),
            needing("target", "words"),
            tell(RESIDENT, OFFICE)),
    ESCALATE(
            "上报上级",
            from(SUBMITTED, ACCEPTED, DISPATCHED, HANDLING),
            ACCEPTED,
            at(HOLDER),
            by(GRID_ASSISTANT, GRID_WORKER, DEPUTY_LEADER, GRID_LEADER, DISPATCHER),
            needing("words"),
            tell(RESIDENT, OFFICE)),
    HANDLE(
            "开始处置",
            from(ACCEPTED, DISPATCHED),
            HANDLING,
            at(HOLDER),
            by(GRID_WORKER, DEPUTY_LEADER, GRID_LEADER, DISPATCHER, DEPARTMENT_OFFICER),
            needing(),
            tell(RESIDENT)),
    /** Also by the service, where another matter about the case came to something. */
    NOTE(
            "记录进展",
            from(SUBMITTED, ACCEPTED, DISPATCHED, HANDLING, SUSPENDED, RESOLVED),
            null,
            at(INVOLVED, CLOCK),
            by(GRID_ASSISTANT, GRID_WORKER, DEPUTY_LEADER, GRID_LEADER, DISPATCHER, DEPARTMENT_OFFICER),
            needing("words"),
            tell(RESIDENT)),
    ASK_EXTENSION(
            "申请延期",
            from(ACCEPTED, DISPATCHED, HANDLING),
            null,
            at(HOLDER),
            by(GRID_WORKER, DEPUTY_LEADER, GRID_LEADER, DISPATCHER, DEPARTMENT_OFFICER),
            needing("words", "days"),
            tell(UPPER_OFFICE)),
    GRANT_EXTENSION(
            "同意延期",
            from(ACCEPTED, DISPATCHED, HANDLING),
            null,
            at(UPPER),
            by(DISPATCHER, SUPERVISOR),
            needing(),
            tell(RESIDENT, OFFICE)),
    REFUSE_EXTENSION(
            "不同意延期",
            from(ACCEPTED, DISPATCHED, HANDLING),
            null,
            at(UPPER),
            by(DISPATCHER, SUPERVISOR),
            needing("words"),
            tell(OFFICE)),
    /** Before it is accepted only what waits for papers: an application for legal aid. */
    SUSPEND(
            "挂起",
            from(SUBMITTED, ACCEPTED, DISPATCHED, HANDLING),
            SUSPENDED,
            at(HOLDER_OR_ABOVE, SUPERVISING),
            by(DEPUTY_LEADER, GRID_LEADER, DISPATCHER, SUPERVISOR, DEPARTMENT_OFFICER),
            needing("words", "until"),
            tell(RESIDENT, OFFICE)),
    /** Back to where it stood; {@link Case} knows where that was. */
    RESUME(
            "恢复办理",
            from(SUSPENDED),
            HANDLING,
            at(HOLDER_OR_ABOVE, CLOCK),
            by(GRID_WORKER, DEPUTY_LEADER, GRID_LEADER, DISPATCHER, DEPARTMENT_OFFICER),
            needing(),
            tell(RESIDENT, OFFICE)),
    RESOLVE(
            "办结",
            from(HANDLING),
            RESOLVED,
            at(HOLDER),
            by(GRID_WORKER, DEPUTY_LEADER, GRID_LEADER, DISPATCHER, DEPARTMENT_OFFICER),
            needing("words", "evidence"),
            tell(OFFICE)),
    /** From handling it is resolved and told at once, and needs the evidence that resolving does. */
    REPORT_BACK(
            "反馈结果",
            from(HANDLING, RESOLVED),
            REPORTED,
            at(HOLDER),
            by(GRID_WORKER, DEPUTY_LEADER, GRID_LEADER, DISPATCHER, DEPARTMENT_OFFICER),
            needing("words", "evidence"),
            tell(RESIDENT)),
    SUPERVISE(
            "督办",
            from(SUBMITTED, ACCEPTED, DISPATCHED, HANDLING, SUSPENDED, RESOLVED),
            null,
            at(ABOVE),
            by(SUPERVISOR),
            needing("words"),
            tell(RESIDENT, OFFICE)),
    /** Nothing closes it until the listing is lifted. */
    LIST(
            "挂牌督办",
            from(SUBMITTED, ACCEPTED, DISPATCHED, HANDLING, SUSPENDED, RESOLVED),
            null,
            at(ABOVE),
            by(SUPERVISOR),
            needing("words"),
            tell(RESIDENT, OFFICE, SUPERVISORS)),
    UNLIST(
            "摘牌",
            from(SUBMITTED, ACCEPTED, DISPATCHED, HANDLING, SUSPENDED, RESOLVED),
            null,
            at(ABOVE),
            by(SUPERVISOR),
            needing("words"),
            tell(OFFICE, SUPERVISORS)),
    WHISTLE(
            "吹哨",
            from(ACCEPTED, DISPATCHED, HANDLING),
            null,
            at(ABOVE),
            by(DISPATCHER, SUPERVISOR),
            needing("words", "assisting"),
            tell(RESIDENT)),
    REPORT_IN(
            "报到",
            from(ACCEPTED, DISPATCHED, HANDLING, SUSPENDED, RESOLVED),
            null,
            at(ASSISTING),
            by(DEPARTMENT_OFFICER),
            needing(),
            tell(OFFICE)),
    CONCLUDE(
            "会商结论",
            from(ACCEPTED, DISPATCHED, HANDLING, SUSPENDED, RESOLVED),
            null,
            at(ABOVE),
            by(DISPATCHER, SUPERVISOR),
            needing("words"),
            tell(RESIDENT, OFFICE)),
    MERGE(
            "并案",
            from(SUBMITTED, ACCEPTED, DISPATCHED, HANDLING),
            null,
            at(HOLDER_OR_ABOVE),
            by(DISPATCHER),
            needing("lead"),
            tell(RESIDENT)),
    /** As it stood by itself; also when its lead was withdrawn. */
    SPLIT(
            "拆案",
            from(SUBMITTED, ACCEPTED, DISPATCHED, HANDLING, SUSPENDED, RESOLVED, REPORTED),
            null,
            at(HOLDER_OR_ABOVE, CLOCK),
            by(DISPATCHER),
            needing("words"),
            tell(RESIDENT, OFFICE)),
    /** A merged case goes where its lead has gone, with its own resident, office, rating and deadline. */
    FOLLOW(
            "随主案进展",
            from(SUBMITTED, ACCEPTED, DISPATCHED, HANDLING, SUSPENDED, RESOLVED),
            null,
            at(CLOCK),
            noStaff(),
            needing("lead"),
            tell(RESIDENT)),
    RATE("评价", from(REPORTED, RATED), RATED, at(OWNER), noStaff(), needing("score"), tell(RESIDENT, OFFICE)),
    /** The resident agrees, without stars. */
    CONFIRM("确认办结", from(REPORTED), RATED, at(OWNER), noStaff(), needing(), tell(RESIDENT, OFFICE)),
    /** Somebody who did not handle it asks the resident; who is dissatisfied has it reopened. */
    RETURN_VISIT(
            "回访",
            from(REPORTED, RATED),
            null,
            at(ABOVE),
            by(DISPATCHER, SUPERVISOR),
            needing("words", "visit"),
            tell(RESIDENT, OFFICE)),
    REOPEN(
            "不满意，重办",
            from(REPORTED, RATED),
            ACCEPTED,
            at(OWNER, ABOVE),
            by(DISPATCHER, SUPERVISOR),
            needing("words"),
            tell(RESIDENT, OFFICE, SUPERVISORS)),
    WITHDRAW(
            "撤回",
            from(SUBMITTED, ACCEPTED, DISPATCHED, HANDLING, SUSPENDED),
            WITHDRAWN,
            at(OWNER),
            noStaff(),
            needing(),
            tell(RESIDENT, OFFICE)),
    SUPPLEMENT(
            "补充说明",
            from(SUBMITTED, ACCEPTED, DISPATCHED, HANDLING, SUSPENDED, RESOLVED),
            null,
            at(OWNER),
            noStaff(),
            needing("words"),
            tell(OFFICE)),
    URGE(
            "催办",
            from(SUBMITTED, ACCEPTED, DISPATCHED, HANDLING, SUSPENDED, RESOLVED),
            null,
            at(OWNER),
            noStaff(),
            needing(),
            tell(RESIDENT, OFFICE)),
    /** The matter is about something else than was understood; the running deadline stays as promised. */
    CORRECT(
            "更正类别",
            from(SUBMITTED, ACCEPTED, DISPATCHED, HANDLING),
            null,
            at(HOLDER_OR_ABOVE),
            by(GRID_WORKER, DEPUTY_LEADER, GRID_LEADER, DISPATCHER, DEPARTMENT_OFFICER),
            needing("category"),
            nobody()),
    /** The accept deadline passed: one level up, where somebody will look. */
    CLIMB("超时上报", from(SUBMITTED), null, at(CLOCK), noStaff(), needing(), tell(RESIDENT, OFFICE)),
    /** The handling deadline is near (黄牌). */
    CAUTION(
            "黄牌预警",
            from(ACCEPTED, DISPATCHED, HANDLING, RESOLVED),
            null,
            at(CLOCK),
            noStaff(),
            needing(),
            tell(OFFICE)),
    /** The handling deadline passed (红牌). */
    WARN(
            "超时督办",
            from(ACCEPTED, DISPATCHED, HANDLING, RESOLVED),
            null,
            at(CLOCK),
            noStaff(),
            needing(),
            tell(RESIDENT, OFFICE, SUPERVISORS)),
    ARCHIVE(
            "归档",
            from(REPORTED, RATED),
            ARCHIVED,
            at(CLOCK, ABOVE),
            by(DISPATCHER, SUPERVISOR),
            needing(),
            tell(RESIDENT));

    /** From where the actor reaches the case. */
    public enum Reach {
        /** The resident who filed it. */
        OWNER,
        /** The office that has the case: the grid's team, the centre's dispatchers, the department's officers. */
        HOLDER,
        /** That office, or a dispatcher of an area around it. */
        HOLDER_OR_ABOVE,
        /** That office, a dispatcher of an area around it, or a department called in. */
        INVOLVED,
        /** A department called in. */
        ASSISTING,
        /** A supervisor of an area around that office. */
        SUPERVISING,
        /** Staff of a centre whose area holds the case's place. */
        ABOVE,
        /** The centre above the office that has the case; for the city's own cases its supervisors. */
        UPPER,
        /** A centre above every office that sent the case back. */
        ARBITER,
        /** The service itself: a deadline that passed, or a lead that went on. */
        CLOCK
    }

    /** Who hears of a move. */
    public enum Ear {
        RESIDENT,
        /** The office that has the case after the move. */
        OFFICE,
        /** The centre above that office. */
        UPPER_OFFICE,
        SUPERVISORS
    }

    private final String label;
    private final Set<CaseState> from;
    private final @Nullable CaseState to;
    private final Set<Reach> reach;
    private final Set<Role> by;
    private final List<String> needs;
    private final Set<Ear> tell;

    Move(
            String label,
            Set<CaseState> from,
            @Nullable CaseState to,
            Set<Reach> reach,
            Set<Role> by,
            List<String> needs,
            Set<Ear> tell) {
        this.label = label;
        this.from = from;
        this.to = to;
        this.reach = reach;
        this.by = by;
        this.needs = needs;
        this.tell = tell;
    }

    public String label() {
        return label;
    }

    public Set<CaseState> from() {
        return from;
    }

    /** The state after the move made in {@code state}: most lead somewhere, many leave the case where it is. */
    public CaseState to(CaseState state) {
        return to == null ? state : to;
    }

    /** Every state it may lead to from {@code state}: one, but for moves that go back or along with another case. */
    public Set<CaseState> leadsTo(CaseState state) {
        return switch (this) {
            case RESUME -> Set.of(SUBMITTED, ACCEPTED, DISPATCHED, HANDLING);
            case MERGE ->
                state == SUBMITTED
                        ? Set.of(SUBMITTED, ACCEPTED, DISPATCHED, HANDLING, SUSPENDED)
                        : Set.of(ACCEPTED, DISPATCHED, HANDLING, SUSPENDED);
            case SPLIT -> Set.of(SUBMITTED, ACCEPTED, DISPATCHED, HANDLING);
            case FOLLOW -> Set.of(SUBMITTED, ACCEPTED, DISPATCHED, HANDLING, SUSPENDED, RESOLVED, REPORTED, DECLINED);
            default -> Set.of(to(state));
        };
    }

    /** The ways by which it may be made; roles count for those of staff. */
    public Set<Reach> reach() {
        return reach;
    }

    public boolean byOwner() {
        return reach.contains(OWNER);
    }

    public boolean byClock() {
        return reach.contains(CLOCK);
    }

    /** Made by a feature that keeps more about it than the case does, never asked for on its own. */
    public boolean ofFeature() {
        return switch (this) {
            case WHISTLE, REPORT_IN, CONCLUDE, MERGE, SPLIT, FOLLOW -> true;
            default -> false;
        };
    }

    public Set<Role> by() {
        return by;
    }

    /**
     * The fields the move is nothing without: words, channel, target, score, category, days, until, visit, lead, assisting, and
     * evidence: a photo or document, or why there is none.
     */
    public List<String> needs() {
        return needs;
    }

    public Set<Ear> tell() {
        return tell;
    }

    private static Set<Reach> at(Reach... reaches) {
        return Set.of(reaches);
    }

    private static Set<CaseState> from(CaseState... states) {
        return Set.of(states);
    }

    /** Not a matter of roles: the resident or the clock. */
    private static Set<Role> noStaff() {
        return Set.of();
    }

    private static Set<Ear> nobody() {
        return Set.of();
    }

    private static Set<Role> by(Role... roles) {
        return Set.of(roles);
    }

    private static List<String> needing(String... fields) {
        return List.of(fields);
    }

    private static Set<Ear> tell(Ear... ears) {
        Set<Ear> set = EnumSet.noneOf(Ear.class);
        set.addAll(List.of(ears));
        return set;
    }
}
