package linge.live;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import linge.notify.Audience;
import linge.notify.Inbox;
import linge.notify.InboxItem;
import linge.sessions.Sessions;
import linge.shared.Caller;
import linge.staff.Posts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One open page: what its inbox got since the id it saw last, in order, and hints of changed cases. */
final class LiveStream {

    private static final Logger log = LoggerFactory.getLogger(LiveStream.class);
    private static final int BATCH = 50;
    /** Beats between looks whether the session is still open: it may have run out, or the hint of its end been lost. */
    private static final int BEATS_PER_LOOK = 4;

    private static final AtomicInteger OPENED = new AtomicInteger();

    private final HttpServerResponse response;
    private final Context context;
    private final Caller caller;
    private final Audience audience;
    private final Inbox inbox;
    private final Sessions sessions;
    private final Sessions.Current session;
    private final Posts standIns;
    /** In which this person sees cases today: their own, and those they stand in for. Read by the hub on whatever thread. */
    private volatile List<Caller.Staff> posts;
    /** In which second of the hub's round it beats. */
    private final int turn = Math.floorMod(OPENED.getAndIncrement(), LiveHub.TURNS);

    // Touched on the stream's own event loop only.
    private long seen;
    private boolean reading;
    private boolean grew;
    private int beats;

    LiveStream(
            HttpServerResponse response,
            Context context,
            Sessions sessions,
            Sessions.Current session,
            Inbox inbox,
            Posts standIns,
            List<Caller.Staff> posts,
            long seen) {
        this.response = response;
        this.context = context;
        this.sessions = sessions;
        this.session = session;
        this.caller = session.caller();
        this.audience = LiveApi.audience(caller);
        this.inbox = inbox;
        this.standIns = standIns;
        this.posts = posts;
        this.seen = seen;
    }

    String person() {
        return audience.kind().name() + ":" + audience.id();
    }

    Caller caller() {
        return caller;
    }

    List<Caller.Staff> posts() {
        return posts;
    }

    int turn() {
        return turn;
    }

    void inboxGrew() {
        context.runOnContext(ignored -> read());
    }

    /** Says that something changed, not what. */
    void hint(String event, JsonObject data) {
        // A page that does not read fast enough misses hints, never notices; it looks again when it catches up.
        context.runOnContext(ignored -> {
            if (!response.writeQueueFull()) {
                write("event: " + event + "\ndata: " + data.encode() + "\n\n");
            }
        });
    }

    void beat() {
        context.runOnContext(ignored -> {
            write(": still here\n\n");
            if (++beats % BEATS_PER_LOOK == 0) {
                lookAtSession();
                lookAtPosts();
            }
            // Also looks at the inbox: the safety net for a hint that was lost.
            read();
        });
    }

    /** Ends with its session. */
    void lookAtSession() {
        sessions.stillOpen(session).onSuccess(open -> {
            if (!open) {
                end();
            }
        });
    }

    /** Somebody may have gone on leave, or come back, or midnight passed. */
    private void lookAtPosts() {
        if (caller instanceof Caller.Staff who) {
            standIns.all(who)
                    .onSuccess(found -> posts = found)
                    .onFailure(failure -> log.warn("a live page keeps the posts it had", failure));
        }
    }

    void end() {
        context.runOnContext(ignored -> {
            if (!response.ended() && !response.closed()) {
                response.end();
            }
        });
    }

    /** One read at a time; a hint that comes meanwhile asks for another. */
    private void read() {
        if (reading) {
            grew = true;
            return;
        }
        if (response.ended() || response.closed() || response.writeQueueFull()) {
            return;
        }
        reading = true;
        grew = false;
        inbox.after(audience, seen, BATCH)
                .compose(items -> {
                    items.forEach(this::write);
                    return Future.succeededFuture(items.size() == BATCH);
                })
                .onFailure(
                        failure -> log.warn("a live page could not read its inbox; the next beat tries again", failure))
                .otherwise(false)
                .onSuccess(more -> {
                    reading = false;
                    if (more || grew) {
                        read();
                    }
                });
    }

    private void write(InboxItem item) {
        seen = item.id();
        write("id: " + item.id() + "\nevent: notice\ndata: " + item.toJson().encode() + "\n\n");
    }

    private void write(String event) {
        if (!response.ended() && !response.closed()) {
            response.write(event);
        }
    }
}
