package linge.bot.learn;

import java.io.IOException;

/** A file is not a model that this version reads; the message says in Chinese what is wrong with it. */
public final class BadModel extends IOException {
    BadModel(String message) {
        super(message);
    }
}
