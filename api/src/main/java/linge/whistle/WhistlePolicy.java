package linge.whistle;

import linge.shared.AreaLevel;
import linge.shared.Caller;
import linge.shared.Role;

/**
 * Who may blow, see and work on a whistle: the one place that decides. Centres have those of their area, departments those
 * they were called to, and a grid's team sees what is done about its grid.
 */
final class WhistlePolicy {
    private WhistlePolicy() {}

    /** Dispatchers and supervisors of a town or county around the case. */
    static boolean mayBlow(Caller.Staff who, String area) {
        boolean level = who.level() == AreaLevel.TOWN || who.level() == AreaLevel.COUNTY;
        return level && centre(who) && AreaLevel.covers(who.area(), area);
    }

    static boolean maySee(Caller.Staff who, Whistle whistle) {
        String area = whistle.facts().area();
        return switch (who.role()) {
            case DISPATCHER, SUPERVISOR -> AreaLevel.covers(who.area(), area);
            case DEPARTMENT_OFFICER -> called(who, whistle);
            case GRID_ASSISTANT, GRID_WORKER, DEPUTY_LEADER, GRID_LEADER ->
                who.area().equals(area);
            case ADMINISTRATOR -> false;
        };
    }

    /** Whether this act is this person's to make at all; how far their own call is, is another question. */
    static boolean reaches(Caller.Staff who, WhistleAct act, Whistle whistle) {
        Call mine = called(who, whistle) ? whistle.call(who.department()) : null;
        return switch (act.reach()) {
            case CENTRE -> looksAfter(who, whistle);
            case PRESENT -> mine != null || looksAfter(who, whistle);
            case AWAITED -> mine != null;
            case LEAD -> mine != null && mine.lead();
            case ASSISTING -> mine != null && !mine.lead();
            case CLOCK -> false;
        };
    }

    /** Whether this person may make this act now; the state of the whistle is another question. */
    static boolean mayAct(Caller.Staff who, WhistleAct act, Whistle whistle) {
        if (!reaches(who, act, whistle)) {
            return false;
        }
        Call mine = whistle.call(who.department());
        if (mine == null) {
            return true;
        }
        return switch (act.reach()) {
            case AWAITED -> mine.state().awaited();
            case PRESENT, LEAD -> mine.state().present();
            case ASSISTING -> mine.state() == CallState.REPORTED_IN;
            case CENTRE, CLOCK -> true;
        };
    }

    /** The centre that blew it, and those above. */
    private static boolean looksAfter(Caller.Staff who, Whistle whistle) {
        return centre(who) && AreaLevel.covers(who.area(), whistle.facts().centre());
    }

    private static boolean called(Caller.Staff who, Whistle whistle) {
        return who.role() == Role.DEPARTMENT_OFFICER
                && who.area().equals(whistle.facts().county())
                && whistle.call(who.department()) != null;
    }

    private static boolean centre(Caller.Staff who) {
        return who.role() == Role.DISPATCHER || who.role() == Role.SUPERVISOR;
    }
}
