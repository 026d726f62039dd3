package linge.cases;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import linge.shared.Caller;
import linge.shared.Role;
import org.jspecify.annotations.Nullable;

/** One step of a case's history: what, by whom, when, with which words and photos, and who had the case afterwards. */
public record HistoryLine(
        int seq,
        Move move,
        @Nullable CaseState from,
        CaseState to,
        Instant at,
        By by,
        @Nullable String words,
        Holder holder,
        List<UUID> media) {

    /**
     * Who made the step; names and roles as they were then.
     *
     * @param actingFor whose post they held for the day (代某某), in words people read
     */
    public record By(
            Kind kind,
            @Nullable UUID id,
            @Nullable String name,
            @Nullable Role role,
            @Nullable String area,
            @Nullable String actingFor) {

        public enum Kind {
            RESIDENT,
            STAFF,
            CLOCK
        }

        static By resident(UUID id) {
            return new By(Kind.RESIDENT, id, null, null, null, null);
        }

        static By of(Actor actor) {
            if (actor instanceof Actor.Resident resident) {
                return resident(resident.who().id());
            }
            if (actor instanceof Actor.Staff staff) {
                Caller.Staff who = staff.who();
                return new By(Kind.STAFF, who.id(), who.name(), who.role(), who.area(), staff.actingFor());
            }
            return new By(Kind.CLOCK, null, null, null, null, null);
        }
    }
}
