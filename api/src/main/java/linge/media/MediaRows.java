package linge.media;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import linge.media.MediaItem.Adder;
import linge.media.clean.Cleaned;
import linge.media.clean.MediaKind;
import org.jspecify.annotations.Nullable;

/** The rows of {@code media}. */
final class MediaRows {

    private static final String FIELDS =
            "id, kind::text, added_by::text, owner, store_key, bytes, thumbnail_bytes, width, height, sha256, case_id, seq";

    private static final String INSERT = """
            INSERT INTO media (kind, added_by, owner, store_key, bytes, thumbnail_bytes, width, height, sha256)
            VALUES ($1::text::media_kind, $2::text::media_adder, $3, $4, $5, $6, $7, $8, $9)
            RETURNING %s
            """.formatted(FIELDS);

    private static final String FIND = "SELECT %s FROM media WHERE id = $1".formatted(FIELDS);

    private static final String WAITING =
            "SELECT count(*) FROM media WHERE owner = $1 AND added_by = $2::text::media_adder AND case_id IS NULL";

    private static final String OF_CASE =
            "SELECT %s FROM media WHERE case_id = $1 ORDER BY seq, place, id".formatted(FIELDS);

    private static final String FIRST_OF =
            "SELECT DISTINCT ON (case_id) %s FROM media WHERE case_id = ANY ($1::uuid[]) ORDER BY case_id, seq, place, id"
                    .formatted(FIELDS);

    private static final String ATTACH = """
            UPDATE media SET case_id = $1, seq = $2, place = array_position($5::uuid[], id)
            WHERE id = ANY ($5::uuid[]) AND owner = $3 AND added_by = $4::text::media_adder AND case_id IS NULL
            RETURNING %s
            """.formatted(FIELDS);

    private static final String TAKE_BACK = """
            DELETE FROM media
            WHERE id = $1 AND owner = $2 AND added_by = $3::text::media_adder AND case_id IS NULL
            RETURNING %s
            """.formatted(FIELDS);

    private static final String SWEEP = """
            DELETE FROM media WHERE id IN (
              SELECT id FROM media WHERE case_id IS NULL AND created_at < $1
              ORDER BY created_at LIMIT $2 FOR UPDATE SKIP LOCKED)
            RETURNING %s
            """.formatted(FIELDS);

    private static final String KNOWN = "SELECT store_key FROM media WHERE store_key = ANY ($1::text[])";

    Future<MediaItem> insert(SqlClient db, Cleaned cleaned, Adder by, UUID owner, String key) {
        Tuple row = Tuple.tuple()
                .addString(cleaned.kind().name())
                .addString(by.name())
                .addUUID(owner)
                .addString(key)
                .addLong(cleaned.bytes())
                .addInteger(cleaned.thumbnailBytes())
                .addInteger(cleaned.width())
                .addInteger(cleaned.height())
                .addBuffer(Buffer.buffer(cleaned.sha256()));
        return db.preparedQuery(INSERT)
                .execute(row)
                .map(rows -> item(rows.iterator().next()));
    }

    Future<@Nullable MediaItem> find(SqlClient db, UUID id) {
        return db.preparedQuery(FIND).execute(Tuple.of(id)).map(MediaRows::first);
    }

    Future<Integer> waiting(SqlClient db, Adder by, UUID owner) {
        return db.preparedQuery(WAITING)
                .execute(Tuple.of(owner, by.name()))
                .map(rows -> rows.iterator().next().getInteger(0));
    }

    Future<List<MediaItem>> ofCase(SqlClient db, UUID caseId) {
        return db.preparedQuery(OF_CASE).execute(Tuple.of(caseId)).map(MediaRows::items);
    }

    Future<List<MediaItem>> firstOf(SqlClient db, List<UUID> cases) {
        Tuple row = Tuple.tuple().addArrayOfUUID(cases.toArray(new UUID[0]));
        return db.preparedQuery(FIRST_OF).execute(row).map(MediaRows::items);
    }

    Future<List<MediaItem>> attach(SqlClient tx, UUID caseId, int seq, Adder by, UUID owner, List<UUID> ids) {
        Tuple row = Tuple.tuple()
                .addUUID(caseId)
                .addInteger(seq)
                .addUUID(owner)
                .addString(by.name())
                .addArrayOfUUID(ids.toArray(new UUID[0]));
        return tx.preparedQuery(ATTACH).execute(row).map(MediaRows::items);
    }

    Future<@Nullable MediaItem> takeBack(SqlClient db, UUID id, Adder by, UUID owner) {
        return db.preparedQuery(TAKE_BACK)
                .execute(Tuple.of(id, owner, by.name()))
                .map(MediaRows::first);
    }

    /** Deletes rows of uploads that nobody filed; what another node deletes right now is left to it. */
    Future<List<MediaItem>> sweep(SqlClient db, Instant cutoff, int most) {
        return db.preparedQuery(SWEEP)
                .execute(Tuple.of(cutoff.atOffset(ZoneOffset.UTC), most))
                .map(MediaRows::items);
    }

    /** Those of the keys that have a row. */
    Future<List<String>> known(SqlClient db, List<String> keys) {
        Tuple row = Tuple.tuple().addArrayOfString(keys.toArray(new String[0]));
        return db.preparedQuery(KNOWN).execute(row).map(rows -> {
            List<String> known = new ArrayList<>();
            rows.forEach(r -> known.add(r.getString(0)));
            return known;
        });
    }

    private static @Nullable MediaItem first(RowSet<Row> rows) {
        return rows.size() == 0 ? null : item(rows.iterator().next());
    }

    private static List<MediaItem> items(RowSet<Row> rows) {
        List<MediaItem> items = new ArrayList<>();
        rows.forEach(row -> items.add(item(row)));
        return items;
    }

    private static MediaItem item(Row row) {
        return new MediaItem(
                row.getUUID("id"),
                MediaKind.valueOf(row.getString("kind")),
                Adder.valueOf(row.getString("added_by")),
                row.getUUID("owner"),
                row.getString("store_key"),
                row.getLong("bytes"),
                row.getInteger("thumbnail_bytes"),
                row.getInteger("width"),
                row.getInteger("height"),
                HexFormat.of().formatHex(row.getBuffer("sha256").getBytes()),
                row.getUUID("case_id"),
                row.getInteger("seq"));
    }
}
