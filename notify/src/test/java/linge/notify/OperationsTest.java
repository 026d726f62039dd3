package linge.notify;

import static linge.notify.World.await;
import static linge.notify.World.notice;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import linge.notify.TemplateMap.Mapping;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OperationsTest {

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

    private static void park(String key, String channel, String reason) {
        world.put(notice(key, "case-reported", WANG, "CZ-" + key));
        await(world.drain(world.relay("a", new RecordingChannel(channel).failing(NotSent.never(reason)))));
    }

    private static List<String> subjects(JsonObject page) {
        return World.objects(page.getJsonArray("items")).stream()
                .map(item -> item.getString("subject"))
                .toList();
    }

    private static JsonObject parked(String channel, String reason, Long before, int limit) {
        return await(world.operations.parked(channel, reason, before, limit));
    }

    private static long id(String key) {
        return world.delivery(key, "sms").getLong("id");
    }

    @Test
    void the_parked_list_comes_in_pages_by_channel_and_reason() {
        park("1", "sms", "no such number");
        park("2", "sms", "refused by the carrier");
        park("3", "sms", "no such number");

        JsonObject page = parked(null, null, null, 2);
        assertEquals(List.of("CZ-3", "CZ-2"), subjects(page));
        assertFalse(page.encode().contains("13800000001"), "no phones");
        JsonObject next = parked(null, null, page.getLong("next"), 2);
        assertEquals(List.of("CZ-1"), subjects(next));
        assertFalse(next.containsKey("next"));
        assertEquals(List.of("CZ-3", "CZ-1"), subjects(parked("sms", "such number", null, 50)));
        assertEquals(List.of(), subjects(parked("web-push", null, null, 50)));
    }

    @Test
    void many_are_sent_again_at_once_however_old() {
        park("1", "sms", "out of money");
        park("2", "sms", "out of money");
        park("3", "sms", "no such number");
        world.clock.pass(Duration.ofDays(5));

        assertEquals(2, await(world.operations.sendAllAgain("sms", "money")));
        RecordingChannel sms = new RecordingChannel("sms");
        await(world.drain(world.relay("a", sms)));

        assertEquals(List.of("CZ-1", "CZ-2"), sms.subjects());
        assertEquals("SENT", world.delivery("1", "sms").getString("state"));
        assertEquals("PARKED", world.delivery("3", "sms").getString("state"));
    }

    @Test
    void a_wrong_phone_is_put_right_for_that_notice() {
        park("1", "sms", "no such number");
        assertTrue(await(world.operations.sendToPhone(id("1"), "13900000009")));
        RecordingChannel sms = new RecordingChannel("sms");
        await(world.drain(world.relay("a", sms)));
        assertEquals("13900000009", sms.tried().get(0).audience().phone());
        assertFalse(await(world.operations.sendToPhone(id("1"), "13900000009")), "sent by now");
    }

    @Test
    void another_channel_takes_over_where_it_can() {
        park("1", "sms", "no such number");
        assertFalse(await(world.operations.sendOver(id("1"), "web-push")), "no browser of theirs is known");
        assertFalse(await(world.operations.sendOver(id("1"), "smoke")), "no words");
        assertFalse(await(world.operations.sendOver(id("1"), "sms")), "it is that one");
        await(world.addresses.keep(world.pool, WANG, "web-push", "https://push.example/1", new JsonObject()));

        assertTrue(await(world.operations.sendOver(id("1"), "web-push")));
        RecordingChannel push = new RecordingChannel("web-push");
        await(world.drain(world.relay("a", push)));

        assertEquals(List.of("CZ-1"), push.subjects());
        assertEquals("PASSED_ON", world.delivery("1", "sms").getString("state"));
        assertEquals(
                "sent over web-push by hand: no such number",
                world.delivery("1", "sms").getString("reason"));
    }

    @Test
    void what_is_dropped_says_why_and_stays_dropped() {
        park("1", "sms", "no such number");
        assertTrue(await(world.operations.drop(id("1"), "已电话告知")));
        assertEquals("EXPIRED", world.delivery("1", "sms").getString("state"));
        assertEquals("dropped by hand: 已电话告知", world.delivery("1", "sms").getString("reason"));
        assertFalse(await(world.operations.drop(id("1"), "twice")));
        assertEquals(0, await(world.operations.sendAgain(List.of(id("1")))));
    }

    @Test
    void rates_are_told_by_slot_and_channel_with_latencies() {
        Instant from = world.clock.instant();
        world.put(notice("1", "case-reported", WANG, "CZ1"), notice("2", "case-reported", WANG, "CZ2"));
        world.clock.pass(Duration.ofSeconds(4));
        await(world.drain(world.relay("a", world.inApp, new RecordingChannel("sms"))));
        String receipt = world.delivery("1", "sms").getString("receipt");
        await(world.receipts.arrived("sms", receipt, world.clock.instant()));
        park("3", "sms", "no such number");
        world.clock.pass(Duration.ofSeconds(1));

        JsonArray days = await(world.figures.rates(from, world.clock.instant(), Figures.Per.DAY));

        JsonObject inbox = days.getJsonObject(0);
        assertEquals("inbox", inbox.getString("channel"));
        assertEquals(2, inbox.getInteger("sent"));
        JsonObject sms = days.getJsonObject(1);
        assertEquals(
                new JsonObject()
                        .put("at", sms.getString("at"))
                        .put("channel", "sms")
                        .put("sent", 2L)
                        .put("delivered", 1L)
                        .put("failed", 0L)
                        .put("parked", 1L)
                        .put("expired", 0L)
                        .put("merged", 0L)
                        .put("p50", 4.0)
                        .put("p99", 4.0),
                sms);
        assertEquals("16:00:00Z", sms.getString("at").substring(11), "days are Changzhi's");
    }

    @Test
    void quotas_tell_how_far_they_are_used_and_their_limits_can_be_set() {
        for (long delivery = 1; delivery <= 5; delivery++) {
            assertTrue(await(world.ledgers.takeQuota("sms-phone-hour", "13800000001", delivery))
                    .ok());
        }
        assertTrue(await(world.ledgers.takeQuota("sms-phone-hour", "13800000002", 6))
                .ok());
        Instant later = world.clock.instant().plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.MILLIS);
        await(world.ledgers.spent("wechat-template-day", "wx1", later));

        JsonObject hour = quota("sms-phone-hour");
        assertEquals(5, hour.getInteger("most"));
        assertEquals(5, hour.getInteger("used"));
        assertEquals(2, hour.getInteger("subjects"));
        assertEquals(1, hour.getInteger("exhausted"));
        assertFalse(hour.encode().contains("138"), "nobody is named");
        assertEquals(later.toString(), quota("wechat-template-day").getString("spentUntil"));
        assertFalse(quota("sms-day").containsKey("most"));

        assertTrue(await(world.figures.limit("sms-phone-hour", 6)));
        assertTrue(await(world.ledgers.takeQuota("sms-phone-hour", "13800000001", 7))
                .ok());
        assertTrue(await(world.figures.limit("sms-phone-hour", 5)));
        assertFalse(await(world.figures.limit("smoke", 5)));
    }

    private static JsonObject quota(String name) {
        return World.objects(await(world.figures.quotas())).stream()
                .filter(quota -> quota.getString("name").equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void bounced_addresses_are_shown_without_their_middle() {
        await(world.addresses.bounced(WANG, "phone", "13800000001", "空号"));
        JsonObject bounced = await(world.figures.bounced(10)).getJsonObject(0);
        assertEquals("138****0001", bounced.getString("value"));
        assertEquals("wang", bounced.getString("audience"));
        assertEquals("空号", bounced.getString("reason"));
    }

    @Test
    void templates_show_what_platforms_call_them_and_how_they_read() {
        TemplateMap map = new TemplateMap(world.pool, world.clock);
        Mapping mapping =
                new Mapping("wechat-template", "case-filed", "TM00001", new JsonObject().put("thing4", "thing9"));
        await(map.set(world.pool, mapping));
        assertEquals(mapping, await(map.of("wechat-template", "case-filed")));
        assertNull(await(map.of("wechat-template", "case-noted")));
        assertEquals(Map.of("thing9", "a", "time3", "b"), mapping.named(Map.of("thing4", "a", "time3", "b")));

        JsonObject filed = World.objects(await(world.figures.templates())).stream()
                .filter(template -> template.getString("template").equals("case-filed"))
                .findFirst()
                .orElseThrow();
        assertEquals(
                "TM00001",
                filed.getJsonObject("platforms")
                        .getJsonObject("wechat-template")
                        .getString("id"));
        JsonObject preview = world.figures.preview("case-filed", true);
        assertTrue(preview.getJsonObject("sms").getBoolean("elder"));
        assertEquals(
                "CZ26-000017",
                preview.getJsonObject("wechat-template")
                        .getJsonObject("keywords")
                        .getString("character_string1"));
        assertEquals("您的诉求收到了", preview.getJsonObject("web-push").getString("title"));
        assertTrue(await(map.remove(world.pool, "wechat-template", "case-filed")));
        assertFalse(await(map.remove(world.pool, "wechat-template", "case-filed")));
    }
}
