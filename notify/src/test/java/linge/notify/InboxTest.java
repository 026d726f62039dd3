package linge.notify;

import static linge.notify.World.await;
import static linge.notify.World.notice;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InboxTest {

    private static final Audience WANG = Audience.resident("wang", "13800000001");
    private static final Audience LI = Audience.staff("wang");
    private static World world;

    @BeforeAll
    static void open() {
        world = new World();
    }

    @AfterAll
    static void close() {
        world.close();
    }

    @BeforeEach
    void clear() {
        world.clear();
    }

    @Test
    void an_empty_inbox_is_an_empty_page() {
        assertEquals(new JsonObject("{\"items\":[],\"unread\":0}"), await(world.inbox.page(WANG, null, 20)));
        assertEquals(0, await(world.inbox.lastId(WANG)));
    }

    @Test
    void pages_go_back_from_the_newest_and_end() {
        deliver(5);

        JsonObject first = await(world.inbox.page(WANG, null, 2));
        JsonObject second = await(world.inbox.page(WANG, first.getLong("next"), 2));
        JsonObject third = await(world.inbox.page(WANG, second.getLong("next"), 2));

        assertEquals(List.of("CZ4", "CZ3"), subjects(first));
        assertEquals(List.of("CZ2", "CZ1"), subjects(second));
        assertEquals(List.of("CZ0"), subjects(third));
        assertFalse(third.containsKey("next"));
        JsonObject item = first.getJsonArray("items").getJsonObject(0);
        assertEquals("您的诉求有新进展", item.getString("title"));
        assertEquals("2026-03-02T01:00:00.123Z", item.getString("at"));
        assertFalse(item.getBoolean("read"));
    }

    @Test
    void reading_counts_down_what_is_unread_and_only_once() {
        deliver(5);
        List<InboxItem> items = await(world.inbox.after(WANG, 0, 10));

        assertEquals(5, await(world.inbox.page(WANG, null, 20)).getInteger("unread"));
        assertEquals(3, await(world.inbox.markRead(WANG, items.get(2).id())));
        assertEquals(0, await(world.inbox.markRead(WANG, items.get(2).id())));

        JsonObject page = await(world.inbox.page(WANG, null, 20));
        assertEquals(2, page.getInteger("unread"));
        assertEquals(
                List.of(false, false, true, true, true),
                World.objects(page.getJsonArray("items")).stream()
                        .map(i -> i.getBoolean("read"))
                        .toList());
    }

    @Test
    void residents_and_staff_of_the_same_id_see_only_their_own() {
        deliver(2);
        long last = await(world.inbox.lastId(WANG));

        assertEquals(List.of(), await(world.inbox.after(LI, 0, 10)));
        assertEquals(0, await(world.inbox.markRead(LI, last)));
        assertEquals(2, await(world.inbox.unread(WANG)));
    }

    @Test
    void a_page_that_was_away_catches_up_from_the_last_id_it_saw() {
        deliver(3);
        long seen = await(world.inbox.lastId(WANG));
        world.put(notice("later", "case-noted", WANG, "LATER"));
        await(world.drain(world.relay("a", world.inApp)));

        List<InboxItem> missed = await(world.inbox.after(WANG, seen, 50));

        assertEquals(List.of("LATER"), missed.stream().map(InboxItem::subject).toList());
        assertTrue(missed.get(0).id() > seen);
    }

    @Test
    void a_reader_who_goes_on_from_the_last_id_misses_nothing_that_eight_writers_write_at_once() {
        int writers = 8;
        int each = 60;
        List<Future<Void>> writing = new ArrayList<>();
        for (int w = 0; w < writers; w++) {
            writing.add(write(w * each, (w + 1) * each));
        }
        ConcurrentLinkedQueue<Long> seen = new ConcurrentLinkedQueue<>();
        AtomicLong last = new AtomicLong();
        Future<?> allWritten = Future.all(writing);

        while (!allWritten.isComplete()) {
            read(seen, last);
        }
        await(allWritten);
        read(seen, last);

        TreeSet<Long> written = new TreeSet<>();
        await(world.pool.query("SELECT id FROM inbox").execute()).forEach(row -> written.add(row.getLong(0)));
        assertEquals(writers * each, written.size());
        assertEquals(List.copyOf(written), List.copyOf(seen));
    }

    private static void read(ConcurrentLinkedQueue<Long> seen, AtomicLong last) {
        List<InboxItem> items;
        do {
            items = await(world.inbox.after(WANG, last.get(), 200));
            for (InboxItem item : items) {
                seen.add(item.id());
                last.set(item.id());
            }
        } while (!items.isEmpty());
    }

    private static Future<Void> write(int from, int to) {
        if (from == to) {
            return Future.succeededFuture();
        }
        Envelope envelope = new Envelope(
                from + 1L,
                WANG,
                "CZ" + from,
                "case-noted",
                new JsonObject(),
                new Envelope.Words("题", "文"),
                false,
                world.clock.instant());
        return world.inApp.send(envelope).compose(sent -> write(from + 1, to));
    }

    private static void deliver(int count) {
        for (int i = 0; i < count; i++) {
            world.put(notice("k" + i, "case-noted", WANG, "CZ" + i));
        }
        await(world.drain(world.relay("a", world.inApp)));
    }

    private static List<String> subjects(JsonObject page) {
        return World.objects(page.getJsonArray("items")).stream()
                .map(i -> i.getString("subject"))
                .toList();
    }
}
