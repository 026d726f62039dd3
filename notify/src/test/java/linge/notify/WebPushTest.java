package linge.notify;

import static linge.notify.World.await;
import static linge.notify.World.refusal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import linge.notify.LoopbackPushService.Push;
import linge.notify.push.Endpoints;
import linge.notify.push.PushSubscriptions;
import linge.notify.push.PushSubscriptions.Subscription;
import linge.notify.push.VapidKeys;
import linge.notify.push.VapidStore;
import linge.notify.push.WebPush;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Web Push against a push service of ours on loopback, which opens what it is given as a browser would. */
class WebPushTest {

    private static final Audience WANG = Audience.resident("8a1c0f54-0000-4000-8000-000000000001", "13800000001");
    private static final Audience LI = Audience.staff("staff-7");

    private static World world;
    private static LoopbackPushService service;
    private static Addresses addresses;
    private static PushSubscriptions subscriptions;
    private static VapidKeys keys;
    private static WebPush channel;
    private static final AtomicLong DELIVERIES = new AtomicLong(1_000);

    @BeforeAll
    static void open() {
        world = new World();
        service = new LoopbackPushService(world.vertx, world.clock);
        addresses = new Addresses(world.pool, world.clock);
        subscriptions = new PushSubscriptions(world.pool, addresses, new Endpoints(true));
        keys = await(new VapidStore(world.pool, world.clock).keys());
        channel = channel(new Endpoints(true));
    }

    @AfterAll
    static void close() {
        service.close();
        world.close();
    }

    @BeforeEach
    void clear() {
        await(world.pool
                .query("TRUNCATE notices, deliveries, addresses, push_taken")
                .execute());
    }

    @Test
    void a_notice_is_opened_by_the_device_and_says_where_a_tap_leads() {
        Subscription phone = subscribed(WANG);
        Sent sent = await(channel.send(envelope(WANG, "CZ26-000017", false)));
        Push push = only(phone);
        assertEquals("CZ26-000017", push.message().getString("subject"));
        assertEquals("您的诉求已受理", push.message().getString("title"));
        assertEquals("网格员李明已受理您的诉求。", push.message().getString("text"));
        assertEquals("RESIDENT", push.message().getString("kind"));
        assertEquals(DELIVERIES.get(), push.message().getLong("delivery"));
        assertEquals("normal", push.headers().get("urgency"));
        assertTrue(String.valueOf(sent.receipt()).startsWith(service.origin() + "/message/"));
    }

    @Test
    void every_device_of_a_person_is_told_and_nobody_elses() {
        Subscription phone = subscribed(WANG);
        Subscription tablet = subscribed(WANG);
        Subscription other = subscribed(LI);
        await(channel.send(envelope(WANG, "CZ1", false)));
        only(phone);
        only(tablet);
        assertEquals(List.of(), service.pushesTo(other));
    }

    @Test
    void we_sign_with_the_key_the_page_subscribed_to() {
        Subscription phone = subscribed(WANG);
        await(channel.send(envelope(WANG, "CZ1", false)));
        assertEquals(keys.publicText(), VapidCheck.key(only(phone).headers().get("authorization")));
        assertEquals(
                "https://linge.example.cn",
                VapidCheck.claims(only(phone).headers().get("authorization")).getString("sub"));
    }

    @Test
    void urgent_is_said_and_the_time_to_live_ends_with_the_deadline() {
        Subscription phone = subscribed(WANG);
        Instant now = world.clock.instant();
        await(channel.send(envelope(WANG, "CZ1", true, now.plus(Duration.ofMinutes(90)))));
        await(channel.send(envelope(WANG, "CZ1", false, null)));
        await(channel.send(envelope(WANG, "CZ1", false, now.plus(Duration.ofDays(90)))));
        await(channel.send(envelope(WANG, "CZ1", false, now.minusSeconds(1))));
        List<Push> pushes = service.pushesTo(phone);
        assertEquals("high", pushes.get(0).headers().get("urgency"));
        assertEquals(
                List.of("5400", String.valueOf(3 * 86_400), String.valueOf(28 * 86_400), "0"),
                pushes.stream().map(push -> push.headers().get("ttl")).toList());
    }

    @Test
    void notices_on_one_case_have_one_topic_that_does_not_say_which() {
        Subscription phone = subscribed(WANG);
        Subscription desk = subscribed(LI);
        await(channel.send(envelope(WANG, "CZ1", false)));
        await(channel.send(envelope(WANG, "CZ1", false)));
        await(channel.send(envelope(WANG, "CZ2", false)));
        await(channel.send(envelope(WANG, "", false)));
        await(channel.send(envelope(LI, "CZ1", false)));
        List<String> topics = service.pushesTo(phone).stream()
                .map(push -> String.valueOf(push.headers().get("topic")))
                .toList();
        assertEquals(topics.get(0), topics.get(1));
        assertNotEquals(topics.get(0), topics.get(2));
        assertEquals("null", topics.get(3));
        assertNotEquals(topics.get(0), only(desk).headers().get("topic"));
        assertFalse(topics.get(0).contains("CZ1"));
    }

