package linge.push;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import linge.Client;
import linge.Eventually;
import linge.SampleRequests;
import linge.TestApp;
import linge.db.TestDatabase;
import linge.notify.push.PushSubscriptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Devices that ask to be told: kept by person, renewed, and forgotten with the last sign-in. */
class PushApiTest {

    private static final String PATH = "/api/push/subscription";

    private static TestApp app;

    @BeforeAll
    static void start() {
        app = TestApp.demo();
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @Test
    void everybody_may_read_the_key_and_every_node_has_the_same() {
        String key = app.nobody().get("/api/push/key").expect(200).string("key");
        assertEquals(87, key.length());
        try (TestApp other = TestApp.on(app.database(), Map.of("LINGE_DEMO", "true"))) {
            assertEquals(key, other.nobody().get("/api/push/key").string("key"));
        }
        TestDatabase another = TestApp.demoDatabase();
        try (TestApp stranger = TestApp.on(another, Map.of("LINGE_DEMO", "true"))) {
            assertNotEquals(key, stranger.nobody().get("/api/push/key").string("key"));
        }
    }

    @Test
    void keys_of_ones_own_are_used_and_none_are_made() {
        // The example of RFC 8291: a pair nobody uses in earnest.
        String own = "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8";
        Map<String, String> settings = Map.of(
                "LINGE_DEMO",
                "true",
                "LINGE_VAPID_PUBLIC",
                own,
                "LINGE_VAPID_PRIVATE",
                "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw");
        try (TestApp node = TestApp.on(TestApp.demoDatabase(), settings)) {
            assertEquals(own, node.nobody().get("/api/push/key").string("key"));
            assertEquals(0, node.count("SELECT count(*) FROM vapid_keys"));
        }
    }

    @Test
    void a_device_is_kept_once_renewed_and_taken_away_by_its_name() {
        Client resident = app.resident();
        JsonObject phone = device("a-phone");
        String name = resident.put(PATH, phone).expect(200).string("device");
        assertEquals(name, resident.put(PATH, phone).expect(200).string("device"));
        assertEquals(PushSubscriptions.device(phone.getString("endpoint")), name);
        assertEquals(1, kept("a-phone"));
        app.resident().delete(PATH + "?device=" + name).expect(204);
        assertEquals(1, kept("a-phone"), "not by a stranger");
        resident.delete(PATH + "?device=" + name).expect(204);
        assertEquals(0, kept("a-phone"));
        resident.delete(PATH + "?device=" + name).expect(204);
    }

    @Test
    void all_devices_go_when_none_is_named() {
        Client resident = app.resident();
        resident.put(PATH, device("all-1")).expect(200);
        resident.put(PATH, device("all-2")).expect(200);
        resident.delete(PATH).expect(204);
        assertEquals(0, kept("all-"));
    }

    @Test
    void staff_have_devices_too_and_one_browser_is_one_persons() {
        Client resident = app.resident();
        Client worker = app.staff("worker-" + app.grid());
        resident.put(PATH, device("shared")).expect(200);
        worker.put(PATH, device("shared")).expect(200);
        assertEquals(1, kept("shared"));
        resident.delete(PATH).expect(204);
        assertEquals(1, kept("shared"));
        worker.delete(PATH).expect(204);
        assertEquals(0, kept("shared"));
    }

    @Test
    void addresses_inside_our_network_and_keys_that_are_none_are_refused() {
        Client resident = app.resident();
        for (String endpoint : new String[] {
            "http://push.example.org/1",
            "https://10.0.0.1/1",
            "https://localhost/1",
            "http://127.0.0.1:5432/",
            "nonsense"
        }) {
            resident.put(PATH, SampleRequests.subscription().put("endpoint", endpoint))
                    .refused(422, "not-sensible");
        }
        JsonObject offTheCurve = SampleRequests.subscription();
        offTheCurve.getJsonObject("keys").put("p256dh", "B" + "A".repeat(86));
        resident.put(PATH, offTheCurve).refused(422, "not-sensible");
        JsonObject tooShort = SampleRequests.subscription();
        tooShort.getJsonObject("keys").put("auth", "AAAA");
        resident.put(PATH, tooShort).refused(400, "bad-input");
    }

    @Test
    void who_tries_too_often_is_slowed_down() {
        Client resident = app.resident();
        for (int i = 0; i < 60; i++) {
            resident.put(PATH, device("often")).expect(200);
        }
        resident.put(PATH, device("often")).refused(429, "too-often");
    }

    @Test
    void devices_are_forgotten_with_the_last_sign_in_and_not_before() {
        String phone = TestApp.phone();
        Client one = app.resident(phone);
        Client other = app.resident(phone);
        one.put(PATH, device("left-behind")).expect(200);
        other.delete("/api/sessions").expect(204);
        assertEquals(1, kept("left-behind"));
        one.delete("/api/sessions").expect(204);
        Eventually.holds("forgotten", () -> kept("left-behind") == 0);

        Client again = app.resident(phone);
        again.put(PATH, device("left-behind")).expect(200);
        app.resident(phone).delete("/api/sessions?everywhere=true").expect(204);
        Eventually.holds("forgotten", () -> kept("left-behind") == 0);
    }

    private static JsonObject device(String name) {
        return SampleRequests.subscription().put("endpoint", "https://push.example.org/" + name);
    }

    private static long kept(String name) {
        return app.count(
                "SELECT count(*) FROM addresses WHERE scheme = 'web-push' AND value LIKE '%/' || $1 || '%'", name);
    }
}
