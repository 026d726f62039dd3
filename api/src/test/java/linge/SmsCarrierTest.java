package linge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import linge.notify.sms.TemplateBook;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The whole service with a real carrier's account: codes and notices go over it, and its status reports come back. */
class SmsCarrierTest {

    private static final String SECRET = "a-long-enough-secret";

    private static final Vertx OUTSIDE = Vertx.vertx();
    private static final Queue<String> ANSWERS = new ConcurrentLinkedQueue<>();
    private static final Queue<Map<String, String>> ASKED = new ConcurrentLinkedQueue<>();
    private static HttpServer carrier;
    private static TestApp app;

    @BeforeAll
    static void start() {
        carrier = OUTSIDE.createHttpServer()
                .requestHandler(request -> {
                    Map<String, String> asked = new HashMap<>();
                    for (String pair : request.query().split("&")) {
                        String[] both = pair.split("=", 2);
                        asked.put(both[0], URLDecoder.decode(both[1], StandardCharsets.UTF_8));
                    }
                    ASKED.add(asked);
                    String answer = ANSWERS.poll();
                    if ("drop".equals(answer)) {
                        request.connection().close();
                        return;
                    }
                    request.response()
                            .end(
                                    answer == null
                                            ? "{\"Code\":\"OK\",\"BizId\":\"biz-" + ASKED.size() + "^0\"}"
                                            : answer);
                })
                .listen(0, "127.0.0.1")
                .await();
        app = TestApp.on(TestApp.demoDatabase(), settings());
        for (TemplateBook.Way way : TemplateBook.shipped().ways()) {
            app.sql(db -> db.preparedQuery(
                            "INSERT INTO template_map (channel, template, platform_id, changed_at) VALUES ('sms-aliyun', $1, 'SMS_1', now())")
                    .execute(Tuple.of(way.key())));
        }
    }

    private static Map<String, String> settings() {
        return new HashMap<>(Map.of(
                "LINGE_SMS",
                "aliyun",
                "LINGE_SMS_ALIYUN_KEY",
                "key",
                "LINGE_SMS_ALIYUN_SECRET",
                "s3cret",
                "LINGE_SMS_ALIYUN_ENDPOINT",
                "http://127.0.0.1:" + carrier.actualPort(),
                "LINGE_SMS_REPORT_SECRET",
                SECRET));
    }

    @AfterAll
    static void stop() {
        app.close();
        carrier.close().await();
        OUTSIDE.close().await();
    }

    @BeforeEach
    void clear() {
        ANSWERS.clear();
        ASKED.clear();
    }

    private static Reply ask(String phone) {
        return app.nobody().post("/api/sms-codes", new JsonObject().put("phone", phone));
    }

    /** The code in the last message the carrier was asked to send. */
    private static String code() {
        Map<String, String> last = List.copyOf(ASKED).get(ASKED.size() - 1);
        return new JsonObject(last.get("TemplateParam")).getString("code");
    }

    private static Reply use(String phone, String code) {
        return app.nobody()
                .post("/api/sessions", new JsonObject().put("phone", phone).put("code", code));
    }

    private static void refuse(String code, String message) {
        ANSWERS.add(new JsonObject().put("Code", code).put("Message", message).encode());
    }

    @Test
    void numbers_are_entered_at_the_desk_and_one_that_is_taken_away_stops_codes_until_it_is_back() {
        Map<String, String> demo = settings();
        demo.put("LINGE_DEMO", "true");
        // The made-up administrator signs in on another node, in demo mode: all nodes read the same numbers.
        try (TestApp desk = TestApp.on(app.database(), demo)) {
            enterNumbers(desk.staff("admin"));
        }
    }

