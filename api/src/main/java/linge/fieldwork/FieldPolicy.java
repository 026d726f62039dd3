package linge.fieldwork;

import linge.http.Call;
import linge.shared.AreaLevel;
import linge.shared.Caller;
import linge.shared.Refusal;
import linge.shared.Role;

/** Who works in the field and who looks at it: a grid's team writes; its leaders and the centres around it read and call out. */
final class FieldPolicy {
    private FieldPolicy() {}

    /** The signed-in member of a grid's team. */
    static Caller.Staff worker(Call call) {
        Caller.Staff who = call.staff();
        if (!who.role().inGrid()) {
            throw Refusal.notAllowed("这项操作由网格团队来做。");
        }
        return who;
    }

    /** Who leads a grid, or looks after an area from its centre. */
    static boolean leads(Caller.Staff who) {
        return switch (who.role()) {
            case DEPUTY_LEADER, GRID_LEADER, DISPATCHER, SUPERVISOR -> true;
            default -> false;
        };
    }

    static Caller.Staff leader(Call call) {
        Caller.Staff who = call.staff();
        if (!leads(who)) {
            throw Refusal.notAllowed("这项操作由网格长或综治中心来做。");
        }
        return who;
    }

    /** Whoever has to do with the field at all. */
    static Caller.Staff inField(Call call) {
        Caller.Staff who = call.staff();
        if (!who.role().inGrid() && !leads(who)) {
            throw Refusal.notAllowed("这里是网格团队和综治中心的工作。");
        }
        return who;
    }

    /** Whether somebody may read a log of an area: who wrote it, who leads there, the centres around. */
    static boolean mayRead(Caller.Staff who, java.util.UUID writer, String area) {
        return who.id().equals(writer) || leads(who) && AreaLevel.covers(who.area(), area);
    }

    /** Whether a campaign concerns somebody: it runs where they are, or within their area. */
    static boolean concerns(Caller.Staff who, String area) {
        return who.role() != Role.DEPARTMENT_OFFICER
                && (AreaLevel.covers(area, who.area()) || AreaLevel.covers(who.area(), area));
    }
}
