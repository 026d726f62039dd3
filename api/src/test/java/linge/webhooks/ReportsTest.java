package linge.webhooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import linge.Client;
import linge.Eventually;
import linge.Reply;
import linge.TestApp;
import linge.db.TestDatabase;
import linge.notify.webhook.CloudEvent;
import linge.notify.webhook.Secret;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What other systems bring becomes cases: signed, once each, and for whom it is. */
class ReportsTest {

    private static final String KEY = "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlYzE=";

    private static TestApp app;
    private static TestApp other;
    private static Client admin;
    private static Client worker;
    private static String code;
    private static long id;
    private static Secret secret;

    @BeforeAll
    static void start() {
        TestDatabase database = TestApp.demoDatabase();
        Map<String, String> settings =
                Map.of("LINGE_DEMO", "true", "LINGE_WEBHOOK_NETWORKS", "127.0.0.0/8", "LINGE_WEBHOOK_KEY", KEY);
        app = TestApp.on(database, settings);
        other = TestApp.on(database, settings);
        admin = app.staff("admin");
        worker = app.staff("worker-" + app.grid());
        JsonObject added = source("pingan-shanxi", 5000);
        code = "pingan-shanxi";
        id = added.getJsonObject("source").getLong("id");
        secret = Secret.parse(added.getString("secret"));
    }

    @AfterAll
    static void stop() {
        other.close();
        app.close();
    }

    @Test
    void a_report_without_a_phone_is_the_sources_and_staff_read_where_it_comes_from() {
        String number = number();
        JsonObject report = report(number)
                .put("kind", "ALERT")
                .put("occurredAt", "2026-11-26T09:10:00+08:00")
                .put("photos", new JsonArray().add("https://pingan.example/p/1.jpg"));
        Reply reply = post(report).expect(201);
        assertEquals("/api/intake/reports/" + number, reply.header("location"));
        String opened = reply.string("case");
        JsonObject seen = worker.seeCase(opened);
        assertEquals(app.grid(), seen.getJsonObject("grid").getString("code"));
        assertEquals(
                report.getString("text") + "\n（平安山西告警，对方编号 " + number
                        + "，发生于 2026年11月26日 09:10）\n照片：https://pingan.example/p/1.jpg",
                seen.getString("text"));
        assertEquals("平安山西（转来）", seen.getJsonObject("reporter").getString("name"));
        assertNull(seen.getJsonObject("reporter").getString("phone"));
        JsonObject same = app.resident().file(TestApp.streetLamp());
        assertEquals(
                same.getJsonObject("category").getString("code"),
                seen.getJsonObject("category").getString("code"),
                "where it comes from does not change what it is about");
        assertEquals(0, app.count("""
                SELECT count(*) FROM notices n JOIN cases c ON c.number = n.subject
                WHERE n.audience_kind = 'RESIDENT' AND c.number = $1""", opened));
        assertTrue(
                app.count("SELECT count(*) FROM notices WHERE audience_kind = 'STAFF' AND subject = $1", opened) > 0);
    }

    @Test
    void a_report_with_a_phone_is_that_residents_who_is_told_and_sees_it() {
        String phone = TestApp.phone();
        String opened =
                post(report(number()).put("phone", "+86 " + phone)).expect(201).string("case");
        assertEquals(
                1,
                Eventually.get(
                        "told by SMS",
                        () -> app.count("SELECT count(*) FROM sms_messages WHERE phone = $1", phone),
                        count -> count > 0));
        Client resident = app.resident(phone);
        assertEquals(
                opened,
                resident.get("/api/cases?view=all").items().getJsonObject(0).getString("number"));
        assertEquals(
                linge.residents.Phone.masked(phone),
                worker.seeCase(opened).getJsonObject("reporter").getString("phone"));
        assertEquals(
                "CONFIDENTIAL",
                worker.seeCase(post(report(number()).put("phone", phone).put("confidential", true))
                                .expect(201)
                                .string("case"))
                        .getString("privacy"));
    }

