package linge.cases;

import java.util.Collection;
import java.util.List;
import linge.shared.AreaLevel;
import linge.shared.Caller;
import linge.shared.Role;
import org.jspecify.annotations.Nullable;

/**
 * Who may see a case and who may move it: the one place that decides. Residents have their own cases; a grid's team has its
 * grid's; dispatchers and supervisors have their centre's area; officers have what was sent to their department or what it was
 * called in for. Administrators look after people and grids, and see no cases.
 */
public final class CasePolicy {
    private CasePolicy() {}

    public static boolean maySee(Caller caller, Case c) {
        if (caller instanceof Caller.Resident resident) {
            return resident.id().equals(c.facts().resident());
        }
        return caller instanceof Caller.Staff staff && seesAsStaff(staff, c);
    }

    private static boolean seesAsStaff(Caller.Staff staff, Case c) {
        return seesAsStaff(staff, c.facts().area(), List.of(c.now().holder())) || assists(staff, c);
    }

    /** The same for a case of which only the place is known and who has to do with it, e.g. a live hint. */
    public static boolean seesAsStaff(Caller.Staff staff, String area, Collection<Holder> offices) {
        return switch (staff.role()) {
            case GRID_ASSISTANT, GRID_WORKER, DEPUTY_LEADER, GRID_LEADER ->
                staff.area().equals(area)
                        || offices.stream().anyMatch(office -> staff.area().equals(office.area()));
            case DISPATCHER, SUPERVISOR -> AreaLevel.covers(staff.area(), area);
            case DEPARTMENT_OFFICER -> offices.stream().anyMatch(office -> holds(staff, office));
            case ADMINISTRATOR -> false;
        };
    }

    /** Whether this person may make this move on a case they may see; the state is another question. */
    static boolean mayMake(Actor actor, Move move, Case c) {
        return against(actor, move, c) == null;
    }

    /** Why this person may not make this move on this case, in one sentence; null when they may. */
    static @Nullable String against(Actor actor, Move move, Case c) {
        if (actor instanceof Actor.Clock) {
            return move.byClock() ? null : "“" + move.label() + "”要由人来做。";
        }
        if (actor instanceof Actor.Resident resident) {
            boolean own = resident.who().id().equals(c.facts().resident());
            return own && move.byOwner()
                    ? null
                    : own ? "“" + move.label() + "”由工作人员办理。" : "您不能对这件诉求“" + move.label() + "”。";
        }
        Caller.Staff staff = ((Actor.Staff) actor).who();
        if (move.by().isEmpty()) {
            return move.byOwner() ? "“" + move.label() + "”要由反映人自己做。" : "“" + move.label() + "”由系统自动进行。";
        }
        if (!seesAsStaff(staff, c)) {
            return "您不能对这件诉求“" + move.label() + "”。";
        }
        if (!move.by().contains(staff.role())) {
            return staff.role().label() + "不能“" + move.label() + "”。";
        }
        if (move.reach().stream().anyMatch(reach -> reaches(staff, reach, c))) {
            return null;
        }
        return move.reach().contains(Move.Reach.UPPER) || move.reach().contains(Move.Reach.ARBITER)
                ? "“" + move.label() + "”要由上级中心来做。"
                : move.reach().contains(Move.Reach.ASSISTING)
                        ? "您的部门没有被叫到这件诉求上。"
                        : behind(staff, c) ? "这件诉求已经上报给" + tier(c) + "。" : "这件诉求不在您这里，不能“" + move.label() + "”。";
    }

    private static boolean reaches(Caller.Staff staff, Move.Reach reach, Case c) {
        Holder holder = c.now().holder();
        return switch (reach) {
            case HOLDER -> answers(staff, c);
            case HOLDER_OR_ABOVE -> answers(staff, c) || dispatchesAbove(staff, holder);
            case INVOLVED -> holds(staff, holder) || dispatchesAbove(staff, holder) || assists(staff, c);
            case ASSISTING -> assists(staff, c);
            case SUPERVISING -> staff.role() == Role.SUPERVISOR && AreaLevel.covers(staff.area(), holder.area());
            case ABOVE -> true;
            case UPPER -> isAbove(staff, holder);
            case ARBITER -> isAboveAllParties(staff, c);
            case OWNER, CLOCK -> false;
        };
    }

    private static boolean dispatchesAbove(Caller.Staff staff, Holder holder) {
        return staff.role() == Role.DISPATCHER && AreaLevel.covers(staff.area(), holder.area());
    }

    /** Whether the case lies on this person's own desk and has not been escalated past them within the team. */
    static boolean answers(Caller.Staff staff, Case c) {
        return holds(staff, c.now().holder()) && !behind(staff, c);
    }

    private static boolean behind(Caller.Staff staff, Case c) {
        Role tier = c.now().tier();
        return tier != null && staff.role().inGrid() && staff.role().ordinal() < tier.ordinal();
    }

    private static String tier(Case c) {
        Role tier = c.now().tier();
        return tier == null ? "上级" : tier.label();
    }

    /** Whether this person's centre stands above the office that has the case; the city's own cases are its supervisors'. */
    private static boolean isAbove(Caller.Staff staff, Holder holder) {
        return AreaLevel.covers(staff.area(), holder.above().area())
                && (!holder.onTop() || staff.role() == Role.SUPERVISOR);
    }

    /** Whether this person's centre stands above every office that sent the case back; nobody stands above the city. */
    private static boolean isAboveAllParties(Caller.Staff staff, Case c) {
        return AreaLevel.covers(staff.area(), c.now().holder().area())
                && c.now().returnedBy().stream()
                        .allMatch(party -> AreaLevel.covers(staff.area(), party.area())
                                && (staff.level() == AreaLevel.CITY
                                        || !staff.area().equals(party.area())));
    }

    /** Whether this person's department was called in. */
    static boolean assists(Caller.Staff staff, Case c) {
        return staff.role() == Role.DEPARTMENT_OFFICER
                && c.now().assisting().stream().anyMatch(office -> holds(staff, office));
    }

    /** Whether the case lies on this person's own desk. */
    static boolean holds(Caller.Staff staff, Holder holder) {
        if (!staff.area().equals(holder.area())) {
            return false;
        }
        return holder.department() == null
                ? staff.role() != Role.DEPARTMENT_OFFICER
                : staff.role() == Role.DEPARTMENT_OFFICER && holder.department().equals(staff.department());
    }

    /** Whether staff see who filed it without asking: only when the resident gave the name, and only who handles it. */
    static boolean seesReporter(Caller.Staff staff, Case c) {
        return c.facts().privacy() == Case.Privacy.NAMED
                && seesAsStaff(staff, c)
                && staff.role() != Role.GRID_ASSISTANT;
    }

    /**
     * Whether staff may ask who filed it, for a purpose that is logged: a confidential case's handler or a centre above; an
     * anonymous one's only supervisors at county or city.
     */
    static boolean mayReveal(Caller.Staff staff, Case c) {
        if (!seesAsStaff(staff, c)) {
            return false;
        }
        boolean high = staff.role() == Role.SUPERVISOR && staff.level().compareTo(AreaLevel.COUNTY) >= 0;
        return switch (c.facts().privacy()) {
            case NAMED -> staff.role() != Role.GRID_ASSISTANT;
            case CONFIDENTIAL ->
                high
                        || (holds(staff, c.now().holder()) && staff.role() != Role.GRID_ASSISTANT)
                        || staff.role() == Role.DISPATCHER;
            case ANONYMOUS -> high;
        };
    }
}
