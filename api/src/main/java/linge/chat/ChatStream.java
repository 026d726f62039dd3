package linge.chat;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.HashSet;
import java.util.Set;
import linge.http.Problems;

/** One answer of the chat as server-sent events: thinking, each reply, done; or the problem. */
final class ChatStream implements Chat.Ears {

    /** For answers that come in one piece. */
    static final Chat.Ears DEAF = new Chat.Ears() {
        @Override
        public void begun() {}

        @Override
        public void early(JsonArray replies) {}
    };

    private final HttpServerResponse response;
    private final Set<String> said = new HashSet<>();

    ChatStream(HttpServerResponse response) {
        this.response = response;
    }

    @Override
    public void begun() {
        write("thinking", new JsonObject());
    }

    @Override
    public void early(JsonArray replies) {
        replies.forEach(reply -> reply((JsonObject) reply));
    }

    /** The rest of the replies; what was said early is not said twice. */
    void done(JsonObject answer) {
        JsonObject shown = answer.copy();
        ((JsonArray) shown.remove("replies")).forEach(reply -> reply((JsonObject) reply));
        write("done", shown.put("replies", new JsonArray()));
        if (!gone()) {
            response.end();
        }
    }

    /** Whether the failure could be told as an event, because the stream had begun. */
    boolean failed(RoutingContext ctx, Throwable failure) {
        if (!response.headWritten()) {
            return false;
        }
        write("problem", Problems.document(ctx, failure));
        if (!gone()) {
            response.end();
        }
        return true;
    }

    private void reply(JsonObject reply) {
        if (said.add(reply.getString("text"))) {
            write("reply", reply);
        }
    }

    private void write(String event, JsonObject data) {
        if (gone()) {
            return;
        }
        if (!response.headWritten()) {
            response.setChunked(true)
                    .putHeader("content-type", "text/event-stream; charset=utf-8")
                    .putHeader("cache-control", "no-store")
                    .putHeader("x-accel-buffering", "no");
        }
        response.write("event: " + event + "\ndata: " + data.encode() + "\n\n");
    }

    private boolean gone() {
        return response.ended() || response.closed();
    }
}
