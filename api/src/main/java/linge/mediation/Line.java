package linge.mediation;

import java.time.Instant;
import java.util.UUID;
import linge.shared.Caller;
import org.jspecify.annotations.Nullable;

/** One thing that was done; kept for good. A party is named by their place in the dispute, never by name. */
record Line(
        int seq,
        MediationAct act,
        Instant at,
        @Nullable By by,
        @Nullable String words) {

    /** The same with more to say: what the clock made of it. */
    Line saying(String told) {
        return new Line(seq, act, at, by, told);
    }

    record By(UUID id, String name, String role) {
        static By of(Caller.Staff who) {
            return new By(who.id(), who.name(), who.role().label());
        }

        static By of(Caller.Resident who, boolean applies) {
            return new By(who.id(), applies ? "申请人" : "另一方当事人", "当事人");
        }
    }
}
