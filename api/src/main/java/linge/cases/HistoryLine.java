package linge.cases;

import java.time.Instant;
import java.util.UUID;
import linge.shared.Caller;
import linge.shared.Role;
import org.jspecify.annotations.Nullable;

/** One step of a case's history: what, by whom, when, with which words, and who had the case afterwards. */
public record HistoryLine(
        int seq,
        Move move,
        @Nullable CaseState from,
        CaseState to,
        Instant at,
        By by,
        @Nullable String words,
        Holder holder) {

    /** Who made the step; names and roles as they were then. */
    public record By(
            Kind kind,
            @Nullable UUID id,
            @Nullable String name,
            @Nullable Role role,
            @Nullable String area) {

        public enum Kind {
            RESIDENT,
            STAFF,
            CLOCK
        }

        static By resident(UUID id) {
            return new By(Kind.RESIDENT, id, null, null, null);
        }

        static By of(Actor actor) {
            if (actor instanceof Actor.Resident resident) {
                return resident(resident.who().id());
            }
            if (actor instanceof Actor.Staff staff) {
                Caller.Staff who = staff.who();
                return new By(Kind.STAFF, who.id(), who.name(), who.role(), who.area());
            }
            return new By(Kind.CLOCK, null, null, null, null);
        }
    }
}
