package linge.notify;

import static linge.notify.WeChatWorld.WANG;
import static linge.notify.World.await;
import static linge.notify.World.notice;
import static linge.notify.wechat.platform.WeChatPlatform.TEMPLATE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import linge.notify.wechat.WeChatChannels;
import linge.notify.wechat.platform.Effect;
import linge.notify.wechat.platform.Fault;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Template messages: dropped by WeChat when repeated, for ten minutes. */
class WeChatTemplateTest {

    private static WeChatWorld weChat;

    @BeforeAll
    static void open() {
        weChat = new WeChatWorld();
    }

    @AfterAll
    static void close() {
        weChat.close();
    }

    @BeforeEach
    void clear() {
        weChat.clear();
    }

    @Test
    void it_shows_the_steps_fields_and_leads_to_the_case() {
        Sent sent = weChat.send(weChat.template, 17);
        Effect seen = weChat.wang.seen().get(0);
        assertEquals("CZ26-000017", seen.field("character_string1"));
        assertEquals("已受理", seen.field("phrase2"));
        assertEquals("由网格员李明负责", seen.field("thing4"));
        assertEquals("https://linge.example.cn/cases/CZ26-000017", seen.body().getString("url"));
        assertEquals("17", seen.key());
        assertEquals(Long.toString(seen.number()), sent.receipt());
        assertEquals(1, weChat.used(Ledgers.TEMPLATE_DAY));
    }

    @Test
    void keywords_go_by_the_names_that_the_operator_mapped() {
        weChat.platform.template("TPL-2", "thing9");
        await(weChat.map.set(
                weChat.world.pool,
                new TemplateMap.Mapping(
                        "wechat-template", "case-accepted", "TPL-2", new JsonObject().put("thing4", "thing9"))));
        weChat.send(weChat.template, 1);
        assertEquals("由网格员李明负责", weChat.wang.seen().get(0).field("thing9"));
    }

    @Test
    void a_lost_answer_is_unknown_and_the_next_try_within_minutes_shows_nothing_twice() {
        weChat.platform.faults().once(TEMPLATE, Fault.LOST_ANSWER);
        assertEquals(NotSent.Kind.UNKNOWN, weChat.refused(weChat.template, 1).kind());
        weChat.platform.faults().once(TEMPLATE, Fault.BAD_GATEWAY);
        weChat.world.clock.pass(Duration.ofMinutes(4));
        assertEquals(NotSent.Kind.UNKNOWN, weChat.refused(weChat.template, 1).kind());
        weChat.world.clock.pass(Duration.ofMinutes(4));
        Sent sent = weChat.send(weChat.template, 1);
        assertEquals(Long.toString(weChat.wang.seen().get(0).number()), sent.receipt());
        assertEquals(1, weChat.wang.seen().size());
        assertEquals(1, weChat.used(Ledgers.TEMPLATE_DAY));
    }

    @Test
    void an_answer_that_does_not_come_is_unknown_and_not_waited_for_any_longer() {
        weChat.platform.faults().once(TEMPLATE, Fault.HELD_ANSWER);
        NotSent refused = weChat.refused(weChat.template, 1);
        assertEquals(NotSent.Kind.UNKNOWN, refused.kind(), refused.reason());
        weChat.platform.faults().release();
        weChat.send(weChat.template, 1);
        assertEquals(1, weChat.wang.seen().size());
    }

    @Test
    void what_may_have_arrived_is_not_asked_for_again_once_wechat_has_forgotten_it() {
        weChat.platform.faults().once(TEMPLATE, Fault.LOST_ANSWER);
        weChat.refused(weChat.template, 1);
        weChat.world.clock.pass(Duration.ofMinutes(9));
        NotSent refused = weChat.refused(weChat.template, 1);
        assertEquals(NotSent.Kind.NEVER, refused.kind());
        assertTrue(refused.reason().contains("could arrive twice"), refused.reason());
        assertEquals(1, weChat.platform.calls(TEMPLATE));
        assertEquals(1, weChat.used(Ledgers.TEMPLATE_DAY), "what may have been sent stays counted");
    }

    @Test
    void a_known_failure_after_an_unknown_one_gives_nothing_back() {
        weChat.platform.faults().once(TEMPLATE, Fault.LOST_ANSWER);
        weChat.refused(weChat.template, 1);
        weChat.platform.faults().once(TEMPLATE, Fault.BUSY);
        assertEquals(NotSent.Kind.TRY_AGAIN, weChat.refused(weChat.template, 1).kind());
        assertEquals(1, weChat.used(Ledgers.TEMPLATE_DAY));
    }

    @Test
    void a_relay_parks_it_then_and_an_operator_may_send_it_again() {
        weChat.world.put(notice("k", "case-accepted", WANG, "CZ1"));
        Relay relay = weChat.world.relay("a", weChat.template);
        weChat.world
                .pool
                .query("UPDATE deliveries SET channel = 'wechat-template' WHERE channel = 'wechat-service'")
                .execute()
                .await();
        weChat.platform.faults().once(TEMPLATE, Fault.LOST_ANSWER);
        await(relay.step());
        weChat.world.clock.pass(Duration.ofMinutes(15));
        await(relay.step());
        JsonObject parked = weChat.world.delivery("k", "wechat-template");
        assertEquals("PARKED", parked.getString("state"), parked.encode());

        assertEquals(1, await(weChat.world.operations.sendAgain(List.of(parked.getLong("id")))));
        await(relay.step());
        assertEquals("SENT", weChat.world.delivery("k", "wechat-template").getString("state"));
        assertEquals(
                Map.of("o-wang " + parked.getLong("id"), 2), weChat.platform.doubles(), "twice, on an operator's word");
    }

