package linge.notify;

import static linge.notify.World.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileTextTest {

    private static final Audience WANG = Audience.resident("wang'; DROP TABLE inbox; --", "13800000001");
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "it's \"quoted\" \\ back",
                "'; DROP TABLE notices; --",
                "<script>alert(1)</script>",
                "{number} {words} [{due}] ${x} %s",
                "👨‍👩‍👧 🏮",
                "{\"json\": [1, null]}",
                "مرحبا\u200F",
            })
    void what_people_type_arrives_as_they_typed_it(String typed) {
        deliver("case-declined", new JsonObject().put("number", "CZ1").put("words", typed));

        assertTrue(inboxText().contains("原因：" + typed + "\n"), inboxText());
        assertTrue(smsText().contains(typed) || smsText().contains("…"), smsText());
    }

    @Test
    void ten_thousand_characters_are_bounded_on_every_channel() {
        deliver("case-declined", new JsonObject().put("number", "CZ1").put("words", "很".repeat(10_000)));

        assertTrue(inboxText().length() < 1_200);
        assertTrue(inboxText().contains("很…"));
        assertTrue(smsText().length() <= 70, smsText());
        assertTrue(world.count("notices WHERE length(fields::text) < 1100") == 1, "nor is the rest kept");
    }

    @Test
    void what_no_database_can_store_does_not_stop_a_notice() {
        deliver("case-declined", new JsonObject().put("number", "CZ1").put("words", "a\u0000b\uD83Dc\u202Ed"));

        assertTrue(inboxText().contains("原因：ab\uFFFDcd\n"), inboxText());
    }

    @Test
    void an_sms_stays_on_one_line() {
        deliver("case-declined", new JsonObject().put("number", "CZ1").put("words", "一\r\n【银行】二"));

        assertTrue(smsText().contains("：一 【银行】二。"), smsText());
    }

    private static void deliver(String template, JsonObject fields) {
        world.put(Notice.of("k'\"{}", template, WANG, "CZ1", fields));
        assertEquals(2, await(world.drain(world.relay("a", world.inApp, new Sms(world.gateway)))));
        assertEquals(0, world.count("deliveries WHERE state <> 'SENT'"));
    }

    private static String inboxText() {
        List<InboxItem> items = await(world.inbox.after(WANG, 0, 10));
        assertEquals(1, items.size());
        return items.get(0).text();
    }

    private static String smsText() {
        return await(world.gateway.messages("13800000001", 10)).getJsonObject(0).getString("text");
    }
}
