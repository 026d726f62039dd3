package linge.media;

import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import linge.media.clean.Cleaned;
import linge.media.clean.Cleaner;
import linge.media.clean.MediaRefusals;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Cleans uploads on a worker pool of its own, a bounded number at a time. */
final class Workshop {

    private static final Logger log = LoggerFactory.getLogger(Workshop.class);

    private final WorkerExecutor worker;
    private final Cleaner cleaner;
    private final int most;
    private final AtomicInteger atWork = new AtomicInteger();

    Workshop(WorkerExecutor worker, MediaSettings settings) {
        this.worker = worker;
        this.cleaner = new Cleaner(settings.limits());
        this.most = settings.atWork();
    }

    /** Refuses while too many wait: better before somebody has sent 50 MB than after. */
    void admit() {
        if (atWork.get() >= most) {
            throw MediaRefusals.busy(5);
        }
    }

    /** The received file is gone afterwards, whatever came of it. */
    Future<Cleaned> clean(Intake.Received received) {
        if (atWork.incrementAndGet() > most) {
            atWork.decrementAndGet();
            return discard(received.file()).transform(done -> Future.failedFuture(MediaRefusals.busy(5)));
        }
        return worker.executeBlocking(
                        () -> {
                            try {
                                return cleaner.clean(received.file(), received.form());
                            } finally {
                                Files.deleteIfExists(received.file());
                            }
                        },
                        false)
                .onComplete(done -> atWork.decrementAndGet());
    }

    /** Deletes what the store did not take. */
    Future<Void> discard(Path... files) {
        return worker.executeBlocking(
                () -> {
                    for (Path file : files) {
                        try {
                            Files.deleteIfExists(file);
                        } catch (IOException e) {
                            log.warn("could not delete {}; the sweeper will", file.getFileName(), e);
                        }
                    }
                    return null;
                },
                false);
    }
}
