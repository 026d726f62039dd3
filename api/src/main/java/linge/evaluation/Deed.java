package linge.evaluation;

import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * One thing in the log that counts for somebody.
 *
 * @param kind what proves it
 * @param ref a case's number, the id of an entry of field work or of a signal, or a quarter
 * @param seq the line of the case's history; null for what is no case
 * @param units how often it counts, e.g. households
 * @param words what else the log says of it, for people
 */
record Deed(
        Counted counted,
        Instant at,
        Evidence kind,
        String ref,
        @Nullable Integer seq,
        int units,
        @Nullable String words) {

    enum Evidence {
        CASE,
        LOG,
        SIGNAL,
        QUARTER
    }

    /** In which order caps are used up: the same whenever it is counted. */
    static final Comparator<Deed> IN_ORDER = Comparator.comparing(Deed::at)
            .thenComparing(Deed::counted)
            .thenComparing(Deed::ref)
            .thenComparing(deed -> deed.seq() == null ? 0 : deed.seq());
}
