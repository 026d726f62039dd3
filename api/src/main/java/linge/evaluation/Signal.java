package linge.evaluation;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that looks like gaming, with the cases it rests on and the reason in plain words. It only points: a person looks.
 *
 * @param key the same whenever the same signal is found again
 * @param decided null: nobody has looked yet
 */
record Signal(
        String key,
        Kind kind,
        UUID person,
        String user,
        String name,
        String area,
        Instant at,
        String reason,
        List<String> cases,
        @Nullable Decided decided) {

    enum Kind {
        CLOSE_REOPEN("办结又重办"),
        RATING_BURST("评价扎堆"),
        EDGE("压线办结"),
        SPLITTING("一事拆成多件");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    record Decided(boolean confirmed, String words, String by, Instant at) {}
}