    private static void enterNumbers(Client admin) {
        String path = "/api/staff/notices/templates/code/sms-aliyun";
        JsonObject listed = admin.get("/api/staff/notices/templates").expect(200).items().stream()
                .map(JsonObject.class::cast)
                .filter(one -> one.getString("template").equals("case-accepted"))
                .findFirst()
                .orElseThrow();
        List<JsonObject> ways = listed.getJsonArray("mappings").stream()
                .map(JsonObject.class::cast)
                .filter(one -> one.getString("platform").equals("sms-aliyun"))
                .toList();
        assertEquals("case-accepted", ways.get(0).getString("template"));
        assertEquals("case-accepted.who.due", ways.get(3).getString("template"));
        assertTrue(ways.get(3).getBoolean("optional"));
        assertEquals("您的诉求{number}已受理。", ways.get(0).getString("words"));
        assertEquals(0, desk(admin).getJsonArray("unnumbered").size());

        admin.put(path, new JsonObject().putNull("id").put("was", "SMS_1")).expect(200);
        assertEquals(
                new JsonObject().put("platform", "sms-aliyun").put("missing", 1).put("code", true),
                desk(admin).getJsonArray("unnumbered").getJsonObject(0));
        String phone = TestApp.phone();
        ask(phone).refused(503, "not-ready");
        assertEquals(0, ASKED.size(), "the carrier was not asked");

        admin.put(path, new JsonObject().put("id", "SMS_77").putNull("was")).expect(200);
        app.forward(Duration.ofMinutes(2));
        ask(phone).expect(202);
        assertEquals("SMS_77", ASKED.peek().get("TemplateCode"));
        admin.put(path, new JsonObject().put("id", "SMS_1").put("was", "SMS_77"))
                .expect(200);
        admin.put(
                        "/api/staff/notices/templates/case-accepted.grid/sms-aliyun",
                        new JsonObject().put("id", "S").putNull("was"))
                .refused(404, "not-found");
    }

    private static JsonObject desk(Client admin) {
        return admin.get("/api/staff/notices/desk").expect(200).json();
    }

    @Test
    void a_code_goes_over_the_carrier_lets_in_and_lies_in_no_table() {
        String phone = TestApp.phone();
        ask(phone).expect(202);
        assertEquals(phone, ASKED.peek().get("PhoneNumbers"));
        assertEquals("SMS_1", ASKED.peek().get("TemplateCode"));
        String code = code();
        String tables = app.sql(
                db -> db.query("""
                        SELECT string_agg(query_to_xml(format('SELECT * FROM %I.%I', schemaname, tablename), true, false, '')::text, '')
                          AS dump
                        FROM pg_tables
                        WHERE schemaname = 'public' AND tablename IN
                          ('notices', 'deliveries', 'inbox', 'sms_messages', 'sms_codes', 'sms_parts')
                        """).execute().map(rows -> rows.iterator().next().getString("dump")));
        assertTrue(tables.contains(phone), "the tables were read");
        assertFalse(
                tables.contains(">" + code + "<") || tables.contains("验证码 " + code), "the code stands in the clear");
        use(phone, code).expect(201);
    }

    @Test
    void who_cannot_be_sent_a_code_is_told_so_at_once() {
        // An hour before midnight "tomorrow" would be said in seconds.
        if (app.clock().instant().atZone(ZoneId.of("Asia/Shanghai")).getHour() >= 22) {
            app.forward(Duration.ofHours(3));
        }
        String phone = TestApp.phone();
        refuse("isv.AMOUNT_NOT_ENOUGH", "余额不足");
        Reply refused = ask(phone).refused(503, "not-ready");
        assertEquals("验证码短信现在发不到这个手机号，请稍后再试，或到就近的综治中心当面办理。", refused.string("detail"));
        assertFalse(refused.text().contains("余额"), refused.text());

        refuse("isv.MOBILE_NUMBER_ILLEGAL", "号码不对");
        assertEquals(
                "/phone",
                ask(phone)
                        .refused(400, "bad-input")
                        .json()
                        .getJsonArray("errors")
                        .getJsonObject(0)
                        .getString("pointer"));

        refuse("isv.BUSINESS_LIMIT_CONTROL", "触发分钟级流控Permits:1");
        assertEquals(61, ask(phone).refused(503, "not-ready").json().getInteger("retryAfter"));
        refuse("isv.BUSINESS_LIMIT_CONTROL", "触发天级流控Permits:10");
        assertTrue(ask(phone).refused(503, "not-ready").string("detail").contains("明天再试"));
    }

    @Test
    void a_code_nobody_knows_of_is_said_to_be_uncertain_and_works_if_it_arrives() {
        String phone = TestApp.phone();
        ANSWERS.add("drop");
        Reply unsure = ask(phone).refused(503, "not-ready");
        assertEquals("验证码可能已经发出，也可能没有。一分钟内没收到，请再获取一次。", unsure.string("detail"));
        assertEquals(60, unsure.json().getInteger("retryAfter"));
        assertEquals("60", unsure.header("retry-after"));
        assertEquals(1, ASKED.size(), "asked once");
        use(phone, code()).expect(201);
    }

