package linge.media.store;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Files in folders of folders: {@code media/3f/9a/3f9a….jpg}. Several nodes may share one folder. */
public final class FileStore implements MediaStore {

    private static final Logger log = LoggerFactory.getLogger(FileStore.class);
    private static final int BATCH = 500;
    /** Letters of a key that name a folder; other folders beside them are not ours. */
    private static final int FAN_OUT = 2;

    private final Vertx vertx;
    private final WorkerExecutor worker;
    private final Path root;

    /** @param root made when it is not there, on the same file system as the uploads so that a move is one step */
    public FileStore(Vertx vertx, WorkerExecutor worker, Path root) throws IOException {
        this.vertx = vertx;
        this.worker = worker;
        this.root = Files.createDirectories(root);
    }

    @Override
    public Future<Void> put(String key, Path file, String type) {
        return onWorker(() -> {
            Path outer = root.resolve(key.substring(0, FAN_OUT));
            Path folder = folder(key);
            boolean freshFolder = !Files.isDirectory(folder);
            Files.createDirectories(folder);
            force(file, StandardOpenOption.WRITE);
            Files.move(file, path(key), StandardCopyOption.ATOMIC_MOVE);
            // A name is on disk once the folder that lists it is.
            force(folder, StandardOpenOption.READ);
            if (freshFolder) {
                force(outer, StandardOpenOption.READ);
                force(root, StandardOpenOption.READ);
            }
        });
    }

    @Override
    public Future<Void> send(String key, long from, long length, HttpServerResponse to) {
        String path = path(key).toString();
        return vertx.fileSystem()
                .exists(path)
                .compose(there -> there
                        ? to.sendFile(path, from, length)
                        : Future.failedFuture(new java.nio.file.NoSuchFileException(path)));
    }

    @Override
    public Future<Void> delete(String key) {
        return onWorker(() -> Files.deleteIfExists(path(key)));
    }

    @Override
    public Future<Void> olderThan(Instant cutoff, Function<List<String>, Future<Void>> see) {
        return worker.executeBlocking(() -> subfolders(root), false)
                .compose(folders -> inTurn(
                        folders.iterator(),
                        folder -> worker.executeBlocking(() -> old(folder, cutoff), false)
                                .compose(keys -> inTurn(batches(keys).iterator(), see))));
    }

    @Override
    public Future<Void> check() {
        return onWorker(() -> {
            Path tried = Files.createTempFile(root, "check", ".tmp");
            Files.delete(tried);
        });
    }

    private Path path(String key) {
        if (key.length() < 5 || key.indexOf('/') >= 0 || key.startsWith(".")) {
            throw new IllegalArgumentException("not a key: " + key);
        }
        return folder(key).resolve(key);
    }

    private Path folder(String key) {
        return root.resolve(key.substring(0, FAN_OUT)).resolve(key.substring(FAN_OUT, 2 * FAN_OUT));
    }

    private static List<Path> subfolders(Path root) throws IOException {
        try (Stream<Path> folders = Files.list(root)) {
            return folders.filter(f -> f.getFileName().toString().length() == FAN_OUT && Files.isDirectory(f))
                    .toList();
        }
    }

    private static List<String> old(Path folder, Instant cutoff) throws IOException {
        List<String> keys = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder, 2)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(cutoff)) {
                    keys.add(file.getFileName().toString());
                }
            }
        } catch (java.io.UncheckedIOException | java.nio.file.NoSuchFileException gone) {
            log.debug("another node deletes in {} too", folder);
        }
        return keys;
    }

    private static List<List<String>> batches(List<String> keys) {
        List<List<String>> batches = new ArrayList<>();
        for (int i = 0; i < keys.size(); i += BATCH) {
            batches.add(keys.subList(i, Math.min(keys.size(), i + BATCH)));
        }
        return batches;
    }

    private static <T> Future<Void> inTurn(java.util.Iterator<T> items, Function<T, Future<Void>> step) {
        return items.hasNext()
                ? step.apply(items.next()).compose(done -> inTurn(items, step))
                : Future.succeededFuture();
    }

    private static void force(Path path, StandardOpenOption how) throws IOException {
        try (FileChannel channel = FileChannel.open(path, how)) {
            channel.force(true);
        }
    }

    private Future<Void> onWorker(Step step) {
        return worker.executeBlocking(
                () -> {
                    step.run();
                    return null;
                },
                false);
    }

    private interface Step {
        void run() throws IOException;
    }
}
