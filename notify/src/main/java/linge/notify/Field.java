package linge.notify;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The named fields that templates may hold, with the characters each may take up in brief words and in full ones. */
enum Field {
    NUMBER(20, 40),
    CATEGORY(12, 40),
    GRID(12, 60),
    WHO(12, 60),
    WORDS(24, 1000),
    DUE(14, 40),
    STEP(8, 40),
    LINK(60, 500),
    /** When the notice was put: filled in by the rendering of keywords, never by who puts a notice. */
    AT(20, 20);

    private final int brief;
    private final int full;

    Field(int brief, int full) {
        this.brief = brief;
        this.full = full;
    }

    static Optional<Field> named(String name) {
        return Arrays.stream(values()).filter(f -> f.label().equals(name)).findFirst();
    }

    /** Its name in a template: {@code {number}}. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Characters it may take in an SMS, so chosen that every SMS of ours fits in one. */
    int brief() {
        return brief;
    }

    int full() {
        return full;
    }
}
