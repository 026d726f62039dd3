package linge.live;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import linge.http.Answer;
import linge.http.Call;
import linge.http.Contract;
import linge.notify.Audience;
import linge.notify.Inbox;
import linge.sessions.Sessions;
import linge.shared.Caller;
import linge.shared.Refusal;
import linge.staff.Posts;
import org.jspecify.annotations.Nullable;

/** {@code getInbox}, {@code markInboxRead} and the stream {@code live}. */
public final class LiveApi {

    private static final int PAGE = 20;

    private final Vertx vertx;
    private final Inbox inbox;
    private final Sessions sessions;
    private final LiveHub hub;
    private final Posts posts;

    public LiveApi(Vertx vertx, Inbox inbox, Sessions sessions, LiveHub hub, Posts posts) {
        this.vertx = vertx;
        this.inbox = inbox;
        this.sessions = sessions;
        this.hub = hub;
        this.posts = posts;
    }

    public void mount(Contract contract) {
        contract.on("getInbox", this::page).on("markInboxRead", this::markRead).stream("live", this::live);
    }

    static Audience audience(Caller caller) {
        if (caller instanceof Caller.Resident resident) {
            return Audience.resident(resident.id().toString(), resident.phone());
        }
        if (caller instanceof Caller.Staff staff) {
            return Audience.staff(staff.id().toString());
        }
        throw Refusal.of(Refusal.Kind.NOT_SIGNED_IN, "请先登录，再继续操作。");
    }

    private Future<Answer> page(Call call) {
        String before = call.query("before");
        Long from = before == null ? null : (long) call.number("before", 0);
        return inbox.page(audience(call.caller()), from, call.integer("limit", PAGE))
                .map(Answer::ok);
    }

    private Future<Answer> markRead(Call call) {
        Audience who = audience(call.caller());
        return inbox.markRead(who, call.body().getLong("upTo"))
                .compose(marked -> inbox.unread(who))
                .map(unread -> Answer.ok(new JsonObject().put("unread", unread)));
    }

    private void live(Call call) {
        RoutingContext ctx = call.ctx();
        ctx.request().resume();
        Audience who = audience(call.caller());
        Long last = lastSeen(ctx);
        sessions.current(ctx)
                .compose(session -> (last != null ? Future.succeededFuture(last) : inbox.lastId(who))
                        .compose(seen -> postsOf(call.caller()).map(held -> {
                            if (session == null) {
                                throw Refusal.of(Refusal.Kind.NOT_SIGNED_IN, "请先登录，再继续操作。");
                            }
                            return open(ctx, session, held, seen);
                        })))
                .onFailure(ctx::fail);
    }

    private Future<List<Caller.Staff>> postsOf(Caller caller) {
        return caller instanceof Caller.Staff who ? posts.all(who) : Future.succeededFuture(List.of());
    }

    private LiveStream open(RoutingContext ctx, Sessions.Current session, List<Caller.Staff> held, long seen) {
        HttpServerResponse response = ctx.response();
        LiveStream stream =
                new LiveStream(response, vertx.getOrCreateContext(), sessions, session, inbox, posts, held, seen);
        response.setChunked(true)
                .putHeader("content-type", "text/event-stream; charset=utf-8")
                .putHeader("cache-control", "no-store")
                // Not zipped: a zipper of its own would take each open stream ten times the memory of all the rest.
                .putHeader("content-encoding", "identity")
                // Proxies must pass each event on at once.
                .putHeader("x-accel-buffering", "no");
        response.write("retry: 2000\nevent: ready\ndata: {}\n\n");
        hub.add(stream);
        response.closeHandler(closed -> hub.remove(stream));
        response.endHandler(ended -> hub.remove(stream));
        // Whatever came between the id the page saw and now.
        stream.inboxGrew();
        return stream;
    }

    private static @Nullable Long lastSeen(RoutingContext ctx) {
        String header = ctx.request().getHeader("Last-Event-ID");
        String sent = header != null ? header : ctx.queryParams().get("lastEventId");
        if (sent == null || sent.isBlank()) {
            return null;
        }
        try {
            return Math.max(0, Long.parseLong(sent.strip()));
        } catch (NumberFormatException e) {
            throw Refusal.badInput("/Last-Event-ID", "Last-Event-ID 应当是收到过的最后一个编号。");
        }
    }
}
