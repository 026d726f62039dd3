package linge.bot.knowledge.law;

/** An index or a file of statutes cannot be used; the message says in Chinese what is wrong, with which file or line. */
public final class LawIndexException extends RuntimeException {
    LawIndexException(String message) {
        super(message, null, false, false);
    }

    LawIndexException(String message, Throwable cause) {
        super(message, cause, false, false);
    }
}
