package linge.bot.knowledge;

import java.util.List;

/** Card files or tables that cannot be used; the message has one line for each fault, with file and line. */
public final class CardFaults extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final List<String> faults;

    CardFaults(List<String> faults) {
        super(String.join("\n", faults));
        this.faults = List.copyOf(faults);
    }

    public List<String> faults() {
        return faults;
    }

    static void throwIfAny(List<String> faults) {
        if (!faults.isEmpty()) {
            throw new CardFaults(faults);
        }
    }
}
