package linge.wechat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import linge.Client;
import linge.Eventually;
import linge.TestApp;
import linge.notify.wechat.platform.Answer;
import linge.notify.wechat.platform.Effect;
import linge.notify.wechat.platform.Fault;
import linge.notify.wechat.platform.Follower;
import linge.notify.wechat.platform.Push;
import linge.notify.wechat.platform.WeChatPlatform;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A message is handled once and answered once: whenever, on whichever node, and whoever dies meanwhile. */
class JoinedReplyTest {

    private static WeChatWorld world;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        world = WeChatWorld.sealed();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    private static long heard(Follower who) {
        return world.count("SELECT count(*) FROM wechat_heard WHERE openid = $1", who.openid());
    }

    private static void waits(Follower who) {
        Eventually.holds("heard", () -> heard(who) == 1);
    }

    private static void pushed(Follower who, int times) {
        Eventually.holds(
                "pushed " + times + " times",
                () -> world.count("SELECT pushes FROM wechat_heard WHERE openid = $1", who.openid()) == times);
    }

    @Test
    void three_pushes_wait_for_one_answer() {
        Follower who = world.follower();
        Push push;
        Future<Answer> third;
        try (WeChatWorld.Hold hold = world.hold(who)) {
            push = who.says("楼上漏水到我家了");
            waits(who);
            push.deliver();
            // The next gives the one before up: that one has to be heard first.
            pushed(who, 2);
            third = push.deliver();
            pushed(who, 3);
        }
        assertTrue(WeChatWorld.soon(third).shown());
        assertEquals(1, heard(who));
        assertEquals(1, world.heardInChat(who));
        assertEquals(1, world.talk(who).size());
    }

    @Test
    void a_push_that_arrives_twice_is_answered_with_the_same_words() {
        Follower who = world.follower();
        Push push = who.says("小区垃圾没人收");
        Future<Answer> twin = push.duplicate();
        assertEquals(world.reply(push), WeChatWorld.soon(twin).text());
        assertEquals(1, world.heardInChat(who));
    }

    @Test
    void the_same_event_pushed_again_changes_nothing() {
        Follower who = world.follower();
        Push push = who.clicks("topic:report");
        String reply = world.reply(push);
        assertEquals(reply, WeChatWorld.soon(push.duplicate()).text());
        assertEquals(1, heard(who));
    }

    @Test
    void what_takes_longer_goes_by_customer_service_message_once() {
        Follower who = world.follower();
        Push push;
        try (WeChatWorld.Hold hold = world.hold(who)) {
            push = who.says("门口的路灯坏了");
            assertTrue(world.answer(push).isSilent());
        }
        List<Effect> seen = world.talkOf(who, 1);
        assertEquals(Effect.Kind.SERVICE, seen.get(0).kind());
        assertFalse(seen.get(0).text().isBlank());
        assertTrue(WeChatWorld.soon(push.duplicate()).isSilent());
        assertEquals(1, world.heardInChat(who));
        assertEquals(1, world.talk(who).size());
        assertEquals(0, world.platform.refusals(45047));
    }

    @Test
    void a_push_on_another_node_waits_for_the_answer_of_the_first() {
        Follower who = world.follower();
        try (TestApp other = TestApp.on(world.database, world.settings(true))) {
            Future<Answer> second;
            try (WeChatWorld.Hold hold = world.hold(who)) {
                Push push = who.says("楼道里堆满了杂物");
                waits(who);
                world.pushesTo(other.url());
                second = push.deliver();
                Eventually.holds(
                        "pushed twice",
                        () -> world.count("SELECT pushes FROM wechat_heard WHERE openid = $1", who.openid()) == 2);
            }
            assertTrue(WeChatWorld.soon(second).shown());
            assertEquals(1, world.heardInChat(who));
            assertEquals(1, world.talk(who).size());
        } finally {
            world.pushesTo(world.app.url());
        }
    }

