package linge.notify;

import org.jspecify.annotations.Nullable;

/**
 * Who hears a notice.
 *
 * @param id a resident's uuid or a staff member's id, as text; 1 to 64 characters
 * @param phone where an SMS would go, or null when there is none to send
 */
public record Audience(Kind kind, String id, @Nullable String phone) {

    /** Whose inbox: the labels equal those of the PostgreSQL type {@code audience_kind}. */
    public enum Kind {
        RESIDENT,
        STAFF
    }

    public Audience {
        if (id.isBlank() || id.length() > 64) {
            throw new IllegalArgumentException("an audience's id has 1 to 64 characters, this has " + id.length());
        }
        if (phone != null && (phone.isBlank() || phone.length() > 32)) {
            throw new IllegalArgumentException("a phone has 1 to 32 characters or is absent");
        }
    }

    /** A resident by uuid, with the phone that SMS go to, if any. */
    public static Audience resident(String id, @Nullable String phone) {
        return new Audience(Kind.RESIDENT, id, phone);
    }

    /** A staff member by id; staff read their inbox. */
    public static Audience staff(String id) {
        return new Audience(Kind.STAFF, id, null);
    }

    /** Says who without saying the phone, so that a log line never holds a number. */
    @Override
    public String toString() {
        return kind + " " + id;
    }
}
