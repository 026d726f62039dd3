package linge.notify.push;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import linge.notify.Envelope;

/**
 * What a device is told, as JSON: {@code {"delivery","kind","subject","title","text","urgent","at"}}. The page's service worker
 * shows it; {@code subject} says where a tap leads, {@code delivery} tells a second copy from something new.
 */
final class Payload {

    /** A phone shows about four lines; the rest is read in the inbox. */
    private static final int LONGEST_TEXT = 240;

    private static final int LONGEST_TITLE = 60;

    private Payload() {}

    /** As much of it as fits into so many bytes: the text gives way, then the title. */
    static byte[] of(Envelope envelope, int bytes) {
        for (int title = LONGEST_TITLE; ; title /= 2) {
            for (int text = LONGEST_TEXT; text > 0; text /= 2) {
                byte[] written = written(envelope, title, text);
                if (written.length <= bytes) {
                    return written;
                }
            }
            byte[] written = written(envelope, title, 0);
            if (written.length <= bytes || title == 0) {
                return written;
            }
        }
    }

    private static byte[] written(Envelope envelope, int title, int text) {
        JsonObject told = new JsonObject()
                .put("delivery", envelope.delivery())
                .put("kind", envelope.audience().kind().name())
                .put("subject", envelope.subject())
                .put("title", cut(envelope.words().title(), title))
                .put("text", cut(envelope.words().text(), text))
                .put("urgent", envelope.urgent())
                .put("at", envelope.at().toString());
        return Buffer.buffer(told.encode()).getBytes();
    }

    private static String cut(String words, int limit) {
        if (limit == 0) {
            return "";
        }
        return words.codePointCount(0, words.length()) <= limit
                ? words
                : words.substring(0, words.offsetByCodePoints(0, limit - 1)) + "…";
    }
}
