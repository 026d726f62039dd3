package linge.notify.sms;

import static linge.notify.sms.SmsWorld.await;
import static linge.notify.sms.SmsWorld.notSent;
import static linge.notify.sms.SmsWorld.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import linge.notify.Addresses;
import linge.notify.NotSent;
import linge.notify.Relay;
import linge.notify.sms.SmscServer.Mood;
import linge.notify.sms.SmscServer.Shown;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.session.SMPPServerSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A carrier's gateway over SMPP 3.4, the real protocol on loopback. */
class SmppTest {

    private static final SmppLink.Manner QUICK = new SmppLink.Manner(
            Duration.ofMillis(800), Duration.ofMillis(300), Duration.ofMillis(20), Duration.ofMillis(200));
    private static final SmppLink.Manner CALM = new SmppLink.Manner(
            Duration.ofSeconds(6), Duration.ofSeconds(30), Duration.ofMillis(20), Duration.ofMillis(200));

    private static SmsWorld world;
    private SmscServer smsc;
    private Smpp link;
    private final List<SmsProviders> opened = new ArrayList<>();

    @BeforeAll
    static void open() {
        world = new SmsWorld();
    }

    @AfterAll
    static void close() {
        world.close();
    }

    @BeforeEach
    void listen() {
        world.clear();
        smsc = new SmscServer();
    }

    @AfterEach
    void stop() {
        opened.forEach(one -> await(one.stop()));
        smsc.close();
    }

    private SmsProviders connect(SmsAccount.Smpp account, SmppLink.Manner manner, SmsProvider... further) {
        link = new Smpp(world.vertx, account, world.codes, world.parts, world.reports, world.clock, manner);
        List<SmsProvider> all = new ArrayList<>(List.of(link));
        all.addAll(List.of(further));
        SmsProviders providers = new SmsProviders(all, world.parts, world.ledgers, world.clock);
        opened.add(providers);
        await(providers.start());
        return providers;
    }

