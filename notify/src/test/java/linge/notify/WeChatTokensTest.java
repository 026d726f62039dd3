package linge.notify;

import static linge.notify.World.await;
import static linge.notify.World.refusal;
import static linge.notify.wechat.platform.WeChatPlatform.STABLE_TOKEN;
import static linge.notify.wechat.platform.WeChatPlatform.TEMPLATE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import linge.notify.wechat.WeChatChannels;
import linge.notify.wechat.platform.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One access token for all nodes. */
class WeChatTokensTest {

    private WeChatWorld weChat;

    @BeforeEach
    void open() {
        weChat = new WeChatWorld();
        weChat.clear();
    }

    @AfterEach
    void close() {
        weChat.close();
    }

    @Test
    void two_nodes_that_ask_at_once_fetch_one_token() {
        List<Future<String>> asked = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            asked.add(weChat.node.tokens().token());
            asked.add(weChat.other.tokens().token());
        }
        Set<String> tokens = new HashSet<>(await(Future.all(asked)).list());
        assertEquals(1, tokens.size());
        assertEquals(1, weChat.platform.calls(STABLE_TOKEN));
    }

    @Test
    void it_is_refreshed_by_one_node_ahead_of_its_end_while_the_others_use_the_old_one() {
        String old = await(weChat.node.tokens().token());
        assertEquals(old, await(weChat.other.tokens().token()));
        weChat.world.clock.pass(Duration.ofMinutes(117));
        weChat.platform.faults().once(STABLE_TOKEN, Fault.HELD_ANSWER);

        Future<String> refreshing = weChat.node.tokens().token();
        weChat.whenHeld();
        assertEquals(old, await(weChat.other.tokens().token()), "nobody waits for the refresh");
        weChat.send(weChat.other.inOrder().get(1), 1);
        weChat.platform.faults().release();

        assertNotEquals(old, await(refreshing));
        assertEquals(await(refreshing), await(weChat.other.tokens().token()));
        assertEquals(2, weChat.platform.calls(STABLE_TOKEN));
    }

    @Test
    void a_node_that_died_while_asking_holds_the_others_up_only_as_long_as_its_lease() {
        await(weChat.world
                .pool
                .preparedQuery("INSERT INTO wechat_tokens (app_id, refresher, lease_until) VALUES ($1, 'dead', $2)")
                .execute(Tuple.of(
                        weChat.platform.account().appId(),
                        Ticks.of(weChat.world.clock.instant().plusSeconds(30)))));
        Future<String> waiting = weChat.node.tokens().token();
        await(weChat.world.pool.query("SELECT 1").execute());
        assertEquals(0, weChat.platform.calls(STABLE_TOKEN));
        weChat.world.clock.pass(Duration.ofSeconds(30));
        assertEquals(weChat.platform.calls(STABLE_TOKEN) == 0, !waiting.isComplete());
        await(waiting);
        assertEquals(1, weChat.platform.calls(STABLE_TOKEN));
    }

    @Test
    void a_token_gone_bad_is_changed_once_however_many_messages_were_refused_with_it() {
        await(weChat.node.tokens().token());
        await(weChat.other.tokens().token());
        weChat.platform.revokeTokens();
        List<Future<Sent>> sent = new ArrayList<>();
        for (long delivery = 1; delivery <= 10; delivery++) {
            Channel channel =
                    (delivery % 2 == 0 ? weChat.node : weChat.other).inOrder().get(1);
            sent.add(channel.send(weChat.envelope(delivery, channel.name())));
        }
        await(Future.all(sent));
        assertEquals(2, weChat.platform.calls(STABLE_TOKEN));
        assertEquals(10, weChat.wang.seen().size());
    }

    @Test
    void one_that_wechat_thinks_good_and_refuses_all_the_same_is_changed_by_force() {
        String refused = await(weChat.node.tokens().token());
        weChat.platform.faults().once(TEMPLATE, Fault.TOKEN_REFUSED);
        weChat.send(weChat.template, 1);
        assertNotEquals(refused, await(weChat.node.tokens().token()));
        assertEquals(1, weChat.wang.seen().size());
    }

    @Test
    void refused_twice_it_is_for_later_and_nothing_counts_as_sent() {
        weChat.platform.faults().outage(TEMPLATE, Fault.TOKEN_REFUSED);
        assertEquals(NotSent.Kind.TRY_AGAIN, weChat.refused(weChat.template, 1).kind());
        assertEquals(2, weChat.platform.calls(TEMPLATE));
        assertEquals(0, weChat.used(Ledgers.TEMPLATE_DAY));
    }

    @Test
    void a_wrong_secret_is_for_later_and_the_operator_sees_it() {
        WeChatChannels wrong = weChat.node(URI.create(weChat.platform.api()), "not-it");
        NotSent refused = assertInstanceOf(NotSent.class, refusal(wrong.tokens().token()));
        assertEquals(NotSent.Kind.TRY_AGAIN, refused.kind());
        refusal(wrong.tokens().token());
        JsonObject trouble = await(weChat.node.troubles().lately()).getJsonObject(0);
        assertEquals(40125, trouble.getInteger("code"));
        assertEquals(2, trouble.getInteger("times"));
        assertTrue(trouble.getString("words").contains("invalid appsecret"), trouble.encode());
        await(wrong.close());
        await(weChat.node.tokens().token());
    }
}
