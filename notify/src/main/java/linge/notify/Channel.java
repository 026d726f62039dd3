package linge.notify;

import io.vertx.core.Future;

/** One way to reach people. The relay claims, renders and marks; a channel only sends. */
public interface Channel {

    /** Its name in lower case, e.g. {@code sms}: also the middle of its templates' file names. */
    String name();

    /**
     * Sends once.
     *
     * @return what the other side gave us for it, or a failed future: a {@link NotSent} says what to do next, any other
     *     failure means "try again". May be called again with the same {@link Envelope#delivery()} after a crash or a
     *     lost answer, if {@link #idempotent()}: a channel that can pass that number on as an idempotency key should
     */
    Future<Sent> send(Envelope envelope);

    /** Whether a notice past its deadline is worth nothing here. The inbox, being the record, says no. */
    default boolean heedsDeadline() {
        return true;
    }

    /** Whether this channel could reach that audience at all; asked before a notice is handed on to it. */
    default boolean reaches(Audience audience) {
        return true;
    }

    /**
     * Whether the other side drops a second send of one {@link Envelope#delivery()}. Where it does not, a try whose end
     * nobody knows (no answer, a crash, a failure that is no {@link NotSent}) is parked, never repeated.
     */
    default boolean idempotent() {
        return true;
    }

    /**
     * Whether it is a rung of the {@link Ladder}: quiet hours hold it, notices on one matter within a minute become one
     * message on it, and what it refuses goes on to the next. The inbox and other systems are none.
     */
    default boolean isRung() {
        return true;
    }
}
