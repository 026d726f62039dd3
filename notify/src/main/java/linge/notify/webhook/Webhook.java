package linge.notify.webhook;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Another system that hears what happens, and how its line stands.
 *
 * @param types of events it hears; empty for all
 * @param area code of the area it hears of
 * @param origin hears only of what this other system brought to us; null for everything
 * @param offBecause {@code OPERATOR}, {@code GONE} (it said so by 410), {@code UNREACHABLE} (for days), or null while on
 * @param waiting events in its line
 * @param failures in a row
 * @param nextTry when a line that fails is tried again; null while it does not fail
 * @param oldUntil how long its secret before is still good; null when there is none
 * @param tries of one event after which it is asked whether the receiver takes another
 */
public record Webhook(
        long id,
        String name,
        String url,
        List<String> types,
        String area,
        @Nullable String origin,
        @Nullable String offBecause,
        long waiting,
        int failures,
        @Nullable Instant failingSince,
        @Nullable Instant nextTry,
        @Nullable Instant deliveredAt,
        @Nullable Instant oldUntil,
        int tries,
        Instant createdAt,
        String createdBy) {

    public boolean active() {
        return offBecause == null;
    }
}
