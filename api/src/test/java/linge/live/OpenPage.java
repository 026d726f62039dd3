package linge.live;

import io.vertx.core.json.JsonObject;
import linge.Client;

/** An open live page for tests outside this package. */
public final class OpenPage implements AutoCloseable {

    private final EventReader events;

    private OpenPage(EventReader events) {
        this.events = events;
    }

    /** Opens it and waits until it is ready. */
    public static OpenPage of(Client who) {
        EventReader events = new EventReader(who, "/api/live");
        events.next("ready");
        return new OpenPage(events);
    }

    /** The next hint that a case changed. */
    public JsonObject nextCase() {
        return events.next("case").json();
    }

    @Override
    public void close() {
        events.close();
    }
}
