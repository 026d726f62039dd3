package linge.webhooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import linge.Client;
import linge.Eventually;
import linge.TestApp;
import linge.db.TestDatabase;
import linge.notify.webhook.Secret;
import linge.notify.webhook.Signature.Verdict;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Other systems hear of every move of a case, once, and of nobody. */
class WebhooksTest {

    private static final String KEY = "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlYzE=";
    private static final String NAME = "欧阳静宜";

    private static TestApp app;
    private static TestApp other;
    private static Client admin;
    private static Client worker;
    private Partner partner;

    @BeforeAll
    static void start() {
        TestDatabase database = TestApp.demoDatabase();
        Map<String, String> settings =
                Map.of("LINGE_DEMO", "true", "LINGE_WEBHOOK_NETWORKS", "127.0.0.0/8", "LINGE_WEBHOOK_KEY", KEY);
        app = TestApp.on(database, settings);
        other = TestApp.on(database, settings);
        admin = app.staff("admin");
        worker = app.staff("worker-" + app.grid());
    }

    @AfterAll
    static void stop() {
        other.close();
        app.close();
    }

    @BeforeEach
    void listen() {
        partner = new Partner();
    }

    @AfterEach
    void hangUp() {
        partner.close();
    }

    @Test
    void every_move_is_heard_once_in_order_from_two_nodes_and_says_nothing_of_who_filed_it() {
        JsonObject added = hook(new JsonObject());
        Secret secret = Secret.parse(added.getString("secret"));
        String phone = TestApp.phone();
        Client resident = app.resident(phone);
        resident.put("/api/me", new JsonObject().put("name", NAME)).expect(200);
        JsonObject filing = TestApp.streetLamp()
                .put("text", "小区门口的路灯坏了，我叫" + NAME + "，电话" + phone)
                .put("address", "八一路 7 号院");
        String number = resident.file(filing).getString("number");
        worker.move(number, "ACCEPT");
        worker.at(other.url()).move(number, "HANDLE");
        worker.move(number, "NOTE", "words", "已联系" + NAME);
        worker.at(other.url()).move(number, "REPORT_BACK", "words", "修好了，灯是网格员今天上午换的。");
        resident.post(
                        "/api/cases/" + number + "/rating",
                        new JsonObject().put("score", 5).put("words", "谢谢，我是" + NAME))
                .expect(200);

        assertEquals(List.of("filed", "accepted", "handling", "noted", "reported", "rated"), partner.types(number, 6));
        partner.heard.forEach(one -> {
            String body = one.body().toString();
            for (String hidden :
                    List.of(NAME, phone, phone.substring(0, 3) + "****", "八一路 7", "路灯坏了", "修好了", "113.1")) {
                assertFalse(body.contains(hidden), body);
            }
            assertEquals(
                    Verdict.GOOD,
                    one.signature()
                            .check(List.of(secret), one.body(), app.clock().instant()));
        });
        JsonObject rated = partner.heard.get(5).event();
        assertEquals(number, rated.getString("subject"));
        JsonObject data = rated.getJsonObject("data");
        assertEquals(5, data.getInteger("rating"));
        assertEquals("已评价", data.getString("stateName"));
        assertEquals(app.grid(), data.getJsonObject("grid").getString("code"));
        assertEquals(
                6,
                partner.heard.stream()
                        .map(one -> one.signature().id())
                        .distinct()
                        .count());
    }

    @Test
    void a_refused_move_is_heard_by_nobody() {
        hook(new JsonObject());
        Client resident = app.resident();
        String number = resident.file(TestApp.streetLamp()).getString("number");
        worker.tryMove(number, "REPORT_BACK", "words", "还没开始").refused(409, "out-of-turn");
        worker.move(number, "ACCEPT");
        assertEquals(List.of("filed", "accepted"), partner.types(number, 2));
    }

    @Test
    void an_administrator_adds_tries_rotates_and_switches_off_and_the_secret_is_told_once() {
        JsonObject added = hook(new JsonObject().put("types", new JsonArray().add("cn.linge.case.accepted")));
        long id = added.getJsonObject("webhook").getLong("id");
        String path = "/api/staff/webhooks/" + id;
        String secret = added.getString("secret");
        assertFalse(admin.get("/api/staff/webhooks").expect(200).text().contains(secret));
        assertFalse(stored(id).contains(secret.substring(10)), "the database keeps it sealed");

        JsonObject ping = admin.post(path + "/ping", null).expect(200).json();
        assertTrue(ping.getBoolean("taken"), ping::encode);
        assertEquals("cn.linge.ping", partner.heard.get(0).event().getString("type"));

        String fresh = admin.post(path + "/secret", null).expect(200).string("secret");
        admin.post(path + "/ping", null).expect(200);
        Partner.Heard during = partner.heard.get(1);
        for (String good : List.of(secret, fresh)) {
            assertEquals(
                    Verdict.GOOD,
                    during.signature()
                            .check(
                                    List.of(Secret.parse(good)),
                                    during.body(),
                                    app.clock().instant()));
        }

        JsonObject off = admin.patch(path, new JsonObject().put("active", false))
                .expect(200)
                .json();
        assertEquals("OPERATOR", off.getString("offBecause"));
        String number = app.resident().file(TestApp.streetLamp()).getString("number");
        worker.move(number, "ACCEPT");
        admin.patch(path, new JsonObject().put("active", true)).expect(200);
        worker.move(number, "NOTE", "words", "到现场了");
        String second = app.resident().file(TestApp.streetLamp()).getString("number");
        worker.move(second, "ACCEPT");
        assertEquals(List.of("accepted"), partner.types(second, 1));
        assertEquals(3, partner.heard.size(), "only its types, and nothing of while it was off");
    }