    @Test
    void a_node_killed_while_it_answers_is_taken_over_by_the_next_push() throws IOException {
        Follower who = world.follower();
        Process node = anotherNode();
        try {
            Future<Answer> second;
            try (WeChatWorld.Hold hold = world.hold(who)) {
                Push push = who.says("公园的长椅断了");
                waits(who);
                node.destroyForcibly().onExit().join();
                world.pushesTo(world.app.url());
                second = push.deliver();
            }
            Answer answer = WeChatWorld.soon(second);
            List<Effect> seen = world.talkOf(who, 1);
            assertEquals(1, seen.size());
            assertEquals(1, world.heardInChat(who));
            // The lease of the dead node may outlast the push: then the words went afterwards, and either way once.
            assertEquals(
                    answer.shown() ? Effect.Kind.REPLY : Effect.Kind.SERVICE,
                    seen.get(0).kind());
        } finally {
            node.destroyForcibly();
            world.pushesTo(world.app.url());
        }
    }

    @Test
    void a_node_killed_within_the_chat_is_answered_for_once_though_no_push_comes_again() throws IOException {
        Follower who = world.follower();
        world.reply(who.says("你好"));
        Process node = anotherNode();
        try {
            // The chat holds the conversation and stands before the table of its messages when the node dies.
            try (WeChatWorld.Hold hold = world.holdMessages()) {
                who.says("井盖没了，很危险");
                Eventually.holds(
                        "in the chat",
                        () -> world.count(
                                        "SELECT count(*) FROM conversations c JOIN wechat_people p"
                                                + " ON p.conversation = c.id WHERE p.openid = $1 AND c.held_by IS NOT NULL",
                                        who.openid())
                                == 1);
                node.destroyForcibly().onExit().join();
            }
            // As if the half minute had passed that a conversation is held.
            world.change("UPDATE conversations SET held_until = now() WHERE held_by IS NOT NULL");
            List<Effect> seen = world.talkOf(who, 2);
            assertEquals(Effect.Kind.SERVICE, seen.get(1).kind());
            assertEquals(2, world.heardInChat(who));
        } finally {
            node.destroyForcibly();
            world.pushesTo(world.app.url());
        }
    }

