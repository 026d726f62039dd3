package linge.mediation;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One side of a dispute.
 *
 * @param applies whether they asked for the mediation
 * @param resident the resident with this phone; null when no phone is known
 * @param consent whether they want to be mediated; null while they have not said
 * @param signedOn the day they signed, or agreed by word
 */
record Party(
        UUID id,
        boolean applies,
        String name,
        @Nullable String phone,
        @Nullable String address,
        @Nullable UUID resident,
        @Nullable Boolean consent,
        @Nullable Instant consentAt,
        @Nullable LocalDate signedOn) {

    /** Who they are, as it is written down at first. */
    record Person(
            boolean applies,
            String name,
            @Nullable String phone,
            @Nullable String address,
            @Nullable UUID resident) {}

    static Party of(Person person) {
        // Who asks for it wants it.
        return new Party(
                UUID.randomUUID(),
                person.applies(),
                person.name(),
                person.phone(),
                person.address(),
                person.resident(),
                null,
                null,
                null);
    }

    Party willing(boolean yes, Instant at) {
        return new Party(id, applies, name, phone, address, resident, yes, at, signedOn);
    }

    Party signed(LocalDate day) {
        return new Party(id, applies, name, phone, address, resident, consent, consentAt, day);
    }

    /** 王某某 becomes 王**: the first character stays. */
    String masked() {
        int first = name.offsetByCodePoints(0, 1);
        return name.substring(0, first)
                + "*".repeat(Math.max(1, Math.min(2, name.codePointCount(first, name.length()))));
    }
}
