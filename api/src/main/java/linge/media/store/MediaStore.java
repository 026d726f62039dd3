package linge.media.store;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** Where files are kept under keys such as {@code 3f9a….jpg}; never blocks an event loop. */
public interface MediaStore {

    /** Keeps a file for good; once it succeeds the bytes survive a power cut. The file itself may be moved away. */
    Future<Void> put(String key, Path file, String type);

    /**
     * Writes part of a file as the body of an answer and ends it; its head is already set.
     *
     * @return fails before anything is written when the key is not there
     */
    Future<Void> send(String key, long from, long length, HttpServerResponse to);

    /** Deletes a file; one that is not there is as good as deleted. */
    Future<Void> delete(String key);

    /** Hands every key kept before {@code cutoff} to {@code see}, some hundreds at a time, one batch after another. */
    Future<Void> olderThan(Instant cutoff, Function<List<String>, Future<Void>> see);

    /** Whether it can keep and show files now, in one Chinese sentence when it cannot. */
    Future<Void> check();
}
