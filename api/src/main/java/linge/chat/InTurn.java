package linge.chat;

import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import linge.shared.Refusal;
import org.jspecify.annotations.Nullable;

/** Does what concerns one conversation one after the other, in the order it came; on this node. */
final class InTurn {

    private static final int MOST_WAITING = 10;

    /** The last of a line, and how many stand in it. */
    private record Line(Future<?> last, int length) {}

    private final Map<String, Line> lines = new HashMap<>();

    /** Does the work once all before it is done, however that ended; refuses when too many wait. */
    synchronized <T> Future<T> of(String conversation, Supplier<Future<T>> work) {
        @Nullable Line before = lines.get(conversation);
        if (before != null && before.length() >= MOST_WAITING) {
            return Future.failedFuture(Refusal.tooOften(2));
        }
        Future<T> mine = before == null ? work.get() : before.last().transform(done -> work.get());
        lines.put(conversation, new Line(mine, before == null ? 1 : before.length() + 1));
        mine.onComplete(done -> leave(conversation, mine));
        return mine;
    }

    private synchronized void leave(String conversation, Future<?> done) {
        lines.computeIfPresent(
                conversation,
                (id, line) -> line.last() == done ? null : new Line(line.last(), Math.max(1, line.length() - 1)));
    }
}
