package linge.notify;

import static linge.notify.World.await;
import static linge.notify.World.notice;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MergingTest {

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

    private static Notice urgent(String key, String subject) {
        Notice usual = notice(key, "case-noted", WANG, subject);
        return new Notice(key, "case-accepted", WANG, subject, usual.fields(), true, null);
    }

    @Test
    void the_first_goes_at_once_and_those_within_the_minute_become_one() {
        RecordingChannel sms = new RecordingChannel("sms");
        Relay relay = world.relay("a", world.inApp, sms);
        world.put(notice("k1", "case-filed", WANG, "CZ1"));
        await(world.drain(relay));
        world.clock.pass(Duration.ofSeconds(20));
        world.put(notice("k2", "case-accepted", WANG, "CZ1"));
        world.clock.pass(Duration.ofSeconds(20));
        world.put(notice("k3", "case-supervised", WANG, "CZ1"));
        world.put(notice("k4", "case-reported", WANG, "CZ1"));
        await(world.drain(relay));
        assertEquals(1, sms.tried().size(), "the first only");
        assertEquals(List.of("CZ1", "CZ1", "CZ1", "CZ1"), world.subjects(WANG), "the inbox gets each, at once");

        world.clock.pass(Duration.ofSeconds(20));
        await(world.drain(relay));

        assertEquals(2, sms.tried().size());
        assertEquals("您的诉求CZ1已办结，请打开邻格看结果、评一评，不满意可以要求重办。（另有2条进展）", sms.texts().get(1));
        assertEquals("另有2条进展", sms.tried().get(1).fields().getString("note"));
        long leader = world.delivery("k4", "sms").getLong("id");
        for (String merged : List.of("k2", "k3")) {
            JsonObject row = world.delivery(merged, "sms");
            assertEquals("MERGED", row.getString("state"));
            assertEquals(leader, row.getLong("merged_into"));
            assertEquals("merged into " + leader, row.getString("reason"));
        }
        assertEquals(2, world.delivery("k4", "sms").getInteger("others"));
    }

    @Test
    void the_minute_counts_from_the_first_so_that_nobody_waits_for_ever() {
        RecordingChannel sms = new RecordingChannel("sms");
        Relay relay = world.relay("a", sms);
        for (int i = 0; i < 13; i++) {
            world.put(notice("k" + i, "case-accepted", WANG, "CZ1"));
            await(world.drain(relay));
            world.clock.pass(Duration.ofSeconds(10));
        }
        // At 0 s; at 60 s those of 10 to 50 s with that of 60 s, which begins the next minute; and so at 120 s.
        assertEquals(3, sms.tried().size());
        assertTrue(sms.texts().get(2).endsWith("（另有5条进展）"), sms.texts().get(2));
        assertEquals(13, world.count("deliveries WHERE channel = 'sms' AND state IN ('SENT', 'MERGED')"));
    }

    @Test
    void several_put_in_one_transaction_are_the_first_and_its_followers() {
        RecordingChannel sms = new RecordingChannel("sms");
        Relay relay = world.relay("a", sms);
        world.put(
                notice("k1", "case-filed", WANG, "CZ1"),
                notice("k2", "case-accepted", WANG, "CZ1"),
                notice("k3", "case-supervised", WANG, "CZ1"));
        await(world.drain(relay));
        assertEquals(1, sms.tried().size());
        world.clock.pass(Duration.ofMinutes(1));
        await(world.drain(relay));
        assertEquals(2, sms.tried().size());
        assertTrue(sms.texts().get(1).endsWith("（另有1条进展）"), sms.texts().get(1));
    }

    @Test
    void other_matters_and_other_people_do_not_wait() {
        RecordingChannel sms = new RecordingChannel("sms");
        Relay relay = world.relay("a", sms);
        world.put(
                notice("k1", "case-filed", WANG, "CZ1"),
                notice("k2", "case-filed", WANG, "CZ2"),
                notice("k3", "case-filed", Audience.resident("li", "13800000002"), "CZ1"));
        await(world.drain(relay));
        assertEquals(
                List.of("CZ1", "CZ1", "CZ2"), sms.subjects().stream().sorted().toList());
    }

    @Test
    void urgent_ones_neither_wait_nor_merge() {
        RecordingChannel sms = new RecordingChannel("sms");
        Relay relay = world.relay("a", sms);
        world.put(notice("k1", "case-filed", WANG, "CZ1"), notice("k2", "case-accepted", WANG, "CZ1"));
        world.put(urgent("k3", "CZ1"), urgent("k4", "CZ1"));
        await(world.drain(relay));
        assertEquals(3, sms.tried().size());
        assertEquals("PENDING", world.delivery("k2", "sms").getString("state"));
    }

    @Test
    void what_was_merged_goes_along_when_its_message_takes_another_rung() {
        await(world.addresses.keep(world.pool, WANG, "wechat", "o1", new JsonObject()));
        RecordingChannel wechat = new RecordingChannel("wechat-service");
        RecordingChannel sms = new RecordingChannel("sms");
        Relay relay = world.relay("a", wechat, sms);
        world.put(notice("k1", "case-filed", WANG, "CZ1"));
        await(world.drain(relay));
        world.put(notice("k2", "case-accepted", WANG, "CZ1"), notice("k3", "case-reported", WANG, "CZ1"));
        world.clock.pass(Duration.ofMinutes(1));
        wechat.failing(NotSent.nextChannel("closed"));
        await(world.drain(relay));
        assertTrue(sms.texts().get(0).endsWith("（另有1条进展）"), sms.texts().toString());
        assertEquals(1, sms.tried().size());
    }

    @Test
    void what_piled_up_in_an_outage_comes_as_one_message_a_matter_even_over_batches() {
        RecordingChannel sms = new RecordingChannel("sms");
        List<Notice> notices = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            for (int person = 0; person < 30; person++) {
                Audience who = Audience.resident("r" + person, "1380000" + (1000 + person));
                notices.add(notice(round + ":" + person, "case-accepted", who, "CZ" + person));
            }
            world.put(notices.toArray(Notice[]::new));
            notices.clear();
            world.clock.pass(Duration.ofMinutes(2));
        }
        await(world.drain(world.relay("a", sms)));
        assertEquals(30, sms.tried().size());
        assertTrue(
                sms.texts().stream().allMatch(text -> text.endsWith("（另有2条进展）")),
                sms.texts().toString());
        assertEquals(60, world.count("deliveries WHERE state = 'MERGED'"));
    }

    @Test
    void two_relays_at_once_tell_everything_once() {
        List<RecordingChannel> sent = List.of(new RecordingChannel("sms"), new RecordingChannel("sms"));
        for (int round = 0; round < 4; round++) {
            List<Notice> notices = new ArrayList<>();
            for (int person = 0; person < 40; person++) {
                Audience who = Audience.resident("r" + person, "1380000" + (1000 + person));
                notices.add(notice(round + ":" + person, "case-accepted", who, "CZ" + person));
            }
            world.put(notices.toArray(Notice[]::new));
            world.clock.pass(Duration.ofMinutes(2));
        }
        await(Future.all(world.drain(world.relay("a", sent.get(0))), world.drain(world.relay("b", sent.get(1)))));
        await(world.drain(world.relay("a", sent.get(0))));

        int told = 0;
        for (RecordingChannel channel : sent) {
            for (Envelope envelope : channel.tried()) {
                String note = envelope.fields().getString("note", "另有0条进展");
                told += 1 + Integer.parseInt(note.replaceAll("\\D", ""));
            }
        }
        assertEquals(160, told, "each is told by itself or counted in the message that tells it");
        assertEquals(0, world.count("deliveries WHERE channel = 'sms' AND state NOT IN ('SENT', 'MERGED')"));
    }
}
