package linge.notify;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where a notice is put, in the transaction that causes it: if that rolls back, nobody hears of what never was. */
public final class Outbox {

    /** Relays listen here; PostgreSQL tells them when the transaction commits, and not if it rolls back. */
    static final String WAKE_UP = "linge_notices";

    /** Everything in one round trip, and in the order given: deliveries are numbered as their notices are. */
    private static final String PUT = """
            WITH given AS (
                SELECT * FROM jsonb_to_recordset($1::jsonb) AS g(
                    nth integer, key text, template text, audience_kind audience_kind, audience text, phone text,
                    subject text, fields jsonb, urgent boolean, deadline timestamptz, at timestamptz, channels text[])
            ), put AS (
                INSERT INTO notices (key, template, audience_kind, audience, phone, subject, fields, urgent, deadline, at)
                SELECT key, template, audience_kind, audience, phone, subject, fields, urgent, deadline, at
                FROM given ORDER BY nth
                ON CONFLICT (key) DO NOTHING
                RETURNING id, key
            ), planned AS (
                INSERT INTO deliveries (notice, channel, audience_kind, audience, urgent, next_try_at)
                SELECT put.id, channel, g.audience_kind, g.audience, g.urgent, g.at
                FROM put JOIN given g USING (key), unnest(g.channels) AS channel
                ORDER BY g.nth, channel
            )
            SELECT pg_notify('linge_notices', '') WHERE EXISTS (SELECT FROM put)
            """;

    private final InstantSource clock;
    private final Templates templates;

    /** An outbox for the standard templates. A {@link java.time.Clock} is an {@link InstantSource}. */
    public Outbox(InstantSource clock) {
        this(clock, Templates.standard());
    }

    public Outbox(InstantSource clock, Templates templates) {
        this.clock = clock;
        this.templates = templates;
    }

    /** {@link #putAll} for one. */
    public Future<Void> put(SqlConnection tx, Notice notice) {
        return putAll(tx, List.of(notice));
    }

    /**
     * Puts notices, and wakes the relays when the caller's transaction commits. A key that is there already is left as
     * it is.
     *
     * @return fails with {@link IllegalArgumentException}, before any SQL, for an unknown template or a missing field
     */
    public Future<Void> putAll(SqlConnection tx, List<Notice> notices) {
        if (notices.isEmpty()) {
            return Future.succeededFuture();
        }
        JsonArray rows;
        try {
            rows = rows(notices);
        } catch (IllegalArgumentException e) {
            return Future.failedFuture(e);
        }
        return tx.preparedQuery(PUT).execute(Tuple.of(rows)).mapEmpty();
    }

    private JsonArray rows(List<Notice> notices) {
        OffsetDateTime now = Ticks.now(clock);
        Map<String, JsonObject> byKey = new LinkedHashMap<>();
        for (Notice notice : notices) {
            byKey.putIfAbsent(notice.key(), row(notice, now).put("nth", byKey.size()));
        }
        return new JsonArray(List.copyOf(byKey.values()));
    }

    private JsonObject row(Notice notice, OffsetDateTime now) {
        Audience audience = notice.audience();
        return new JsonObject()
                .put("key", notice.key())
                .put("template", notice.template())
                .put("audience_kind", audience.kind().name())
                .put("audience", audience.id())
                .put("phone", audience.phone())
                .put("subject", notice.subject())
                .put("fields", templates.keep(notice.template(), notice.fields()))
                .put("urgent", notice.urgent())
                .put(
                        "deadline",
                        notice.deadline() == null
                                ? null
                                : Ticks.of(notice.deadline()).toString())
                .put("at", now.toString())
                .put("channels", channels(notice));
    }

    /** The inbox always; an SMS where the template has words for it and there is a phone. */
    private JsonArray channels(Notice notice) {
        JsonArray channels = new JsonArray().add(InApp.NAME);
        boolean sms = notice.audience().phone() != null
                && templates.channels(notice.template()).contains(Sms.NAME);
        return sms ? channels.add(Sms.NAME) : channels;
    }
}
