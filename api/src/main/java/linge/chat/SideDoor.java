package linge.chat;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import linge.shared.Caller;
import linge.shared.Refusal;
import org.jspecify.annotations.Nullable;

/** A way into the chat for messengers: no browser, no cookie, one conversation that goes on. */
public final class SideDoor {

    /**
     * Who talks.
     *
     * @param resident who they proved to be; null for a visitor
     * @param key stands for the key a browser keeps, 20 to 60 letters nobody else knows: whoever becomes a resident takes
     *     the conversation along by it
     */
    public record Guest(Caller.@Nullable Resident resident, String key) {}

    /** A turn of the bot has few bubbles. */
    private static final int LAST_WORDS = 2;

    private final Chat chat;

    SideDoor(Chat chat) {
        this.chat = chat;
    }

    /**
     * Hears a message; the answer is schema {@code ChatAnswer}.
     *
     * @param conversation the one that goes on; null, or one that was forgotten meanwhile, begins one
     * @param messageKey the same message again, by whichever node, gets the answer it got
     * @param body schema {@code ChatRequest}: text, choice, point, media
     */
    public Future<JsonObject> hear(Guest guest, @Nullable String conversation, String messageKey, JsonObject body) {
        Owner owner = new Owner(guest.resident(), guest.key());
        return hearIn(owner, conversation, messageKey, body).recover(failure -> {
            boolean forgotten = conversation != null
                    && failure instanceof Refusal refusal
                    && refusal.kind() == Refusal.Kind.NOT_FOUND;
            return forgotten ? hearIn(owner, null, messageKey, body) : Future.failedFuture(failure);
        });
    }

    private Future<JsonObject> hearIn(Owner owner, @Nullable String conversation, String messageKey, JsonObject body) {
        Said said = Said.of(body.copy().put("conversation", conversation), messageKey);
        // Floods are counted for each guest: whatever stands between brings everybody from one address.
        return chat.hear(() -> Future.succeededFuture(owner), said, "guest:" + owner.key(), ChatStream.DEAF);
    }

    /** Whether the bot's last words asked for a sign-in: then it waits for a tap on that choice. */
    public Future<Boolean> waitsForSignIn(Guest guest, @Nullable String conversation) {
        if (conversation == null) {
            return Future.succeededFuture(false);
        }
        return chat.find(new Owner(guest.resident(), guest.key()), conversation)
                .compose(found -> chat.shown(found, 0, LAST_WORDS))
                .map(shown -> shown.getJsonArray("messages").stream()
                        .anyMatch(message -> "SIGN_IN".equals(((JsonObject) message).getString("ask"))))
                .recover(failure ->
                        failure instanceof Refusal ? Future.succeededFuture(false) : Future.failedFuture(failure));
    }

    /** What to say at once to somebody in danger, without the database; null for everybody else. */
    public Future<@Nullable JsonArray> urgent(String text) {
        return chat.urgent(text);
    }
}
