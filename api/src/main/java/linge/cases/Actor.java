package linge.cases;

import linge.shared.Caller;
import org.jspecify.annotations.Nullable;

/** Who makes a move: the resident, a staff member, or the clock. */
public sealed interface Actor {
    record Resident(Caller.Resident who) implements Actor {}

    /** @param actingFor whose post they hold for the day, in words; null for their own */
    record Staff(Caller.Staff who, @Nullable String actingFor) implements Actor {
        Staff(Caller.Staff who) {
            this(who, null);
        }
    }

    record Clock() implements Actor {}

    Actor CLOCK = new Clock();

    /** As whom it counts; the clock is nobody. */
    default Caller caller() {
        if (this instanceof Resident resident) {
            return resident.who();
        }
        return this instanceof Staff staff ? staff.who() : Caller.NOBODY;
    }

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
