package linge.admin;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpServerRequest;
import java.nio.file.Path;
import java.util.UUID;
import linge.shared.Refusal;

/** Puts a request's body into a file of its own while it comes, and takes the file away again when it was read. */
final class Uploads {

    static final long MOST_BYTES = 64L * 1024 * 1024;

    private final Vertx vertx;
    private final Path folder;

    Uploads(Vertx vertx, Path folder) {
        this.vertx = vertx;
        this.folder = folder;
    }

    /** What is done with the file while it is there. */
    interface Reader<T> {
        Future<T> read(Path file, long bytes);
    }

    <T> Future<T> take(HttpServerRequest request, Reader<T> reader) {
        Path to = folder.resolve(UUID.randomUUID() + ".upload");
        return vertx.fileSystem()
                .mkdirs(folder.toString())
                .compose(done -> receive(request, to))
                .compose(bytes -> {
                    if (bytes == 0) {
                        throw Refusal.of(Refusal.Kind.UNREADABLE_BODY, "文件是空的，请重新选择。");
                    }
                    return reader.read(to, bytes);
                })
                .eventually(() -> vertx.fileSystem().delete(to.toString()).otherwiseEmpty());
    }

    private Future<Long> receive(HttpServerRequest request, Path to) {
        if (declared(request) > MOST_BYTES) {
            return Future.failedFuture(tooLarge());
        }
        return vertx.fileSystem()
                .open(to.toString(), new OpenOptions().setCreateNew(true).setWrite(true))
                .compose(file -> pump(request, file));
    }

    private static long declared(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        try {
            return length == null ? 0 : Long.parseLong(length.strip());
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static Future<Long> pump(HttpServerRequest request, AsyncFile file) {
        long[] got = {0};
        Promise<Void> ended = Promise.promise();
        request.handler(piece -> {
            got[0] += piece.length();
            if (got[0] > MOST_BYTES) {
                ended.tryFail(tooLarge());
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

    private static Refusal tooLarge() {
        return Refusal.of(Refusal.Kind.TOO_LARGE, "文件超过 64 MB，请先简化边界的坐标。");
    }
}
