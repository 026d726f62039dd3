package linge.cases;

import static linge.cases.CaseState.ACCEPTED;
import static linge.cases.CaseState.ARCHIVED;
import static linge.cases.CaseState.DECLINED;
import static linge.cases.CaseState.DISPATCHED;
import static linge.cases.CaseState.HANDLING;
import static linge.cases.CaseState.RATED;
import static linge.cases.CaseState.REPORTED;
import static linge.cases.CaseState.SUBMITTED;
import static linge.cases.CaseState.WITHDRAWN;
import static linge.cases.Move.Ear.OFFICE;
import static linge.cases.Move.Ear.RESIDENT;
import static linge.cases.Move.Ear.SUPERVISORS;
import static linge.cases.Move.Reach.ABOVE;
import static linge.cases.Move.Reach.CLOCK;
import static linge.cases.Move.Reach.HOLDER;
import static linge.cases.Move.Reach.HOLDER_OR_ABOVE;
import static linge.cases.Move.Reach.OWNER;
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
    FILE("提交诉求", Set.of(), SUBMITTED, OWNER, noStaff(), needing(), tell(RESIDENT, OFFICE)),
    ACCEPT(
            "受理",
            from(SUBMITTED),
            ACCEPTED,
            HOLDER_OR_ABOVE,
            by(GRID_WORKER, DEPUTY_LEADER, GRID_LEADER, DISPATCHER, DEPARTMENT_OFFICER),
            needing(),
            tell(RESIDENT)),
    DECLINE(
            "不予受理",
            from(SUBMITTED, ACCEPTED),
            DECLINED,
            HOLDER_OR_ABOVE,
            by(DEPUTY_LEADER, GRID_LEADER, DISPATCHER),
            needing("words", "channel"),
            tell(RESIDENT)),
    DISPATCH(
            "分流",
            from(SUBMITTED, ACCEPTED, DISPATCHED),
            DISPATCHED,
            HOLDER_OR_ABOVE,
            by(DISPATCHER),
            needing("target"),
            tell(RESIDENT, OFFICE)),
    RETURN("退单", from(DISPATCHED), ACCEPTED, HOLDER, by(DEPARTMENT_OFFICER), needing("words"), tell(RESIDENT, OFFICE)),
    ESCALATE(
            "上报上级",
            from(SUBMITTED, ACCEPTED, DISPATCHED, HANDLING),
            ACCEPTED,
            HOLDER,
            by(GRID_WORKER, DEPUTY_LEADER, GRID_LEADER, DISPATCHER),
            needing("words"),
            tell(RESIDENT, OFFICE)),
    HANDLE(
            "开始处置",
            from(ACCEPTED, DISPATCHED),
            HANDLING,
            HOLDER,
            by(GRID_WORKER, DEPUTY_LEADER, GRID_LEADER, DISPATCHER, DEPARTMENT_OFFICER),
            needing(),
            tell(RESIDENT)),
    NOTE(
            "记录进展",
            from(SUBMITTED, ACCEPTED, DISPATCHED, HANDLING),
            null,
            HOLDER_OR_ABOVE,
            by(GRID_ASSISTANT, GRID_WORKER, DEPUTY_LEADER, GRID_LEADER, DISPATCHER, DEPARTMENT_OFFICER),
            needing("words"),
            tell(RESIDENT)),
    REPORT_BACK(
            "反馈结果",
            from(HANDLING),
            REPORTED,
            HOLDER,
            by(GRID_WORKER, DEPUTY_LEADER, GRID_LEADER, DISPATCHER, DEPARTMENT_OFFICER),
            needing("words"),
            tell(RESIDENT)),
    SUPERVISE(
            "督办",
            from(SUBMITTED, ACCEPTED, DISPATCHED, HANDLING),
            null,
            ABOVE,
            by(SUPERVISOR),
            needing("words"),
            tell(RESIDENT, OFFICE)),
    RATE("评价", from(REPORTED), RATED, OWNER, noStaff(), needing("score"), tell(RESIDENT, OFFICE)),
    REOPEN(
            "不满意，重办",
            from(REPORTED, RATED),
            ACCEPTED,
            OWNER,
            noStaff(),
            needing("words"),
            tell(RESIDENT, OFFICE, SUPERVISORS)),
    WITHDRAW(
            "撤回",
            from(SUBMITTED, ACCEPTED, DISPATCHED, HANDLING),
            WITHDRAWN,
            OWNER,
            noStaff(),
            needing(),
            tell(RESIDENT, OFFICE)),
    SUPPLEMENT(
            "补充说明",
            from(SUBMITTED, ACCEPTED, DISPATCHED, HANDLING),
            null,
            OWNER,
            noStaff(),
            needing("words"),
            tell(OFFICE)),
    URGE(
            "催办",
            from(SUBMITTED, ACCEPTED, DISPATCHED, HANDLING),
            null,
            OWNER,
            noStaff(),
            needing(),
            tell(RESIDENT, OFFICE)),
    /** The matter is about something else than was understood; the running deadline stays as promised. */
    CORRECT(
            "更正类别",
            from(SUBMITTED, ACCEPTED, DISPATCHED, HANDLING),
            null,
            HOLDER_OR_ABOVE,
            by(GRID_WORKER, DEPUTY_LEADER, GRID_LEADER, DISPATCHER, DEPARTMENT_OFFICER),
            needing("category"),
            nobody()),
    /** The accept deadline passed: one level up, where somebody will look. */
    CLIMB("超时上报", from(SUBMITTED), null, CLOCK, noStaff(), needing(), tell(RESIDENT, OFFICE)),
    /** The handling deadline passed. */
    WARN(
            "超时督办",
            from(ACCEPTED, DISPATCHED, HANDLING),
            null,
            CLOCK,
            noStaff(),
            needing(),
            tell(RESIDENT, OFFICE, SUPERVISORS)),
    ARCHIVE("归档", from(REPORTED, RATED), ARCHIVED, CLOCK, noStaff(), needing(), tell(RESIDENT));

    /** From where the actor reaches the case. */
    public enum Reach {
        /** The resident who filed it. */
        OWNER,
        /** The office that has the case: the grid's team, the centre's dispatchers, the department's officers. */
        HOLDER,
        /** That office, or a dispatcher of an area around it. */
        HOLDER_OR_ABOVE,
        /** Staff of a centre whose area holds the case's place. */
        ABOVE,
        /** A deadline that passed. */
        CLOCK
    }

    /** Who hears of a move. */
    public enum Ear {
        RESIDENT,
        /** The office that has the case after the move. */
        OFFICE,
        SUPERVISORS
    }

    private final String label;
    private final Set<CaseState> from;
    private final @Nullable CaseState to;
    private final Reach reach;
    private final Set<Role> by;
    private final List<String> needs;
    private final Set<Ear> tell;

    Move(
            String label,
            Set<CaseState> from,
            @Nullable CaseState to,
            Reach reach,
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

    /** The state after the move made in {@code state}: most lead somewhere, a few leave the case where it is. */
    public CaseState to(CaseState state) {
        return to == null ? state : to;
    }

    public Reach reach() {
        return reach;
    }

    public Set<Role> by() {
        return by;
    }

    /** The fields the move is nothing without: words, channel, target, score, category. */
    public List<String> needs() {
        return needs;
    }

    public Set<Ear> tell() {
        return tell;
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