    @Test
    void who_follows_no_more_is_not_tried_again_and_the_next_channel_tells_them() {
        weChat.wang.unfollows();
        NotSent refused = weChat.refused(weChat.template, 1);
        assertEquals(NotSent.Kind.NEXT_CHANNEL, refused.kind());
        assertTrue(refused.reason().contains("43004"), refused.reason());
        assertFalse(weChat.isReachable());
        assertEquals(0, weChat.used(Ledgers.TEMPLATE_DAY));

        assertEquals(
                NotSent.Kind.NEXT_CHANNEL, weChat.refused(weChat.template, 2).kind());
        assertEquals(1, weChat.platform.calls(TEMPLATE), "known to be gone: not asked again");
    }

    @Test
    void a_used_up_day_is_believed_until_midnight_in_china() {
        weChat.platform.quota(TEMPLATE, 1);
        weChat.send(weChat.template, 1);
        assertEquals(
                NotSent.Kind.NEXT_CHANNEL, weChat.refused(weChat.template, 2).kind());
        assertEquals(
                NotSent.Kind.NEXT_CHANNEL, weChat.refused(weChat.template, 3).kind());
        assertEquals(1, weChat.platform.refusals(45009), "asked once over the quota, and no more");
        weChat.world.clock.pass(Duration.ofHours(15));
        weChat.send(weChat.template, 4);
        assertEquals(
                List.of("1", "4"), weChat.wang.seen().stream().map(Effect::key).toList());
    }

    @Test
    void our_own_count_holds_before_wechat_is_asked() {
        await(weChat.world
                .pool
                .query("UPDATE quotas SET most = 1 WHERE name = 'wechat-template-day'")
                .execute());
        weChat.send(weChat.template, 1);
        assertEquals(
                NotSent.Kind.NEXT_CHANNEL, weChat.refused(weChat.template, 2).kind());
        assertEquals(1, weChat.platform.calls(TEMPLATE));
        await(weChat.world
                .pool
                .query("UPDATE quotas SET most = 100000 WHERE name = 'wechat-template-day'")
                .execute());
    }

    @Test
    void a_wrong_message_is_parked_with_what_is_wrong_in_it() {
        weChat.platform.template(WeChatWorld.TEMPLATE_ID, "character_string1", "thing7");
        NotSent refused = weChat.refused(weChat.template, 1);
        assertEquals(NotSent.Kind.NEVER, refused.kind());
        assertTrue(refused.reason().contains("data.thing7.value is empty"), refused.reason());
        weChat.platform.removeTemplate(WeChatWorld.TEMPLATE_ID);
        assertTrue(weChat.refused(weChat.template, 2).reason().contains("40037"));
        assertEquals(0, weChat.used(Ledgers.TEMPLATE_DAY));
    }

    @Test
    void what_the_account_may_not_do_goes_to_the_next_channel_and_the_operator_sees_it() {
        weChat.platform.withhold(TEMPLATE);
        assertEquals(
                NotSent.Kind.NEXT_CHANNEL, weChat.refused(weChat.template, 1).kind());
        JsonObject trouble = await(weChat.node.troubles().lately()).getJsonObject(0);
        assertEquals(48001, trouble.getInteger("code"));
        assertEquals(TEMPLATE, trouble.getString("path"));
        weChat.world.clock.pass(Duration.ofDays(1));
        assertEquals(0, await(weChat.node.troubles().lately()).size());
    }

    @Test
    void a_busy_or_unreachable_wechat_is_for_later_and_counts_nothing() {
        weChat.platform.faults().once(TEMPLATE, Fault.BUSY);
        assertEquals(NotSent.Kind.TRY_AGAIN, weChat.refused(weChat.template, 1).kind());
        WeChatChannels nowhere = weChat.node(URI.create("http://127.0.0.1:1"), "s");
        Channel template = nowhere.inOrder().get(1);
        NotSent refused = weChat.refused(template, 2);
        assertEquals(NotSent.Kind.TRY_AGAIN, refused.kind());
        assertTrue(refused.reason().contains("not reached"), refused.reason());
        assertFalse(refused.reason().contains("access_token="), refused.reason());
        assertEquals(0, weChat.used(Ledgers.TEMPLATE_DAY));
        assertEquals(0, weChat.world.count("wechat_template_tries"));
        await(nowhere.close());
    }

    @Test
    void without_a_mapping_or_a_follower_it_is_for_the_next_channel() {
        await(weChat.map.remove(weChat.world.pool, "wechat-template", "case-accepted"));
        assertEquals(
                NotSent.Kind.NEXT_CHANNEL, weChat.refused(weChat.template, 1).kind());
        await(weChat.world.addresses.remove(weChat.world.pool, Addresses.WECHAT, "o-wang"));
        assertEquals(
                NotSent.Kind.NEXT_CHANNEL, weChat.refused(weChat.template, 2).kind());
        assertEquals(0, weChat.platform.calls(TEMPLATE));
    }

    @Test
    void tries_are_forgotten_a_day_later() {
        weChat.send(weChat.template, 1);
        weChat.world.clock.pass(Duration.ofHours(23));
        assertEquals(0, await(weChat.node.sweep()));
        weChat.world.clock.pass(Duration.ofHours(2));
        assertEquals(1, await(weChat.node.sweep()));
    }
}
