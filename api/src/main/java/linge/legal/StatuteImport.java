package linge.legal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import linge.bot.knowledge.law.LawImport;
import linge.bot.knowledge.law.LawIndex;
import linge.bot.knowledge.law.LawIndexException;
import linge.shared.Caller;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings statutes in: a file flows to disk, then into the database; every node builds an index of its own from it, in its data
 * folder, and swaps it in whole. An index once built is there again after a restart.
 */
public final class StatuteImport {

    private static final Logger log = LoggerFactory.getLogger(StatuteImport.class);
    static final String CHANGED = "linge.legal.statutes";
    private static final long LOOK_AGAIN_MILLIS = 5_000;
    /** Searches under way end long before this; then the index they read is closed. */
    private static final long CLOSE_AFTER_MILLIS = 60_000;

    private final Vertx vertx;
    private final StatuteStore store;
    private final Library library;
    private final Path folder;
    private final WorkerExecutor worker;

    /** How far this node is with which file. */
    private record Reading(long file, int done, int of) {}

    /** What this node answers with. */
    private record Open(long file, int articles) {}

    private volatile @Nullable Reading reading;
    private volatile @Nullable Open open;
    private @Nullable Future<Void> looking;
    private boolean again;
    private long lookingAgain;

    /** @param data the node's own folder; the indices lie in {@code laws} below it */
    public StatuteImport(Vertx vertx, StatuteStore store, Library library, Path data) {
        this.vertx = vertx;
        this.store = store;
        this.library = library;
        this.folder = data.resolve("laws");
        this.worker = vertx.createSharedWorkerExecutor("statutes", 1, 6, java.util.concurrent.TimeUnit.HOURS);
    }

    /** Opens the index at hand, builds what is newer, and follows what is imported later. */
    public void start() {
        vertx.eventBus().consumer(CHANGED, hint -> look());
        lookingAgain = vertx.setPeriodic(1, LOOK_AGAIN_MILLIS, later -> look());
    }

    void stop() {
        vertx.cancelTimer(lookingAgain);
    }

    /** Takes a paused request's body as the new file; answers once it is kept. */
    Future<JsonObject> take(HttpServerRequest request, Caller.Staff by) {
        Path to = folder.resolve(UUID.randomUUID() + ".upload");
        return prepared()
                .compose(done -> receive(request, to))
                .compose(bytes -> sniffed(to)
                        .compose(ok -> store.add(to, bytes, by))
                        .compose(id -> {
                            vertx.eventBus().publish(CHANGED, "");
                            return shown();
                        }))
                .eventually(() -> vertx.fileSystem().delete(to.toString()).otherwiseEmpty());
    }

    private Future<Void> prepared() {
        return vertx.fileSystem().mkdirs(folder.toString());
    }

    private Future<Long> receive(HttpServerRequest request, Path to) {
        String declared = request.getHeader("Content-Length");
        if (declared != null && Long.parseLong(declared.strip()) > StatuteStore.MOST_BYTES) {
            return Future.failedFuture(StatuteStore.tooLarge());
        }
        return vertx.fileSystem()
                .open(to.toString(), new OpenOptions().setCreateNew(true).setWrite(true))
                .compose(file -> pump(request, file));
    }

    private static Future<Long> pump(HttpServerRequest request, AsyncFile file) {
        long[] got = {0};
        io.vertx.core.Promise<Void> ended = io.vertx.core.Promise.promise();
        request.handler(piece -> {
            got[0] += piece.length();
            if (got[0] > StatuteStore.MOST_BYTES) {
                ended.tryFail(StatuteStore.tooLarge());
                return;
            }
            file.write(piece).onFailure(ended::tryFail);
            if (file.writeQueueFull()) {
                request.pause();
                file.drainHandler(drained -> request.resume());
            }
        });
        request.exceptionHandler(ended::tryFail);
        request.endHandler(end -> ended.tryComplete());
        request.resume();
        return ended.future().eventually(() -> file.close()).map(done -> got[0]);
    }

    private Future<Void> sniffed(Path file) {
        return vertx.executeBlocking(() -> {
            StatuteStore.check(file);
            return null;
        });
    }

