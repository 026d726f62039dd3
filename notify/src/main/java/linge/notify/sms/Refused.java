package linge.notify.sms;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A provider's no, and what it means. An answer, so it carries no stack trace. */
final class Refused extends RuntimeException {

    /** What a refusal says about the message, the person and the provider. All but {@link #UNKNOWN}: not taken. */
    enum Meaning {
        /** Out of reach, overloaded, a fault of theirs: another provider now, or this one later. */
        BUSY,
        /** What this account may send is used up for a while: another provider now, or this one when it is over. */
        USED_UP,
        /** Account, balance, signature, template or permission there is not in order: an operator has to look. */
        REFUSED,
        /** These words do not get through there; others may let them. */
        WORDS,
        /** There is no such number, whoever carries it. */
        NUMBER,
        /** The person does not want SMS of ours. */
        OPTED_OUT,
        /** The person got many today: nobody else is asked, for the limit is there to spare them. */
        NUMBER_LIMIT,
        /** Perhaps taken, perhaps not. */
        UNKNOWN;

        /** As in {@code codes.csv}: {@code number-limit}. */
        static Meaning labelled(String label) {
            return valueOf(label.toUpperCase(Locale.ROOT).replace('-', '_'));
        }

        /** Whether another provider may be asked. */
        boolean letsOthersTry() {
            return this == BUSY || this == USED_UP || this == REFUSED || this == WORDS;
        }
    }

    private final Meaning meaning;
    private final @Nullable Duration pause;

    Refused(Meaning meaning, String reason, @Nullable Duration pause) {
        super(reason, null, false, false);
        this.meaning = meaning;
        this.pause = pause;
    }

    Refused(Meaning meaning, String reason) {
        this(meaning, reason, null);
    }

    /** What is known of a failure that may be anything. */
    static Refused of(Throwable failure) {
        return failure instanceof Refused refused ? refused : new Refused(Meaning.UNKNOWN, failure.toString());
    }

    Meaning meaning() {
        return meaning;
    }

    /** How long the other side wants to be left alone, or null. */
    @Nullable
    Duration pause() {
        return pause;
    }

    /** In words an operator reads. */
    String reason() {
        return String.valueOf(getMessage());
    }
}
