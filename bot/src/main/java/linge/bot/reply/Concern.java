package linge.bot.reply;

import org.jspecify.annotations.Nullable;

/**
 * Something about an answer that whoever writes it should look at again.
 *
 * @param why one Chinese sentence for the writer
 * @param where the words of the answer it is about, or null when it is about the whole
 * @param copiedFrom number of the case whose answer this one repeats, or null
 */
public record Concern(
        Kind kind,
        String why,
        @Nullable Span where,
        @Nullable String copiedFrom) {

    public enum Kind {
        /** It speaks of something else than was reported. */
        OFF_THE_QUESTION("可能答非所问"),
        /** Another case was answered with these words. */
        COPIED("和别的答复雷同"),
        /** Nobody did anything in it, or at no time. */
        NO_SUBSTANCE("没写清办了什么"),
        /** Something will be done, and no date says by when. */
        PROMISE_WITHOUT_DATE("承诺没有日期"),
        /** A number, a name or a door by which somebody can be found. */
        PERSONAL_DATA("有个人信息");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /** In a few words, for a heading. */
        public String label() {
            return label;
        }
    }

    /**
     * Part of the answer as it was written.
     *
     * @param from index of its first UTF-16 unit
     * @param to index behind its last
     */
    public record Span(int from, int to, String words) {}

    /** The words it is about, or null when it is about the whole. */
    public @Nullable String quote() {
        return where == null ? null : where.words();
    }

    static Concern of(Kind kind, String why, @Nullable Span where) {
        return new Concern(kind, why, where, null);
    }
}
