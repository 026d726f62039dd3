package linge.notify;

import static linge.notify.World.await;
import static linge.notify.World.refusal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.stream.LongStream;
import linge.notify.Ledgers.Taken;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LedgersTest {

    private static final String PHONE = "13800000001";
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
        limit("wechat-template-day", 100_000);
    }

    private static void limit(String quota, int most) {
        await(world.pool
                .query("UPDATE quotas SET most = " + most + " WHERE name = '" + quota + "'")
                .execute());
    }

    private static boolean reply(String openid, long delivery) {
        return await(world.ledgers.takeReply(openid, delivery));
    }

    private static Taken take(String quota, String subject, long delivery) {
        return await(world.ledgers.takeQuota(quota, subject, delivery));
    }

    private static void heard(String openid) {
        await(world.ledgers.heard(openid, world.clock.instant()));
    }

    @Test
    void who_never_wrote_is_not_answered() {
        assertFalse(reply("o1", 1));
    }

    @Test
    void five_answers_within_forty_eight_hours_of_a_message() {
        heard("o1");
        for (long delivery = 1; delivery <= 5; delivery++) {
            assertTrue(reply("o1", delivery), "answer " + delivery);
        }
        assertFalse(reply("o1", 6));
        assertTrue(reply("o1", 3), "tried again, it takes nothing more");
        assertFalse(reply("o2", 7), "another follower's window is another's");

        heard("o1");
        assertFalse(reply("o1", 6), "the same message pushed again opens nothing");
        world.clock.pass(Duration.ofSeconds(1));
        heard("o1");
        assertTrue(reply("o1", 6));
    }

    @Test
    void the_window_closes_a_little_before_the_platform_closes_it() {
        heard("o1");
        world.clock.pass(Duration.ofHours(48).minusSeconds(61));
        assertTrue(reply("o1", 1));
        world.clock.pass(Duration.ofSeconds(2));
        assertFalse(reply("o1", 2));
    }

    @Test
    void a_window_the_platform_calls_closed_opens_with_the_next_message() {
        heard("o1");
        await(world.ledgers.windowClosed("o1"));
        assertFalse(reply("o1", 1));
        world.clock.pass(Duration.ofSeconds(1));
        heard("o1");
        assertTrue(reply("o1", 1));
    }

    @Test
    void an_overtaken_message_does_not_move_the_window_back() {
        Instant first = world.clock.instant();
        world.clock.pass(Duration.ofHours(47));
        heard("o1");
        await(world.ledgers.heard("o1", first));
        world.clock.pass(Duration.ofHours(2));
        assertTrue(reply("o1", 1));
    }

    @Test
    void one_consent_is_one_message() {
        await(world.ledgers.consented("o1", "t1", "event-1"));
        await(world.ledgers.consented("o1", "t1", "event-1"));
        assertTrue(await(world.ledgers.takeConsent("o1", "t1", 1)));
        assertTrue(await(world.ledgers.takeConsent("o1", "t1", 1)), "the same delivery has it already");
        assertFalse(await(world.ledgers.takeConsent("o1", "t1", 2)));
        assertFalse(await(world.ledgers.takeConsent("o1", "t2", 3)));

        await(world.ledgers.giveBack(1));
        assertTrue(await(world.ledgers.takeConsent("o1", "t1", 2)));
    }

    @Test
    void consents_the_platform_knows_nothing_of_are_gone_even_if_given_back() {
        await(world.ledgers.consented("o1", "t1", "event-1"));
        await(world.ledgers.consented("o1", "t1", "event-2"));
        assertTrue(await(world.ledgers.takeConsent("o1", "t1", 1)));
        await(world.ledgers.consentGone("o1", "t1"));
        await(world.ledgers.giveBack(1));
        await(world.ledgers.consented("o1", "t1", "event-2"));
        assertFalse(await(world.ledgers.takeConsent("o1", "t1", 2)));
        await(world.ledgers.consented("o1", "t1", "event-3"));
        assertTrue(await(world.ledgers.takeConsent("o1", "t1", 2)));
    }

    @Test
    void many_who_take_at_once_get_no_more_than_there_is() {
        limit("wechat-template-day", 7);
        for (int i = 0; i < 4; i++) {
            await(world.ledgers.consented("o1", "t1", "event-" + i));
        }
        List<Future<Boolean>> quotas = LongStream.range(0, 24)
                .mapToObj(d ->
                        world.ledgers.takeQuota("wechat-template-day", "wx1", d).map(Taken::ok))
                .toList();
        List<Future<Boolean>> consents = LongStream.range(0, 24)
                .mapToObj(d -> world.ledgers.takeConsent("o1", "t1", d))
                .toList();
        await(Future.all(quotas));
        await(Future.all(consents));
        assertEquals(7, quotas.stream().filter(Future::result).count());
        assertEquals(4, consents.stream().filter(Future::result).count());
    }

    @Test
    void a_days_quota_comes_back_at_midnight_in_changzhi() {
        limit("wechat-template-day", 2);
        assertTrue(take("wechat-template-day", "wx1", 1).ok());
        assertTrue(take("wechat-template-day", "wx1", 2).ok());
        Taken none = take("wechat-template-day", "wx1", 3);
        assertFalse(none.ok());
        ZonedDateTime now = world.clock.instant().atZone(ZoneId.of("Asia/Shanghai"));
        assertEquals(now.toLocalDate().plusDays(1).atStartOfDay(now.getZone()).toInstant(), none.until());
        assertTrue(take("wechat-template-day", "wx2", 4).ok(), "another account's quota is another's");

        world.clock.pass(Duration.between(world.clock.instant(), none.until()));
        assertTrue(take("wechat-template-day", "wx1", 3).ok());
        await(world.ledgers.giveBack(1));
        assertTrue(take("wechat-template-day", "wx1", 5).ok());
        assertFalse(take("wechat-template-day", "wx1", 6).ok(), "yesterday's, given back, is no more today");
        await(world.ledgers.giveBack(5));
        assertTrue(take("wechat-template-day", "wx1", 6).ok());
    }

    @Test
    void a_phone_gets_five_sms_in_any_hour_and_ten_in_any_day() {
        for (long d = 1; d <= 5; d++) {
            assertTrue(take("sms-phone-hour", PHONE, d).ok());
            world.clock.pass(Duration.ofMinutes(5));
        }
        Taken none = take("sms-phone-hour", PHONE, 6);
        assertEquals(
                world.clock.instant().plus(Duration.ofMinutes(35)).toEpochMilli(),
                none.until().toEpochMilli());
        world.clock.pass(Duration.ofMinutes(36));
        assertTrue(take("sms-phone-hour", PHONE, 6).ok());
        assertFalse(take("sms-phone-hour", PHONE, 7).ok());
        await(world.ledgers.giveBack(6));
        assertTrue(take("sms-phone-hour", PHONE, 7).ok());
    }

    @Test
    void a_quota_the_other_side_calls_spent_is_left_alone_until_then() {
        Instant later = world.clock.instant().plus(Duration.ofHours(3));
        await(world.ledgers.spent("wechat-service-day", "wx1", later));
        assertEquals(
                later.toEpochMilli(),
                take("wechat-service-day", "wx1", 1).until().toEpochMilli());
        world.clock.pass(Duration.ofHours(3).plusMillis(1));
        assertTrue(take("wechat-service-day", "wx1", 1).ok());
    }

    @Test
    void a_quota_without_a_limit_is_counted_all_the_same() {
        for (long d = 0; d < 30; d++) {
            assertTrue(take("sms-day", "", d).ok());
        }
        assertEquals(30, world.count("quota_takes WHERE quota = 'sms-day'"));
    }

    @Test
    void a_quota_nobody_laid_down_is_refused_by_name() {
        IllegalArgumentException why = assertInstanceOf(
                IllegalArgumentException.class, refusal(world.ledgers.takeQuota("smoke-signals", "", 1)));
        assertEquals("there is no quota smoke-signals", why.getMessage());
    }
}
