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
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
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
    void retries_wait_longer_each_time_and_the_last_one_parks_with_the_reason() {
        world.put(notice("k", "case-filed", WANG, "CZ1"));
        RecordingChannel sms = new RecordingChannel("sms").failing(NotSent.tryAgain("gateway busy"));
        Relay relay = world.relay("a", sms);
        List<Duration> waits = new ArrayList<>();

        for (int attempt = 1; attempt < World.ATTEMPTS; attempt++) {
            assertEquals(1, await(relay.step()));
            JsonObject row = world.delivery("k", "sms");
            assertEquals("FAILED", row.getString("state"));
            assertEquals("gateway busy", row.getString("reason"));
            Instant next = OffsetDateTime.parse(row.getString("next_try_at")).toInstant();
            waits.add(Duration.between(world.clock.instant(), next));
            assertEquals(0, await(relay.step()), "not before its time");
            world.clock.pass(waits.get(waits.size() - 1).plusMillis(1));
        }
        assertEquals(1, await(relay.step()));

        for (int i = 0; i < waits.size(); i++) {
            long most = 10_000L << i;
            long wait = waits.get(i).toMillis();
            assertTrue(wait >= most / 2 - 1 && wait <= most, "wait " + i + " was " + wait + " ms");
        }
        JsonObject row = world.delivery("k", "sms");
        assertEquals("PARKED", row.getString("state"));
        assertEquals("given up after 4 tries: gateway busy", row.getString("reason"));
        assertEquals(World.ATTEMPTS, sms.tried().size());
        world.clock.pass(Duration.ofDays(1));
        assertEquals(0, await(relay.step()));
    }

    @Test
    void a_parked_delivery_starts_anew_when_the_operator_says_so() {
        world.put(notice("k", "case-filed", WANG, "CZ1"));
        RecordingChannel sms = new RecordingChannel("sms").failing(NotSent.never("no such number"));
        Relay relay = world.relay("a", sms);
        await(relay.step());
        JsonObject parked = await(world.deliveries.parked(10)).getJsonObject(0);
        assertEquals("no such number", parked.getString("reason"));
        assertFalse(parked.encode().contains("13800000001"), "the parked list shows no phones");

        assertTrue(await(world.deliveries.sendAgain(parked.getLong("id"))));
        assertFalse(await(world.deliveries.sendAgain(parked.getLong("id"))), "only what is parked");
        sms.answering(e -> Future.succeededFuture(new Sent("r1")));
        assertEquals(1, await(relay.step()));

        JsonObject row = world.delivery("k", "sms");
        assertEquals("SENT", row.getString("state"));
        assertEquals("r1", row.getString("receipt"));
        assertNull(row.getString("reason"));
    }

    @Test
    void what_passes_its_deadline_expires_but_still_reaches_the_inbox() {
        Notice notice = notice("k", "case-filed", WANG, "CZ1");
        Instant deadline = world.clock.instant().plusSeconds(60);
        world.put(new Notice("k", notice.template(), WANG, "CZ1", notice.fields(), false, deadline));
        RecordingChannel sms = new RecordingChannel("sms");
        world.clock.pass(Duration.ofSeconds(61));

        await(world.drain(world.relay("a", world.inApp, sms)));

        assertEquals("EXPIRED", world.delivery("k", "sms").getString("state"));
        assertEquals(List.of(), sms.tried());
        assertEquals(List.of("CZ1"), world.subjects(WANG));
    }

    @Test
    void a_refused_channel_hands_on_to_the_next_that_has_words_and_is_free() {
        Templates words = Templates.of(java.util.Map.of(
                "hello.inbox.txt", "你好\n\n{words}", "hello.sms.txt", "{words}", "hello.push.txt", "{words}"));
        await(world.pool.withTransaction(
                tx -> new Outbox(world.clock, words).put(tx, notice("k", "hello", WANG, "CZ1"))));
        RecordingChannel sms = new RecordingChannel("sms").failing(NotSent.nextChannel("not reachable by SMS"));
        RecordingChannel mute = new RecordingChannel("mute");
        RecordingChannel push = new RecordingChannel("push");
        Relay relay = new Relay(
                world.vertx,
                world.pool,
                List.of(sms, world.inApp, mute, push),
                words,
                world.clock,
                RelaySettings.of("a"),
                world.database.options());

        await(world.drain(relay));

        assertEquals("PASSED_ON", world.delivery("k", "sms").getString("state"));
        assertEquals("not reachable by SMS", world.delivery("k", "sms").getString("reason"));
        assertEquals("SENT", world.delivery("k", "push").getString("state"));
        assertEquals(List.of(), mute.tried());
        assertEquals(1, push.tried().size());
        assertEquals(1, world.subjects(WANG).size());
    }

    @Test
    void with_no_channel_left_it_is_parked() {
        world.put(notice("k", "case-filed", WANG, "CZ1"));
        RecordingChannel sms = new RecordingChannel("sms").failing(NotSent.nextChannel("not reachable by SMS"));

        await(world.drain(world.relay("a", sms, world.inApp)));

        assertEquals("PARKED", world.delivery("k", "sms").getString("state"));
        assertEquals(
                "no further channel: not reachable by SMS",
                world.delivery("k", "sms").getString("reason"));
    }

    @Test
    void a_channel_that_throws_or_breaks_is_tried_again() {
        world.put(notice("k", "case-filed", WANG, "CZ1"));
        AtomicInteger tries = new AtomicInteger();
        RecordingChannel sms = new RecordingChannel("sms").answering(e -> {
            if (tries.incrementAndGet() == 1) {
                throw new IllegalStateException("bug");
            }
            return Future.failedFuture("connection reset");
        });
        Relay relay = world.relay("a", sms);

        await(relay.step());
        assertEquals(
                "java.lang.IllegalStateException: bug",
                world.delivery("k", "sms").getString("reason"));
        world.clock.pass(Duration.ofMinutes(1));
        await(relay.step());

        JsonObject row = world.delivery("k", "sms");
        assertEquals("FAILED", row.getString("state"));
        assertTrue(row.getString("reason").contains("connection reset"), row.encode());
    }

    @Test
    void a_provider_that_names_a_time_is_not_bothered_before() {
        world.put(notice("k", "case-filed", WANG, "CZ1"));
        RecordingChannel sms =
                new RecordingChannel("sms").failing(NotSent.tryAgainAfter(Duration.ofHours(3), "quota used up"));
        Relay relay = world.relay("a", sms);
        await(relay.step());

        world.clock.pass(Duration.ofHours(3).minusSeconds(1));
        assertEquals(0, await(relay.step()));
        world.clock.pass(Duration.ofSeconds(2));
        assertEquals(1, await(relay.step()));
    }

    @Test
    void one_that_crashes_every_relay_is_parked_and_not_tried_for_ever() {
        world.put(notice("k", "case-noted", WANG, "CZ1"));
        for (int i = 0; i < World.ATTEMPTS; i++) {
            assertEquals(1, claim("crashed").size());
            world.clock.pass(World.LEASE.plusMillis(1));
        }
        RecordingChannel inbox = new RecordingChannel("inbox");

        await(world.relay("b", inbox).step());

        assertEquals("PARKED", world.delivery("k", "inbox").getString("state"));
        assertEquals(List.of(), inbox.tried());
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
