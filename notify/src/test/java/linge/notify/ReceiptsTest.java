package linge.notify;

import static linge.notify.World.await;
import static linge.notify.World.notice;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.time.OffsetDateTime;
import linge.notify.Addresses.Address;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReceiptsTest {

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

    private static String send(String key) {
        world.put(notice(key, "case-filed", WANG, "CZ-" + key));
        await(world.drain(world.relay("a", world.inApp, new RecordingChannel("sms"))));
        JsonObject row = world.delivery(key, "sms");
        assertEquals("SENT", row.getString("state"));
        return row.getString("receipt");
    }

    @Test
    void delivered_means_that_a_receipt_said_so() {
        String receipt = send("k");
        assertTrue(await(world.receipts.arrived("sms", receipt, world.clock.instant())));
        assertTrue(await(world.receipts.arrived("sms", receipt, world.clock.instant())), "told twice");

        JsonObject row = world.delivery("k", "sms");
        assertEquals("DELIVERED", row.getString("state"));
        assertEquals(
                world.clock.instant().toEpochMilli(),
                OffsetDateTime.parse(row.getString("confirmed_at")).toInstant().toEpochMilli());
        await(world.receipts.failed("sms", receipt, "late nonsense", true));
        assertEquals("DELIVERED", world.delivery("k", "sms").getString("state"));
    }

    @Test
    void a_receipt_that_comes_before_the_mark_waits_for_it() {
        assertFalse(await(world.receipts.arrived("sms", "r-early", world.clock.instant())));
        assertEquals(1, world.count("early_receipts"));
        world.put(notice("k", "case-filed", WANG, "CZ1"));
        RecordingChannel sms =
                new RecordingChannel("sms").answering(e -> io.vertx.core.Future.succeededFuture(new Sent("r-early")));
        await(world.drain(world.relay("a", sms)));

        assertEquals("DELIVERED", world.delivery("k", "sms").getString("state"));
        assertEquals(0, world.count("early_receipts"));
    }

    @Test
    void a_receipt_over_one_channel_says_nothing_of_another() {
        String receipt = send("k");
        assertFalse(await(world.receipts.arrived("wechat-template", receipt, world.clock.instant())));
        assertEquals("SENT", world.delivery("k", "sms").getString("state"));
    }

    @Test
    void what_bounced_is_remembered_with_the_reason() {
        String receipt = send("k");
        assertTrue(await(world.receipts.failed("sms", receipt, "空号", true)));

        JsonObject row = world.delivery("k", "sms");
        assertEquals("FAILED", row.getString("state"));
        assertTrue(row.getBoolean("turned_down"));
        Address phone = await(world.addresses.find("phone", "13800000001"));
        assertNotNull(phone);
        assertEquals("空号", phone.bounce());
        assertEquals("wang", phone.audience());
    }
}
