package linge.wechat;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message as it is kept, however often it was pushed.
 *
 * @param push which push of it this is, the first being 1
 * @param tries how many times somebody set about answering it
 * @param heldBy who makes the answer now
 */
record Heard(
        long id,
        Incoming incoming,
        Instant at,
        int push,
        int tries,
        @Nullable UUID heldBy,
        @Nullable Instant answeredAt) {}
