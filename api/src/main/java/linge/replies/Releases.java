package linge.replies;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.UUID;
import linge.cases.Case;
import linge.cases.LeaveNotices;
import linge.db.AuditLog;
import linge.db.Times;
import linge.shared.AreaLevel;
import linge.shared.Caller;
import linge.shared.Refusal;
import linge.shared.Role;
import org.jspecify.annotations.Nullable;

/** Texts somebody asked a supervisor to let pass; it counts for that text of that case and no other. */
final class Releases {

    private static final String COLUMNS = """
            r.id, c.number, r.words, r.concerns, r.why, r.asked_by, r.asked_name, r.asked_at, r.granted, r.reason, r.decided_name, r.decided_at, r.area
            """;
    private static final String ASK = """
            INSERT INTO reply_releases (case_id, area, words, words_hash, concerns, why, asked_by, asked_name, asked_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            ON CONFLICT (case_id, words_hash) WHERE granted IS NULL DO NOTHING RETURNING id""";
    private static final String ONE =
            "SELECT " + COLUMNS + " FROM reply_releases r JOIN cases c ON c.id = r.case_id WHERE r.id = $1";
    private static final String LOCK = "SELECT id FROM reply_releases WHERE id = $1 FOR UPDATE";
    private static final String OF_TEXT = "SELECT " + COLUMNS + """
             FROM reply_releases r JOIN cases c ON c.id = r.case_id
            WHERE r.case_id = $1 AND r.words_hash = $2 ORDER BY r.id DESC LIMIT 1""";
    private static final String DECIDE = """
            UPDATE reply_releases SET granted = $2, reason = $3, decided_by = $4, decided_name = $5, decided_at = $6 WHERE id = $1""";
    private static final String OPEN = "SELECT " + COLUMNS + """
             FROM reply_releases r JOIN cases c ON c.id = r.case_id
            WHERE r.granted IS NULL AND r.area LIKE $1 || '%' AND r.id > $2 ORDER BY r.id LIMIT $3""";
    private static final String MINE = "SELECT " + COLUMNS + """
             FROM reply_releases r JOIN cases c ON c.id = r.case_id
            WHERE r.asked_by = $1 AND r.id < $2 ORDER BY r.id DESC LIMIT $3""";

    private final LeaveNotices notices;

    Releases(LeaveNotices notices) {
        this.notices = notices;
    }

    /** Who let it pass, in words for the history, and why. */
    record Granted(long id, String by, String reason) {}

    Future<Void> ask(
            SqlConnection tx, Case c, String words, JsonArray concerns, String why, Caller.Staff who, Instant at) {
        return tx.preparedQuery(ASK)
                .execute(Tuple.tuple()
                        .addValue(c.facts().id())
                        .addValue(c.facts().area())
                        .addValue(words)
                        .addValue(hash(words))
                        .addValue(concerns)
                        .addValue(why)
                        .addValue(who.id())
                        .addValue(who.name())
                        .addValue(Times.at(at)))
                .compose(rows -> {
                    if (rows.size() == 0) {
                        // Asked before, and still open: nobody hears of it twice.
                        return Future.succeededFuture();
                    }
                    long id = rows.iterator().next().getLong("id");
                    String number = c.facts().number();
                    return AuditLog.write(
                                    tx, who, "reply.release-asked", number, new JsonObject().put("release", id), at)
                            .compose(done -> notices.asked(
                                    tx, "release:" + id, number, c.facts().area(), who, "请放行一段答复：" + why));
                });
    }

    /** The newest asked for this text, whatever became of it, or null. */
    Future<@Nullable JsonObject> ofText(SqlClient on, UUID caseId, String words) {
        return on.preparedQuery(OF_TEXT).execute(Tuple.of(caseId, hash(words))).map(rows -> {
            for (Row row : rows) {
                return shown(row);
            }
            return null;
        });
    }

