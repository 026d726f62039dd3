package linge.notify;

import static linge.notify.WeChatWorld.TEMPLATE_ID;
import static linge.notify.World.await;
import static linge.notify.wechat.platform.WeChatPlatform.SERVICE;
import static linge.notify.wechat.platform.WeChatPlatform.STABLE_TOKEN;
import static linge.notify.wechat.platform.WeChatPlatform.SUBSCRIPTION;
import static linge.notify.wechat.platform.WeChatPlatform.TEMPLATE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import linge.notify.wechat.WeChatChannels;
import linge.notify.wechat.platform.Effect;
import linge.notify.wechat.platform.Fault;
import linge.notify.wechat.platform.Follower;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes send in bad weather: what people saw is counted on WeChat's side, and compared with what we believe. */
class WeChatStormTest {

    private static final int PEOPLE = 12;
    private static final int NOTICES_EACH = 12;
    private static final int TEMPLATES_A_DAY = 50;
    private static final int ROUNDS = 60;

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
    void nothing_is_seen_twice_nothing_goes_over_quota_and_everything_is_sent_or_parked_with_a_reason() {
        await(weChat.world
                .pool
                .query("UPDATE quotas SET most = " + TEMPLATES_A_DAY + " WHERE name = 'wechat-template-day'")
                .execute());
        weChat.platform.quota(TEMPLATE, TEMPLATES_A_DAY);
        for (int i = 0; i < PEOPLE; i++) {
            begin(i);
        }
        for (String path : new String[] {SERVICE, TEMPLATE, SUBSCRIPTION}) {
            weChat.platform.faults().sometimes(path, Fault.LOST_ANSWER, 0.1);
        }
        weChat.platform.faults().sometimes(STABLE_TOKEN, Fault.BAD_GATEWAY, 0.3);

        Relay a = relay("a", weChat.node);
        Relay b = relay("b", weChat.other);
        for (int round = 0; round < ROUNDS; round++) {
            // Every few minutes the weather changes for all that is asked.
            weChat.platform
                    .faults()
                    .sometimes("*", round % 3 == 0 ? Fault.BUSY : Fault.LOST_REQUEST, round % 7 == 0 ? 0.5 : 0.05);
            if (round % 20 == 10) {
                weChat.platform.revokeTokens();
            }
            await(Future.all(weChat.world.drain(a), weChat.world.drain(b)));
            weChat.world.clock.pass(Duration.ofMinutes(2));
        }

        assertEquals(Map.of(), weChat.platform.doubles());
        for (int code : new int[] {45009, 45015, 45047, 43101}) {
            assertEquals(0, weChat.platform.refusals(code), "sent although our ledgers forbade it: " + code);
        }
        Map<Long, Integer> seen = new HashMap<>();
        for (Effect effect : weChat.platform.effects()) {
            seen.merge(Long.parseLong(effect.key().replace("notice-", "")), 1, Integer::sum);
        }
        Map<String, Integer> states = new HashMap<>();
        for (Row row : await(weChat.world
                .pool
                .query(
                        "SELECT id, channel, state::text, reason, attempts, next_try_at FROM deliveries WHERE channel <> 'inbox'")
                .execute())) {
            int times = seen.getOrDefault(row.getLong("id"), 0);
            String state = row.getString("state");
            states.merge(state, 1, Integer::sum);
            switch (state) {
                case "SENT" -> assertEquals(1, times, "believed sent");
                case "PASSED_ON" ->
                    assertEquals(0, times, "told over another channel as well: " + row.getString("reason"));
                case "PARKED" -> assertTrue(row.getString("reason").length() > 10, row.getString("reason"));
                default ->
                    throw new AssertionError(row.getString("channel") + " is still " + state + ": "
                            + row.getString("reason") + ", next at " + row.getValue("next_try_at") + " after "
                            + row.getInteger("attempts") + " tries");
            }
        }
        assertTrue(
                states.get("SENT") > 60 && states.get("PARKED") > 5 && states.get("PASSED_ON") > 20, states.toString());
    }

    /** One who wrote lately, or agreed to some messages, or only follows; and twelve matters of theirs to be told about. */
    private static void begin(int i) {
        String openid = "o-storm-" + i;
        Audience who = Audience.resident("storm-" + i, null);
        Follower follower = weChat.platform.follower(openid).alreadyFollowing();
        await(weChat.world.addresses.keep(weChat.world.pool, who, Addresses.WECHAT, openid, new JsonObject()));
        if (i % 2 == 0) {
            follower.says("在吗");
            await(weChat.world.ledgers.heard(openid, weChat.world.clock.instant()));
        }
        for (int consent = 0; consent < i % 4; consent++) {
            follower.allows(TEMPLATE_ID);
            await(weChat.world.ledgers.consented(openid, TEMPLATE_ID, "c" + consent));
        }
        for (int n = 0; n < NOTICES_EACH; n++) {
            weChat.world.put(World.notice("s" + i + "-" + n, "case-accepted", who, "CZ-" + i + "-" + n));
        }
    }

    private static Relay relay(String name, WeChatChannels node) {
        return weChat.world.relay(name, node.inOrder().toArray(Channel[]::new));
    }
}
