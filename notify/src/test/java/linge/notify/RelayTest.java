package linge.notify;

import static linge.notify.World.await;
import static linge.notify.World.notice;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import linge.notify.Deliveries.Claimed;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RelayTest {

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
    void a_notice_reaches_the_inbox_and_where_there_is_a_phone_an_sms() {
        world.put(notice("k1", "case-filed", WANG, "CZ1"), notice("k2", "staff-new-case", LI, "CZ1"));
        Relay relay = world.relay("a", world.inApp, new Sms(world.gateway));

        assertEquals(3, await(world.drain(relay)));

        assertEquals(List.of("CZ1"), world.subjects(WANG));
        assertEquals(List.of("CZ1"), world.subjects(LI));
        List<JsonObject> sms = World.objects(await(world.gateway.messages("13800000001", 10)));
        assertEquals(1, sms.size());
        assertTrue(sms.get(0).getString("text").startsWith("【邻格】您反映的路灯不亮问题已收到，编号CZ1"), sms.toString());
        assertEquals("SENT", world.delivery("k1", "inbox").getString("state"));
        assertEquals("SENT", world.delivery("k1", "sms").getString("state"));
    }

    @Test
    void two_relays_competing_deliver_each_notice_exactly_once_and_in_order() {
        int people = 12;
        int each = 25;
        List<Notice> notices = new ArrayList<>();
        for (int n = 0; n < each; n++) {
            for (int p = 0; p < people; p++) {
                notices.add(notice(p + ":" + n, "case-noted", Audience.resident("r" + p, null), "CZ" + n));
            }
        }
        world.put(notices.toArray(Notice[]::new));
        RecordingChannel counted = new RecordingChannel("inbox").answering(world.inApp::send);

        int handled = await(Future.all(world.drain(world.relay("a", counted)), world.drain(world.relay("b", counted)))
                .map(both -> both.<Integer>list().stream().mapToInt(i -> i).sum()));
        handled += await(world.drain(world.relay("a", counted)));

        assertEquals(people * each, handled);
        assertEquals(people * each, counted.tried().size());
        for (int p = 0; p < people; p++) {
            List<String> expected = new ArrayList<>();
            for (int n = 0; n < each; n++) {
                expected.add("CZ" + n);
            }
            assertEquals(expected, world.subjects(Audience.resident("r" + p, null)));
        }
    }

    @Test
    void a_delivery_in_hand_is_left_alone_until_its_lease_ends() {
        world.put(notice("k", "case-noted", WANG, "CZ1"));
        Relay relay = world.relay("b", world.inApp);
        assertEquals(1, claim("crashed").size());

        assertEquals(0, await(relay.step()));
        world.clock.pass(World.LEASE.plusMillis(1));
        assertEquals(1, await(relay.step()));

        assertEquals(List.of("CZ1"), world.subjects(WANG));
        assertEquals(2, world.delivery("k", "inbox").getInteger("attempts"));
    }

    @Test
    void who_takes_over_from_the_dead_waits_for_no_lease() {
        world.put(notice("k1", "case-filed", WANG, "CZ1"));
        assertEquals(2, claim("crashed").size());
        world.put(notice("k2", "case-noted", WANG, "CZ2"));
        Relay relay = world.relay("b", world.inApp, new Sms(world.gateway));

        await(relay.takeOver());
        await(world.drain(relay));

        assertEquals(List.of("CZ1", "CZ2"), world.subjects(WANG));
        assertEquals(0, world.count("deliveries WHERE state <> 'SENT'"));
    }

    @Test
    void a_crash_between_sending_and_marking_shows_nobody_the_same_twice() {
        world.put(notice("k", "case-filed", WANG, "CZ1"));
        for (Claimed claimed : claim("crashed")) {
            Channel channel = claimed.channel().equals("inbox") ? world.inApp : new Sms(world.gateway);
            await(channel.send(new Envelope(
                    claimed.id(),
                    claimed.audience(),
                    claimed.subject(),
                    claimed.template(),
                    claimed.fields(),
                    world.templates.render(claimed.template(), claimed.channel(), claimed.fields()),
                    claimed.urgent(),
                    claimed.at())));
        }
        world.clock.pass(World.LEASE.plusMillis(1));

        assertEquals(
                2, await(world.relay("b", world.inApp, new Sms(world.gateway)).step()));

        assertEquals(List.of("CZ1"), world.subjects(WANG));
        assertEquals(1, world.count("sms_messages"));
        assertEquals(0, world.count("deliveries WHERE state <> 'SENT'"));
    }

    @Test
    void who_outlived_the_lease_marks_nothing() {
        world.put(notice("k", "case-noted", WANG, "CZ1"));
        Claimed late = claim("slow").get(0);
        world.clock.pass(World.LEASE.plusMillis(1));
        Claimed now = claim("quick").get(0);

        assertFalse(await(world.deliveries.park(late, "too late")));
        assertTrue(await(world.deliveries.sent(now, Sent.WITHOUT_RECEIPT)));
        assertEquals("SENT", world.delivery("k", "inbox").getString("state"));
    }

    @Test
    void urgent_notices_go_first() {
        List<Notice> notices = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            notices.add(notice("k" + i, "case-noted", WANG, "CZ" + i));
        }
        Notice alarm = notice("alarm", "case-noted", WANG, "ALARM");
        notices.add(new Notice("alarm", alarm.template(), WANG, "ALARM", alarm.fields(), true, null));
        world.put(notices.toArray(Notice[]::new));
        RecordingChannel inbox = new RecordingChannel("inbox");

        assertEquals(20, await(world.relay("a", inbox).step()));

        assertEquals("ALARM", inbox.subjects().get(0));
        assertEquals("CZ0", inbox.subjects().get(1));
    }

    @Test
    void a_later_notice_waits_while_an_earlier_one_to_the_same_person_is_in_hand() {
        world.put(notice("k1", "case-noted", WANG, "CZ1"));
        List<Claimed> inHand = claim("other");
        world.put(notice("k2", "case-noted", WANG, "CZ2"), notice("k3", "staff-urged", LI, "CZ3"));
        Relay relay = world.relay("a", world.inApp);

        await(world.drain(relay));
        assertEquals(List.of(), world.subjects(WANG));
        assertEquals(List.of("CZ3"), world.subjects(LI), "others do not wait");

        assertTrue(await(
                world.deliveries.retry(inHand.get(0), world.clock.instant().plusSeconds(600), "busy")));
        await(world.drain(relay));
        assertEquals(List.of("CZ2"), world.subjects(WANG), "a later retry holds up nobody");
    }

    @Test
    void what_its_lease_no_longer_covers_is_given_back_untried() {
        world.put(notice("k1", "case-noted", WANG, "CZ1"), notice("k2", "case-noted", WANG, "CZ2"));
        RecordingChannel slow = new RecordingChannel("inbox").answering(e -> {
            world.clock.pass(World.LEASE.minusSeconds(2));
            return Future.succeededFuture(Sent.WITHOUT_RECEIPT);
        });

        await(world.relay("a", slow).step());

        assertEquals(List.of("CZ1"), slow.subjects());
        assertEquals(0, world.delivery("k2", "inbox").getInteger("attempts"));
        assertNull(world.delivery("k2", "inbox").getString("claimed_by"));
    }

    @Test
    void counts_tell_each_channels_states() {
        world.put(notice("k1", "case-filed", WANG, "CZ1"), notice("k2", "case-filed", WANG, "CZ2"));
        await(world.drain(world.relay("a", world.inApp)));

        assertEquals(
                new JsonObject()
                        .put("inbox", new JsonObject().put("SENT", 2L))
                        .put("sms", new JsonObject().put("PENDING", 2L)),
                await(world.deliveries.counts()));
    }

    private static List<Claimed> claim(String node) {
        List<Claimed> claimed = await(world.deliveries.claim(node, new String[] {"inbox", "sms"}, 20, World.LEASE));
        assertEquals(
                claimed.size(), new HashSet<>(claimed.stream().map(Claimed::id).toList()).size());
        return claimed;
    }
}
