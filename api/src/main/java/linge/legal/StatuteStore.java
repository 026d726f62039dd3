package linge.legal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.function.BiFunction;
import linge.db.AuditLog;
import linge.db.Times;
import linge.shared.Caller;
import linge.shared.Refusal;
import org.jspecify.annotations.Nullable;

/** Files of statutes in the database, where every node finds them: in pieces of a mebibyte, the newest two kept. */
public final class StatuteStore {

    static final long MOST_BYTES = 200L << 20;
    private static final int PIECE = 1 << 20;

    private static final String ADD =
            "INSERT INTO statute_files (bytes, uploaded_at, uploaded_by) VALUES ($1, $2, $3) RETURNING id";
    private static final String ADD_PIECE = "INSERT INTO statute_chunks (file, nth, data) VALUES ($1, $2, $3)";
    private static final String KEEP_TWO =
            "DELETE FROM statute_files WHERE id NOT IN (SELECT id FROM statute_files ORDER BY id DESC LIMIT 2)";
    private static final String NEWEST = """
            SELECT id, bytes, uploaded_at, uploaded_by, problem FROM statute_files ORDER BY id DESC LIMIT 1""";
    private static final String USABLE = """
            SELECT id, bytes, uploaded_at, uploaded_by, problem FROM statute_files
            WHERE problem IS NULL ORDER BY id DESC LIMIT 1""";
    private static final String SPOIL = "UPDATE statute_files SET problem = $2 WHERE id = $1";
    private static final String PIECES = "SELECT data FROM statute_chunks WHERE file = $1 AND nth = $2";

    /** One file; {@code problem} says why it cannot be read, if it cannot. */
    record StatuteFile(
            long id,
            long bytes,
            Instant uploadedAt,
            String uploadedBy,
            @Nullable String problem) {}

    private final Vertx vertx;
    private final Pool db;
    private final Clock clock;

    public StatuteStore(Vertx vertx, Pool db, Clock clock) {
        this.vertx = vertx;
        this.db = db;
        this.clock = clock;
    }

    /**
     * Looks whether a file may hold statutes at all, before anything is done with it.
     *
     * @throws Refusal when it is too large or neither JSON lines nor gzip
     */
    public static void check(Path file) throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw tooLarge();
        }
        byte[] head;
        try (InputStream in = Files.newInputStream(file)) {
            head = in.readNBytes(2);
        }
        boolean gzip = head.length == 2 && (head[0] & 0xff) == 0x1f && (head[1] & 0xff) == 0x8b;
        if (!gzip && (head.length == 0 || head[0] != '{')) {
            throw Refusal.of(Refusal.Kind.UNSUPPORTED_TYPE, "法律文本应是 articles.jsonl 或 articles.jsonl.gz：每行一条法条的 JSON。");
        }
    }

    static Refusal tooLarge() {
        return Refusal.of(Refusal.Kind.TOO_LARGE, "法律文本太大，最多 200 MB。");
    }

    /** Takes a file in, all or nothing; its id. */
    public Future<Long> add(Path file, long bytes, String by) {
        return add(file, bytes, by, (tx, id) -> Future.succeededFuture());
    }

    /** The same by somebody of the staff, which goes on record. */
    Future<Long> add(Path file, long bytes, Caller.Staff who) {
        return add(
                file,
                bytes,
                who.name(),
                (tx, id) -> AuditLog.write(
                        tx,
                        who,
                        "legal.statutes",
                        String.valueOf(id),
                        new JsonObject().put("bytes", bytes),
                        clock.instant()));
    }

    private Future<Long> add(Path file, long bytes, String by, BiFunction<SqlConnection, Long, Future<Void>> noted) {
        return vertx.fileSystem()
                .open(file.toString(), new OpenOptions().setRead(true).setWrite(false))
                .compose(open -> db.withTransaction(tx -> tx.preparedQuery(ADD)
                                .execute(Tuple.of(bytes, Times.at(clock.instant()), by))
                                .map(rows -> rows.iterator().next().getLong("id"))
                                .compose(id -> addPieces(tx, open, id, 0, 0)
                                        .compose(done -> tx.query(KEEP_TWO).execute())
                                        .compose(done -> noted.apply(tx, id))
                                        .map(id)))
                        .eventually(() -> open.close()));
    }

    private static Future<Void> addPieces(SqlConnection tx, AsyncFile file, long id, int nth, long at) {
        return file.read(Buffer.buffer(PIECE), 0, at, PIECE)
                .compose(piece -> piece.length() == 0
                        ? Future.succeededFuture()
                        : tx.preparedQuery(ADD_PIECE)
                                .execute(Tuple.of(id, nth, piece))
                                .compose(done -> addPieces(tx, file, id, nth + 1, at + piece.length())));
    }

    /** The newest file, whether it can be read or not; null when there is none. */
    Future<@Nullable StatuteFile> newest() {
        return one(NEWEST);
    }

    /** The newest file that nobody found unreadable; null when there is none. */
    Future<@Nullable StatuteFile> usable() {
        return one(USABLE);
    }

    /** Tells all nodes that a file cannot be read. */
    Future<Void> spoil(long id, String problem) {
        return db.preparedQuery(SPOIL).execute(Tuple.of(id, problem)).mapEmpty();
    }

    /** Writes a file's pieces out. */
    Future<Void> fetch(long id, Path to) {
        return vertx.fileSystem()
                .open(to.toString(), new OpenOptions().setCreate(true).setTruncateExisting(true))
                .compose(file -> fetch(db, file, id, 0).eventually(() -> file.close()));
    }

    private static Future<Void> fetch(SqlClient on, AsyncFile to, long id, int nth) {
        return on.preparedQuery(PIECES)
                .execute(Tuple.of(id, nth))
                .compose(rows -> rows.size() == 0
                        ? Future.succeededFuture()
                        : to.write(rows.iterator().next().getBuffer("data"))
                                .compose(done -> fetch(on, to, id, nth + 1)));
    }

    private Future<@Nullable StatuteFile> one(String query) {
        return db.query(query).execute().map(rows -> {
            if (rows.size() == 0) {
                return null;
            }
            Row row = rows.iterator().next();
            return new StatuteFile(
                    row.getLong("id"),
                    row.getLong("bytes"),
                    Times.of(row, "uploaded_at"),
                    row.getString("uploaded_by"),
                    row.getString("problem"));
        });
    }
}
