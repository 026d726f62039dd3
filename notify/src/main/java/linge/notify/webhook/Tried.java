package linge.notify.webhook;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How one request to another system ended.
 *
 * @param status of the answer; null when there was none
 * @param problem what stood in the way, in one line; null when it was taken
 * @param pause how long the other side asks us to wait, if it does
 */
public record Tried(
        @Nullable Integer status,
        @Nullable String problem,
        Duration took,
        @Nullable Duration pause) {

    public boolean taken() {
        return problem == null;
    }

    /** The other side has closed this address for good. */
    boolean gone() {
        return status != null && status == 410;
    }

    /**
     * The other side works and does not want this message, sent as often as we like. Whether it may not be called at all
     * (401, 403, 404) or not now (408, 425, 429) is about the line and not the message.
     */
    boolean refused() {
        return status != null
                && switch (status) {
                    case 400, 406, 409, 411, 413, 415, 422 -> true;
                    default -> false;
                };
    }
}
