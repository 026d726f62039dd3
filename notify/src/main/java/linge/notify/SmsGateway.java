package linge.notify;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** Whoever carries our SMS: the local one of the demo, or a provider. */
public interface SmsGateway {

    /**
     * Hands one message over; fails as {@link Channel#send} does. {@link NotSent.Kind#NEVER} says that there is no such
     * number.
     */
    Future<Sent> send(Message message);

    /** As {@link Channel#idempotent}, by {@link Message#delivery}. */
    default boolean idempotent() {
        return true;
    }

    /**
     * One SMS.
     *
     * @param delivery idempotency key of a notice's delivery, or null for a message on its own, e.g. a sign-in code
     * @param text words with the signature, for gateways that carry text
     * @param purpose what it is for: the template's name, or {@code code} for a sign-in code
     * @param fields the template's fields, for gateways that fill templates of their own: each on one line and short, as
     *     in the text
     */
    record Message(@Nullable Long delivery, String phone, String text, String purpose, JsonObject fields) {}
}
