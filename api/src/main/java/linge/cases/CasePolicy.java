package linge.cases;

import linge.shared.AreaLevel;
import linge.shared.Caller;
import linge.shared.Role;

/**
 * Who may see a case and who may move it: the one place that decides. Residents have their own cases; a grid's team has its
 * grid's; dispatchers and supervisors have their centre's area; officers have what was sent to their department.
 * Administrators look after people and grids, and see no cases.
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
        return seesAsStaff(staff, c.facts().area(), c.now().holder());
    }

    /** The same for a case of which only the place and the holder are known, e.g. a live hint. */
    public static boolean seesAsStaff(Caller.Staff staff, String area, Holder holder) {
        return switch (staff.role()) {
            case GRID_ASSISTANT, GRID_WORKER, DEPUTY_LEADER, GRID_LEADER ->
                staff.area().equals(area) || staff.area().equals(holder.area());
            case DISPATCHER, SUPERVISOR -> AreaLevel.covers(staff.area(), area);
            case DEPARTMENT_OFFICER -> holds(staff, holder);
            case ADMINISTRATOR -> false;
        };
    }

    /** Whether this person may make this move on a case they may see; the state is another question. */
    static boolean mayMake(Actor actor, Move move, Case c) {
        if (actor instanceof Actor.Clock) {
            return move.reach() == Move.Reach.CLOCK;
        }
        if (actor instanceof Actor.Resident resident) {
            return move.reach() == Move.Reach.OWNER
                    && resident.who().id().equals(c.facts().resident());
        }
        Caller.Staff staff = ((Actor.Staff) actor).who();
        if (!move.by().contains(staff.role()) || !seesAsStaff(staff, c)) {
            return false;
        }
        return switch (move.reach()) {
            case HOLDER -> holds(staff, c.now().holder());
            case HOLDER_OR_ABOVE ->
                holds(staff, c.now().holder())
                        || (staff.role() == Role.DISPATCHER
                                && AreaLevel.covers(
                                        staff.area(), c.now().holder().area()));
            case ABOVE -> true;
            case OWNER, CLOCK -> false;
        };
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
