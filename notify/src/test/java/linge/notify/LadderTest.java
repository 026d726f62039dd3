package linge.notify;

import static linge.notify.World.await;
import static linge.notify.World.notice;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import linge.notify.Preferences.Preference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LadderTest {

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

    private static void follows(Audience who, String openid) {
        await(world.addresses.keep(world.pool, who, "wechat", openid, new JsonObject()));
    }

    private static RecordingChannel refusing(String channel, String reason) {
        return new RecordingChannel(channel).failing(NotSent.nextChannel(reason));
    }

    @Test
    void a_notice_takes_the_inbox_and_the_best_rung_that_is_open() {
        Audience follower = Audience.resident("follower", "13800000002");
        Audience browser = Audience.resident("browser", null);
        follows(follower, "o1");
        await(world.addresses.keep(world.pool, browser, "web-push", "https://push.example/1", new JsonObject()));
        world.put(
                notice("sms", "case-filed", WANG, "CZ1"),
                notice("wechat", "case-filed", follower, "CZ2"),
                notice("push", "case-filed", browser, "CZ3"),
                notice("none", "case-filed", Audience.resident("nowhere", null), "CZ4"),
                notice("no words", "staff-urged", Audience.staff("s1"), "CZ1"));

        assertEquals("PENDING", world.delivery("sms", "sms").getString("state"));
        assertEquals("PENDING", world.delivery("wechat", "wechat-service").getString("state"));
        assertEquals("PENDING", world.delivery("push", "web-push").getString("state"));
        assertEquals(5, world.count("deliveries WHERE channel = 'inbox'"));
        assertEquals(8, world.count("deliveries"));
    }

    @Test
    void it_climbs_down_the_rungs_until_one_takes_it() {
        follows(WANG, "o1");
        world.put(notice("k", "case-filed", WANG, "CZ1"));
        RecordingChannel sms = new RecordingChannel("sms");
        Relay relay = world.relay(
                "a",
                refusing("wechat-service", "the window is closed"),
                refusing("wechat-template", "no template registered"),
                refusing("wechat-subscription", "no consent"),
                sms,
                new RecordingChannel("web-push"));

        await(world.drain(relay));

        assertEquals(
                "the window is closed", world.delivery("k", "wechat-service").getString("reason"));
        assertEquals("no consent", world.delivery("k", "wechat-subscription").getString("reason"));
        assertEquals("SENT", world.delivery("k", "sms").getString("state"));
        assertEquals(List.of("CZ1"), sms.subjects());
        assertEquals(0, world.count("deliveries WHERE channel = 'web-push'"));
    }

    @Test
    void a_phone_that_bounced_is_skipped_until_it_is_kept_again() {
        await(world.addresses.bounced(WANG, "phone", "13800000001", "空号"));
        world.put(notice("k1", "case-filed", WANG, "CZ1"));
        assertEquals(0, world.count("deliveries WHERE channel = 'sms'"));

        await(world.addresses.keep(world.pool, WANG, "phone", "13800000001", new JsonObject()));
        world.put(notice("k2", "case-filed", WANG, "CZ2"));
        assertEquals(1, world.count("deliveries WHERE channel = 'sms'"));
    }

    @Test
    void a_receipt_that_says_failed_goes_on_to_the_next_rung_without_another_try() {
        follows(WANG, "o1");
        world.put(notice("k", "case-filed", WANG, "CZ1"));
        RecordingChannel wechat = new RecordingChannel("wechat-service");
        RecordingChannel sms = new RecordingChannel("sms");
        Relay relay = world.relay("a", wechat, sms);
        await(world.drain(relay));
        assertEquals(List.of(), sms.tried());

        String receipt = world.delivery("k", "wechat-service").getString("receipt");
        assertTrue(await(world.receipts.failed("wechat-service", receipt, "user block", true)));
        await(world.drain(relay));

        assertEquals(1, wechat.tried().size());
        assertEquals("PASSED_ON", world.delivery("k", "wechat-service").getString("state"));
        assertEquals("SENT", world.delivery("k", "sms").getString("state"));
        world.put(notice("k2", "case-filed", WANG, "CZ2"));
        assertEquals("PENDING", world.delivery("k2", "sms").getString("state"), "the follower bounced");
    }

    @Test
    void a_channel_switched_off_is_no_rung() {
        follows(WANG, "o1");
        Set<String> wechat = Set.of("wechat-service", "wechat-template", "wechat-subscription");
        await(world.preferences.set(world.pool, WANG, new Preference(wechat, null, null, false)));
        world.put(notice("k1", "case-filed", WANG, "CZ1"));
        assertEquals("PENDING", world.delivery("k1", "sms").getString("state"));

        await(world.preferences.set(world.pool, WANG, new Preference(Set.of("sms"), null, null, false)));
        world.put(notice("k2", "case-filed", WANG, "CZ2"));
        await(world.drain(world.relay("a", refusing("wechat-service", "closed"), new RecordingChannel("sms"))));
        assertEquals(
                0, world.count("deliveries d JOIN notices n ON n.id = d.notice WHERE key = 'k2' AND channel = 'sms'"));
    }

    @Test
    void at_the_ladders_end_what_is_worth_an_sms_is_parked_and_the_rest_lies_in_the_inbox() {
        follows(WANG, "o1");
        world.put(notice("k1", "case-reported", WANG, "CZ1"), notice("k2", "case-noted", WANG, "CZ2"));

        await(world.drain(
                world.relay("a", world.inApp, refusing("wechat-service", "closed"), refusing("sms", "full"))));

        assertEquals("no further channel: full", world.delivery("k1", "sms").getString("reason"));
        assertEquals("PARKED", world.delivery("k1", "sms").getString("state"));
        JsonObject noted = world.delivery("k2", "wechat-service");
        assertEquals("PASSED_ON", noted.getString("state"));
        assertEquals("the inbox has it: closed", noted.getString("reason"));
        assertEquals(List.of("CZ1", "CZ2"), world.subjects(WANG));
    }

    @Test
    void a_deployment_names_its_own_rungs_and_a_relay_goes_by_them() {
        follows(WANG, "o1");
        Ladder smsFirst = Ladder.USUAL.over("sms", "wechat-service");
        await(world.pool.withTransaction(tx ->
                new Outbox(world.clock, world.templates, smsFirst).put(tx, notice("k", "case-filed", WANG, "CZ1"))));
        RecordingChannel wechat = new RecordingChannel("wechat-service");
        List<Channel> ordered = smsFirst.inOrder(List.of(wechat, refusing("sms", "full"), world.inApp));

        await(world.drain(world.relay("a", ordered.toArray(Channel[]::new))));

        assertEquals(
                List.of("inbox", "sms", "wechat-service"),
                ordered.stream().map(Channel::name).toList());
        assertEquals("PASSED_ON", world.delivery("k", "sms").getString("state"));
        assertEquals(List.of("CZ1"), wechat.subjects());
        assertThrows(IllegalArgumentException.class, () -> Ladder.USUAL.over("sms", "sms"));
        assertThrows(IllegalArgumentException.class, () -> Ladder.USUAL.over("inbox"));
    }

    @Test
    void a_progress_notice_three_days_old_is_worth_nothing_over_the_ladder() {
        world.put(notice("k", "case-filed", WANG, "CZ1"));
        world.clock.pass(Duration.ofDays(3).plusSeconds(1));
        RecordingChannel sms = new RecordingChannel("sms");
        await(world.drain(world.relay("a", world.inApp, sms)));
        assertEquals("EXPIRED", world.delivery("k", "sms").getString("state"));
        assertEquals(List.of("CZ1"), world.subjects(WANG));
    }

    @Test
    void a_follower_is_told_in_keywords_where_the_channel_knows_no_text() {
        follows(WANG, "o1");
        world.put(notice("k", "case-filed", WANG, "CZ1"));
        RecordingChannel template = new RecordingChannel("wechat-template");
        await(world.drain(world.relay("a", refusing("wechat-service", "closed"), template)));

        Envelope.Words words = template.tried().get(0).words();
        assertEquals("CZ1", words.keywords().get("character_string1"));
        assertEquals("路灯不亮问题已收到", words.keywords().get("thing4"));
        assertEquals("", words.text());
    }
}
