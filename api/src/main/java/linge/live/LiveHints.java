package linge.live;

import io.vertx.core.eventbus.EventBus;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;
import linge.cases.Case;
import linge.cases.Holder;
import linge.cases.Moved;
import linge.chat.ChatHint;
import linge.notify.Audience;

/**
 * Hints over the event bus, to all nodes when clustered: an inbox grew, a case changed. They carry no news, only where to
 * look; one that is lost costs a page some seconds, nothing more.
 */
public final class LiveHints {

    static final String INBOX = "linge.live.inbox";
    static final String CASE = "linge.live.case";
    static final String CHAT = "linge.live.chat";
    static final String ENDED = "linge.live.ended";

    private final EventBus bus;

    public LiveHints(EventBus bus) {
        this.bus = bus;
    }

    /** An inbox has a new row; it is committed. */
    public void inboxGrew(Audience whose) {
        bus.publish(INBOX, whose.kind().name() + ":" + whose.id());
    }

    /** Some of a person's sessions ended. */
    public void sessionsEnded(UUID person) {
        bus.publish(ENDED, person.toString());
    }

    /** A conversation has something new; it is committed. */
    public void chatChanged(ChatHint hint) {
        bus.publish(CHAT, hint.toJson());
    }

    /** A case changed; it is committed. */
    public void caseChanged(Moved moved) {
        Case after = moved.after();
        Set<Holder> offices = new LinkedHashSet<>(after.now().assisting());
        offices.add(after.now().holder());
        if (moved.before() != null) {
            // Who had to do with it until now hears of it once more.
            offices.addAll(moved.before().now().assisting());
            offices.add(moved.before().now().holder());
        }
        JsonArray all = new JsonArray();
        offices.forEach(
                office -> all.add(new JsonObject().put("area", office.area()).put("department", office.department())));
        bus.publish(
                CASE,
                new JsonObject()
                        .put("number", after.facts().number())
                        .put("version", after.now().version())
                        .put("resident", after.facts().resident().toString())
                        .put("area", after.facts().area())
                        .put("offices", all));
    }
}