    @Test
    void the_source_reads_back_how_it_stands_and_hears_of_it_with_its_own_number_and_the_answer() {
        try (Partner partner = new Partner()) {
            admin.post(
                            "/api/staff/webhooks",
                            new JsonObject()
                                    .put("name", "平安山西")
                                    .put("url", partner.url())
                                    .put("origin", code))
                    .expect(201);
            String number = number();
            String opened = post(report(number)).expect(201).string("case");
            String others = app.resident().file(TestApp.streetLamp()).getString("number");
            worker.move(opened, "ACCEPT");
            worker.move(others, "ACCEPT");
            worker.move(opened, "HANDLE");
            worker.move(opened, "REPORT_BACK", "words", "灯已换好");

            assertEquals(List.of("filed", "accepted", "handling", "reported"), partner.types(opened, 4));
            assertEquals(4, partner.heard.size(), "of its own reports only");
            JsonObject last = partner.heard.get(3).event().getJsonObject("data");
            assertEquals(number, last.getString("report"));
            assertEquals("灯已换好", last.getString("answer"));

            JsonObject status =
                    Partner.get(app, code, secret, number).expect(200).json();
            assertEquals("REPORTED", status.getString("state"));
            assertEquals("灯已换好", status.getString("answer"));
            assertEquals(opened, status.getString("case"));
            Partner.get(app, code, secret, "unknown").refused(404, "not-found");
        }
    }

    @Test
    void the_same_number_is_the_same_case_whatever_comes_with_it() {
        String number = number();
        String opened = post(report(number)).expect(201).string("case");
        assertEquals(opened, post(report(number)).expect(200).string("case"));
        JsonObject changed = report(number).put("text", "换了一种说法").put("phone", TestApp.phone());
        assertEquals(opened, post(changed).expect(200).string("case"));
        assertEquals(
                opened,
                Partner.post(other, code, secret, report(number)).expect(200).string("case"));
    }

