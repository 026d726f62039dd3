package linge.mediation;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One meeting of the parties with their mediators.
 *
 * @param no from 1
 * @param minutes what was said; null while it is to come
 * @param came the parties who were there
 */
record Session(int no, Instant at, String place, @Nullable String minutes, List<UUID> came) {
    boolean held() {
        return minutes != null;
    }
}
