package linge.notify;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** How each person wants to be told. */
public final class Preferences {

    private static final String OF = """
            SELECT off, quiet_from, quiet_to, elder FROM preferences WHERE audience_kind = $1 AND audience = $2
            """;

    private static final String SET = """
            INSERT INTO preferences (audience_kind, audience, off, quiet_from, quiet_to, elder, changed_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            ON CONFLICT (audience_kind, audience) DO UPDATE
            SET off = excluded.off, quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to,
                elder = excluded.elder, changed_at = excluded.changed_at
            """;

    private final Pool db;
    private final InstantSource clock;

    public Preferences(Pool db, InstantSource clock) {
        this.db = db;
        this.clock = clock;
    }

    /**
     * What one person chose.
     *
     * @param off names of channels that are not to be used, e.g. {@code wechat-service}, {@code sms}; never the inbox
     * @param quietFrom from when nothing but what is urgent may ring, by Changzhi's clock, or null
     * @param quietTo until when; earlier than {@code quietFrom} is the next morning
     * @param elder SMS in short plain sentences
     */
    public record Preference(
            Set<String> off,
            @Nullable LocalTime quietFrom,
            @Nullable LocalTime quietTo,
            boolean elder) {

        /** Of who chose nothing: every channel, at any hour. */
        public static final Preference NONE = new Preference(Set.of(), null, null, false);

        public Preference {
            off = Set.copyOf(off);
            if (off.contains(InApp.NAME) || off.size() > 20) {
                throw new IllegalArgumentException("the inbox cannot be switched off, and there are few channels");
            }
            if ((quietFrom == null) != (quietTo == null)) {
                throw new IllegalArgumentException("quiet hours have two ends");
            }
        }

        /** When the quiet hours end that hold this instant, or null outside them. Equal ends are no hours at all. */
        public @Nullable Instant quietUntil(Instant now) {
            if (quietFrom == null || quietTo == null || quietFrom.equals(quietTo)) {
                return null;
            }
            ZonedDateTime here = now.atZone(Days.ZONE);
            LocalTime time = here.toLocalTime();
            boolean overnight = quietTo.isBefore(quietFrom);
            boolean quiet = overnight
                    ? !time.isBefore(quietFrom) || time.isBefore(quietTo)
                    : !time.isBefore(quietFrom) && time.isBefore(quietTo);
            if (!quiet) {
                return null;
            }
            ZonedDateTime end = here.with(quietTo);
            return (end.isAfter(here) ? end : end.plusDays(1)).toInstant();
        }
    }

    /** What somebody chose; {@link Preference#NONE} of who chose nothing. */
    public Future<Preference> of(Audience who) {
        return db.preparedQuery(OF)
                .execute(Tuple.of(who.kind().name(), who.id()))
                .map(rows -> rows.size() == 0
                        ? Preference.NONE
                        : preference(rows.iterator().next()));
    }

    /** Keeps what somebody chose, on the caller's transaction if it has one: it holds for what goes out from now on. */
    public Future<Void> set(SqlClient on, Audience who, Preference preference) {
        return on.preparedQuery(SET)
                .execute(Tuple.tuple()
                        .addString(who.kind().name())
                        .addString(who.id())
                        .addArrayOfString(new TreeSet<>(preference.off()).toArray(String[]::new))
                        .addLocalTime(preference.quietFrom())
                        .addLocalTime(preference.quietTo())
                        .addBoolean(preference.elder())
                        .addOffsetDateTime(Ticks.now(clock)))
                .mapEmpty();
    }

    /** From a row with all four columns; of who chose nothing they are null. */
    static Preference preference(Row row) {
        String[] off = row.getArrayOfStrings("off");
        return off == null
                ? Preference.NONE
                : new Preference(
                        Set.copyOf(Arrays.asList(off)),
                        row.getLocalTime("quiet_from"),
                        row.getLocalTime("quiet_to"),
                        row.getBoolean("elder"));
    }
}
