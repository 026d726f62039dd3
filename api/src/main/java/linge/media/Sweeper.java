package linge.media;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import linge.media.store.MediaStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes uploads that nobody filed within a day, and files that no row knows. Safe on every node at once. */
public final class Sweeper {

    private static final Logger log = LoggerFactory.getLogger(Sweeper.class);
    private static final Duration EVERY = Duration.ofHours(1);
    private static final int BATCH = 200;

    /** What one round deleted. */
    public record Swept(int uploads, int files) {}

    private final Vertx vertx;
    private final Pool db;
    private final MediaRows rows;
    private final MediaStore store;
    private final Duration keep;
    private final WorkerExecutor worker;
    private final Path incoming;
    private final Clock clock;
    private long sweeping;

    Sweeper(
            Vertx vertx,
            Pool db,
            MediaRows rows,
            MediaStore store,
            MediaSettings settings,
            WorkerExecutor worker,
            Path incoming,
            Clock clock) {
        this.vertx = vertx;
        this.db = db;
        this.rows = rows;
        this.store = store;
        this.keep = settings.keepWaiting();
        this.worker = worker;
        this.incoming = incoming;
        this.clock = clock;
    }

    /** Sweeps every hour from now on. */
    public void start() {
        sweeping = vertx.setPeriodic(
                EVERY.toMillis(),
                tick -> sweep().onSuccess(swept -> {
                            if (swept.uploads() + swept.files() > 0) {
                                log.info("swept {} uploads and {} files", swept.uploads(), swept.files());
                            }
                        })
                        .onFailure(failure -> log.warn("could not sweep; the next round tries again", failure)));
    }

    public void stop() {
        vertx.cancelTimer(sweeping);
    }

    /** One round. */
    public Future<Swept> sweep() {
        Instant cutoff = clock.instant().minus(keep);
        int[] files = {0};
        return uploads(cutoff, 0)
                .compose(uploads -> store.olderThan(
                                cutoff,
                                keys -> strays(keys).map(n -> {
                                    files[0] += n;
                                    return null;
                                }))
                        .compose(done -> worker.executeBlocking(() -> brokenOff(cutoff), false))
                        .map(brokenOff -> new Swept(uploads, files[0] + brokenOff)));
    }

    /** Rows first, then files: a crash between them leaves files without rows, which a later round finds. */
    private Future<Integer> uploads(Instant cutoff, int before) {
        return rows.sweep(db, cutoff, BATCH).compose(gone -> {
            List<Future<Void>> deletions = new ArrayList<>();
            for (MediaItem item : gone) {
                deletions.add(store.delete(item.fileKey()));
                deletions.add(store.delete(item.thumbnailKey()));
            }
            int sum = before + gone.size();
            return Future.join(deletions)
                    .compose(done -> gone.size() < BATCH ? Future.succeededFuture(sum) : uploads(cutoff, sum));
        });
    }

    /** A file is older than any upload under way, so its row is there by now or never will be. */
    private Future<Integer> strays(List<String> fileKeys) {
        List<String> keys = fileKeys.stream().map(Sweeper::key).distinct().toList();
        return rows.known(db, keys).compose(known -> {
            Set<String> owned = new HashSet<>(known);
            List<Future<Void>> deletions = fileKeys.stream()
                    .filter(fileKey -> !owned.contains(key(fileKey)))
                    .map(store::delete)
                    .toList();
            return Future.join(deletions).map(deletions.size());
        });
    }

    /** Uploads that a killed process left half way. */
    private int brokenOff(Instant cutoff) throws IOException {
        List<Path> old = new ArrayList<>();
        try (Stream<Path> files = Files.list(incoming)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(cutoff)) {
                    old.add(file);
                }
            }
        }
        for (Path file : old) {
            Files.deleteIfExists(file);
        }
        return old.size();
    }

    private static String key(String fileKey) {
        int dot = fileKey.indexOf('.');
        return dot < 0 ? fileKey : fileKey.substring(0, dot);
    }
}
