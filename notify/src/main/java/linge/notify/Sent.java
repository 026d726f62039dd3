package linge.notify;

import org.jspecify.annotations.Nullable;

/**
 * The other side took it.
 *
 * @param receipt its number there, for status reports that come later, or null
 */
public record Sent(@Nullable String receipt) {
    public static final Sent WITHOUT_RECEIPT = new Sent(null);
}
