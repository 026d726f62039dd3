package linge.bot.dialogue;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing the bot hears: when, from whom, and what.
 *
 * @param now the only clock the bot knows; how long it was silent is the time since the talk's last turn
 */
public record Heard(Instant now, Who who, Said said) {

    /**
     * What the service knows of the person.
     *
     * @param signedIn whether there is a resident behind the session: then phone and cases are known
     * @param name as they like to be called, or null
     * @param homeCode the place or grid code of the saved home, 6 to 15 digits, or null
     * @param homeName the saved home in words, or null
     */
    public record Who(
            boolean signedIn,
            @Nullable String name,
            @Nullable String homeCode,
            @Nullable String homeName) {
        /** Somebody who has not signed in. */
        public static final Who NOBODY = new Who(false, null, null, null);
    }

    /** What was said, sent, tapped, or what came of a wish. */
    public sealed interface Said {}

    /** Words, typed or spoken; any text, the bot cuts it. */
    public record Text(String text) implements Said {}

    /** A choice that an earlier reply offered, by its id. An unknown or old id is answered kindly. */
    public record Tap(String id) implements Said {}

    /**
     * A place on the map.
     *
     * @param lon wgs84 degrees
     * @param lat wgs84 degrees
     * @param accuracy metres, or null
     * @param label what the map calls it, or null
     */
    public record Point(
            double lon,
            double lat,
            @Nullable Double accuracy,
            @Nullable String label) implements Said {}

    /** Photos or videos the service has taken in, by id; at most 9 are kept. */
    public record Media(List<String> ids) implements Said {
        public Media {
            ids = List.copyOf(ids);
        }
    }

    /** The page was opened and nothing was said yet: the bot greets, or welcomes back. */
    public record Opened() implements Said {}

    /** What came of the talk's wish. Hear them one by one, in the order of the turn's wishes. */
    public record Came(Outcome outcome) implements Said {}

    public static Heard text(Instant now, Who who, String text) {
        return new Heard(now, who, new Text(text));
    }
}