    @Test
    void a_notice_to_staff_who_have_no_phone_climbs_to_their_device() {
        Subscription desk = subscribed(LI);
        world.put(World.notice("k", "staff-new-case", LI, "CZ26-000017"));
        World.await(world.drain(world.relay("a", world.inApp, channel)));
        assertEquals("SENT", world.delivery("k", "web-push").getString("state"));
        Push push = only(desk);
        assertEquals("STAFF", push.message().getString("kind"));
        assertEquals("有新诉求", push.message().getString("title"));
        long life = Long.parseLong(push.headers().get("ttl"));
        assertEquals(3 * 86_400, life, 1, "until the notice's deadline");
    }

    @Test
    void a_device_that_is_gone_is_forgotten_and_the_others_are_told() {
        Subscription gone = subscribed(WANG);
        Subscription unknown = subscribed(WANG);
        Subscription here = subscribed(WANG);
        service.answer(gone, 410);
        service.answer(unknown, 404);
        await(channel.send(envelope(WANG, "CZ1", false)));
        await(channel.send(envelope(WANG, "CZ1", false)));
        assertEquals(List.of(here.endpoint()), endpointsOf(WANG));
        only(gone);
        only(unknown);
        assertEquals(2, service.pushesTo(here).size());
    }

    @Test
    void with_no_device_or_none_left_the_next_channel_is_asked() {
        assertEquals(NotSent.Kind.NEXT_CHANNEL, refused(WANG).kind());
        service.answer(subscribed(WANG), 410);
        assertEquals(NotSent.Kind.NEXT_CHANNEL, refused(WANG).kind());
        assertEquals(List.of(), endpointsOf(WANG));
    }

    @Test
    void a_busy_push_service_is_tried_again_when_it_asks_to_be() {
        Subscription phone = subscribed(WANG);
        service.answer(
                phone,
                (push, response) -> response.setStatusCode(429)
                        .putHeader("Retry-After", "120")
                        .end("slow down"));
        NotSent busy = refused(WANG);
        assertEquals(NotSent.Kind.TRY_AGAIN, busy.kind());
        assertEquals(Duration.ofSeconds(120), busy.earliest());
        assertTrue(busy.reason().contains("429") && busy.reason().contains("slow down"), busy.reason());

        // As a date; the clock of the test stands at 01:00:00.1.
        service.answer(
                phone,
                (push, response) -> response.setStatusCode(503)
                        .putHeader("Retry-After", dateIn(Duration.ofMinutes(10)))
                        .end());
        Duration asked = refused(WANG).earliest();
        assertTrue(asked != null && asked.minusMinutes(10).abs().toSeconds() <= 1, String.valueOf(asked));

        service.answer(
                phone,
                (push, response) -> response.setStatusCode(500)
                        .putHeader("Retry-After", "never")
                        .end());
        assertNull(refused(WANG).earliest());
        service.answer(
                phone,
                (push, response) -> response.setStatusCode(429)
                        .putHeader("Retry-After", "999999999")
                        .end());
        assertEquals(Duration.ofHours(6), refused(WANG).earliest());
        assertEquals(List.of(phone.endpoint()), endpointsOf(WANG));
    }

    @Test
    void while_one_device_is_busy_the_others_are_not_told_twice_and_after_a_while_it_is_left_alone() {
        Subscription phone = subscribed(WANG);
        Subscription tablet = subscribed(WANG);
        service.answer(tablet, 503);
        Envelope envelope = stored(WANG);
        assertEquals(NotSent.Kind.TRY_AGAIN, kind(channel.send(envelope)));
        assertEquals(NotSent.Kind.TRY_AGAIN, kind(channel.send(envelope)));
        only(phone);
        assertEquals(2, service.pushesTo(tablet).size());

        service.answer(tablet, 201);
        await(channel.send(envelope));
        only(phone);
        assertEquals(3, service.pushesTo(tablet).size());

        service.answer(tablet, 503);
        Envelope later = stored(WANG);
        assertEquals(NotSent.Kind.TRY_AGAIN, kind(channel.send(later)));
        world.clock.pass(Duration.ofMinutes(16));
        await(channel.send(later));
        assertEquals(2, service.pushesTo(phone).size());
    }

