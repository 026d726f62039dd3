package linge.bot.triage.train;

import java.io.IOException;

/** Training lines that cannot be used; the message says in Chinese which and why. */
public final class BadLines extends IOException {
    private static final long serialVersionUID = 1;

    BadLines(String message) {
        super(message);
    }
}
