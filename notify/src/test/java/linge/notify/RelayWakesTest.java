package linge.notify;

import static linge.notify.World.await;
import static linge.notify.World.notice;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import linge.notify.Deliveries.Claimed;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RelayWakesTest {

    private static final Audience WANG = Audience.resident("8a1c0f54-0000-4000-8000-000000000001", "13800000001");
    private static final Audience LI = Audience.staff("staff-7");
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
    void stopping_finishes_what_is_in_hand() {
        Promise<Sent> answer = Promise.promise();
        Promise<Envelope> begun = Promise.promise();
        RecordingChannel slow = new RecordingChannel("inbox").answering(e -> {
            begun.tryComplete(e);
            return answer.future();
        });
        Relay relay = world.relay("a", slow);
        await(relay.start());
        world.put(notice("k", "case-noted", WANG, "CZ1"));
        await(begun.future());

        Future<Void> stopped = relay.stop();
        world.put(notice("later", "case-noted", LI, "CZ2"));
        assertFalse(stopped.isComplete(), "one is in hand");
        answer.complete(Sent.WITHOUT_RECEIPT);
        await(stopped);

        assertEquals("SENT", world.delivery("k", "inbox").getString("state"));
        assertEquals("PENDING", world.delivery("later", "inbox").getString("state"));
    }

    @Test
    void a_commit_wakes_a_listening_relay_without_polling_and_the_live_page_hears() {
        List<Promise<Long>> heard = List.of(Promise.promise(), Promise.promise());
        AtomicInteger count = new AtomicInteger();
        MessageConsumer<Long> page =
                live(WANG, id -> heard.get(count.getAndIncrement()).complete(id));
        Relay relay = world.relay("a", Duration.ofHours(1), world.inApp);
        world.put(notice("before", "case-noted", WANG, "CZ1"));

        await(relay.start());
        assertTrue(relay.isListening());
        long first = await(heard.get(0).future());
        world.put(notice("after", "case-noted", WANG, "CZ2"));
        long second = await(heard.get(1).future());
        await(relay.stop());
        await(page.unregister());

        assertTrue(first < second);
        assertEquals(second, await(world.inbox.lastId(WANG)));
        assertEquals(List.of("CZ1", "CZ2"), world.subjects(WANG));
    }

    @Test
    void a_relay_that_lost_its_connection_listens_again_and_catches_up() {
        Promise<Long> heard = Promise.promise();
        MessageConsumer<Long> page = live(LI, heard::tryComplete);
        Relay relay = world.relay("a", Duration.ofHours(1), world.inApp);
        await(relay.start());

        assertEquals(1, world.count("""
                (SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                 WHERE query LIKE 'LISTEN%' AND datname = current_database()) AS gone"""));
        world.put(notice("k", "staff-urged", LI, "CZ1"));

        assertEquals(await(heard.future()), await(world.inbox.lastId(LI)));
        await(relay.stop());
        await(page.unregister());
    }

    @Test
    void the_poll_finds_what_no_wake_up_told_of() {
        Promise<Long> heard = Promise.promise();
        MessageConsumer<Long> page = live(LI, heard::tryComplete);
        world.put(notice("k", "staff-urged", LI, "CZ1"));
        Claimed held = await(world.deliveries.claim("other", new String[] {"inbox"}, 20, World.LEASE))
                .get(0);
        Relay relay = world.relay("a", Duration.ofMillis(20), world.inApp);
        await(relay.start());

        // Becomes due by itself, as a retry does: nothing is notified.
        assertTrue(await(world.deliveries.release(held)));

        assertTrue(await(heard.future()) > 0);
        await(relay.stop());
        await(page.unregister());
    }

    private static MessageConsumer<Long> live(Audience who, Consumer<Long> hears) {
        MessageConsumer<Long> page =
                world.vertx.eventBus().consumer(LiveAddress.of(who), message -> hears.accept(message.body()));
        await(page.completion());
        return page;
    }
}