    /** One look at a time; whoever asks while one runs has another follow. */
    synchronized Future<Void> look() {
        Future<Void> running = looking;
        if (running != null && !running.isComplete()) {
            again = true;
            return running;
        }
        again = false;
        Future<Void> look = store.usable()
                .compose(file -> file == null || isOpen(file.id()) ? Future.succeededFuture() : read(file))
                .onFailure(failure -> log.warn("statutes could not be looked for; those in use stay", failure));
        looking = look;
        look.onComplete(done -> {
            if (wanted()) {
                look();
            }
        });
        return look;
    }

    private synchronized boolean wanted() {
        return again;
    }

    private boolean isOpen(long file) {
        Open now = open;
        return now != null && now.file() == file;
    }

    private Future<Void> read(StatuteStore.StatuteFile file) {
        Path index = folder.resolve("index-" + file.id());
        Path source = folder.resolve(file.id() + ".jsonl");
        return prepared()
                .compose(done -> worker.executeBlocking(() -> opened(index)))
                .compose(there -> there != null
                        ? Future.succeededFuture(there)
                        : store.fetch(file.id(), source)
                                .compose(done -> worker.executeBlocking(() -> built(file.id(), source, index)))
                                .eventually(() -> vertx.fileSystem()
                                        .delete(source.toString())
                                        .otherwiseEmpty()))
                .compose(found -> worker.executeBlocking(() -> {
                    swap(file.id(), found);
                    return null;
                }))
                .<Void>mapEmpty()
                .recover(failure -> {
                    reading = null;
                    if (failure instanceof LawIndexException unreadable) {
                        log.warn("statute file {} cannot be read: {}", file.id(), unreadable.getMessage());
                        return store.spoil(file.id(), String.valueOf(unreadable.getMessage()));
                    }
                    return Future.failedFuture(failure);
                });
    }

    private static @Nullable LawIndex opened(Path index) {
        try {
            return Files.isDirectory(index) ? LawIndex.open(index) : null;
        } catch (LawIndexException broken) {
            return null;
        }
    }

    private LawIndex built(long file, Path source, Path index) {
        reading = new Reading(file, 0, 0);
        log.info("reading statute file {}", file);
        LawImport.run(source, index, (done, of) -> reading = new Reading(file, done, of));
        return LawIndex.open(index);
    }

    private void swap(long file, LawIndex found) {
        LawIndex before = library.put(found);
        open = new Open(file, found.size());
        reading = null;
        log.info("{} articles are in force", found.size());
        vertx.setTimer(
                CLOSE_AFTER_MILLIS,
                later -> worker.executeBlocking(() -> {
                    if (before != null) {
                        before.close();
                    }
                    sweep(file);
                    return null;
                }));
    }

    /** Takes away the indices of other files. */
    private void sweep(long keep) {
        try (Stream<Path> all = Files.list(folder)) {
            List<Path> old = all.filter(path -> path.getFileName().toString().matches("index-\\d+")
                            && !path.getFileName().toString().equals("index-" + keep))
                    .toList();
            for (Path index : old) {
                if (isOpen(Long.parseLong(index.getFileName().toString().substring("index-".length())))) {
                    continue;
                }
                try (Stream<Path> files = Files.walk(index)) {
                    files.sorted(Comparator.reverseOrder())
                            .forEach(path -> path.toFile().delete());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Schema {@code Statutes}, of this node. */
    Future<JsonObject> shown() {
        return store.newest().map(file -> {
            Open now = open;
            JsonObject shown =
                    new JsonObject().put("imported", now != null).put("articles", now == null ? null : now.articles());
            if (file == null) {
                return shown.put("state", "NONE");
            }
            Reading at = reading;
            boolean mine = at != null && at.file() == file.id();
            String state = file.problem() != null
                    ? "FAILED"
                    : now != null && now.file() == file.id() ? "READY" : mine ? "READING" : "WAITING";
            return shown.put("state", state)
                    .put("progress", mine && at != null && at.of() > 0 ? (double) at.done() / at.of() : null)
                    .put("bytes", file.bytes())
                    .put("uploadedAt", file.uploadedAt().toString())
                    .put("uploadedBy", file.uploadedBy())
                    .put("problem", file.problem());
        });
    }
}
