package linge.fieldwork;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import linge.db.AuditLog;
import linge.db.Times;
import linge.media.Media;
import linge.shared.Caller;
import linge.shared.Names;
import linge.shared.Refusal;
import linge.shared.Role;
import org.jspecify.annotations.Nullable;

/** Visits, patrols and door-knocking as rows: written once each, struck out but never changed. */
final class FieldLogs {

    private static final int LOGGED_AN_HOUR = 200;

    private static final String SHOWN = """
            SELECT l.*, l.kind::text AS kind_name, s.name AS staff_name, s.role::text AS staff_role, c.title AS campaign_title
            FROM field_logs l JOIN staff s ON s.id = l.staff_id LEFT JOIN campaigns c ON c.id = l.campaign""";
    private static final String INSERT = """
            INSERT INTO field_logs (id, staff_id, client_key, request_hash, kind, campaign, about, area, at, said_at,
              phone_ahead, received_at, place, lon, lat, accuracy, households, absent, people, words)
            VALUES ($1, $2, $3, $4, $5::text::field_log_kind, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
              $20)
            ON CONFLICT ON CONSTRAINT one_log_per_client_key DO NOTHING""";
    private static final String BY_KEY = SHOWN + " WHERE l.staff_id = $1 AND l.client_key = $2";
    private static final String BY_ID = SHOWN + " WHERE l.id = $1";
    private static final String MINE = SHOWN + "\n" + """
            WHERE l.staff_id = $1 AND (l.at, l.id) < ($2, $3) ORDER BY l.at DESC, l.id DESC LIMIT $4""";
    private static final String OF_AREA = SHOWN + "\n" + """
            WHERE l.area LIKE $1 || '%' AND (l.at, l.id) < ($2, $3) ORDER BY l.at DESC, l.id DESC LIMIT $4""";
    private static final String STRIKE_OUT = """
            UPDATE field_logs SET voided_at = $3, void_reason = $4 WHERE id = $1 AND staff_id = $2 AND voided_at IS NULL""";
    private static final String WHOSE = "SELECT staff_id, area FROM field_logs WHERE id = $1";

    private final Pool db;
    private final Clock clock;
    private final Media media;
    private final Names names;
    private final linge.db.RateLimits limits;
    private final Campaigns campaigns;

    FieldLogs(Pool db, Clock clock, Media media, Names names, linge.db.RateLimits limits, Campaigns campaigns) {
        this.db = db;
        this.clock = clock;
        this.media = media;
        this.names = names;
        this.limits = limits;
        this.campaigns = campaigns;
    }

    /** Writes an entry, or finds the one that this key wrote before. As the contract's {@code FieldLog}. */
    Future<JsonObject> add(Caller.Staff who, String key, Buffer hash, FieldLog log) {
        return replayed(db, who, key, hash)
                .compose(known -> known != null
                        ? shown(known)
                        : limits.take("field-log:" + who.id(), LOGGED_AN_HOUR, java.time.Duration.ofHours(1))
                                .compose(ok -> campaigns.open(
                                        who, log.campaign(), log.said().ours()))
                                .compose(ok -> db.withTransaction(tx -> insert(tx, who, key, hash, log)))
                                .compose(written -> find(written)));
    }

    private Future<UUID> insert(SqlConnection tx, Caller.Staff who, String key, Buffer hash, FieldLog log) {
        UUID id = UUID.randomUUID();
        Said said = log.said();
        About about = log.about();
        Tuple row = Tuple.tuple()
                .addValue(id)
                .addValue(who.id())
                .addValue(key)
                .addValue(hash)
                .addValue(log.kind().name())
                .addValue(log.campaign())
                .addValue(about == null ? null : about.name())
                .addValue(who.area())
                .addValue(Times.at(said.ours()))
                .addValue(Times.at(said.at()))
                .addValue(said.ahead())
                .addValue(Times.at(said.received()))
                .addValue(log.place())
                .addValue(said.lon())
                .addValue(said.lat())
                .addValue(said.accuracy())
                .addValue(log.households())
                .addValue(log.absent())
                .addValue(log.people())
                .addValue(log.words());
        return tx.preparedQuery(INSERT).execute(row).compose(done -> {
            if (done.rowCount() == 1) {
                return media.attach(tx, id, 0, who, log.media()).map(id);
            }
            // Two resends at once: the other one wrote it.
            return replayed(tx, who, key, hash)
                    .map(known -> java.util.Objects.requireNonNull(known).getUUID("id"));
        });
    }

    private static Future<@Nullable Row> replayed(SqlClient on, Caller.Staff who, String key, Buffer hash) {
        return on.preparedQuery(BY_KEY).execute(Tuple.of(who.id(), key)).map(rows -> {
            if (rows.size() == 0) {
                return null;
            }
            Row row = rows.iterator().next();
            if (!row.getBuffer("request_hash").equals(hash)) {
                throw Refusal.of(Refusal.Kind.KEY_REUSED, "这个提交编号已用于另一条记录，请刷新页面后重新提交。");
            }
            return row;
        });
    }

    private Future<JsonObject> find(UUID id) {
        return db.preparedQuery(BY_ID).execute(Tuple.of(id)).compose(rows -> {
            if (rows.size() == 0) {
                throw Refusal.notFound("这条记录");
            }
            return shown(rows.iterator().next());
        });
    }

