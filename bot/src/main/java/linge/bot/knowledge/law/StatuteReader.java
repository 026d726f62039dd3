package linge.bot.knowledge.law;

import java.io.IOException;
import java.util.function.Consumer;

/** Reads articles from wherever statutes are kept. */
interface StatuteReader {
    /**
     * Gives every article, in the order of the source.
     *
     * @throws LawIndexException with file and line if something is not as it must be
     */
    void read(Consumer<Article> each) throws IOException;
}
