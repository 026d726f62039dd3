package linge.media;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import linge.db.TestDatabase;
import linge.http.Contract;
import linge.http.Problems;
import linge.shared.Caller;
import linge.shared.Role;

/** A small server with the media operations on it, a real database behind it, and callers told by a token. */
final class MediaHouse implements AutoCloseable {

    static final Caller.Resident ZHANG = new Caller.Resident(UUID.randomUUID(), "13800000001", "张");
    static final Caller.Resident LI = new Caller.Resident(UUID.randomUUID(), "13800000002", "李");
    static final Caller.Staff WANG =
            new Caller.Staff(UUID.randomUUID(), "wang", "王", Role.GRID_WORKER, "140403001001001", null);

    private static final Map<String, Caller> TOKENS = Map.of("zhang", ZHANG, "li", LI, "wang", WANG);
    private static final Set<String> OURS = Set.of("uploadMedia", "getMedia", "getThumbnail", "deleteMedia");

    final Vertx vertx = Vertx.vertx();
    final Pool db = TestDatabase.fresh().pool(vertx);
    final Path folder;
    final Media media;
    /** Who may see which case. */
    final Map<UUID, Set<Caller>> seers = new ConcurrentHashMap<>();

    volatile Duration later = Duration.ZERO;

    final URI base;
    final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    MediaHouse(Path folder, MediaSettings settings) throws IOException {
        this.folder = folder;
        this.media = Media.open(vertx, db, settings, folder, clock());
        MediaAccess access = (caller, caseId) ->
                Future.succeededFuture(seers.getOrDefault(caseId, Set.of()).contains(caller));
        Contract contract = Contract.load(
                        vertx, ctx -> Future.succeededFuture(TOKENS.getOrDefault(token(ctx), Caller.NOBODY)))
                .await();
        new MediaApi(vertx, media, access).mount(contract);
        operations()
                .filter(id -> !OURS.contains(id))
                .forEach(id -> contract.on(id, call -> Future.failedFuture(new AssertionError("not ours: " + id))));
        Router router = Router.router(vertx);
        router.route("/*").subRouter(contract.router());
        router.route().failureHandler(Problems::answer);
        HttpServer server = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .await();
        this.base = URI.create("http://127.0.0.1:" + server.actualPort());
    }

    /** The time of day, later by what {@link #later} says. */
    private Clock clock() {
        InstantSource now = () -> Instant.now().plus(later);
        return now.withZone(ZoneOffset.UTC);
    }

    private static String token(RoutingContext ctx) {
        return String.valueOf(ctx.request().getHeader("x-caller"));
    }

    /** Every operation of the contract, by its id. */
    private static Stream<String> operations() throws IOException {
        try (InputStream in = MediaHouse.class.getResourceAsStream("/openapi.yaml")) {
            String contract = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Pattern.compile("operationId: (\\w+)")
                    .matcher(contract)
                    .results()
                    .map(id -> id.group(1));
        }
    }

    HttpRequest.Builder request(String path, String who) {
        return HttpRequest.newBuilder(base.resolve(path)).header("x-caller", who);
    }

    HttpResponse<byte[]> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<byte[]> upload(String who, byte[] bytes) {
        // The name of another type is sent on purpose: it must not matter.
        return send(request("/api/media", who)
                .header("content-type", "text/html")
                .POST(HttpRequest.BodyPublishers.ofByteArray(bytes)));
    }

    /** Uploads what will be taken. */
    JsonObject uploaded(String who, byte[] bytes) {
        HttpResponse<byte[]> answer = upload(who, bytes);
        if (answer.statusCode() != 201) {
            throw new AssertionError(answer.statusCode() + " " + new String(answer.body(), StandardCharsets.UTF_8));
        }
        return json(answer);
    }

    HttpResponse<byte[]> get(String who, String path) {
        return send(request(path, who).GET());
    }

    HttpResponse<byte[]> delete(String who, String id) {
        return send(request("/api/media/" + id, who).DELETE());
    }

    static JsonObject json(HttpResponse<byte[]> answer) {
        return new JsonObject(Buffer.buffer(answer.body()));
    }

    /** Files kept, in the store and half way to it. */
    long files() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    @Override
    public void close() throws java.util.concurrent.TimeoutException {
        vertx.close().await(20, TimeUnit.SECONDS);
    }
}