    /** A node in a process of its own that gets the pushes. */
    private Process anotherNode() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Map<String, String> settings = world.settings(true);
        settings.put("LINGE_PORT", String.valueOf(port));
        settings.put("LINGE_HOST", "127.0.0.1");
        settings.put("LINGE_DATA", folder.resolve("node-" + port).toString());
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "linge.cli.Main",
                        "serve")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("node.log").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("LINGE_"));
        builder.environment().putAll(settings);
        Process node = builder.start();
        URI url = URI.create("http://127.0.0.1:" + port);
        Eventually.started(() -> ready(url));
        world.pushesTo(url);
        return node;
    }

    private static boolean ready(URI url) {
        try {
            return new Client(url).get("/health/ready").status() == 200;
        } catch (AssertionError notYet) {
            return false;
        }
    }

    /** What a crash leaves: a row, put there as the dead node left it. */
    private static long left(Follower who, String way, OffsetDateTime went) {
        world.answer(who.says("你好"));
        JsonObject fields = new JsonObject()
                .put("FromUserName", who.openid())
                .put("ToUserName", world.platform.account().id())
                .put("MsgType", "text")
                .put("Content", "刚才那句");
        OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
        long heard = world.count(
                "INSERT INTO wechat_heard (key, openid, account, fields, heard_at, pushed_at, answered_at)"
                        + " VALUES ($1, $2, $3, $4, $5, $5, $5) RETURNING id",
                "m:left-" + who.openid(),
                who.openid(),
                world.platform.account().id(),
                fields,
                now);
        return world.count(
                "INSERT INTO wechat_said (heard, nth, openid, text, due_at, way, went_at)"
                        + " VALUES ($1, 0, $2, '这句话还在路上', $3, $4::text::wechat_way, $5) RETURNING id",
                heard,
                who.openid(),
                now,
                way,
                went);
    }

    @Test
    void words_left_over_by_a_crash_are_sent_once() {
        Follower who = world.follower();
        left(who, null, null);
        assertEquals("这句话还在路上", world.talkOf(who, 2).get(1).text());
        world.answer(who.says("还有一件事"));
        assertEquals(
                1,
                world.talk(who).stream().filter(e -> e.text().equals("这句话还在路上")).count());
    }

    @Test
    void words_nobody_knows_the_end_of_are_parked_and_never_sent_again() {
        Follower passive = world.follower();
        Follower service = world.follower();
        OffsetDateTime longAgo = OffsetDateTime.now(ZoneOffset.UTC).minusMinutes(10);
        long one = left(passive, "PASSIVE", longAgo);
        long other = left(service, "SERVICE", longAgo);
        for (long id : List.of(one, other)) {
            Eventually.holds(
                    "parked",
                    () -> world.count("SELECT count(*) FROM wechat_said WHERE id = $1 AND parked IS NOT NULL", id)
                            == 1);
        }
        assertEquals(1, world.talk(passive).size());
        assertEquals(1, world.talk(service).size());
    }

    @Test
    void a_send_that_was_not_taken_is_tried_again_and_one_without_an_answer_is_not() {
        Follower busy = world.follower();
        Follower lost = world.follower();
        world.platform.faults().once(WeChatPlatform.SERVICE, Fault.BUSY);
        left(busy, null, null);
        assertEquals("这句话还在路上", world.talkOf(busy, 2).get(1).text());
        world.platform.faults().once(WeChatPlatform.SERVICE, Fault.LOST_ANSWER);
        long id = left(lost, null, null);
        Eventually.holds(
                "parked",
                () -> world.count("SELECT count(*) FROM wechat_said WHERE id = $1 AND parked IS NOT NULL", id) == 1);
        assertEquals(2, world.talk(lost).size());
    }

    @Test
    void whoever_wrote_long_ago_is_not_written_to() {
        Follower who = world.follower();
        world.answer(who.says("你好"));
        world.change("UPDATE quota_use SET starts_at = now() - interval '3 days' WHERE subject = $1", who.openid());
        OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
        long heard = world.count("SELECT id FROM wechat_heard WHERE openid = $1", who.openid());
        long id = world.count(
                "INSERT INTO wechat_said (heard, nth, openid, text, due_at) VALUES ($1, 5, $2, '太晚了', $3) RETURNING id",
                heard,
                who.openid(),
                now);
        Eventually.holds(
                "parked",
                () -> world.count("SELECT count(*) FROM wechat_said WHERE id = $1 AND parked IS NOT NULL", id) == 1);
        assertEquals(1, world.talk(who).size());
        assertEquals(0, world.platform.refusals(45015));
    }

    @Test
    void a_chaotic_network_shows_every_answer_once() {
        world.platform.chaos(new linge.notify.wechat.platform.Chaos(0.2, 0.2, 0.3));
        try {
            List<Follower> all = java.util.stream.IntStream.range(0, 12)
                    .mapToObj(i -> world.follower())
                    .toList();
            all.forEach(who -> who.says("楼道灯坏了"));
            for (int round = 0; round < 4; round++) {
                WeChatWorld.soon(world.platform.tick());
                Eventually.holds(
                        "this round is over",
                        () -> world.platform.openPushes().stream()
                                .allMatch(push ->
                                        push.deliveries() == 0 || push.answer().isComplete()));
                world.clock.forward(Duration.ofSeconds(6));
            }
            for (Follower who : all) {
                world.talkOf(who, 1);
                assertEquals(1, world.heardInChat(who));
            }
            assertEquals(
                    List.of(),
                    all.stream().filter(who -> world.talk(who).size() != 1).collect(Collectors.toList()));
            assertEquals(Map.of(), world.platform.doubles());
        } finally {
            world.platform.chaos(linge.notify.wechat.platform.Chaos.NONE);
        }
    }
}
