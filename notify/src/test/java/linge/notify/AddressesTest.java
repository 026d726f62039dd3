package linge.notify;

import static linge.notify.World.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import linge.notify.Addresses.Address;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AddressesTest {

    private static final Audience WANG = Audience.resident("wang", "13800000001");
    private static final Audience LI = Audience.resident("li", null);
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

    private static void keep(Audience who, String scheme, String value, JsonObject details) {
        await(world.addresses.keep(world.pool, who, scheme, value, details));
    }

    private static List<String> values(Audience who, String scheme) {
        return await(world.addresses.of(who, scheme)).stream()
                .map(Address::value)
                .toList();
    }

    @Test
    void somebody_has_several_browsers_and_the_newest_comes_first() {
        keep(WANG, "web-push", "https://push.example/1", new JsonObject().put("auth", "a"));
        world.clock.pass(Duration.ofSeconds(1));
        keep(WANG, "web-push", "https://push.example/2", new JsonObject());
        keep(WANG, "web-push", "https://push.example/2", new JsonObject().put("auth", "b"));
        keep(LI, "wechat", "openid-li", new JsonObject());

        assertEquals(List.of("https://push.example/2", "https://push.example/1"), values(WANG, "web-push"));
        Address found = await(world.addresses.find("web-push", "https://push.example/2"));
        assertNotNull(found);
        assertEquals(new JsonObject().put("auth", "b"), found.details());
        assertEquals("wang", found.audience());
        assertFalse(found.toString().contains("push.example"), "a log line never holds an address");
        assertNull(await(world.addresses.find("wechat", "openid-nobody")));
    }

    @Test
    void an_address_belongs_to_who_kept_it_last() {
        keep(WANG, "wechat", "openid-1", new JsonObject());
        keep(LI, "wechat", "openid-1", new JsonObject());

        assertEquals(List.of(), values(WANG, "wechat"));
        assertEquals(List.of("openid-1"), values(LI, "wechat"));
        await(world.addresses.remove(world.pool, "wechat", "openid-1"));
        assertEquals(List.of(), values(LI, "wechat"));
    }

    @Test
    void what_bounced_says_why_until_it_is_kept_again() {
        keep(WANG, "wechat", "openid-1", new JsonObject());
        await(world.addresses.bounced("wechat", "openid-1", "43004: not a follower"));
        await(world.addresses.bounced("wechat", "openid-2", "of nobody we know"));
        await(world.addresses.bounced(WANG, "phone", "13800000001", "空号"));

        Address follower = await(world.addresses.of(WANG, "wechat")).get(0);
        assertFalse(follower.works());
        assertEquals("43004: not a follower", follower.bounce());
        assertNull(await(world.addresses.find("wechat", "openid-2")));
        Address phone = await(world.addresses.find("phone", "13800000001"));
        assertNotNull(phone);
        assertFalse(phone.works());

        keep(WANG, "wechat", "openid-1", new JsonObject());
        assertTrue(await(world.addresses.of(WANG, "wechat")).get(0).works());
    }
}
