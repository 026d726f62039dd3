package linge.bot.reply;

import org.jspecify.annotations.Nullable;

/**
 * Something about an answer that whoever writes it should look at again.
 *
 * @param why one Chinese sentence for the writer
 * @param quote the words of the answer it is about, or null when it is about the whole
 * @param copiedFrom number of the case whose answer this one repeats, or null
 */
public record Concern(
        Kind kind,
        String why,
        @Nullable String quote,
        @Nullable String copiedFrom) {

    public enum Kind {
        /** It speaks of something else than was reported. */
        OFF_THE_QUESTION,
        /** Another case was answered with these words. */
        COPIED,
        /** Nobody did anything in it, or at no time. */
        NO_SUBSTANCE,
        /** Something will be done, and no date says by when. */
        PROMISE_WITHOUT_DATE,
        /** A number or a door by which somebody can be found. */
        PERSONAL_DATA
    }

    static Concern of(Kind kind, String why, @Nullable String quote) {
        return new Concern(kind, why, quote, null);
    }
}