    @Test
    void sent_twenty_times_at_once_to_two_nodes_it_is_one_case() {
        String number = number();
        List<CompletableFuture<Reply>> all = IntStream.range(0, 20)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> Partner.post(
                        i % 2 == 0 ? app : other, code, secret, report(number).put("phone", "1380000" + (1000 + i)))))
                .toList();
        List<Reply> replies = all.stream().map(CompletableFuture::join).toList();
        Set<String> cases = replies.stream()
                .map(reply -> {
                    assertTrue(reply.status() == 200 || reply.status() == 201, reply::text);
                    return reply.string("case");
                })
                .collect(Collectors.toSet());
        assertEquals(1, cases.size(), cases::toString);
        assertEquals(1, replies.stream().filter(reply -> reply.status() == 201).count());
        assertEquals(1, app.count("SELECT count(*) FROM cases WHERE text LIKE '%' || $1 || '%'", number));
    }

    @Test
    void what_was_refused_is_put_right_and_sent_again() {
        String number = number();
        JsonObject nowhere = new JsonObject().put("number", number).put("text", "路灯坏了");
        post(nowhere).refused(422, "place-needed");
        Partner.get(app, code, secret, number).refused(404, "not-found");
        post(report(number).put("phone", TestApp.phone())).expect(201);
    }

    @Test
    void a_cloudevent_brings_the_same() {
        JsonObject event = new CloudEvent(
                        "A-1",
                        "urn:pingan",
                        "cn.pingan.report",
                        null,
                        app.clock().instant(),
                        report(number()))
                .toJson();
        byte[] body = event.encode().getBytes(StandardCharsets.UTF_8);
        Partner.post(app, code, secret, "application/cloudevents+json; charset=utf-8", body)
                .expect(201);
        Partner.post(app, code, secret, "application/json", body).expect(200);
        Reply wrong = post(event.copy().put("specversion", "0.3")).refused(400, "bad-input");
        assertEquals(
                "/specversion",
                wrong.json().getJsonArray("errors").getJsonObject(0).getString("pointer"));
        Reply inside = post(event.copy().put("data", new JsonObject().put("number", number())))
                .refused(400, "bad-input");
        assertEquals(
                "/data/text",
                inside.json().getJsonArray("errors").getJsonObject(0).getString("pointer"));
    }

    @Test
    void a_message_replayed_does_nothing_twice_and_its_id_carries_no_other_contents() {
        JsonObject report = report(number());
        byte[] body = report.encode().getBytes(StandardCharsets.UTF_8);
        Client captured = Partner.signed(app, code, secret, "evt-1", app.clock().instant(), body);
        String opened = captured.send("POST", "/api/intake/reports", "application/json", body)
                .expect(201)
                .string("case");
        assertEquals(
                opened,
                captured.at(other.url())
                        .send("POST", "/api/intake/reports", "application/json", body)
                        .expect(200)
                        .string("case"));
        byte[] forged = report(number()).encode().getBytes(StandardCharsets.UTF_8);
        captured.send("POST", "/api/intake/reports", "application/json", forged).refused(401, "bad-signature");
        Partner.signed(app, code, secret, "evt-1", app.clock().instant(), forged)
                .send("POST", "/api/intake/reports", "application/json", forged)
                .refused(409, "key-reused");
        captured.get("/api/intake/reports/" + report.getString("number")).refused(401, "bad-signature");
    }

    @Test
    void a_signature_is_good_for_five_minutes_and_for_what_it_signed() {
        byte[] body = report(number()).encode().getBytes(StandardCharsets.UTF_8);
        Instant now = app.clock().instant();
        for (Duration off : List.of(Duration.ofMinutes(6), Duration.ofMinutes(-6))) {
            Reply late = send(Partner.signed(app, code, secret, "late", now.plus(off), body), body);
            assertTrue(late.refused(401, "bad-signature").string("detail").contains("5 分钟"), late::text);
        }
        Client good = Partner.signed(app, code, secret, "m-1", now, body);
        send(good.with("webhook-id", "m-2"), body).refused(401, "bad-signature");
        send(good.with("webhook-signature", "v1,AAAA"), body).refused(401, "bad-signature");
        send(good.with("webhook-timestamp", "soon"), body).refused(401, "bad-signature");
        send(good.with("Linge-Source", "somebody-else"), body).refused(401, "bad-signature");
        send(good.with("Linge-Source", "' OR 1=1"), body).refused(401, "bad-signature");
        send(Partner.signed(app, code, Secret.fresh(), "m-1", now, body), body).refused(401, "bad-signature");
        send(app.nobody(), body).refused(401, "bad-signature");
        String mine = number();
        post(report(mine)).expect(201);
        String path = "/api/intake/reports/" + mine;
        Partner.signed(app, code, secret, "g-1", now, path.getBytes(StandardCharsets.UTF_8))
                .get("/api/intake/reports/another")
                .refused(401, "bad-signature");
    }

    @Test
    void after_a_rotation_both_secrets_are_believed_for_a_day_and_a_source_switched_off_not_at_all() {
        JsonObject added = source("rotating", 100);
        String path = "/api/staff/sources/" + added.getJsonObject("source").getLong("id");
        Secret old = Secret.parse(added.getString("secret"));
        Secret fresh =
                Secret.parse(admin.post(path + "/secret", null).expect(200).string("secret"));
        Partner.post(app, "rotating", old, report(number())).expect(201);
        Partner.post(app, "rotating", fresh, report(number())).expect(201);
        app.sql(db -> db.query("UPDATE report_sources SET old_until = now() WHERE code = 'rotating'")
                .execute());
        Partner.post(app, "rotating", old, report(number())).refused(401, "bad-signature");
        admin.patch(path, new JsonObject().put("active", false)).expect(200);
        Partner.post(app, "rotating", fresh, report(number())).refused(401, "bad-signature");
        admin.patch(path, new JsonObject().put("active", true)).expect(200);
        Partner.post(app, "rotating", fresh, report(number())).expect(201);
    }

    @Test
    void a_number_belongs_to_its_source_and_each_source_is_counted_by_itself() {
        Secret few = Secret.parse(source("few", 3).getString("secret"));
        String number = number();
        String mine = post(report(number)).expect(201).string("case");
        assertFalse(mine.equals(
                Partner.post(app, "few", few, report(number)).expect(201).string("case")));
        Partner.get(app, "few", few, number).expect(200);
        Partner.get(app, "few", few, "unknown").refused(404, "not-found");
        Partner.post(app, "few", few, report(number())).refused(429, "too-often");
        post(report(number())).expect(201);
        admin.post("/api/staff/sources", new JsonObject().put("code", "few").put("name", "又一个"))
                .refused(409, "already-there");
    }

    @Test
    void nobody_signs_in_as_a_source() {
        assertEquals(
                1,
                app.count(
                        "SELECT count(*) FROM residents r JOIN report_sources s ON s.resident_id = r.id WHERE s.id = $1 AND r.phone IS NULL AND r.is_source",
                        id));
    }

    @TestFactory
    Stream<DynamicTest> bent_reports_rightly_signed_are_refused_at_the_field() {
        JsonObject good = report("x");
        return Stream.of(
                        Map.entry("number", (Object) ""),
                        Map.entry("number", "a/b"),
                        Map.entry("number", "x".repeat(65)),
                        Map.entry("number", 7),
                        Map.entry("text", "\u200b \u202e"),
                        Map.entry("text", "长".repeat(4001)),
                        Map.entry("text", new JsonArray()),
                        Map.entry("kind", "WAR"),
                        Map.entry("point", "113,36"),
                        Map.entry("point", new JsonObject().put("lon", "113").put("lat", 36)),
                        Map.entry("point", new JsonObject().put("lon", 113.1).put("lat", 1e300)),
                        Map.entry(
                                "point",
                                new JsonObject()
                                        .put("lon", 113.1)
                                        .put("lat", 36.1)
                                        .put("crs", "mars")),
                        Map.entry("phone", "12345"),
                        Map.entry("address", "长".repeat(201)),
                        Map.entry("occurredAt", "昨天"),
                        Map.entry("photos", new JsonArray().add("javascript:alert(1)")),
                        Map.entry("photos", new JsonArray().add("https://u:p@x.example/")),
                        Map.entry("photos", new JsonArray(java.util.Collections.nCopies(10, "https://x.example/"))),
                        Map.entry("anonymous", "yes"))
                .map(bent -> DynamicTest.dynamicTest(
                        bent.getKey() + " "
                                + String.valueOf(bent.getValue()).strip().length(),
                        () -> {
                            Reply reply = post(good.copy().put(bent.getKey(), bent.getValue()))
                                    .refused(400, "bad-input");
                            String pointer = reply.json()
                                    .getJsonArray("errors")
                                    .getJsonObject(0)
                                    .getString("pointer");
                            assertTrue(pointer.startsWith("/" + bent.getKey()), pointer);
                        }));
    }

    @TestFactory
    Stream<DynamicTest> what_is_no_json_is_refused_only_after_its_signature() {
        Map<String, byte[]> bodies = Map.of(
                "nothing", new byte[0],
                "half", "{\"text\": \"路".getBytes(StandardCharsets.UTF_8),
                "list", "[1]".getBytes(StandardCharsets.UTF_8),
                "null", "null".getBytes(StandardCharsets.UTF_8),
                "GBK", "{\"text\":\"路灯\"}".getBytes(java.nio.charset.Charset.forName("GBK")),
                "deep", ("{\"a\":" + "[".repeat(10_000)).getBytes(StandardCharsets.UTF_8));
        return bodies.entrySet().stream()
                .map(one -> DynamicTest.dynamicTest(one.getKey(), () -> {
                    send(app.nobody(), one.getValue()).refused(401, "bad-signature");
                    Partner.post(app, code, secret, "application/json", one.getValue())
                            .refused(400, "unreadable-body");
                }));
    }

    @Test
    void what_is_larger_than_a_quarter_megabyte_is_not_read() {
        byte[] much =
                report(number()).put("padding", "x".repeat(256 * 1024)).encode().getBytes(StandardCharsets.UTF_8);
        Partner.post(app, code, secret, "application/json", much).refused(413, "too-large");
        Partner.post(app, code, secret, "text/plain", new byte[] {'x'}).refused(415, "unsupported-type");
    }

    private static Reply post(JsonObject report) {
        return Partner.post(app, code, secret, report);
    }

    private static Reply send(Client client, byte[] body) {
        return client.send("POST", "/api/intake/reports", "application/json", body);
    }

    private static JsonObject source(String code, int perHour) {
        return admin.post(
                        "/api/staff/sources",
                        new JsonObject().put("code", code).put("name", "平安山西").put("perHour", perHour))
                .expect(201)
                .json();
    }

    private static JsonObject report(String number) {
        return TestApp.streetLamp().put("number", number);
    }

    private static String number() {
        return "PA-" + UUID.randomUUID();
    }
}
