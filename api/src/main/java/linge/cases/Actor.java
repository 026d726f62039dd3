package linge.cases;

import linge.shared.Caller;

/** Who makes a move: the resident, a staff member, or the clock. */
public sealed interface Actor {
    record Resident(Caller.Resident who) implements Actor {}

    record Staff(Caller.Staff who) implements Actor {}

    record Clock() implements Actor {}

    Actor CLOCK = new Clock();

    /** @throws IllegalArgumentException for nobody */
    static Actor of(Caller caller) {
        if (caller instanceof Caller.Resident resident) {
            return new Resident(resident);
        }
        if (caller instanceof Caller.Staff staff) {
            return new Staff(staff);
        }
        throw new IllegalArgumentException("nobody makes no moves");
    }
}
