package linge.notify;

import static linge.notify.World.await;
import static linge.notify.World.notice;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import linge.notify.Deliveries.Claimed;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UnknownOutcomesTest {

    private static final Audience WANG = Audience.resident("wang", "13800000001");
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

    private static JsonObject sms(String key) {
        return world.delivery(key, "sms");
    }

    @Test
    void no_answer_from_one_who_would_repeat_is_parked_and_not_repeated() {
        world.put(notice("k1", "case-filed", WANG, "CZ1"));
        RecordingChannel sms = new RecordingChannel("sms").repeating().failing(NotSent.unknown("no answer within 5 s"));
        await(world.drain(world.relay("a", sms)));

        assertEquals("PARKED", sms("k1").getString("state"));
        assertEquals("不知是否送达：no answer within 5 s", sms("k1").getString("reason"));
        world.clock.pass(Duration.ofDays(1));
        await(world.drain(world.relay("a", sms)));
        assertEquals(1, sms.tried().size());
    }

    @Test
    void one_that_drops_the_second_is_asked_again() {
        world.put(notice("k1", "case-filed", WANG, "CZ1"));
        RecordingChannel sms = new RecordingChannel("sms").failing(NotSent.unknown("connection reset"));
        Relay relay = world.relay("a", sms);
        await(world.drain(relay));
        assertEquals("FAILED", sms("k1").getString("state"));

        sms.answering(e -> Future.succeededFuture(Sent.WITHOUT_RECEIPT));
        world.clock.pass(Duration.ofMinutes(1));
        await(world.drain(relay));
        assertEquals("SENT", sms("k1").getString("state"));
        assertEquals(sms.tried().get(0).delivery(), sms.tried().get(1).delivery());
    }

    @Test
    void a_failure_that_does_not_say_what_it_means_counts_as_perhaps_taken() {
        world.put(notice("k1", "case-filed", WANG, "CZ1"));
        RecordingChannel sms =
                new RecordingChannel("sms").repeating().answering(e -> Future.failedFuture("connection was closed"));
        await(world.drain(world.relay("a", sms)));
        assertEquals("PARKED", sms("k1").getString("state"));
        assertTrue(sms("k1").getString("reason").contains("connection was closed"));
    }

    @Test
    void one_known_not_to_be_taken_is_tried_again_by_whichever_channel() {
        world.put(notice("k1", "case-filed", WANG, "CZ1"));
        RecordingChannel sms = new RecordingChannel("sms").repeating().failing(NotSent.tryAgain("refused: busy"));
        Relay relay = world.relay("a", sms);
        await(world.drain(relay));
        assertEquals("FAILED", sms("k1").getString("state"));
        assertNull(sms("k1").getString("sending_since"));
        sms.answering(e -> Future.succeededFuture(new Sent("r1")));
        world.clock.pass(Duration.ofMinutes(1));
        await(world.drain(relay));
        assertEquals("SENT", sms("k1").getString("state"));
    }

    @Test
    void a_crash_in_the_middle_of_sending_is_seen_by_who_comes_after() {
        world.put(notice("k1", "case-filed", WANG, "CZ1"));
        Claimed claimed = await(world.deliveries.claim("crashed", new String[] {"sms"}, 20, World.LEASE))
                .get(0);
        assertTrue(await(world.deliveries.sending(claimed)));
        world.clock.pass(World.LEASE.plusMillis(1));
        RecordingChannel sms = new RecordingChannel("sms").repeating();

        await(world.drain(world.relay("b", sms)));

        assertEquals("PARKED", sms("k1").getString("state"));
        assertTrue(sms("k1").getString("reason").startsWith("不知是否送达：发送途中中断"));
        assertEquals(List.of(), sms.tried());
        assertFalse(await(world.deliveries.sending(claimed)), "the lease is another's");
    }

    @Test
    void a_crash_before_sending_loses_nothing() {
        world.put(notice("k1", "case-filed", WANG, "CZ1"));
        assertEquals(
                1,
                await(world.deliveries.claim("crashed", new String[] {"sms"}, 20, World.LEASE))
                        .size());
        world.clock.pass(World.LEASE.plusMillis(1));
        RecordingChannel sms = new RecordingChannel("sms").repeating();
        await(world.drain(world.relay("b", sms)));
        assertEquals("SENT", sms("k1").getString("state"));
        assertEquals(1, sms.tried().size());
    }

    @Test
    void while_it_is_being_sent_the_row_says_so() {
        world.put(notice("k1", "case-filed", WANG, "CZ1"));
        RecordingChannel sms = new RecordingChannel("sms").repeating();
        sms.answering(e -> world.pool
                .query("SELECT sending_since FROM deliveries WHERE channel = 'sms' AND sending_since IS NOT NULL")
                .execute()
                .map(rows -> new Sent("seen " + rows.size())));
        await(world.drain(world.relay("a", sms)));
        assertEquals("seen 1", sms("k1").getString("receipt"));
        assertNull(sms("k1").getString("sending_since"));
    }

    @Test
    void an_operator_who_made_sure_sends_it_again() {
        world.put(notice("k1", "case-filed", WANG, "CZ1"));
        RecordingChannel sms = new RecordingChannel("sms").repeating().failing(NotSent.unknown("no answer"));
        Relay relay = world.relay("a", sms);
        await(world.drain(relay));
        sms.answering(e -> Future.succeededFuture(new Sent("r1")));

        assertEquals(1, await(world.operations.sendAllAgain("sms", "不知是否送达")));
        await(world.drain(relay));
        assertEquals("SENT", sms("k1").getString("state"));
    }
}
