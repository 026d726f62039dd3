package linge.notify;

import static linge.notify.World.await;
import static linge.notify.World.notice;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BacklogTest {

    private static final List<String> RUNGS = List.of("wechat-service", "sms", "web-push");
    private static World world;
    private static Backlog backlog;
    private static Previews previews;

    @BeforeAll
    static void open() {
        world = new World();
        backlog = new Backlog(world.pool, world.clock, world.templates);
        previews = new Previews(world.templates, world.clock, "邻格");
    }

    @AfterAll
    static void close() {
        world.close();
    }

    @BeforeEach
    void clear() {
        world.clear();
    }

    private static Audience who(String key) {
        return Audience.resident(key, "1380000" + String.format("%04d", Math.abs(key.hashCode()) % 10_000));
    }

    private static void park(String key, String reason) {
        world.put(notice(key, "case-reported", who(key), "CZ-" + key));
        await(world.drain(world.relay("a", new RecordingChannel("sms").failing(NotSent.never(reason)))));
    }

    @Test
    void reasons_that_differ_in_numbers_of_requests_are_one_group_and_go_again_as_one() {
        park("k1", "isv.AMOUNT_NOT_ENOUGH 余额不足 F4A1B2C3-0001-4D5E");
        park("k2", "isv.AMOUNT_NOT_ENOUGH 余额不足 0B7E99AA-7777-1111");
        park("k3", "号码 40037 不对");

        List<JsonObject> groups = World.objects(await(backlog.groups()));
        assertEquals(
                List.of("isv.AMOUNT_NOT_ENOUGH 余额不足 …", "号码 40037 不对"),
                groups.stream().map(group -> group.getString("reason")).toList());
        assertEquals(2, groups.get(0).getLong("count"));
        assertEquals(3, await(backlog.parkedCount()));

        String reason = groups.get(0).getString("reason");
        JsonObject page = await(backlog.parked("sms", reason, null, 10, RUNGS));
        assertEquals(2, page.getJsonArray("items").size());
        List<Long> ids = await(backlog.idsOf("sms", reason, 10));
        assertEquals(2, await(world.operations.sendAgain(ids)));
        assertEquals(1, await(backlog.parkedCount()));
    }

    @Test
    void a_parked_notice_shows_where_else_it_could_go_and_no_phone_in_full() {
        park("k1", "no");
        JsonObject item = await(backlog.parked(null, null, null, 10, RUNGS))
                .getJsonArray("items")
                .getJsonObject(0);
        assertEquals(List.of(), item.getJsonArray("others").getList());
        assertFalse(item.encode().contains(String.valueOf(who("k1").phone())), item::encode);
        assertTrue(item.getString("phone").matches("138\\*{4}\\d{4}"), item::encode);

        await(world.addresses.keep(world.pool, who("k1"), "web-push", "https://push.test/1", new JsonObject()));
        item = await(backlog.parked(null, null, null, 10, RUNGS))
                .getJsonArray("items")
                .getJsonObject(0);
        assertEquals(List.of("web-push"), item.getJsonArray("others").getList());
    }

    @Test
    void pages_follow_one_another() {
        List.of("k1", "k2", "k3").forEach(key -> park(key, "no"));
        JsonObject first = await(backlog.parked(null, null, null, 2, RUNGS));
        JsonObject second = await(backlog.parked(null, null, first.getLong("next"), 2, RUNGS));
        assertEquals(2, first.getJsonArray("items").size());
        assertEquals(1, second.getJsonArray("items").size());
        assertFalse(second.containsKey("next"));
    }

    @Test
    void what_is_due_and_what_waits_for_another_try_are_told_apart() {
        assertEquals(0, await(backlog.waiting()).getLong("count"));
        world.put(notice("k1", "case-reported", who("k1"), "CZ-1"));
        Instant put = world.clock.instant().truncatedTo(java.time.temporal.ChronoUnit.MILLIS);
        world.clock.pass(Duration.ofMinutes(7));
        JsonObject waiting = await(backlog.waiting());
        assertEquals(2, waiting.getLong("count"), "inbox and SMS");
        assertEquals(put, Instant.parse(waiting.getString("oldest")));
        await(world.relay("a", new RecordingChannel("sms").failing(NotSent.tryAgain("busy")))
                .step());
        waiting = await(backlog.waiting());
        assertEquals(1, waiting.getLong("retrying"));
        assertEquals(1, waiting.getLong("count"));
    }

    @Test
    void totals_have_the_latencies_of_the_whole_time() {
        for (int nth = 0; nth < 10; nth++) {
            world.put(notice("k" + nth, "case-reported", who("k" + nth), "CZ-" + nth));
            world.clock.pass(Duration.ofSeconds(nth < 9 ? 1 : 100));
            await(world.drain(world.relay("a", new RecordingChannel("sms"))));
        }
        Instant now = world.clock.instant();
        Map<String, JsonObject> totals = await(backlog.totals(now.minus(Duration.ofHours(1)), now.plusMillis(1)));
        assertEquals(10, totals.get("sms").getLong("sent"));
        assertEquals(1.0, totals.get("sms").getDouble("p50"), 0.001);
        assertTrue(
                totals.get("sms").getDouble("p99") > 80, () -> totals.get("sms").encode());
    }

    @Test
    void a_preview_counts_characters_and_what_carriers_charge() {
        assertEquals(
                List.of(1, 1, 2, 2, 3),
                List.of(1, 70, 71, 134, 135).stream()
                        .map(length -> Previews.messages("字".repeat(length)))
                        .toList());
        for (String template : world.templates.names()) {
            JsonObject preview = previews.of(template, null, false);
            assertEquals(
                    world.templates.channels(template).size(),
                    preview.getJsonArray("channels").size());
            World.objects(preview.getJsonArray("channels"))
                    .forEach(one -> assertTrue(one.getInteger("characters") > 0, one::encode));
        }
        JsonObject sms = World.objects(previews.of("case-accepted", null, false).getJsonArray("channels")).stream()
                .filter(one -> one.getString("channel").equals("sms"))
                .findFirst()
                .orElseThrow();
        assertTrue(sms.getString("text").startsWith("【邻格】"), sms::encode);
        assertEquals(sms.getString("text").length(), sms.getInteger("characters"));
        assertEquals(1, sms.getInteger("messages"));
    }

    @Test
    void a_preview_says_which_field_is_missing() {
        JsonObject preview = previews.of("case-accepted", new JsonObject().put("who", "社区"), false);
        assertTrue(preview.getJsonArray("missing").contains("number"), preview::encode);
        assertTrue(preview.getJsonArray("channels").isEmpty());
        assertEquals("您的诉求已受理", previews.title("case-accepted"));
        assertEquals("no-such", previews.title("no-such"));
    }
}
