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
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import linge.notify.Deliveries.Claimed;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RelayFailuresTest {

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
        JsonObject parked = await(world.operations.parked(null, null, null, 10))
                .getJsonArray("items")
                .getJsonObject(0);
        assertEquals("no such number", parked.getString("reason"));
        assertFalse(parked.encode().contains("13800000001"), "the parked list shows no phones");

        assertEquals(1, await(world.operations.sendAgain(List.of(parked.getLong("id")))));
        assertEquals(0, await(world.operations.sendAgain(List.of(parked.getLong("id")))), "only what is parked");
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
        Templates words = Templates.of(
                Map.of("hello.inbox.txt", "你好\n\n{words}", "hello.sms.txt", "{words}", "hello.push.txt", "{words}"));
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
    void one_to_be_tried_again_is_not_kept_out_by_a_batch_of_those_who_wait_for_it() {
        AtomicInteger tries = new AtomicInteger();
        RecordingChannel sms = new RecordingChannel("sms")
                .answering(e -> tries.incrementAndGet() == 1
                        ? Future.failedFuture(NotSent.tryAgain("busy"))
                        : Future.succeededFuture(Sent.WITHOUT_RECEIPT));
        Relay relay = world.relay("a", sms);
        world.put(notice("k0", "case-filed", WANG, "CZ0"));
        await(relay.step());
        for (int i = 1; i <= 25; i++) {
            world.put(notice("k" + i, "case-filed", WANG, "CZ" + i));
        }
        world.clock.pass(Duration.ofMinutes(1));

        assertEquals(26, await(world.drain(relay)));
        assertEquals("SENT", world.delivery("k0", "sms").getString("state"));
        assertEquals("CZ0", sms.subjects().get(1), "the earliest first");
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

    private static List<Claimed> claim(String node) {
        List<Claimed> claimed = await(world.deliveries.claim(node, new String[] {"inbox", "sms"}, 20, World.LEASE));
        assertEquals(
                claimed.size(), new HashSet<>(claimed.stream().map(Claimed::id).toList()).size());
        return claimed;
    }
}
