package linge.bot.cli;

/** A command could not do what was asked; the message says in Chinese what is wrong and with which file or line. */
final class Failure extends RuntimeException {
    Failure(String message) {
        super(message, null, false, false);
    }

    Failure(String message, Throwable cause) {
        super(message, cause, false, false);
    }
}
