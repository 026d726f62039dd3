package linge.mediation;

import linge.shared.AreaLevel;
import linge.shared.Caller;
import linge.shared.Role;

/**
 * Who may see and work on a mediation: the one place that decides. The desk of an area are the dispatchers and supervisors of centres
 * around it, the officers of its county's 司法局, and the mediators it was given to. Officers of another department see what their
 * office handed over. A party sees their own once it is taken, who applied at once.
 */
final class MediationPolicy {
    private MediationPolicy() {}

    /** The department that guides people's mediation and runs legal aid. */
    static final String JUSTICE = "JUSTICE";

    /** Whether this person stands at a desk where disputes of this area are taken. */
    static boolean atDesk(Caller.Staff who, String area) {
        return switch (who.role()) {
            case DISPATCHER, SUPERVISOR -> AreaLevel.covers(who.area(), area);
            case DEPARTMENT_OFFICER -> JUSTICE.equals(who.department()) && AreaLevel.covers(who.area(), area);
            default -> false;
        };
    }

    /** Who may write down a dispute of this area: the desk, and officers of a department who hand it over. */
    static boolean mayOpen(Caller.Staff who, String area, MediationSource source) {
        boolean handsOver =
                source.handedOver() && who.role() == Role.DEPARTMENT_OFFICER && AreaLevel.covers(who.area(), area);
        return atDesk(who, area) || handsOver;
    }

    static boolean maySee(Caller caller, Mediation mediation) {
        if (caller instanceof Caller.Resident resident) {
            Party party = mediation.partyOf(resident);
            return party != null
                    && (party.applies() || mediation.now().state() != MediationState.APPLIED)
                    && (party.applies() || mediation.now().state() != MediationState.REFUSED);
        }
        return caller instanceof Caller.Staff who
                && (atDesk(who, mediation.facts().area()) || mediates(who, mediation) || handedOver(who, mediation));
    }

    /** Whether this act is this person's to make; the state of the mediation is another question. */
    static boolean mayAct(Caller caller, MediationAct act, Mediation mediation) {
        if (act.reach() == MediationAct.Reach.CLOCK || !maySee(caller, mediation)) {
            return false;
        }
        if (caller instanceof Caller.Resident resident) {
            Party party = mediation.partyOf(resident);
            return party != null
                    && switch (act.reach()) {
                        case PARTY -> true;
                        case APPLICANT -> party.applies();
                        default -> false;
                    };
        }
        return caller instanceof Caller.Staff who
                && (atDesk(who, mediation.facts().area())
                        || (mediates(who, mediation) && act != MediationAct.ASSIGN && act != MediationAct.REFUSE));
    }

    /** Names and phones: those who work on it, and not who only handed it over. */
    static boolean mayReadIdentity(Caller.Staff who, Mediation mediation) {
        return atDesk(who, mediation.facts().area()) || mediates(who, mediation);
    }

    static boolean mediates(Caller.Staff who, Mediation mediation) {
        return mediation.now().mediators().stream().anyMatch(one -> who.user().equals(one.user()));
    }

    private static boolean handedOver(Caller.Staff who, Mediation mediation) {
        return who.role() == Role.DEPARTMENT_OFFICER
                && who.department() != null
                && who.department().equals(mediation.facts().department())
                && AreaLevel.covers(who.area(), mediation.facts().area());
    }

    /** May look after the committees of this area. */
    static boolean keepsCommittees(Caller.Staff who, String area) {
        return who.role() == Role.ADMINISTRATOR && AreaLevel.covers(who.area(), area);
    }
}
