package linge.media;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import linge.media.MediaItem.Adder;
import linge.media.clean.Cleaned;
import linge.media.clean.MediaRefusals;
import linge.media.store.FileStore;
import linge.media.store.MediaStore;
import linge.media.store.S3Settings;
import linge.media.store.S3Store;
import linge.shared.Caller;
import linge.shared.Refusal;
import org.jspecify.annotations.Nullable;

/** Photos and videos: taken in and cleaned, attached to a line of a case's history, taken back. */
public final class Media {

    private static final int CLEANERS = 2;
    private static final int STORE_THREADS = 8;

    private final Pool db;
    private final MediaSettings settings;
    private final MediaStore store;
    private final Intake intake;
    private final Workshop workshop;
    private final Sweeper sweeper;
    private final MediaRows rows = new MediaRows();

    Media(Vertx vertx, Pool db, MediaSettings settings, MediaStore store, Path incoming, Clock clock) {
        this.db = db;
        this.settings = settings;
        this.store = store;
        this.intake = new Intake(vertx, settings, incoming);
        WorkerExecutor worker = vertx.createSharedWorkerExecutor("media", CLEANERS, 5, TimeUnit.MINUTES);
        this.workshop = new Workshop(worker, settings);
        this.sweeper = new Sweeper(vertx, db, rows, store, settings, worker, incoming, clock);
    }

    /**
     * Photos and videos kept under {@code dataFolder/media}, or by S3 when the settings name a service; uploads flow
     * through {@code dataFolder/media/incoming} either way.
     *
     * @throws IOException when the folder cannot be made
     */
    public static Media open(Vertx vertx, Pool db, MediaSettings settings, Path dataFolder) throws IOException {
        return open(vertx, db, settings, dataFolder, Clock.systemUTC());
    }

    static Media open(Vertx vertx, Pool db, MediaSettings settings, Path dataFolder, Clock clock) throws IOException {
        Path folder = dataFolder.resolve("media");
        Path incoming = Files.createDirectories(folder.resolve("incoming"));
        WorkerExecutor worker = vertx.createSharedWorkerExecutor("media-store", STORE_THREADS);
        S3Settings s3 = settings.s3();
        MediaStore store = s3 == null ? new FileStore(vertx, worker, folder) : new S3Store(worker, s3);
        return new Media(vertx, db, settings, store, incoming, clock);
    }

    /** Deletes, by and by, what nobody filed and files that no row knows; every node may run it. */
    public Sweeper sweeper() {
        return sweeper;
    }

    /** Fails when the store cannot keep or show files now; for the readiness check. */
    public Future<Void> check() {
        return store.check();
    }

