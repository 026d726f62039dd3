package linge.clocks;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When time runs out.
 *
 * @param yellow when the yellow card comes; null for none
 * @param unknownYear the year whose notice is not imported yet but counts here: the deadline is provisional, by weekdays; else null
 */
public record Deadline(
        Instant due, @Nullable Instant yellow, @Nullable Integer unknownYear) {
    public boolean provisional() {
        return unknownYear != null;
    }
}
