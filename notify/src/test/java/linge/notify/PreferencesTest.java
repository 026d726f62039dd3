package linge.notify;

import static linge.notify.World.await;
import static linge.notify.World.notice;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Set;
import linge.notify.Preferences.Preference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreferencesTest {

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

    private static final LocalTime TEN = LocalTime.of(22, 0);
    private static final LocalTime SEVEN = LocalTime.of(7, 0);

    /** Moves the clock to the next such time in Changzhi. */
    private static void until(LocalTime time) {
        ZonedDateTime now = world.clock.instant().atZone(ZoneId.of("Asia/Shanghai"));
        ZonedDateTime then = now.with(time);
        world.clock.pass(Duration.between(now, then.isAfter(now) ? then : then.plusDays(1)));
    }

    private static void wishes(Preference preference) {
        await(world.preferences.set(world.pool, WANG, preference));
    }

    @Test
    void preferences_are_kept_as_chosen_and_are_none_at_first() {
        assertEquals(Preference.NONE, await(world.preferences.of(WANG)));
        Preference chosen = new Preference(Set.of("sms", "web-push"), TEN, SEVEN, true);
        wishes(chosen);
        assertEquals(chosen, await(world.preferences.of(WANG)));
        wishes(Preference.NONE);
        assertEquals(Preference.NONE, await(world.preferences.of(WANG)));
        assertThrows(IllegalArgumentException.class, () -> new Preference(Set.of("inbox"), null, null, false));
        assertThrows(IllegalArgumentException.class, () -> new Preference(Set.of(), TEN, null, false));
    }

    @ParameterizedTest
    @CsvSource({
        "22:00, 07:00, 2026-03-02T21:59:59+08:00, ",
        "22:00, 07:00, 2026-03-02T22:00:00+08:00, 2026-03-03T07:00:00+08:00",
        "22:00, 07:00, 2026-03-03T06:59:59+08:00, 2026-03-03T07:00:00+08:00",
        "22:00, 07:00, 2026-03-03T07:00:00+08:00, ",
        "12:00, 14:30, 2026-03-02T13:00:00+08:00, 2026-03-02T14:30:00+08:00",
        "12:00, 14:30, 2026-03-02T14:30:00+08:00, ",
        "12:00, 12:00, 2026-03-02T12:00:00+08:00, ",
        "22:00, 00:00, 2026-03-02T23:30:00+08:00, 2026-03-03T00:00:00+08:00",
    })
    void quiet_hours_hold_until_their_end(LocalTime from, LocalTime to, OffsetDateTime at, OffsetDateTime end) {
        Preference preference = new Preference(Set.of(), from, to, false);
        assertEquals(end == null ? null : end.toInstant(), preference.quietUntil(at.toInstant()));
    }

    @Test
    void at_night_only_the_inbox_is_told_and_the_rest_in_the_morning_as_one() {
        wishes(new Preference(Set.of(), TEN, SEVEN, false));
        until(LocalTime.of(23, 30));
        RecordingChannel sms = new RecordingChannel("sms");
        Relay relay = world.relay("a", world.inApp, sms);
        world.put(notice("k1", "case-filed", WANG, "CZ1"));
        await(world.drain(relay));
        world.clock.pass(Duration.ofHours(2));
        world.put(notice("k2", "case-accepted", WANG, "CZ1"), notice("k3", "case-filed", WANG, "CZ2"));
        await(world.drain(relay));
        assertEquals(List.of(), sms.tried());
        assertEquals(List.of("CZ1", "CZ1", "CZ2"), world.subjects(WANG));
        assertEquals(0, world.delivery("k1", "sms").getInteger("attempts"));

        until(SEVEN);
        await(world.drain(relay));
        assertEquals(List.of("CZ1", "CZ2"), sms.subjects());
        assertTrue(sms.texts().get(0).endsWith("（另有1条进展）"), sms.texts().get(0));
    }

    @Test
    void what_is_urgent_comes_at_night_and_says_why() {
        wishes(new Preference(Set.of(), TEN, SEVEN, false));
        until(LocalTime.of(23, 30));
        Notice filed = notice("k1", "case-filed", WANG, "CZ1");
        world.put(new Notice("k1", "case-filed", WANG, "CZ1", filed.fields(), true, null));
        RecordingChannel sms = new RecordingChannel("sms");
        await(world.drain(world.relay("a", sms)));
        assertEquals(1, sms.tried().size());
        assertTrue(sms.texts().get(0).endsWith("（因情况紧急，在免打扰时段发送）"), sms.texts().get(0));
        assertEquals("因情况紧急，在免打扰时段发送", sms.tried().get(0).fields().getString("note"));

        until(LocalTime.NOON);
        world.put(new Notice("k2", "case-filed", WANG, "CZ2", filed.fields(), true, null));
        await(world.drain(world.relay("a", sms)));
        assertFalse(sms.texts().get(1).contains("免打扰"), "by day there is nothing to explain");
    }

    @Test
    void a_retry_does_not_ring_at_night_either() {
        wishes(new Preference(Set.of(), TEN, SEVEN, false));
        until(LocalTime.of(21, 59, 58));
        world.put(notice("k1", "case-filed", WANG, "CZ1"));
        RecordingChannel sms = new RecordingChannel("sms").failing(NotSent.tryAgain("busy"));
        Relay relay = world.relay("a", sms);
        await(world.drain(relay));
        world.clock.pass(Duration.ofMinutes(5));
        await(world.drain(relay));
        assertEquals(1, sms.tried().size());
        until(SEVEN);
        await(world.drain(relay));
        assertEquals(2, sms.tried().size());
    }

    @Test
    void who_asked_for_plain_sentences_gets_them() {
        wishes(new Preference(Set.of(), null, null, true));
        Audience other = Audience.resident("li", "13800000002");
        world.put(notice("k1", "case-filed", WANG, "CZ1"), notice("k2", "case-filed", other, "CZ2"));
        RecordingChannel sms = new RecordingChannel("sms");
        await(world.drain(world.relay("a", sms)));
        assertEquals("您说的路灯不亮，我们收到了。编号CZ1。3月5日18时前给您回话。", sms.texts().get(0));
        assertTrue(sms.tried().get(0).words().elder());
        assertEquals("您反映的路灯不亮问题已收到，编号CZ2，3月5日18时前答复您。", sms.texts().get(1));
    }
}
