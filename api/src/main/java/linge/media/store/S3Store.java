package linge.media.store;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Objects of an S3-compatible service. The calls block, so they run on a worker pool of their own. */
public final class S3Store implements MediaStore, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(S3Store.class);
    private static final int BLOCK = 1 << 16;
    private static final int BATCH = 500;

    private final WorkerExecutor worker;
    private final S3Settings settings;
    private final S3Client s3;

    public S3Store(WorkerExecutor worker, S3Settings settings) {
        this.worker = worker;
        this.settings = settings;
        this.s3 = S3Client.builder()
                .endpointOverride(settings.endpoint())
                .region(Region.of(settings.region()))
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(settings.key(), settings.secret())))
                .forcePathStyle(settings.pathStyle())
                .overrideConfiguration(client -> client.addExecutionInterceptor(new WithoutAsking()))
                // Services that speak S3 without being Amazon's mostly do not know its newer checksums.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .httpClient(UrlConnectionHttpClient.builder()
                        .connectionTimeout(Duration.ofSeconds(5))
                        .socketTimeout(Duration.ofSeconds(30))
                        .build())
                .build();
    }

    @Override
    public Future<Void> put(String key, Path file, String type) {
        return run(() -> s3.putObject(
                request -> request.bucket(settings.bucket()).key(named(key)).contentType(type),
                RequestBody.fromFile(file)));
    }

    @Override
    public Future<Void> send(String key, long from, long length, HttpServerResponse to) {
        String range = "bytes=" + from + "-" + (from + length - 1);
        return worker.executeBlocking(
                        () -> s3.getObject(request -> request.bucket(settings.bucket())
                                .key(named(key))
                                .range(range)),
                        false)
                .compose(in -> flow(in, to)
                        .compose(done -> to.end())
                        .eventually(() -> run(in::close))
                        .onFailure(broken -> in.abort()));
    }

    @Override
    public Future<Void> delete(String key) {
        return run(() ->
                s3.deleteObject(request -> request.bucket(settings.bucket()).key(named(key))));
    }

    @Override
    public Future<Void> olderThan(Instant cutoff, Function<List<String>, Future<Void>> see) {
        return page(cutoff, null, see);
    }

    @Override
    public Future<Void> check() {
        return run(() -> s3.listObjectsV2(request ->
                request.bucket(settings.bucket()).prefix(settings.prefix()).maxKeys(1)));
    }

    @Override
    public void close() {
        s3.close();
    }

    private Future<Void> page(Instant cutoff, @Nullable String continued, Function<List<String>, Future<Void>> see) {
        return worker.executeBlocking(
                        () -> s3.listObjectsV2(request -> request.bucket(settings.bucket())
                                .prefix(settings.prefix())
                                .maxKeys(BATCH)
                                .continuationToken(continued)),
                        false)
                .compose(listed -> see.apply(old(listed, cutoff))
                        .compose(seen -> Boolean.TRUE.equals(listed.isTruncated())
                                ? page(cutoff, listed.nextContinuationToken(), see)
                                : Future.succeededFuture()));
    }

    private List<String> old(ListObjectsV2Response listed, Instant cutoff) {
        return listed.contents().stream()
                .filter(object -> object.lastModified().isBefore(cutoff))
                .map(S3Object::key)
                .map(key -> key.substring(settings.prefix().length()))
                // A bucket shared with others may hold what is not ours under the same prefix.
                .filter(key -> key.matches("[0-9a-f]{32}\\..*"))
                .toList();
    }

    /** Block by block: a thread is held only while one is read, never while the receiver takes its time. */
    private Future<Void> flow(ResponseInputStream<GetObjectResponse> in, HttpServerResponse to) {
        Promise<Void> done = Promise.promise();
        to.exceptionHandler(done::tryFail);
        to.closeHandler(closed -> done.tryFail("the receiver went away"));
        next(in, to, done);
        return done.future();
    }

    private void next(ResponseInputStream<GetObjectResponse> in, HttpServerResponse to, Promise<Void> done) {
        worker.executeBlocking(() -> read(in), false).onFailure(done::tryFail).onSuccess(block -> {
            if (block.length() == 0) {
                done.tryComplete();
            } else if (!done.future().isComplete()) {
                to.write(block).onFailure(done::tryFail);
                if (to.writeQueueFull()) {
                    to.drainHandler(room -> next(in, to, done));
                } else {
                    next(in, to, done);
                }
            }
        });
    }

    private static Buffer read(ResponseInputStream<GetObjectResponse> in) throws IOException {
        return Buffer.buffer(in.readNBytes(BLOCK));
    }

    private String named(String key) {
        return settings.prefix() + key;
    }

    private Future<Void> run(Step step) {
        return worker.<Void>executeBlocking(
                        () -> {
                            step.run();
                            return null;
                        },
                        false)
                .onFailure(failure -> log.warn("{} did not answer as it should", settings.endpoint(), failure));
    }

    /**
     * Sends without asking first whether to go on: where a kept connection was closed meanwhile, the JDK's client takes
     * the silence for a refusal and gives up instead of trying again.
     */
    private static final class WithoutAsking implements ExecutionInterceptor {
        @Override
        public SdkHttpRequest modifyHttpRequest(Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
            return context.httpRequest().toBuilder().removeHeader("Expect").build();
        }
    }

    private interface Step {
        void run() throws IOException;
    }
}