    Future<@Nullable Granted> granted(SqlClient on, UUID caseId, String words) {
        return on.preparedQuery(OF_TEXT).execute(Tuple.of(caseId, hash(words))).map(rows -> {
            for (Row row : rows) {
                if (Boolean.TRUE.equals(row.getBoolean("granted"))) {
                    return new Granted(row.getLong("id"), row.getString("decided_name"), row.getString("reason"));
                }
            }
            return null;
        });
    }

    /** A supervisor around the place says yes or no, once; never of what they asked themselves. */
    Future<JsonObject> decide(SqlConnection tx, long id, boolean grant, String reason, Caller.Staff who, Instant at) {
        return tx.preparedQuery(LOCK)
                .execute(Tuple.of(id))
                .compose(held -> one(tx, id))
                .compose(found -> {
                    if (found == null || !AreaLevel.covers(who.area(), found.getString("area"))) {
                        throw Refusal.notFound("这个放行申请");
                    }
                    if (found.getString("asked_by_id").equals(who.id().toString())) {
                        throw Refusal.notAllowed("自己的申请要由别人决定。");
                    }
                    if (!found.getString("state").equals("OPEN")) {
                        throw Refusal.of(Refusal.Kind.OUT_OF_TURN, "这个放行申请已经有人决定了。");
                    }
                    return tx.preparedQuery(DECIDE)
                            .execute(Tuple.of(
                                    id, grant, reason, who.id(), who.role().label() + who.name(), Times.at(at)))
                            .compose(done -> AuditLog.write(
                                    tx,
                                    who,
                                    grant ? "reply.release-granted" : "reply.release-refused",
                                    found.getString("number"),
                                    new JsonObject().put("release", id).put("reason", reason),
                                    at))
                            .compose(done -> notices.decided(
                                    tx,
                                    "release:" + id,
                                    found.getString("number"),
                                    UUID.fromString(found.getString("asked_by_id")),
                                    grant ? "答复可以原样发出：" + reason : "答复没有放行：" + reason))
                            .compose(done -> one(tx, id));
                })
                .map(found -> java.util.Objects.requireNonNull(found));
    }

    /** What waits in a supervisor's area, the oldest first; for anybody else what they asked, the newest first. */
    Future<JsonArray> page(SqlClient on, Caller.Staff who, long after, int most) {
        boolean supervisor = who.role() == Role.SUPERVISOR;
        return (supervisor
                        ? on.preparedQuery(OPEN).execute(Tuple.of(who.area(), after, most))
                        : on.preparedQuery(MINE).execute(Tuple.of(who.id(), after == 0 ? Long.MAX_VALUE : after, most)))
                .map(rows -> {
                    JsonArray items = new JsonArray();
                    rows.forEach(row -> items.add(shown(row)));
                    return items;
                });
    }

    private Future<@Nullable JsonObject> one(SqlClient on, long id) {
        return on.preparedQuery(ONE).execute(Tuple.of(id)).map(rows -> {
            for (Row row : rows) {
                return shown(row)
                        .put("area", row.getString("area"))
                        .put("asked_by_id", row.getUUID("asked_by").toString());
            }
            return null;
        });
    }

    private static JsonObject shown(Row row) {
        Boolean granted = row.getBoolean("granted");
        return new JsonObject()
                .put("id", row.getLong("id"))
                .put("number", row.getString("number"))
                .put("words", row.getString("words"))
                .put("concerns", row.getJsonArray("concerns"))
                .put("why", row.getString("why"))
                .put("askedBy", row.getString("asked_name"))
                .put("askedAt", Times.of(row, "asked_at").toString())
                .put("state", granted == null ? "OPEN" : granted ? "GRANTED" : "REFUSED")
                .put("reason", row.getString("reason"))
                .put("decidedBy", row.getString("decided_name"));
    }

    private static Buffer hash(String words) {
        try {
            return Buffer.buffer(
                    MessageDigest.getInstance("SHA-256").digest(words.strip().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
