package linge.notify;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;

/** Where a notice is put, in the transaction that causes it: if that rolls back, nobody hears of what never was. */
public final class Outbox {

    /** Relays listen here; PostgreSQL tells them when the transaction commits, and not if it rolls back. */
    static final String WAKE_UP = "linge_notices";

    /**
     * Everything in one round trip, and in the order given: deliveries are numbered as their notices are. Each notice goes
     * to the inbox, and over the best rung that has words for it and is open to the person. One on a matter that a message
     * went out about within the last minute waits for that minute's end; by then there may be several to tell at once.
     */
    private static final String PUT = """
            WITH given AS (
                SELECT * FROM jsonb_to_recordset($1::jsonb) AS g(
                    nth integer, key text, template text, audience_kind audience_kind, audience text, phone text,
                    subject text, fields jsonb, urgent boolean, deadline timestamptz, at timestamptz, rungs text[])
            ), put AS (
                INSERT INTO notices (key, template, audience_kind, audience, phone, subject, fields, urgent, deadline, at)
                SELECT key, template, audience_kind, audience, phone, subject, fields, urgent, deadline, at
                FROM given ORDER BY nth
                ON CONFLICT (key) DO NOTHING
                RETURNING id, key
            ), ladder AS (
                SELECT put.id, g.nth, rung.channel, g.audience_kind, g.audience, g.urgent, g.at, g.deadline,
                       coalesce(last.burst_at, g.at) AS burst_at,
                       last.burst_at IS NOT NULL OR row_number() OVER (
                           PARTITION BY g.audience_kind, g.audience, g.subject ORDER BY g.nth) > 1 AS follows
                FROM put JOIN given g USING (key)
                CROSS JOIN LATERAL (
                    SELECT channel FROM unnest(g.rungs) WITH ORDINALITY AS r(channel, nth)
                    WHERE may_reach(r.channel, g.audience_kind, g.audience, g.phone)
                    ORDER BY r.nth LIMIT 1) rung
                LEFT JOIN LATERAL (
                    SELECT d.burst_at FROM notices n JOIN deliveries d ON d.notice = n.id
                    WHERE n.audience_kind = g.audience_kind AND n.audience = g.audience AND n.subject = g.subject
                      AND n.at > g.at - make_interval(secs => $2) AND d.burst_at > g.at - make_interval(secs => $2)
                    ORDER BY n.id DESC LIMIT 1) last ON true
            ), planned AS (
                INSERT INTO deliveries (notice, channel, audience_kind, audience, urgent, next_try_at, burst_at)
                SELECT id, channel, audience_kind, audience, urgent, next_try_at, burst_at FROM (
                    SELECT put.id, g.nth, 'inbox' AS channel, g.audience_kind, g.audience, g.urgent, g.at AS next_try_at,
                           NULL::timestamptz AS burst_at
                    FROM put JOIN given g USING (key)
                    UNION ALL
                    SELECT id, nth, channel, audience_kind, audience, urgent,
                           CASE WHEN follows AND NOT urgent
                               THEN least(burst_at + make_interval(secs => $2), deadline) ELSE at END,
                           burst_at
                    FROM ladder) all_of_them
                ORDER BY nth, channel
            )
            SELECT pg_notify('linge_notices', '') WHERE EXISTS (SELECT FROM put)
            """;

    private final InstantSource clock;
    private final Templates templates;
    private final Ladder ladder;

    /** An outbox for the standard templates. A {@link java.time.Clock} is an {@link InstantSource}. */
    public Outbox(InstantSource clock) {
        this(clock, Templates.standard());
    }

    public Outbox(InstantSource clock, Templates templates) {
        this(clock, templates, Ladder.USUAL);
    }

    /** The ladder names the rungs that this deployment's relays serve. */
    public Outbox(InstantSource clock, Templates templates, Ladder ladder) {
        this.clock = clock;
        this.templates = templates;
        this.ladder = ladder;
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
        return tx.preparedQuery(PUT)
                .execute(Tuple.of(rows, ladder.together().toMillis() / 1000.0))
                .mapEmpty();
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
                .put("deadline", deadline(notice, now))
                .put("at", now.toString())
                .put("rungs", rungs(notice.template()));
    }

    private String deadline(Notice notice, OffsetDateTime now) {
        Instant named = notice.deadline();
        return (named == null ? now.plus(ladder.stale()) : Ticks.of(named)).toString();
    }

    /** Those the template has words for, the best first. */
    private JsonArray rungs(String template) {
        SortedSet<String> worded = templates.channels(template);
        return new JsonArray(ladder.rungs().stream().filter(worded::contains).toList());
    }
}
