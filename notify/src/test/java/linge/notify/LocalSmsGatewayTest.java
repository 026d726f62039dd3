package linge.notify;

import static linge.notify.World.await;
import static linge.notify.World.refusal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LocalSmsGatewayTest {

    private static final String PHONE = "13800000001";
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

    @Test
    void the_same_delivery_handed_over_many_times_at_once_is_kept_once() {
        SmsGateway.Message message = new SmsGateway.Message(7L, PHONE, "【邻格】您好", "case-filed", new JsonObject());
        await(Future.all(world.gateway.send(message), world.gateway.send(message), world.gateway.send(message)));
        assertEquals(1, await(world.gateway.messages(PHONE, 10)).size());
    }

    private static void code(String phone, String text) {
        await(world.gateway.send(new SmsGateway.Message(null, phone, text, "sign-in", new JsonObject())));
    }

    @Test
    void codes_are_kept_each_and_shown_newest_first() {
        code(PHONE, "【邻格】验证码 111111");
        world.clock.pass(Duration.ofSeconds(60));
        code(PHONE, "【邻格】验证码 222222");
        code("13800000002", "【邻格】验证码 333333");

        List<JsonObject> mine = World.objects(await(world.gateway.messages(PHONE, 10)));
        assertEquals(
                List.of("【邻格】验证码 222222", "【邻格】验证码 111111"),
                mine.stream().map(m -> m.getString("text")).toList());
        assertEquals("sign-in", mine.get(0).getString("purpose"));
        assertEquals(PHONE, mine.get(0).getString("phone"));
        assertEquals("2026-03-02T01:01:00.123Z", mine.get(0).getString("at"));
        assertEquals(3, await(world.gateway.recent(10)).size());
        assertEquals(1, await(world.gateway.recent(1)).size());
    }

    @Test
    void someone_without_a_phone_is_for_another_channel() {
        Envelope envelope = new Envelope(
                1,
                Audience.staff("li"),
                "CZ1",
                "case-filed",
                new JsonObject(),
                new Envelope.Words("", "您好"),
                false,
                world.clock.instant());
        NotSent refused = assertInstanceOf(NotSent.class, refusal(new Sms(world.gateway).send(envelope)));
        assertEquals(NotSent.Kind.NEXT_CHANNEL, refused.kind());
    }
}
