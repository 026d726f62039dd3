package linge.whistle;

import java.time.Instant;
import java.util.UUID;
import linge.shared.Caller;
import linge.shared.Role;
import org.jspecify.annotations.Nullable;

/**
 * One thing that was done at a whistle; it stays.
 *
 * @param by null: the clock
 * @param department whose officer did it, or of which it tells
 */
record Line(
        int seq,
        WhistleAct act,
        Instant at,
        @Nullable By by,
        @Nullable String department,
        @Nullable String words) {

    /** Who did it; name, role and area as they were then. */
    record By(UUID id, String name, Role role, String area) {
        static By of(Caller.Staff who) {
            return new By(who.id(), who.name(), who.role(), who.area());
        }
    }
}
