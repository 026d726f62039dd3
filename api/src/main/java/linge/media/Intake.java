package linge.media;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import linge.media.clean.Form;
import linge.media.clean.MediaKind;
import linge.media.clean.MediaRefusals;
import org.jspecify.annotations.Nullable;

/** Lets a raw body flow into a file of its own, as it comes and no further than its form allows. */
final class Intake {

    /** A body that arrived whole. */
    record Received(Path file, Form form) {}

    private final Vertx vertx;
    private final MediaSettings settings;
    private final Path folder;
    private final AtomicInteger underWay = new AtomicInteger();

    Intake(Vertx vertx, MediaSettings settings, Path folder) {
        this.vertx = vertx;
        this.settings = settings;
        this.folder = folder;
    }

    /** Refuses by the declared length alone, before anything is read or looked up. */
    void admit(HttpServerRequest request) {
        long length = declared(request);
        if (length == 0) {
            throw MediaRefusals.empty();
        }
        long most = Math.max(settings.photoBytes(), settings.videoBytes());
        if (length > most) {
            throw MediaRefusals.tooLarge(settings.limits());
        }
    }

    /**
     * Reads the paused request to its end.
     *
     * @return fails with a refusal, or because the sender went away; then no file is left
     */
    Future<Received> receive(HttpServerRequest request) {
        if (underWay.incrementAndGet() > settings.uploads()) {
            underWay.decrementAndGet();
            return Future.failedFuture(MediaRefusals.busy(10));
        }
        Path to = folder.resolve(UUID.randomUUID() + ".upload");
        return vertx.fileSystem()
                .open(
                        to.toString(),
                        new OpenOptions().setCreateNew(true).setWrite(true).setRead(false))
                .compose(file -> new Reception(request, file, to).start())
                .onComplete(done -> underWay.decrementAndGet());
    }

    /** Bytes that are here already; refused when they are none of our forms or too many. */
    Future<Received> receive(Buffer bytes) {
        Form form;
        try {
            if (bytes.length() == 0) {
                throw MediaRefusals.empty();
            }
            form = Form.of(bytes.getBytes(0, Math.min(bytes.length(), Form.TELLING)));
            if (bytes.length() > settings.limits().bytes(form.kind())) {
                throw MediaRefusals.tooLarge(form.kind(), settings.limits());
            }
        } catch (linge.shared.Refusal refusal) {
            return Future.failedFuture(refusal);
        }
        Path to = folder.resolve(UUID.randomUUID() + ".upload");
        return vertx.fileSystem().writeFile(to.toString(), bytes).map(new Received(to, form));
    }

    private static long declared(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        // The HTTP codec has refused what is not a number.
        return length == null ? -1 : Long.parseLong(length.trim());
    }

    /** One upload under way, on its request's event loop. */
    private final class Reception {

        private final HttpServerRequest request;
        private final AsyncFile file;
        private final Path to;
        private final Promise<Received> arrived = Promise.promise();
        private Buffer first = Buffer.buffer();
        private @Nullable Form form;
        private long bytes;
        private long bytesAtLastLook = -1;

        Reception(HttpServerRequest request, AsyncFile file, Path to) {
            this.request = request;
            this.file = file;
            this.to = to;
        }

        Future<Received> start() {
            if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
                request.response().writeContinue();
            }
            long watch = vertx.setPeriodic(settings.stall().toMillis(), tick -> look());
            request.handler(this::take);
            request.endHandler(end -> finish());
            request.exceptionHandler(arrived::tryFail);
            file.exceptionHandler(arrived::tryFail);
            request.resume();
            return arrived.future()
                    .onComplete(done -> vertx.cancelTimer(watch))
                    .compose(
                            received -> file.close().map(received),
                            failure -> file.close()
                                    .transform(closed -> vertx.fileSystem().delete(to.toString()))
                                    .transform(deleted -> Future.failedFuture(failure)));
        }

        private void take(Buffer part) {
            if (arrived.future().isComplete()) {
                return;
            }
            bytes += part.length();
            try {
                tell(part);
            } catch (linge.shared.Refusal refusal) {
                arrived.tryFail(refusal);
                return;
            }
            file.write(part).onFailure(arrived::tryFail);
            if (file.writeQueueFull()) {
                request.pause();
                file.drainHandler(room -> request.resume());
            }
        }

        /** Tells the form once enough has come, and holds what came against its bound. */
        private void tell(Buffer part) {
            Form known = form;
            if (known == null) {
                first.appendBuffer(part, 0, Math.min(part.length(), Form.TELLING));
                if (first.length() < Form.TELLING) {
                    return;
                }
                known = Form.of(first.getBytes());
                form = known;
                first = Buffer.buffer();
            }
            MediaKind kind = known.kind();
            if (Math.max(bytes, declared(request)) > settings.limits().bytes(kind)) {
                throw MediaRefusals.tooLarge(kind, settings.limits());
            }
        }

        private void finish() {
            try {
                if (bytes == 0) {
                    throw MediaRefusals.empty();
                }
                Form known = form;
                arrived.tryComplete(new Received(to, known == null ? Form.of(first.getBytes()) : known));
            } catch (linge.shared.Refusal refusal) {
                arrived.tryFail(refusal);
            }
        }

        private void look() {
            if (bytes == bytesAtLastLook) {
                arrived.tryFail(MediaRefusals.stalled());
            }
            bytesAtLastLook = bytes;
        }
    }
}