    @Test
    void a_notice_goes_over_the_carrier_and_its_report_says_that_it_arrived() {
        Client resident = signedIn();
        ASKED.clear();
        String number = resident.file(TestApp.streetLamp()).getString("number");
        Map<String, String> asked = Eventually.get("sent", ASKED::peek, message -> message != null);
        assertTrue(asked.get("TemplateParam").contains(number), asked.toString());
        long delivery = Long.parseLong(asked.get("OutId"));
        String receipt = Eventually.get(
                "marked",
                () -> app.sql(db -> db.preparedQuery("SELECT receipt FROM deliveries WHERE id = $1")
                        .execute(io.vertx.sqlclient.Tuple.of(delivery))
                        .map(rows -> rows.iterator().next().getString("receipt"))),
                found -> found != null);

        String report = new JsonArray()
                .add(new JsonObject()
                        .put("biz_id", receipt.substring("aliyun:".length()))
                        .put("success", true)
                        .put("report_time", "2026-03-02 09:00:07")
                        .put("err_code", "DELIVERED"))
                .encode();
        HttpResponse<String> heard = push("/sms-reports/aliyun/" + SECRET, report);
        assertEquals(200, heard.statusCode());
        assertEquals(new JsonObject().put("code", 0).put("msg", "成功"), new JsonObject(heard.body()));
        assertEquals(1, app.count("SELECT count(*) FROM deliveries WHERE id = $1 AND state = 'DELIVERED'", delivery));
    }

    private static Client signedIn() {
        String phone = TestApp.phone();
        ask(phone).expect(202);
        return app.nobody().bearer(use(phone, code()).expect(201).string("token"));
    }

    @Test
    void reports_are_heard_only_where_they_belong() {
        assertEquals(404, push("/sms-reports/aliyun/a-long-enough-guess!", "[]").statusCode());
        assertEquals(404, push("/sms-reports/smpp/" + SECRET, "[]").statusCode());
        assertEquals(400, push("/sms-reports/aliyun/" + SECRET, "{").statusCode());
        assertEquals(400, push("/sms-reports/aliyun/" + SECRET, "").statusCode());
        assertEquals(
                413,
                push("/sms-reports/aliyun/" + SECRET, "[" + " ".repeat(1 << 21) + "]")
                        .statusCode());
        HttpResponse<String> thanks = push("/sms-reports/tencent/" + SECRET, "[]");
        assertEquals(new JsonObject().put("result", 0).put("errmsg", "OK"), new JsonObject(thanks.body()));
    }

    @Test
    void the_secret_of_the_address_is_in_no_log() {
        Logger requests = (Logger) LoggerFactory.getLogger("linge.requests");
        ListAppender<ILoggingEvent> kept = new ListAppender<>();
        kept.start();
        requests.addAppender(kept);
        push("/sms-reports/tencent/" + SECRET, "[]");
        push("/sms-reports/tencent/" + SECRET + "x", "[]");
        Eventually.holds("two lines", () -> kept.list.size() >= 2);
        requests.detachAppender(kept);
        String told = kept.list.stream()
                .map(line -> String.valueOf(line.getKeyValuePairs()))
                .collect(Collectors.joining("\n"));
        assertTrue(told.contains("/sms-reports/…"), told);
        assertFalse(told.contains(SECRET), told);
    }

    @Test
    void without_a_secret_nobody_is_heard() {
        try (TestApp deaf = TestApp.on(app.database(), Map.of())) {
            assertEquals(
                    404, push(deaf.url(), "/sms-reports/aliyun/" + SECRET, "[]").statusCode());
            assertEquals(404, push(deaf.url(), "/sms-reports/aliyun/null", "[]").statusCode());
        }
    }

    private static HttpResponse<String> push(String path, String body) {
        return push(app.url(), path, body);
    }

    private static HttpResponse<String> push(URI to, String path, String body) {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(to + path))
                                    .header("content-type", "application/json;charset=utf-8")
                                    .POST(HttpRequest.BodyPublishers.ofString(body))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