    /** A page, the newest first; {@code area} null for one's own. */
    Future<JsonObject> page(Caller.Staff who, boolean ofArea, @Nullable String after, int limit) {
        Cursor from = after == null ? Cursor.LATEST : Cursor.decode(after);
        Tuple values = Tuple.of(ofArea ? who.area() : who.id(), Times.at(from.at()), from.id(), limit + 1);
        return db.preparedQuery(ofArea ? OF_AREA : MINE).execute(values).compose(rows -> {
            JsonArray items = new JsonArray();
            JsonObject page = new JsonObject().put("items", items).put("next", null);
            Future<Void> done = Future.succeededFuture();
            Row last = null;
            int taken = 0;
            for (Row row : rows) {
                if (taken == limit && last != null) {
                    page.put("next", new Cursor(Times.of(last, "at"), last.getUUID("id")).encode());
                    break;
                }
                taken++;
                last = row;
                done = done.compose(ok -> shown(row).map(items::add)).mapEmpty();
            }
            return done.map(page);
        });
    }

    /** Strikes an own entry out: it stays to be read, and counts no more. */
    Future<JsonObject> strikeOut(Caller.Staff who, UUID id, String why) {
        return AuditLog.with(
                        db,
                        who,
                        "field.strike-out",
                        id.toString(),
                        new JsonObject().put("why", why),
                        clock.instant(),
                        tx -> tx.preparedQuery(STRIKE_OUT)
                                .execute(Tuple.of(id, who.id(), Times.at(clock.instant()), why))
                                .map(done -> {
                                    if (done.rowCount() == 0) {
                                        throw Refusal.notFound("这条记录，或它已经作废");
                                    }
                                    return id;
                                }))
                .compose(this::find);
    }

    /** Whether somebody may see the photos of the entry with this id; false when there is none. */
    Future<Boolean> maySee(Caller caller, UUID id) {
        if (!(caller instanceof Caller.Staff who)) {
            return Future.succeededFuture(false);
        }
        return db.preparedQuery(WHOSE).execute(Tuple.of(id)).map(rows -> {
            if (rows.size() == 0) {
                return false;
            }
            Row row = rows.iterator().next();
            return FieldPolicy.mayRead(who, row.getUUID("staff_id"), row.getString("area"));
        });
    }

    private Future<JsonObject> shown(Row row) {
        return media.ofCase(db, row.getUUID("id")).map(items -> {
            JsonArray photos = new JsonArray();
            items.values().stream().flatMap(List::stream).forEach(item -> photos.add(item.toJson()));
            String about = row.getString("about");
            Long campaign = row.getLong("campaign");
            Instant voided = Times.orNull(row, "voided_at");
            return new JsonObject()
                    .put("id", row.getUUID("id").toString())
                    .put("kind", row.getString("kind_name"))
                    .put(
                            "kindName",
                            FieldLog.Kind.valueOf(row.getString("kind_name")).label())
                    .put(
                            "campaign",
                            campaign == null
                                    ? null
                                    : new JsonObject()
                                            .put("id", campaign)
                                            .put("title", row.getString("campaign_title")))
                    .put("about", about)
                    .put(
                            "aboutName",
                            about == null ? null : About.valueOf(about).label())
                    .put("by", row.getString("staff_name"))
                    .put("roleName", Role.valueOf(row.getString("staff_role")).label())
                    .put("areaName", names.area(row.getString("area")))
                    .put("at", Times.of(row, "at").toString())
                    .put("saidAt", Times.of(row, "said_at").toString())
                    .put("aheadSeconds", Math.round(row.getLong("phone_ahead") / 1000.0))
                    .put("receivedAt", Times.of(row, "received_at").toString())
                    .put("place", row.getString("place"))
                    .put("point", Stamps.point(row.getDouble("lon"), row.getDouble("lat"), row.getDouble("accuracy")))
                    .put("households", row.getInteger("households"))
                    .put("absent", row.getInteger("absent"))
                    .put("people", row.getInteger("people"))
                    .put("words", row.getString("words"))
                    .put("media", photos)
                    .put("voidedAt", voided == null ? null : voided.toString())
                    .put("voidReason", row.getString("void_reason"));
        });
    }

    /** Where a page begins: time and id of the last entry before it. */
    private record Cursor(Instant at, UUID id) {

        private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
        static final Cursor LATEST = new Cursor(Instant.parse("9999-12-31T00:00:00Z"), new UUID(-1, -1));

        String encode() {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString((at + "|" + id).getBytes(StandardCharsets.UTF_8));
        }

        static Cursor decode(String text) {
            try {
                String[] parts =
                        new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split("\\|", 2);
                Cursor cursor = new Cursor(Instant.parse(parts[0]), UUID.fromString(parts[1]));
                if (cursor.at.isBefore(FIRST) || cursor.at.isAfter(LATEST.at)) {
                    throw new IllegalArgumentException("nothing was ever logged then");
                }
                return cursor;
            } catch (IllegalArgumentException | DateTimeParseException | ArrayIndexOutOfBoundsException e) {
                throw Refusal.badInput("/after", "翻页位置不对，请从第一页重新看起。");
            }
        }
    }
}
