package linge.live;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import linge.Client;

/** An open page: the events of a live stream as they arrive. */
final class Events implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 30;

    /** One event; {@code id} is null for hints. */
    record Event(String id, String name, JsonObject data) {}

    private static final Event END = new Event(null, "(end)", new JsonObject());

    private final InputStream body;
    private final BlockingQueue<Event> arrived = new LinkedBlockingQueue<>();

    private Events(InputStream body) {
        this.body = body;
        Thread reader = new Thread(this::read, "events");
        reader.setDaemon(true);
        reader.start();
    }

    static Events open(Client who) {
        return open(who, "");
    }

    static Events open(Client who, String query) {
        HttpResponse<InputStream> answer = who.open("/api/live" + query);
        if (answer.statusCode() != 200) {
            throw new AssertionError("the stream answered " + answer.statusCode());
        }
        return new Events(answer.body());
    }

    /** The next event of this name; others that come before are passed over. */
    Event next(String name) {
        try {
            while (true) {
                Event event = arrived.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                if (event == null || event == END && !name.equals(END.name())) {
                    throw new AssertionError("no event " + name + " came");
                }
                if (event.name().equals(name)) {
                    return event;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Waits until the server ends the stream. */
    void awaitEnd() {
        next(END.name());
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            String id = null;
            String name = null;
            String data = null;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("event: ")) {
                    name = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    data = line.substring(6);
                } else if (line.isEmpty() && name != null) {
                    arrived.add(new Event(id, name, new JsonObject(data == null ? "{}" : data)));
                    id = null;
                    name = null;
                    data = null;
                }
            }
        } catch (IOException broken) {
            // The end, whichever side made it.
        }
        arrived.add(END);
    }

    @Override
    public void close() {
        try {
            body.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