    @Test
    void a_person_with_only_a_busy_device_is_tried_for_as_long_as_the_relay_does() {
        service.answer(subscribed(WANG), 503);
        Envelope envelope = stored(WANG);
        world.clock.pass(Duration.ofHours(1));
        assertEquals(NotSent.Kind.TRY_AGAIN, kind(channel.send(envelope)));
    }

    @Test
    void what_is_too_long_for_a_push_service_goes_shorter() {
        Subscription phone = subscribed(WANG);
        service.answer(
                phone,
                (push, response) ->
                        response.setStatusCode(push.length() > 900 ? 413 : 201).end());
        await(channel.send(words(WANG, "题".repeat(90), "话".repeat(4_000))));
        List<Push> pushes = service.pushesTo(phone);
        assertTrue(pushes.size() > 1);
        assertTrue(pushes.get(0).length() > 900);
        Push taken = pushes.get(pushes.size() - 1);
        assertTrue(taken.length() <= 900, "length " + taken.length());
        assertEquals("CZ1", taken.message().getString("subject"));
        assertTrue(
                taken.message().getString("title").startsWith("题题"),
                taken.message().encode());
    }

    @Test
    void a_push_service_that_takes_nothing_at_all_is_not_asked_again() {
        Subscription phone = subscribed(WANG);
        service.answer(phone, 413);
        assertEquals(NotSent.Kind.NEXT_CHANNEL, refused(WANG).kind());
        assertEquals(3, service.pushesTo(phone).size());
        assertEquals(NotSent.Kind.NEXT_CHANNEL, refused(WANG).kind());
        assertEquals(3, service.pushesTo(phone).size());
    }

    @Test
    void a_device_whose_push_service_refuses_us_rests_until_it_subscribes_again() {
        Subscription phone = subscribed(WANG);
        service.answer(
                phone, (push, response) -> response.setStatusCode(403).end("the key is not the one subscribed to"));
        assertEquals(NotSent.Kind.NEXT_CHANNEL, refused(WANG).kind());
        Addresses.Address kept = await(addresses.of(WANG, "web-push")).get(0);
        assertTrue(String.valueOf(kept.bounce()).contains("403"), kept.bounce());
        refused(WANG);
        only(phone);

        await(subscriptions.keep(WANG, phone));
        service.answer(phone, 201);
        await(channel.send(envelope(WANG, "CZ1", false)));
        assertEquals(2, service.pushesTo(phone).size());
    }

    @Test
    void a_redirect_is_not_followed_and_a_flood_of_words_is_cut() {
        Subscription phone = subscribed(WANG);
        Subscription bait = service.subscribe();
        service.answer(
                phone,
                (push, response) -> response.setStatusCode(307)
                        .putHeader("Location", bait.endpoint())
                        .end());
        assertEquals(NotSent.Kind.NEXT_CHANNEL, refused(WANG).kind());
        assertEquals(List.of(), service.pushesTo(bait));

        Subscription flood = subscribed(WANG);
        service.answer(flood, (push, response) -> response.setStatusCode(500).end("a".repeat(5_000_000)));
        NotSent refused = refused(WANG);
        assertEquals(NotSent.Kind.TRY_AGAIN, refused.kind());
        assertTrue(refused.reason().length() < 300);
    }

    @Test
    void a_push_service_that_does_not_answer_or_is_not_there_is_tried_again() {
        Subscription phone = subscribed(WANG);
        service.answer(phone, (push, response) -> response.reset());
        assertEquals(NotSent.Kind.TRY_AGAIN, refused(WANG).kind());

        Device nowhere = Device.fresh();
        await(subscriptions.remove(WANG, PushSubscriptions.device(phone.endpoint())));
        await(subscriptions.keep(
                WANG, new Subscription("http://127.0.0.1:1/gone", nowhere.p256dh(), nowhere.secret())));
        assertEquals(NotSent.Kind.TRY_AGAIN, refused(WANG).kind());
    }

    @Test
    void in_earnest_nothing_is_pushed_to_this_machine_even_if_it_was_once_kept() {
        Subscription phone = subscribed(WANG);
        NotSent refused = assertInstanceOf(
                NotSent.class, refusal(channel(new Endpoints(false)).send(envelope(WANG, "CZ1", false))));
        assertEquals(NotSent.Kind.NEXT_CHANNEL, refused.kind());
        assertEquals(List.of(), service.pushesTo(phone));
    }

    @Test
    void a_device_is_one_persons_and_a_person_has_ten_at_most() {
        Subscription shared = subscribed(WANG);
        await(subscriptions.keep(LI, shared));
        assertEquals(List.of(), endpointsOf(WANG));
        assertEquals(List.of(shared.endpoint()), endpointsOf(LI));

        Subscription first = subscribed(WANG);
        world.clock.pass(Duration.ofSeconds(1));
        for (int i = 0; i < 10; i++) {
            subscribed(WANG);
        }
        assertEquals(10, endpointsOf(WANG).size());
        assertFalse(endpointsOf(WANG).contains(first.endpoint()));
    }

