package linge.notify;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Where people can be reached beside the inbox, and which of those places turned out not to exist. */
public final class Addresses {

    /** A phone number; notices carry theirs, a row here remembers that one bounced. */
    public static final String PHONE = "phone";

    /** A follower's openid. */
    public static final String WECHAT = "wechat";

    /** A browser's push endpoint; its keys are the details. */
    public static final String WEB_PUSH = "web-push";

    private static final String COLUMNS = "audience_kind, audience, scheme, value, details, bounced_at, bounce";

    private static final String KEEP = """
            INSERT INTO addresses (scheme, value, audience_kind, audience, details, kept_at)
            VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (scheme, value) DO UPDATE
            SET audience_kind = excluded.audience_kind, audience = excluded.audience, details = excluded.details,
                kept_at = excluded.kept_at, bounced_at = NULL, bounce = NULL
            """;

    private static final String OF = "SELECT " + COLUMNS + """
             FROM addresses WHERE audience_kind = $1 AND audience = $2 AND scheme = $3 ORDER BY kept_at DESC, value
            """;

    private static final String FIND = "SELECT " + COLUMNS + " FROM addresses WHERE scheme = $1 AND value = $2";

    private static final String REMOVE = "DELETE FROM addresses WHERE scheme = $1 AND value = $2";

    private static final String BOUNCED = """
            UPDATE addresses SET bounced_at = $3, bounce = $4 WHERE scheme = $1 AND value = $2 AND bounced_at IS NULL
            """;

    private static final String BOUNCED_ANEW = """
            INSERT INTO addresses AS a (scheme, value, audience_kind, audience, details, kept_at, bounced_at, bounce)
            VALUES ($1, $2, $5, $6, '{}', $3, $3, $4)
            ON CONFLICT (scheme, value) DO UPDATE SET bounced_at = excluded.bounced_at, bounce = excluded.bounce
            WHERE a.bounced_at IS NULL
            """;

    private static final String BOUNCED_ALL = """
            UPDATE addresses SET bounced_at = $4, bounce = $5
            WHERE audience_kind = $1 AND audience = $2 AND scheme = $3 AND bounced_at IS NULL
            """;

    private static final int LONGEST_BOUNCE = 300;

    private final Pool db;
    private final InstantSource clock;

    public Addresses(Pool db, InstantSource clock) {
        this.db = db;
        this.clock = clock;
    }

    /**
     * One place where somebody can be reached.
     *
     * @param audience whose: a resident's uuid or a staff member's id
     * @param scheme {@link #PHONE}, {@link #WECHAT} or {@link #WEB_PUSH}
     * @param details what the channel needs beside the value, e.g. a browser's keys
     * @param bouncedAt since when it is known not to work, or null
     * @param bounce why, or null
     */
    public record Address(
            Audience.Kind kind,
            String audience,
            String scheme,
            String value,
            JsonObject details,
            @Nullable Instant bouncedAt,
            @Nullable String bounce) {

        /** Whether it is worth a try. */
        public boolean works() {
            return bouncedAt == null;
        }

        /** Says where without saying the value, so that a log line never holds a number. */
        @Override
        public String toString() {
            return scheme + " of " + kind + " " + audience;
        }
    }

    /** The kind of address a channel sends to, or null where it needs none. */
    static @Nullable String schemeOf(String channel) {
        if (channel.equals(Sms.NAME)) {
            return PHONE;
        }
        if (channel.startsWith("wechat-")) {
            return WECHAT;
        }
        return channel.equals(WEB_PUSH) ? WEB_PUSH : null;
    }

    /** Keeps an address, on the caller's transaction if it has one. Who keeps it last owns it, and it works again. */
    public Future<Void> keep(SqlClient on, Audience who, String scheme, String value, JsonObject details) {
        return on.preparedQuery(KEEP)
                .execute(Tuple.tuple()
                        .addString(scheme)
                        .addString(value)
                        .addString(who.kind().name())
                        .addString(who.id())
                        .addJsonObject(details)
                        .addOffsetDateTime(Ticks.now(clock)))
                .mapEmpty();
    }

    /** Somebody's addresses of one kind, the newest first, those that bounced included. */
    public Future<List<Address>> of(Audience who, String scheme) {
        return db.preparedQuery(OF)
                .execute(Tuple.of(who.kind().name(), who.id(), scheme))
                .map(Addresses::addresses);
    }

    /** Whose address this is, or null. */
    public Future<@Nullable Address> find(String scheme, String value) {
        return db.preparedQuery(FIND)
                .execute(Tuple.of(scheme, value))
                .map(rows -> addresses(rows).stream().findFirst().orElse(null));
    }

    /** Forgets an address: the person took it back, or the other side said it is gone for good. */
    public Future<Void> remove(SqlClient on, String scheme, String value) {
        return on.preparedQuery(REMOVE).execute(Tuple.of(scheme, value)).mapEmpty();
    }

    /** Remembers that a kept address does not work, and why: it is skipped until it is kept again. */
    public Future<Void> bounced(String scheme, String value, String reason) {
        return db.preparedQuery(BOUNCED)
                .execute(Tuple.of(scheme, value, Ticks.now(clock), bounded(reason)))
                .mapEmpty();
    }

    /** The same of an address that need not have been kept, e.g. the phone a notice carried. */
    public Future<Void> bounced(Audience who, String scheme, String value, String reason) {
        return db.preparedQuery(BOUNCED_ANEW)
                .execute(Tuple.of(
                        scheme,
                        value,
                        Ticks.now(clock),
                        bounded(reason),
                        who.kind().name(),
                        who.id()))
                .mapEmpty();
    }

    /** The same of whatever address of theirs a channel would have used: what a receipt without the address means. */
    Future<Void> bouncedOver(String channel, Audience who, String reason) {
        String scheme = schemeOf(channel);
        if (scheme == null) {
            return Future.succeededFuture();
        }
        String phone = who.phone();
        if (scheme.equals(PHONE)) {
            return phone == null ? Future.succeededFuture() : bounced(who, PHONE, phone, reason);
        }
        return db.preparedQuery(BOUNCED_ALL)
                .execute(Tuple.of(who.kind().name(), who.id(), scheme, Ticks.now(clock), bounded(reason)))
                .mapEmpty();
    }

    private static String bounded(String reason) {
        String line = Plain.line(reason, LONGEST_BOUNCE);
        return line.isEmpty() ? "bounced" : line;
    }

    static List<Address> addresses(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> {
                    OffsetDateTime bouncedAt = row.getOffsetDateTime("bounced_at");
                    return new Address(
                            Audience.Kind.valueOf(row.getString("audience_kind")),
                            row.getString("audience"),
                            row.getString("scheme"),
                            row.getString("value"),
                            row.getJsonObject("details"),
                            bouncedAt == null ? null : bouncedAt.toInstant(),
                            row.getString("bounce"));
                })
                .toList();
    }
}
