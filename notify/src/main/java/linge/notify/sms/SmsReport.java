package linge.notify.sms;

import java.time.Instant;

/**
 * A status report: what became of a message.
 *
 * @param provider who says so, by name
 * @param message the message's number there
 * @param reason why it did not arrive, in words an operator reads; empty where it did
 * @param bounced whether the number can be reached at all: if not, staff see it so
 */
public record SmsReport(String provider, String message, boolean arrived, Instant at, String reason, boolean bounced) {

    static SmsReport arrived(String provider, String message, Instant at) {
        return new SmsReport(provider, message, true, at, "", false);
    }

    static SmsReport failed(String provider, String message, Instant at, String reason, boolean bounced) {
        return new SmsReport(provider, message, false, at, reason, bounced);
    }

    /** As it stands in a delivery: numbers of different providers may be equal. */
    String receipt() {
        return receipt(provider, message);
    }

    static String receipt(String provider, String message) {
        return provider + ":" + message;
    }
}