    @Test
    void only_ones_own_devices_are_taken_away() {
        Subscription phone = subscribed(WANG);
        Subscription tablet = subscribed(WANG);
        assertFalse(await(subscriptions.remove(LI, PushSubscriptions.device(phone.endpoint()))));
        assertTrue(await(subscriptions.remove(WANG, PushSubscriptions.device(phone.endpoint()))));
        assertEquals(List.of(tablet.endpoint()), endpointsOf(WANG));
        await(subscriptions.removeAll(WANG));
        assertEquals(List.of(), endpointsOf(WANG));
    }

    @Test
    void keys_that_are_none_are_refused_before_they_are_kept() {
        Subscription good = service.subscribe();
        for (Subscription bad : List.of(
                new Subscription(good.endpoint(), "AAAA", good.auth()),
                new Subscription(good.endpoint(), good.p256dh(), "AAAA"),
                new Subscription(good.endpoint(), "!", good.auth()),
                new Subscription("http://10.0.0.1/", good.p256dh(), good.auth()))) {
            assertInstanceOf(IllegalArgumentException.class, refusal(subscriptions.keep(WANG, bad)));
        }
        assertEquals(List.of(), endpointsOf(WANG));
    }

    @Test
    void nodes_that_ask_for_the_keys_at_the_same_moment_get_the_same() {
        await(world.pool.query("TRUNCATE vapid_keys").execute());
        try {
            VapidStore store = new VapidStore(world.pool, world.clock);
            Future<VapidKeys> one = store.keys();
            Future<VapidKeys> other = new VapidStore(world.pool, world.clock).keys();
            assertEquals(await(one).publicText(), await(other).publicText());
            assertEquals(await(one).publicText(), await(store.keys()).publicText());
            assertEquals(1, world.count("vapid_keys"));
        } finally {
            keys = await(new VapidStore(world.pool, world.clock).keys());
            channel = channel(new Endpoints(true));
        }
    }

    private static WebPush channel(Endpoints endpoints) {
        return new WebPush(
                world.vertx, world.pool, addresses, endpoints, keys, "https://linge.example.cn", world.clock);
    }

    private static Subscription subscribed(Audience who) {
        Subscription device = service.subscribe();
        await(subscriptions.keep(who, device));
        return device;
    }

    private static Push only(Subscription device) {
        List<Push> pushes = service.pushesTo(device);
        assertEquals(1, pushes.size());
        return pushes.get(0);
    }

    private static NotSent refused(Audience who) {
        return assertInstanceOf(NotSent.class, refusal(channel.send(envelope(who, "CZ1", false))));
    }

    private static NotSent.Kind kind(Future<?> future) {
        return assertInstanceOf(NotSent.class, refusal(future)).kind();
    }

    private static List<String> endpointsOf(Audience who) {
        return await(addresses.of(who, "web-push")).stream()
                .map(Addresses.Address::value)
                .toList();
    }

    private static Envelope envelope(Audience who, String subject, boolean urgent) {
        return envelope(who, subject, urgent, null);
    }

    private static Envelope envelope(Audience who, String subject, boolean urgent, Instant deadline) {
        return envelope(DELIVERIES.incrementAndGet(), who, subject, "您的诉求已受理", "网格员李明已受理您的诉求。", urgent, deadline);
    }

    private static Envelope words(Audience who, String title, String text) {
        return envelope(DELIVERIES.incrementAndGet(), who, "CZ1", title, text, false, null);
    }

    /** Of a delivery that lies in the outbox. */
    private static Envelope stored(Audience who) {
        world.put(World.notice("k" + DELIVERIES.incrementAndGet(), "case-noted", who, "CZ1"));
        long delivery = await(
                        world.pool.query("SELECT max(id) AS id FROM deliveries").execute())
                .iterator()
                .next()
                .getLong("id");
        return envelope(delivery, who, "CZ1", "有新进展", "灯杆今天换好了", false, null);
    }

    private static Envelope envelope(
            long delivery, Audience who, String subject, String title, String text, boolean urgent, Instant deadline) {
        return new Envelope(
                delivery,
                who,
                subject,
                "case-noted",
                new JsonObject(),
                new Envelope.Words(title, text),
                urgent,
                world.clock.instant(),
                deadline);
    }

    private static String dateIn(Duration time) {
        return java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME.format(
                world.clock.instant().plus(time).atOffset(java.time.ZoneOffset.UTC));
    }
}
