package linge.media;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.UUID;
import java.util.regex.Pattern;
import linge.http.Answer;
import linge.http.Call;
import linge.http.Contract;
import linge.shared.Caller;
import linge.shared.Refusal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Uploading, showing and taking back over HTTP. */
public final class MediaApi {

    private static final Logger log = LoggerFactory.getLogger(MediaApi.class);
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final int NOT_MODIFIED = 304;
    private static final int RANGE_NOT_SATISFIABLE = 416;

    private final Vertx vertx;
    private final Media media;
    private final MediaAccess access;

    public MediaApi(Vertx vertx, Media media, MediaAccess access) {
        this.vertx = vertx;
        this.media = media;
        this.access = access;
    }

    public void mount(Contract contract) {
        contract.stream("uploadMedia", this::upload);
        contract.stream("getMedia", call -> show(call, false));
        contract.stream("getThumbnail", call -> show(call, true));
        contract.on("deleteMedia", this::takeBack);
    }

    private void upload(Call call) {
        RoutingContext ctx = call.ctx();
        media.take(ctx.request(), call.caller())
                .onSuccess(item ->
                        Contract.show(ctx, Answer.created(item.toJson()).with("location", "/api/media/" + item.id())))
                .onFailure(refused -> {
                    Drain.rest(vertx, ctx.request());
                    if (!ctx.response().closed()) {
                        ctx.fail(refused);
                    }
                });
    }

    private Future<Answer> takeBack(Call call) {
        return media.takeBack(UUID.fromString(call.path("id")), call.caller()).map(Answer.nothing());
    }

    private void show(Call call, boolean thumbnail) {
        RoutingContext ctx = call.ctx();
        ctx.request().resume();
        seen(call)
                .compose(item -> thumbnail ? sendThumbnail(ctx, item) : sendFile(ctx, item))
                .onFailure(failure -> {
                    if (!ctx.response().headWritten() && !ctx.response().closed()) {
                        ctx.response().headers().clear();
                        ctx.fail(failure);
                    } else {
                        // The head is out: all that can still be said is that the rest does not come.
                        log.debug("an answer broke off", failure);
                        ctx.request().connection().close();
                    }
                });
    }

    /** The item, to whoever may see it; to others it is not there. */
    private Future<MediaItem> seen(Call call) {
        String id = call.path("id");
        if (!ID.matcher(id).matches()) {
            return Future.failedFuture(notThere());
        }
        return media.find(UUID.fromString(id)).compose(item -> {
            if (item == null) {
                throw notThere();
            }
            return maySee(call.caller(), item).map(may -> {
                if (!may) {
                    throw notThere();
                }
                return item;
            });
        });
    }

    private Future<Boolean> maySee(Caller caller, MediaItem item) {
        UUID caseId = item.caseId();
        return caseId == null
                ? Future.succeededFuture(
                        item.addedBy() == Media.adder(caller) && item.owner().equals(Media.id(caller)))
                : access.maySee(caller, caseId);
    }

    private Future<Void> sendFile(RoutingContext ctx, MediaItem item) {
        return send(ctx, item.fileKey(), item.kind().type(), item.bytes(), '"' + item.sha256() + '"');
    }

    /** A thumbnail is made once, so its tag follows from the original's. */
    private Future<Void> sendThumbnail(RoutingContext ctx, MediaItem item) {
        return send(ctx, item.thumbnailKey(), "image/jpeg", item.thumbnailBytes(), '"' + item.sha256() + "-t\"");
    }

    private Future<Void> send(RoutingContext ctx, String key, String type, long bytes, String tag) {
        HttpServerResponse response = ctx.response();
        response.putHeader(HttpHeaders.CONTENT_TYPE, type)
                .putHeader(HttpHeaders.CACHE_CONTROL, "private, max-age=3600")
                .putHeader(HttpHeaders.ETAG, tag)
                .putHeader(HttpHeaders.ACCEPT_RANGES, "bytes")
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Content-Disposition", "inline")
                .putHeader("Content-Security-Policy", "default-src 'none'")
                .putHeader("Cross-Origin-Resource-Policy", "same-origin");
        if (tag.equals(ctx.request().getHeader(HttpHeaders.IF_NONE_MATCH))) {
            return response.setStatusCode(NOT_MODIFIED).end();
        }
        @Nullable
        ByteRange range =
                ByteRange.of(ctx.request().getHeader("Range"), ctx.request().getHeader("If-Range"), tag, bytes);
        if (range == null) {
            return media.send(key, 0, bytes, response.putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(bytes)));
        }
        if (range.length() == 0) {
            response.headers().remove(HttpHeaders.CONTENT_TYPE);
            return response.setStatusCode(RANGE_NOT_SATISFIABLE)
                    .putHeader(HttpHeaders.CONTENT_RANGE, "bytes */" + bytes)
                    .end();
        }
        response.setStatusCode(206)
                .putHeader(
                        HttpHeaders.CONTENT_RANGE,
                        "bytes " + range.from() + "-" + (range.from() + range.length() - 1) + "/" + bytes)
                .putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(range.length()));
        return media.send(key, range.from(), range.length(), response);
    }

    private static Refusal notThere() {
        return Refusal.notFound("这张照片或视频");
    }
}
