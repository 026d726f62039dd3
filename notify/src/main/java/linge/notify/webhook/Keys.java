package linge.notify.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The secret in use, and during a rotation the one before it. */
public record Keys(
        Secret current, @Nullable Secret old, @Nullable Instant oldUntil) {

    /** How long the secret before stays good: a working day on the other side, whenever it begins. */
    public static final Duration OVERLAP = Duration.ofHours(24);

    /** Those good at this moment, the newest first. */
    public List<Secret> at(Instant now) {
        return old == null || oldUntil == null || !now.isBefore(oldUntil) ? List.of(current) : List.of(current, old);
    }
}
