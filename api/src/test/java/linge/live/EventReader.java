package linge.live;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import linge.Client;

/** A page that listens to live events: takes them as they come, in order. */
final class EventReader implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 30;
    private static final Event ENDED = new Event("ended", null, "");

    /** One event; {@code ended} is the stream's end. */
    record Event(String name, String id, String data) {
        JsonObject json() {
            return new JsonObject(data);
        }
    }

    private final HttpResponse<InputStream> response;
    private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();

    EventReader(Client client, String path) {
        this.response = client.open(path);
        if (response.statusCode() != 200) {
            throw new AssertionError(path + " answered " + response.statusCode());
        }
        Thread reader = new Thread(this::read, "event reader");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        String name = "message";
        String id = null;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("event: ")) {
                    name = line.substring(7);
                } else if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("data: ")) {
                    events.add(new Event(name, id, line.substring(6)));
                } else if (line.isEmpty()) {
                    name = "message";
                    id = null;
                }
            }
        } catch (IOException closed) {
            // Either side hung up: the same to whoever waits.
        }
        events.add(ENDED);
    }

    String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    /** The next event of a kind; others before it are passed over. */
    Event next(String name) {
        try {
            List<Event> passed = new ArrayList<>();
            for (Event event = take(); event != null; event = take()) {
                if (event.name().equals(name)) {
                    return event;
                }
                passed.add(event);
            }
            throw new AssertionError("no " + name + " came, but " + passed);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** The next so many notices. */
    List<Event> notices(int many) {
        List<Event> notices = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            notices.add(next("notice"));
        }
        return notices;
    }

    private Event take() throws InterruptedException {
        return events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        try {
            response.body().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
