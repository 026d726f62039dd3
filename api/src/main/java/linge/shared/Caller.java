package linge.shared;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who asks. */
public sealed interface Caller {

    /** Somebody who has not signed in. */
    record Nobody() implements Caller {}

    /** A resident known by phone. */
    record Resident(UUID id, String phone, @Nullable String name) implements Caller {}

    /** A staff member bound to an area, and for department officers to a department. */
    record Staff(
            UUID id,
            String user,
            String name,
            Role role,
            String area,
            @Nullable String department) implements Caller {
        public AreaLevel level() {
            return AreaLevel.of(area);
        }
    }

    Caller NOBODY = new Nobody();
}
