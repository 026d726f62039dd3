package linge.bot.learn;

/** There is too little to train on; the message says in Chinese what is missing. */
public final class NotEnough extends Exception {
    NotEnough(String message) {
        super(message, null, false, false);
    }
}