    @Test
    void what_a_receiver_refuses_is_seen_on_the_page_and_sent_again() {
        partner.answering(one -> 503);
        long id = hook(new JsonObject()).getJsonObject("webhook").getLong("id");
        String number = app.resident().file(TestApp.streetLamp()).getString("number");
        String path = "/api/staff/webhooks/" + id;
        JsonObject failed = Eventually.get(
                "tried",
                () -> admin.get(path + "/deliveries").expect(200).items().getJsonObject(0),
                one -> one.getInteger("attempts") > 0);
        assertEquals("PENDING", failed.getString("state"));
        assertEquals("HTTP 503", failed.getString("problem"));
        assertEquals(number, failed.getString("subject"));
        JsonObject line = listed(id);
        assertEquals(1, line.getInteger("waiting"));
        assertTrue(line.getInteger("failures") > 0);

        partner.answering(one -> 200);
        admin.patch(path, new JsonObject().put("active", true)).expect(200);
        Eventually.holds("it went out", () -> listed(id).getInteger("waiting") == 0);
        assertNull(listed(id).getString("nextTry"));
        int heard = partner.heard.size();
        String delivery = path + "/deliveries/" + failed.getLong("id");
        admin.post(delivery, new JsonObject().put("do", "SKIP")).refused(409, "out-of-turn");
        admin.post(delivery, new JsonObject().put("do", "SEND")).expect(204);
        Eventually.holds("once more", () -> partner.heard.size() == heard + 1);
        assertEquals(
                partner.heard.get(0).signature().id(),
                partner.heard.get(heard).signature().id());
    }

    @Test
    void administrators_are_told_once_when_a_webhook_is_switched_off_by_itself_and_it_is_counted() {
        partner.answering(one -> 410);
        long id = hook(new JsonObject().put("name", "省平安专线"))
                .getJsonObject("webhook")
                .getLong("id");
        app.resident().file(TestApp.streetLamp());
        Eventually.holds("it is off", () -> "GONE".equals(listed(id).getString("offBecause")));
        Eventually.holds("the administrator reads it", () -> told().size() == 1);
        JsonObject item = told().get(0);
        assertEquals("webhook:" + id, item.getString("subject"));
        assertTrue(item.getString("text").contains("410"), item::encode);
        assertFalse(worker.get("/api/inbox").expect(200).text().contains("省平安专线"));
        // Whichever of the two nodes carried the line has counted it.
        String counted = "linge_webhooks_switched_off_total{because=\"GONE\"} 1";
        assertTrue(List.of(app, other).stream()
                .anyMatch(
                        node -> node.nobody().get("/metrics").expect(200).text().contains(counted)));
    }

    private static List<JsonObject> told() {
        return admin.get("/api/inbox").expect(200).items().stream()
                .map(JsonObject.class::cast)
                .filter(one -> one.getString("text").contains("省平安专线"))
                .toList();
    }

    @Test
    void an_administrator_says_how_often_one_event_is_tried() {
        long id = hook(new JsonObject()).getJsonObject("webhook").getLong("id");
        String path = "/api/staff/webhooks/" + id;
        assertEquals(12, listed(id).getInteger("tries"));
        admin.patch(path, new JsonObject().put("tries", 2)).refused(400, "bad-input");
        assertEquals(
                40,
                admin.patch(path, new JsonObject().put("tries", 40))
                        .expect(200)
                        .json()
                        .getInteger("tries"));
    }

    @Test
    void only_addresses_that_are_open_and_areas_of_ones_own_are_taken() {
        for (String url : List.of(
                "http://93.184.216.34/",
                "https://10.0.0.1/",
                "https://169.254.169.254/latest",
                "file:///etc/passwd",
                "https://[::1]/",
                "https://u:p@example.com/")) {
            admin.post("/api/staff/webhooks", new JsonObject().put("name", "x").put("url", url))
                    .refused(422, "not-sensible");
        }
        JsonObject wrong = new JsonObject().put("name", "x").put("url", partner.url());
        admin.post("/api/staff/webhooks", wrong.copy().put("area", "150101")).refused(403, "not-allowed");
        admin.post("/api/staff/webhooks", wrong.copy().put("area", "140499")).refused(422, "not-sensible");
        admin.post("/api/staff/webhooks", wrong.copy().put("types", new JsonArray().add("cn.linge.nothing")))
                .refused(422, "not-sensible");
        admin.post("/api/staff/webhooks", wrong.copy().put("origin", "nobody")).refused(422, "not-sensible");
        admin.patch("/api/staff/webhooks/999999", new JsonObject()).refused(404, "not-found");
    }

    private JsonObject hook(JsonObject more) {
        JsonObject body =
                new JsonObject().put("name", "平安山西").put("url", partner.url()).mergeIn(more);
        return admin.post("/api/staff/webhooks", body).expect(201).json();
    }

    private static JsonObject listed(long id) {
        return admin.get("/api/staff/webhooks").expect(200).items().stream()
                .map(JsonObject.class::cast)
                .filter(one -> one.getLong("id") == id)
                .findFirst()
                .orElseThrow();
    }

    private static String stored(long id) {
        return app.sql(db -> db.preparedQuery("SELECT to_jsonb(w)::text AS row FROM webhooks w WHERE id = $1")
                .execute(io.vertx.sqlclient.Tuple.of(id))
                .map(rows -> rows.iterator().next().getString("row")));
    }
}