    /**
     * Makes uploads part of a case's history, in the order given, in the caller's transaction.
     *
     * @param seq the line of history they belong to
     * @return the items in that order; fails with a {@code NOT_SENSIBLE} refusal that names the first id which is not
     *     the owner's or belongs to a case already, so that the transaction is rolled back
     */
    public Future<List<MediaItem>> attach(SqlConnection tx, UUID caseId, int seq, Caller owner, List<UUID> ids) {
        if (ids.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        Set<UUID> distinct = new LinkedHashSet<>(ids);
        if (distinct.size() < ids.size()) {
            return Future.failedFuture(Refusal.notSensible("/media", "同一张照片或视频只能附一次。"));
        }
        if (ids.size() > settings.count()) {
            return Future.failedFuture(Refusal.notSensible("/media", "照片和视频一共最多 " + settings.count() + " 个，请删掉一些再提交。"));
        }
        return rows.attach(tx, caseId, seq, adder(owner), id(owner), ids).map(attached -> {
            Map<UUID, MediaItem> byId = new LinkedHashMap<>();
            attached.forEach(item -> byId.put(item.id(), item));
            for (int i = 0; i < ids.size(); i++) {
                if (!byId.containsKey(ids.get(i))) {
                    throw Refusal.notSensible(
                            "/media/" + i, "第 " + (i + 1) + " 个照片或视频不能用：它不是您上传的、已经提交过，或上传后放了太久已被清理，请重新上传。");
                }
            }
            return ids.stream().map(byId::get).toList();
        });
    }

    /** A case's photos and videos by the line of history they belong to, in the order they were given. */
    public Future<Map<Integer, List<MediaItem>>> ofCase(SqlClient client, UUID caseId) {
        return rows.ofCase(client, caseId)
                .map(items -> items.stream()
                        .collect(Collectors.groupingBy(
                                item -> java.util.Objects.requireNonNull(item.seq()),
                                LinkedHashMap::new,
                                Collectors.toList())));
    }

    /** The first photo or video of each of these cases that has one, by case id. */
    public Future<Map<UUID, MediaItem>> firstOf(SqlClient client, List<UUID> cases) {
        return cases.isEmpty()
                ? Future.succeededFuture(Map.of())
                : rows.firstOf(client, cases)
                        .map(items -> items.stream()
                                .collect(Collectors.toMap(
                                        item -> java.util.Objects.requireNonNull(item.caseId()), item -> item)));
    }

    /** Takes in a body, cleans it and keeps it; the request is paused and is read here. */
    Future<MediaItem> take(HttpServerRequest request, Caller owner) {
        Adder by = adder(owner);
        UUID who = id(owner);
        return Future.succeededFuture()
                .compose(go -> {
                    intake.admit(request);
                    workshop.admit();
                    return rows.waiting(db, by, who);
                })
                .compose(waiting -> waiting >= settings.waiting()
                        ? Future.failedFuture(MediaRefusals.tooManyWaiting(waiting))
                        : intake.receive(request))
                .compose(workshop::clean)
                .compose(cleaned -> keep(cleaned, by, who));
    }

    /** Takes in a photo or video that came another way than as a request's body, e.g. through a messenger. */
    public Future<MediaItem> keep(Buffer bytes, Caller owner) {
        Adder by = adder(owner);
        UUID who = id(owner);
        return Future.succeededFuture()
                .compose(go -> {
                    workshop.admit();
                    return rows.waiting(db, by, who);
                })
                .compose(waiting -> waiting >= settings.waiting()
                        ? Future.failedFuture(MediaRefusals.tooManyWaiting(waiting))
                        : intake.receive(bytes))
                .compose(workshop::clean)
                .compose(cleaned -> keep(cleaned, by, who));
    }

    /** Files first, then the row: a crash between them leaves files that the sweeper finds, never a row without. */
    private Future<MediaItem> keep(Cleaned cleaned, Adder by, UUID who) {
        // Not the row's id: that begins with the time, which would fill one folder a day.
        String key = HexFormat.of().formatHex(random());
        return store.put(
                        key + cleaned.kind().ending(),
                        cleaned.file(),
                        cleaned.kind().type())
                .compose(kept -> store.put(MediaItem.thumbnailKey(key), cleaned.thumbnail(), "image/jpeg"))
                .compose(kept -> rows.insert(db, cleaned, by, who, key))
                .eventually(() -> workshop.discard(cleaned.file(), cleaned.thumbnail()));
    }

    Future<@Nullable MediaItem> find(UUID id) {
        return rows.find(db, id);
    }

    /** Deletes an upload that belongs to no case yet; anybody else's is not there. */
    Future<Void> takeBack(UUID id, Caller owner) {
        return rows.takeBack(db, id, adder(owner), id(owner)).compose(item -> {
            if (item == null) {
                throw Refusal.notFound("这张照片或视频，或它已经提交");
            }
            return store.delete(item.fileKey()).compose(done -> store.delete(item.thumbnailKey()));
        });
    }

    Future<Void> send(String key, long from, long length, HttpServerResponse to) {
        return store.send(key, from, length, to);
    }

    static Adder adder(Caller caller) {
        return caller instanceof Caller.Resident ? Adder.RESIDENT : Adder.STAFF;
    }

    static UUID id(Caller caller) {
        if (caller instanceof Caller.Resident resident) {
            return resident.id();
        }
        if (caller instanceof Caller.Staff staff) {
            return staff.id();
        }
        throw Refusal.of(Refusal.Kind.NOT_SIGNED_IN, "请先登录，再继续操作。");
    }

    private static byte[] random() {
        UUID random = UUID.randomUUID();
        return java.nio.ByteBuffer.allocate(16)
                .putLong(random.getMostSignificantBits())
                .putLong(random.getLeastSignificantBits())
                .array();
    }
}
