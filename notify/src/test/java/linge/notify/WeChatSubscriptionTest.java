package linge.notify;

import static linge.notify.WeChatWorld.TEMPLATE_ID;
import static linge.notify.World.await;
import static linge.notify.wechat.platform.WeChatPlatform.SUBSCRIPTION;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import linge.notify.wechat.platform.Effect;
import linge.notify.wechat.platform.Fault;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Subscription messages: one consent, one message. */
class WeChatSubscriptionTest {

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

    /** Wang says yes once, and both sides know. */
    private static void allows(String key) {
        weChat.wang.allows(TEMPLATE_ID);
        await(weChat.world.ledgers.consented("o-wang", TEMPLATE_ID, key));
    }

    @Test
    void one_consent_is_one_message() {
        allows("1");
        Sent sent = weChat.send(weChat.subscription, 1);
        Effect seen = weChat.wang.seen().get(0);
        assertEquals("CZ26-000017", seen.field("character_string1"));
        assertEquals("https://linge.example.cn/cases/CZ26-000017", seen.body().getString("page"));
        assertEquals(Long.toString(seen.number()), sent.receipt());
        assertEquals(
                NotSent.Kind.NEXT_CHANNEL,
                weChat.refused(weChat.subscription, 2).kind());
        assertEquals(1, weChat.platform.calls(SUBSCRIPTION), "WeChat is not asked without a consent");
    }

    @Test
    void where_wechat_knows_of_no_consent_ours_are_void() {
        await(weChat.world.ledgers.consented("o-wang", TEMPLATE_ID, "1"));
        await(weChat.world.ledgers.consented("o-wang", TEMPLATE_ID, "2"));
        NotSent refused = weChat.refused(weChat.subscription, 1);
        assertEquals(NotSent.Kind.NEXT_CHANNEL, refused.kind());
        assertTrue(refused.reason().contains("43101"), refused.reason());
        assertEquals(
                NotSent.Kind.NEXT_CHANNEL,
                weChat.refused(weChat.subscription, 2).kind());
        assertEquals(1, weChat.platform.calls(SUBSCRIPTION));
        assertEquals(0, weChat.used(Ledgers.SUBSCRIPTION_DAY));
        allows("3");
        weChat.send(weChat.subscription, 3);
    }

    @Test
    void what_never_left_gives_the_consent_back_and_what_may_have_keeps_it() {
        allows("1");
        weChat.platform.faults().once(SUBSCRIPTION, Fault.BUSY);
        assertEquals(
                NotSent.Kind.TRY_AGAIN, weChat.refused(weChat.subscription, 1).kind());
        weChat.platform.faults().once(SUBSCRIPTION, Fault.LOST_ANSWER);
        assertEquals(
                NotSent.Kind.UNKNOWN, weChat.refused(weChat.subscription, 2).kind());
        assertEquals(
                NotSent.Kind.NEXT_CHANNEL,
                weChat.refused(weChat.subscription, 3).kind());
        assertEquals(
                List.of("notice-2"),
                weChat.wang.seen().stream().map(Effect::key).toList());
    }
}
