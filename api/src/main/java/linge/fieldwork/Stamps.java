package linge.fieldwork;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;
import linge.cases.Case;
import linge.cases.FieldCases;
import linge.db.Times;
import linge.shared.Caller;
import org.jspecify.annotations.Nullable;

/**
 * What phones said of when and where a photo was taken or a move was written. It stands beside the photo, which stays as it is,
 * and says whose clock it was: nothing proves it, but how far that clock was off is measured.
 */
final class Stamps {

    private static final String PUT_ON_PHOTO = """
            INSERT INTO field_stamps (staff_id, media_id, said_at, phone_ahead, received_at, lon, lat, accuracy)
            SELECT $1, id, $3, $4, $5, $6, $7, $8 FROM media WHERE id = $2 AND owner = $1 AND added_by = 'STAFF'
            ON CONFLICT DO NOTHING""";
    private static final String PUT_ON_MOVE = """
            INSERT INTO field_stamps (staff_id, move_key, said_at, phone_ahead, received_at, lon, lat, accuracy)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING""";
    private static final String OF_CASE = """
            SELECT s.*, m.seq, m.id AS media FROM field_stamps s JOIN media m ON m.id = s.media_id WHERE m.case_id = $1
            UNION ALL
            SELECT s.*, k.seq, NULL FROM field_stamps s JOIN case_move_keys k ON k.key = s.move_key
            WHERE k.case_id = $1 AND k.seq IS NOT NULL
            ORDER BY seq, id""";
    private static final String FORGET = "DELETE FROM field_stamps s WHERE move_key IS NOT NULL AND received_at < $1"
            + " AND NOT EXISTS (SELECT FROM case_move_keys k WHERE k.key = s.move_key)";

    private final Pool db;

    Stamps(Pool db) {
        this.db = db;
    }

    /**
     * One thing that is stamped.
     *
     * @param media a photo of the caller's; or null
     * @param key the key of a move the caller sends; or null
     */
    record Stamp(@Nullable UUID media, @Nullable String key, Said said) {}

    /** The first word counts; photos of others are passed over. */
    Future<Void> put(Caller.Staff who, List<Stamp> stamps) {
        return db.withTransaction(tx -> {
            Future<Void> done = Future.succeededFuture();
            for (Stamp stamp : stamps) {
                done = done.compose(ok -> put(tx, who, stamp));
            }
            return done;
        });
    }

    private static Future<Void> put(SqlConnection tx, Caller.Staff who, Stamp stamp) {
        Said said = stamp.said();
        String key = stamp.key();
        Tuple row = Tuple.tuple()
                .addValue(who.id())
                .addValue(key == null ? stamp.media() : FieldCases.key(who, key))
                .addValue(Times.at(said.at()))
                .addValue(said.ahead())
                .addValue(Times.at(said.received()))
                .addValue(said.lon())
                .addValue(said.lat())
                .addValue(said.accuracy());
        return tx.preparedQuery(key == null ? PUT_ON_PHOTO : PUT_ON_MOVE)
                .execute(row)
                .mapEmpty();
    }

    /** As the contract's {@code FieldStamp}s, in the order of the history. */
    Future<JsonArray> of(Case c) {
        return db.preparedQuery(OF_CASE).execute(Tuple.of(c.facts().id())).map(rows -> {
            JsonArray stamps = new JsonArray();
            rows.forEach(row -> stamps.add(shown(row, c)));
            return stamps;
        });
    }

    /** Housekeeping: what was said of moves that were never made. */
    Future<Void> forgetOld(java.time.Instant before) {
        return db.preparedQuery(FORGET).execute(Tuple.of(Times.at(before))).mapEmpty();
    }

    private static JsonObject shown(Row row, Case c) {
        UUID media = row.getUUID("media");
        Double lon = row.getDouble("lon");
        Double lat = row.getDouble("lat");
        Double there = c.facts().lon();
        Double thereLat = c.facts().lat();
        return new JsonObject()
                .put("seq", row.getInteger("seq"))
                .put("media", media == null ? null : media.toString())
                .put("saidAt", Times.of(row, "said_at").toString())
                .put("receivedAt", Times.of(row, "received_at").toString())
                .put("aheadSeconds", Math.round(row.getLong("phone_ahead") / 1000.0))
                .put("point", point(lon, lat, row.getDouble("accuracy")))
                .put(
                        "metres",
                        lon == null || lat == null || there == null || thereLat == null
                                ? null
                                : Math.round(Distance.metres(lon, lat, there, thereLat)));
    }

    static @Nullable JsonObject point(@Nullable Double lon, @Nullable Double lat, @Nullable Double accuracy) {
        if (lon == null || lat == null) {
            return null;
        }
        JsonObject point = new JsonObject().put("lon", lon).put("lat", lat).put("crs", "wgs84");
        return accuracy == null ? point : point.put("accuracy", accuracy);
    }
}