    /** Bound, and ready to be used: the gateway's answer has reached us too. */
    private SMPPServerSession bound() {
        SMPPServerSession session = smsc.awaitBound();
        long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!link.isBound()) {
            assertTrue(System.nanoTime() < until, "not bound within 30 s");
            Thread.onSpinWait();
        }
        return session;
    }

    @Test
    void a_message_arrives_on_the_phone_as_it_was_written() {
        SmsProviders providers = connect(smsc.account(10), CALM);
        bound();
        String receipt =
                await(providers.send(text("【邻格】您的诉求CZ26-000017已受理 💡"))).receipt();
        Shown shown = smsc.awaitShown();
        assertEquals("【邻格】您的诉求CZ26-000017已受理 💡", shown.text());
        assertEquals("8613800000001", shown.to());
        assertEquals("10690001", shown.from());
        assertEquals("smpp:" + shown.ids().get(0), receipt);
    }

    @Test
    void a_long_message_goes_in_parts_and_is_one_on_the_phone() {
        SmsProviders providers = connect(smsc.account(10), CALM);
        bound();
        String words = "【邻格】" + "灯💡亮".repeat(60);
        String receipt = await(providers.send(text(words))).receipt();
        Shown shown = smsc.awaitShown();
        assertEquals(words, shown.text());
        assertEquals(4, shown.ids().size());
        assertEquals("smpp:" + shown.ids().get(0), receipt);
    }

    @Test
    void many_long_messages_at_once_do_not_mix() {
        SmsProviders providers = connect(smsc.account(20), CALM);
        bound();
        List<String> all = IntStream.range(0, 50)
                .mapToObj(i -> "【邻格】第" + i + "条" + ("路灯" + i).repeat(30))
                .toList();
        for (String words : all) {
            // Each to its own quota: the limit of a phone is not what is looked at here.
            world.vertx.runOnContext(go -> providers.send(new linge.notify.SmsGateway.Message(
                    null, SmsWorld.PHONE, words, "code", new io.vertx.core.json.JsonObject())));
        }
        List<String> shown = new ArrayList<>();
        all.forEach(one -> shown.add(smsc.awaitShown().text()));
        assertEquals(all.stream().sorted().toList(), shown.stream().sorted().toList());
    }

    @Test
    void no_more_are_under_way_at_once_than_the_window_lets_through() {
        SmsProviders providers = connect(smsc.account(3), CALM);
        bound();
        CountDownLatch open = new CountDownLatch(1);
        IntStream.range(0, 3).forEach(i -> smsc.next(new Mood.Wait(open)));
        List<Future<?>> sent = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            sent.add(providers.send(SmsProvidersTest.code("10000" + i)));
        }
        open.countDown();
        await(Future.all(sent));
        assertTrue(smsc.mostWithin() <= 3, "most at once: " + smsc.mostWithin());
        assertEquals(12, smsc.shownSoFar());
    }

    @Test
    void a_notice_is_delivered_when_all_its_parts_are() {
        SmsProviders providers = connect(smsc.account(10), CALM);
        SMPPServerSession session = bound();
        Relay relay = world.relay(message -> providers.send(longer(message)));
        world.put("k");
        await(relay.step());
        List<String> ids = smsc.awaitShown().ids();
        assertEquals(3, ids.size());
        SmscServer.report(session, ids.get(2), "DELIVRD", "000");
        SmscServer.report(session, ids.get(0), "DELIVRD", "000");
        SmscServer.report(session, ids.get(0), "DELIVRD", "000");
        assertEquals("SENT", world.delivery("k").getString("state"));
        SmscServer.report(session, ids.get(1), "ACCEPTD", "000");
        assertEquals("SENT", world.delivery("k").getString("state"));
        SmscServer.report(session, ids.get(1), "DELIVRD", "000");
        assertEquals("DELIVERED", world.delivery("k").getString("state"));
    }

    private static linge.notify.SmsGateway.Message longer(linge.notify.SmsGateway.Message message) {
        return new linge.notify.SmsGateway.Message(
                message.delivery(),
                message.phone(),
                message.text() + "。".repeat(120),
                message.purpose(),
                message.fields());
    }

    @Test
    void one_part_that_did_not_arrive_is_a_notice_that_did_not_and_a_dead_number_is_shown_to_staff() {
        SmsProviders providers = connect(smsc.account(10), CALM);
        SMPPServerSession session = bound();
        world.put("k");
        await(world.relay(message -> providers.send(longer(message))).step());
        List<String> ids = smsc.awaitShown().ids();
        SmscServer.report(session, ids.get(0), "DELIVRD", "000");
        SmscServer.report(session, ids.get(1), "UNDELIV", "MK:0001");
        assertEquals("FAILED", world.delivery("k").getString("state"));
        assertEquals("smpp：空号 (MK:0001)", world.delivery("k").getString("reason"));
        assertEquals(
                "smpp：空号 (MK:0001)",
                await(world.addresses.find(Addresses.PHONE, SmsWorld.PHONE)).bounce());
    }

    @Test
    void a_report_that_comes_before_its_send_is_written_down_is_not_lost() {
        await(world.parts.told(SmsReport.arrived(Smpp.NAME, "00000001", world.clock.instant())));
        SmsProviders providers = connect(smsc.account(10), CALM);
        bound();
        world.put("k");
        await(world.relay(providers).step());
        assertEquals(List.of("00000001"), smsc.awaitShown().ids());
        assertEquals("DELIVERED", world.delivery("k").getString("state"));
    }

    @Test
    void reports_in_other_vendors_forms_are_understood_and_what_is_none_is_left() {
        SmsProviders providers = connect(smsc.account(10), CALM);
        SMPPServerSession session = bound();
        world.put("k");
        await(world.relay(providers).step());
        String id = smsc.awaitShown().ids().get(0);
        SmscServer.report(session, "no report at all");
        SmscServer.report(session, "id:1 stat:");
        SmscServer.answer(session, "TD");
        assertEquals("SENT", world.delivery("k").getString("state"));
        SmscServer.report(session, "ID:deadbeef STAT:delivrd", new OptionalParameter.Receipted_message_id(id));
        assertEquals("DELIVERED", world.delivery("k").getString("state"));
    }

    @Test
    void a_throttled_message_goes_over_the_next_provider_or_is_tried_again() {
        SmsProvider aliyun =
                new Aliyun(world.aliyunAccount(), world.filling(), world.codes, new Post(world.vertx), world.clock);
        SmsProviders both = connect(smsc.account(10), CALM, aliyun);
        bound();
        smsc.next(new Mood.Refuse(0x58));
        assertTrue(await(both.send(text("【邻格】您好"))).receipt().startsWith("aliyun:"));

        SmsProviders alone = connect(smsc.account(10), CALM);
        bound();
        smsc.next(new Mood.Refuse(0x58));
        NotSent refused = notSent(alone.send(text("【邻格】您好")));
        assertEquals(NotSent.Kind.TRY_AGAIN, refused.kind());
        assertEquals(Duration.ofSeconds(1), refused.earliest());
        assertEquals("smpp：发得太快 (0x00000058)", refused.reason());
        smsc.next(new Mood.Refuse(0x0B));
        assertEquals(NotSent.Kind.NEVER, notSent(alone.send(text("【邻格】您好"))).kind());
        smsc.next(new Mood.Refuse(0x0A));
        assertEquals(
                NotSent.Kind.NEXT_CHANNEL, notSent(alone.send(text("【邻格】您好"))).kind());
    }

    @Test
    void the_rest_of_a_message_follows_though_the_gateway_says_not_now() {
        SmsProviders providers = connect(smsc.account(10), CALM);
        bound();
        // The first part is taken at once.
        smsc.next(new Mood.Wait(new CountDownLatch(0)), new Mood.Refuse(0x58), new Mood.Refuse(0x14));
        String words = "【邻格】" + "灯".repeat(100);
        await(providers.send(text(words)));
        assertEquals(words, smsc.awaitShown().text());
    }

    @Test
    void half_a_message_is_something_nobody_can_call_unsent() {
        SmsProviders providers = connect(smsc.account(10), CALM);
        bound();
        smsc.next(new Mood.Wait(new CountDownLatch(0)), new Mood.Refuse(0x66));
        NotSent refused = notSent(providers.send(text("【邻格】" + "灯".repeat(100))));
        assertEquals(NotSent.Kind.UNKNOWN, refused.kind());
        assertEquals("smpp：只发出了前一部分：网关拒收这条 (0x00000066)", refused.reason());
    }

    @Test
    void a_gateway_that_does_not_answer_leaves_the_message_unknown() {
        SmsProviders providers = connect(smsc.account(10), QUICK);
        bound();
        CountDownLatch never = new CountDownLatch(1);
        smsc.next(new Mood.Wait(never));
        assertEquals(
                NotSent.Kind.UNKNOWN, notSent(providers.send(text("【邻格】您好"))).kind());
        never.countDown();
    }

    @Test
    void a_link_that_breaks_is_bound_again_and_what_comes_meanwhile_is_known_not_to_be_sent() {
        SmsProviders providers = connect(smsc.account(10), CALM);
        bound();
        int port = smsc.port();
        smsc.close();
        NotSent refused = notSent(providers.send(text("【邻格】您好")));
        while (refused.kind() == NotSent.Kind.UNKNOWN) {
            // The news of the end had not reached us yet.
            refused = notSent(providers.send(text("【邻格】您好")));
        }
        assertEquals(NotSent.Kind.TRY_AGAIN, refused.kind());
        assertTrue(refused.reason().startsWith("smpp：没有连上网关："), refused.reason());
        smsc = new SmscServer(port);
        bound();
        smsc.disconnectAll();
        bound();
    }

    @Test
    void a_message_under_way_when_the_link_breaks_is_unknown() {
        SmsProviders providers = connect(smsc.account(10), QUICK);
        bound();
        smsc.next(new Mood.Disconnect());
        NotSent.Kind kind = notSent(providers.send(text("【邻格】您好"))).kind();
        assertTrue(kind == NotSent.Kind.UNKNOWN || kind == NotSent.Kind.TRY_AGAIN, kind.toString());
        bound();
    }

    @Test
    void a_wrong_password_is_said_and_tried_again_in_case_it_is_put_right_over_there() {
        SmsAccount.Smpp wrong = new SmsAccount.Smpp(
                URI.create("smpp://127.0.0.1:" + smsc.port()), SmscServer.USER, "guess", "10690001", 1);
        SmsProviders providers = connect(wrong, QUICK);
        NotSent refused = notSent(providers.send(text("【邻格】您好")));
        assertEquals(NotSent.Kind.TRY_AGAIN, refused.kind());
    }

    @Test
    void a_silent_line_is_asked_whether_it_lives() {
        SmsProviders providers = connect(smsc.account(10), QUICK);
        bound();
        smsc.awaitEnquiry();
        smsc.awaitEnquiry();
        await(providers.send(text("【邻格】您好")));
    }

    @Test
    void a_line_that_died_without_a_word_is_found_out_and_bound_anew() {
        Pipe pipe = new Pipe(smsc.port());
        SmsAccount.Smpp through = new SmsAccount.Smpp(
                URI.create("smpp://127.0.0.1:" + pipe.port()), SmscServer.USER, SmscServer.PASSWORD, "10690001", 10);
        SmsProviders providers = connect(through, QUICK);
        bound();
        pipe.freezeAll();
        bound();
        assertEquals(2, pipe.connections());
        await(pipe.server.close());
    }

    @Test
    void parts_are_forgotten_after_a_week() {
        SmsProviders providers = connect(smsc.account(10), CALM);
        bound();
        await(providers.send(text("【邻格】您好")));
        await(providers.forgetOld());
        assertEquals(1, rows());
        world.clock.pass(Duration.ofDays(8));
        await(providers.forgetOld());
        world.clock.pass(Duration.ofDays(-8));
        assertEquals(0, rows());
    }

    private static long rows() {
        return await(world.pool.query("SELECT count(*) FROM sms_parts").execute())
                .iterator()
                .next()
                .getLong(0);
    }

    /** A line to the gateway that can go dead: open at both ends, and nothing passes. */
    private static final class Pipe {

        private final NetServer server;
        private final List<NetSocket> ends = new java.util.concurrent.CopyOnWriteArrayList<>();

        Pipe(int to) {
            server = await(world.vertx
                    .createNetServer()
                    .connectHandler(near -> {
                        near.pause();
                        ends.add(near);
                        world.vertx.createNetClient().connect(to, "127.0.0.1").onSuccess(far -> {
                            ends.add(far);
                            near.handler(far::write);
                            far.handler(near::write);
                            near.resume();
                        });
                    })
                    .listen(0, "127.0.0.1"));
        }

        int port() {
            return server.actualPort();
        }

        int connections() {
            return ends.size() / 2;
        }

        void freezeAll() {
            ends.forEach(NetSocket::pause);
        }
    }
}
