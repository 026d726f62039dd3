package linge.notify;

import java.util.Locale;

/** Where on the event bus a person's live pages listen: {@code linge.live.<kind>.<id>}; the body is an inbox id (Long). */
public final class LiveAddress {

    private LiveAddress() {}

    public static String of(Audience audience) {
        return "linge.live." + audience.kind().name().toLowerCase(Locale.ROOT) + "." + audience.id();
    }
}
