package linge.notify.sms;

import static linge.notify.sms.SmsWorld.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FillingTest {

    private static final JsonObject LITTLE =
            new JsonObject().put("number", "CZ1").put("category", "路灯");
    private static final JsonObject ALL = LITTLE.copy().put("due", "3月5日");

    private static SmsWorld world;

    @BeforeAll
    static void open() {
        world = new SmsWorld();
    }

    @AfterAll
    static void close() {
        world.close();
    }

    @BeforeEach
    void forget() {
        await(world.pool.query("TRUNCATE template_map").execute());
    }

    private static Filling.Filled fill(JsonObject values) {
        return await(world.filling().fill("aliyun", "case-filed", values));
    }

    @Test
    void the_way_that_tells_most_of_what_is_there_is_taken() {
        world.number("aliyun", "case-filed", "SMS_9");
        assertEquals("SMS_9", fill(ALL).id(), "the longer one has no number yet");
        world.number("aliyun", "case-filed.due", "SMS_MORE");
        assertEquals("SMS_9", fill(LITTLE).id());
        assertEquals("SMS_9", fill(LITTLE.copy().put("due", " ")).id());
        Filling.Filled most = fill(ALL);
        assertEquals("SMS_MORE", most.id());
        assertEquals("[\"路灯\",\"CZ1\",\"3月5日\"]", most.listed().encode());
        assertEquals(
                "{\"category\":\"路灯\",\"number\":\"CZ1\",\"due\":\"3月5日\"}",
                most.named().encode());
    }

    @Test
    void without_a_number_with_this_provider_an_operator_has_to_look() {
        world.number("tencent", "case-filed", "1");
        Refused refused = assertThrows(Refused.class, () -> fill(ALL));
        assertEquals(Refused.Meaning.REFUSED, refused.meaning());
        assertEquals("case-filed 在 aliyun 没有能用的模板号", refused.reason());
        // What needs more than there is to say is no way to say it.
        world.number("aliyun", "case-filed.due", "SMS_MORE");
        assertThrows(Refused.class, () -> fill(LITTLE));
    }

    @Test
    void a_number_counts_from_the_next_message_on() {
        world.number("aliyun", "case-filed", "SMS_1");
        assertEquals("SMS_1", fill(LITTLE).id());
        world.number("aliyun", "case-filed", "SMS_2");
        assertEquals("SMS_2", fill(LITTLE).id());
    }
}
