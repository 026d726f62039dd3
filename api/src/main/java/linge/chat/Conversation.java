package linge.chat;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One conversation as it is kept.
 *
 * @param id cannot be guessed
 * @param resident whose it is; null for a visitor's
 * @param talk the bot's own memory of it; null before the first word
 * @param deskArea code of the county or city whose centre was asked for a person
 * @param deskToldAt when a person answered last
 */
record Conversation(
        String id,
        @Nullable UUID resident,
        @Nullable JsonObject talk,
        int version,
        @Nullable String caseNumber,
        Desk desk,
        @Nullable String deskArea,
        @Nullable Instant deskAskedAt,
        @Nullable Instant deskToldAt,
        Instant startedAt,
        Instant updatedAt) {

    /** Whether a person is wanted. */
    enum Desk {
        /** The bot answers. */
        NONE,
        /** The resident waits for a person's word. */
        WAITING,
        /** The person spoke last. */
        ANSWERED
    }
}
