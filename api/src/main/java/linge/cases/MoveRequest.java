package linge.cases;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A move somebody wants to make, with the version of the case they were looking at.
 *
 * @param key the same key twice makes one move, e.g. when what was said in a chat is sent again; null: every request is one
 */
public record MoveRequest(
        Move move,
        int version,
        @Nullable String words,
        @Nullable String channel,
        @Nullable Holder target,
        @Nullable Integer score,
        @Nullable String category,
        List<UUID> media,
        @Nullable String key) {

    MoveRequest(
            Move move,
            int version,
            @Nullable String words,
            @Nullable String channel,
            @Nullable Holder target,
            @Nullable Integer score,
            @Nullable String category,
            List<UUID> media) {
        this(move, version, words, channel, target, score, category, media, null);
    }

    /** Two requests with one hash ask for the same move, whatever version they looked at. */
    Buffer hash() {
        return Filing.hashOf(new JsonObject()
                .put("move", move.name())
                .put("words", words)
                .put("channel", channel)
                .put("target", target == null ? null : target.toString())
                .put("score", score)
                .put("category", category)
                .put("media", media.toString()));
    }

    static MoveRequest byClock(Move move, int version) {
        return new MoveRequest(move, version, null, null, null, null, null, List.of());
    }
}
