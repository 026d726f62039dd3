package linge.cases;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.UUID;
import linge.shared.Refusal;

/** Where a page begins: the sort time and id of the last case before it. What is filed meanwhile shifts no later page. */
record PageCursor(Instant at, UUID id) {

    // Further than this the database keeps no time.
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");

    static PageCursor start(boolean forward) {
        return forward ? new PageCursor(FIRST, new UUID(0, 0)) : new PageCursor(LAST, new UUID(-1, -1));
    }

    String encode() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString((at + "|" + id).getBytes(StandardCharsets.UTF_8));
    }

    /** @throws Refusal {@code BAD_INPUT} for anything that no page ended with */
    static PageCursor decode(String text) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split("\\|", 2);
            PageCursor cursor = new PageCursor(Instant.parse(parts[0]), UUID.fromString(parts[1]));
            if (cursor.at.isBefore(FIRST) || cursor.at.isAfter(LAST)) {
                throw new IllegalArgumentException("no case was ever filed then");
            }
            return cursor;
        } catch (IllegalArgumentException | DateTimeParseException | ArrayIndexOutOfBoundsException e) {
            throw Refusal.badInput("/after", "翻页位置不对，请从第一页重新看起。");
        }
    }
}
