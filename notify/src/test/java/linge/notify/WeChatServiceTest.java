package linge.notify;

import static linge.notify.WeChatWorld.WANG;
import static linge.notify.World.await;
import static linge.notify.World.notice;
import static linge.notify.wechat.platform.WeChatPlatform.SERVICE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import linge.notify.wechat.platform.Effect;
import linge.notify.wechat.platform.Fault;
import linge.notify.wechat.platform.Follower;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Customer-service messages: within the window, and never repeated. */
class WeChatServiceTest {

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
        weChat.wang.unfollows();
        weChat.wang.alreadyFollowing();
    }

    /** Wang writes, and both sides know. */
    private static void says() {
        weChat.wang.says("路灯修好了吗");
        await(weChat.world.ledgers.heard("o-wang", weChat.world.clock.instant()));
    }

    @Test
    void who_wrote_is_answered_in_words_with_a_link_to_the_case() {
        says();
        weChat.send(weChat.service, 17);
        Effect seen = weChat.wang.seen().get(0);
        assertTrue(seen.text().startsWith("您的诉求已受理\n\n"), seen.text());
        assertTrue(
                seen.text().endsWith("\n\n<a href=\"https://linge.example.cn/cases/CZ26-000017\">查看详情</a>"),
                seen.text());
        assertEquals("notice-17", seen.key());
    }

    @Test
    void after_five_and_after_two_days_it_is_for_the_next_channel_and_wechat_is_not_asked() {
        assertEquals(
                NotSent.Kind.NEXT_CHANNEL, weChat.refused(weChat.service, 1).kind());
        says();
        for (long delivery = 1; delivery <= 5; delivery++) {
            weChat.send(weChat.service, delivery);
        }
        assertEquals(
                NotSent.Kind.NEXT_CHANNEL, weChat.refused(weChat.service, 6).kind());
        says();
        weChat.world.clock.pass(Duration.ofHours(48));
        assertEquals(
                NotSent.Kind.NEXT_CHANNEL, weChat.refused(weChat.service, 7).kind());
        assertEquals(5, weChat.platform.calls(SERVICE));
        assertEquals(List.of(), weChat.platform.refusals());
    }

    @Test
    void where_wechat_counts_otherwise_it_is_believed_until_they_write_again() {
        await(weChat.world.ledgers.heard("o-wang", weChat.world.clock.instant()));
        assertTrue(weChat.refused(weChat.service, 1).reason().contains("45015"));
        assertEquals(
                NotSent.Kind.NEXT_CHANNEL, weChat.refused(weChat.service, 2).kind());
        assertEquals(1, weChat.platform.calls(SERVICE));

        weChat.world.clock.pass(Duration.ofMinutes(1));
        says();
        for (int i = 0; i < 4; i++) {
            weChat.send(weChat.service, 10 + i);
        }
        // One that our ledger knows nothing of, e.g. sent in WeChat's console.
        await(weChat.world
                .pool
                .query("UPDATE quota_use SET used = used - 1 WHERE quota = 'wechat-reply'")
                .execute());
        weChat.send(weChat.service, 20);
        assertTrue(weChat.refused(weChat.service, 21).reason().contains("45047"));
        assertEquals(
                NotSent.Kind.NEXT_CHANNEL, weChat.refused(weChat.service, 22).kind());
        assertEquals(1, weChat.platform.refusals(45047));
    }

    @Test
    void a_busy_wechat_gives_the_answer_back_to_the_window() {
        says();
        weChat.platform.faults().once(SERVICE, Fault.BUSY);
        assertEquals(NotSent.Kind.TRY_AGAIN, weChat.refused(weChat.service, 1).kind());
        assertEquals(0, weChat.used("wechat-reply"));
        for (long delivery = 1; delivery <= 5; delivery++) {
            weChat.send(weChat.service, delivery);
        }
        assertEquals(5, weChat.wang.seen().size());
    }

    @Test
    void one_whose_answer_was_lost_is_parked_and_never_sent_twice() {
        says();
        weChat.world.put(notice("k", "case-accepted", WANG, "CZ1"));
        weChat.platform.faults().once(SERVICE, Fault.LOST_ANSWER);
        Relay relay = weChat.world.relay("a", weChat.service, weChat.template);
        await(weChat.world.drain(relay));
        weChat.world.clock.pass(Duration.ofHours(1));
        await(weChat.world.drain(relay));
        JsonObject parked = weChat.world.delivery("k", "wechat-service");
        assertEquals("PARKED", parked.getString("state"), parked.encode());
        assertTrue(parked.getString("reason").contains("did not answer"), parked.encode());
        assertEquals(1, weChat.wang.seen().size());
        assertEquals(1, weChat.used("wechat-reply"), "it may have been sent: it stays counted");
    }

    @Test
    void one_that_never_left_is_tried_again() {
        says();
        weChat.world.put(notice("k", "case-accepted", WANG, "CZ1"));
        weChat.platform.faults().once(SERVICE, Fault.BUSY);
        Relay relay = weChat.world.relay("a", weChat.service, weChat.template);
        await(weChat.world.drain(relay));
        weChat.world.clock.pass(Duration.ofMinutes(1));
        await(weChat.world.drain(relay));
        assertEquals("SENT", weChat.world.delivery("k", "wechat-service").getString("state"));
        assertEquals(1, weChat.wang.seen().size());
    }

    @Test
    void outside_the_window_the_ladder_goes_on_to_a_template_message() {
        weChat.world.put(notice("k", "case-accepted", WANG, "CZ1"));
        await(weChat.world.drain(weChat.world.relay("a", weChat.service, weChat.template)));
        assertEquals("PASSED_ON", weChat.world.delivery("k", "wechat-service").getString("state"));
        JsonObject sent = weChat.world.delivery("k", "wechat-template");
        assertEquals("SENT", sent.getString("state"), sent.encode());

        await(weChat.world.receipts.arrived(
                "wechat-template", sent.getString("receipt"), weChat.world.clock.instant()));
        assertEquals("DELIVERED", weChat.world.delivery("k", "wechat-template").getString("state"));
        assertEquals(
                List.of(Effect.Kind.TEMPLATE),
                weChat.wang.seen().stream().map(Effect::kind).toList());
    }

    @Test
    void words_that_look_like_a_link_are_no_link_and_long_ones_are_cut_before_ours() {
        says();
        JsonObject fields =
                World.fields("CZ26-000017").put("words", "<a href=\"http://evil.example\">领奖</a>" + "𠮷".repeat(900));
        await(weChat.service.send(weChat.envelope(1, "wechat-service", fields)));
        String text = weChat.wang.seen().get(0).text();
        assertFalse(text.contains("<a href=\"http://evil"), text);
        assertTrue(text.getBytes(StandardCharsets.UTF_8).length <= 2048);
        assertTrue(text.contains("𠮷…\n\n<a href=\"https://linge.example.cn/"), text);
    }

    @Test
    void the_newest_follower_of_theirs_is_written_to() {
        Follower second = weChat.platform.follower("o-wang-2").alreadyFollowing();
        second.says("在吗");
        weChat.world.clock.pass(Duration.ofSeconds(1));
        await(weChat.world.addresses.keep(weChat.world.pool, WANG, Addresses.WECHAT, "o-wang-2", new JsonObject()));
        await(weChat.world.ledgers.heard("o-wang-2", weChat.world.clock.instant()));
        weChat.send(weChat.service, 1);
        assertEquals(1, second.seen().size());
        assertEquals(0, weChat.wang.seen().size());
    }
}
