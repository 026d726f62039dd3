package linge.bot.learn;

/** There is too little to train on; the message says in Chinese what is missing. */
public final class NotEnough extends Exception {
    private final String message;

    NotEnough(String message) {
        super(message, null, false, false);
        this.message = message;
    }

    @Override
    public String getMessage() {
        return message;
    }
}
