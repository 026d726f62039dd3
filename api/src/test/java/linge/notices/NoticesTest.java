package linge.notices;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.List;
import linge.Client;
import linge.Eventually;
import linge.SampleRequests;
import linge.TestApp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class NoticesTest {

    private static TestApp app;
    private static Client admin;

    @BeforeAll
    static void start() {
        app = TestApp.demo();
        admin = app.staff("admin");
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    private static JsonObject mine(Client who) {
        return who.get("/api/me/notices").expect(200).json();
    }

    private static JsonObject way(JsonObject mine, String way) {
        return find(mine, "ways", "way", way);
    }

    private static JsonObject find(JsonObject in, String list, String field, String value) {
        return in.getJsonArray(list).stream()
                .map(JsonObject.class::cast)
                .filter(one -> value.equals(one.getString(field)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + value + " in " + in.encode()));
    }

    private static JsonObject choices() {
        return SampleRequests.choices().put("webPush", true).putNull("quiet");
    }

    /** Files, and parks the SMS about it as if the carrier had refused it for this reason; its delivery. */
    private static long parked(Client resident, String reason) {
        String number = resident.file(TestApp.streetLamp()).getString("number");
        String sms = "SELECT d.id FROM deliveries d JOIN notices n ON n.id = d.notice"
                + " WHERE n.subject = $1 AND d.channel = 'sms' AND d.state = 'SENT'";
        Eventually.holds("the SMS went out", () -> app.count("SELECT count(*) FROM (" + sms + ") AS s", number) == 1);
        long id = app.count(sms, number);
        app.sql(db ->
                db.preparedQuery("DELETE FROM sms_messages WHERE delivery = $1").execute(Tuple.of(id)));
        app.sql(db -> db.preparedQuery(
                        "UPDATE deliveries SET state = 'PARKED', reason = $2, settled_at = now() WHERE id = $1")
                .execute(Tuple.of(id, reason)));
        return id;
    }

    private static JsonObject item(long id) {
        return admin.get("/api/staff/notices/parked?limit=100").expect(200).json().getJsonArray("items").stream()
                .map(JsonObject.class::cast)
                .filter(one -> one.getLong("id") == id)
                .findFirst()
                .orElse(null);
    }

    private static JsonObject lastAction() {
        return admin.get("/api/staff/notices/actions?limit=1")
                .expect(200)
                .json()
                .getJsonArray("items")
                .getJsonObject(0);
    }

    private static void bounce(String phone) {
        app.sql(db -> db.preparedQuery("""
                INSERT INTO addresses (scheme, value, audience_kind, audience, details, kept_at, bounced_at, bounce)
                SELECT 'phone', phone, 'RESIDENT', id::text, '{}', now(), now(), '空号' FROM residents WHERE phone = $1
                ON CONFLICT (scheme, value) DO UPDATE SET bounced_at = now(), bounce = '空号'""").execute(Tuple.of(phone)));
    }

    @Test
    void who_chose_nothing_is_told_every_way_this_city_offers() {
        String phone = TestApp.phone();
        JsonObject mine = mine(app.resident(phone));
        assertEquals("READY", way(mine, "sms").getString("state"));
        assertTrue(way(mine, "sms").getBoolean("on"));
        assertEquals("139****" + phone.substring(7), way(mine, "sms").getString("to"));
        assertEquals("NOT_OFFERED", way(mine, "wechat").getString("state"));
        assertEquals("NOT_BOUND", way(mine, "web-push").getString("state"));
        assertNull(mine.getJsonObject("quiet"));
    }

    @Test
    void choices_are_kept_and_heeded_by_what_goes_out_from_then_on() {
        String phone = TestApp.phone();
        Client resident = app.resident(phone);
        JsonObject quiet = new JsonObject().put("from", "22:30").put("to", "06:00");
        JsonObject kept = resident.put(
                        "/api/me/notices",
                        choices().put("sms", false).put("quiet", quiet).put("elderWords", true))
                .expect(200)
                .json();
        assertEquals(kept, mine(resident));
        assertFalse(way(kept, "sms").getBoolean("on"));
        assertTrue(way(kept, "wechat").getBoolean("on"));
        assertEquals(quiet, kept.getJsonObject("quiet"));
        assertTrue(kept.getBoolean("elderWords"));

        String number = resident.file(TestApp.streetLamp()).getString("number");
        Eventually.holds(
                "the inbox has it",
                () -> resident.get("/api/inbox").json().encode().contains(number));
        assertEquals(
                0,
                app.count(
                        "SELECT count(*) FROM deliveries d JOIN notices n ON n.id = d.notice"
                                + " WHERE n.subject = $1 AND d.channel = 'sms'",
                        number));

        resident.put("/api/me/notices", choices()).expect(200);
        assertTrue(way(mine(resident), "sms").getBoolean("on"));
        assertNull(mine(resident).getJsonObject("quiet"));
    }

    @Test
    void quiet_hours_that_begin_when_they_end_are_refused() {
        JsonObject same = new JsonObject().put("from", "22:00").put("to", "22:00");
        app.resident().put("/api/me/notices", choices().put("quiet", same)).refused(422, "not-sensible");
        JsonObject odd = new JsonObject().put("from", "25:00").put("to", "07:00");
        app.resident().put("/api/me/notices", choices().put("quiet", odd)).refused(400, "bad-input");
    }

    @Test
    void a_bound_wechat_shows_the_consents_that_are_left() {
        String phone = TestApp.phone();
        Client resident = app.resident(phone);
        try (TestApp other = TestApp.on(app.database(), java.util.Map.of("LINGE_DEMO", "true"))) {
            app.sql(db -> db.preparedQuery("""
                    INSERT INTO addresses (scheme, value, audience_kind, audience, details, kept_at)
                    SELECT 'wechat', 'o' || phone, 'RESIDENT', id::text, '{}', now() FROM residents WHERE phone = $1""").execute(Tuple.of(phone)));
            app.sql(db -> db.preparedQuery("""
                    INSERT INTO wechat_consents (openid, template, key, at, used_by)
                    VALUES ('o' || $1::text, 't', '1', now(), NULL), ('o' || $1::text, 't', '2', now(), -1)""").execute(Tuple.of(phone)));
            JsonObject wechat = way(mine(resident.at(other.url())), "wechat");
            assertEquals(1, wechat.getInteger("consents"), wechat::encode);
        }
    }

    @Test
    void a_number_that_bounced_is_told_to_its_owner_its_case_and_the_desk_and_trusted_again() {
        String phone = TestApp.phone();
        Client resident = app.resident(phone);
        String number = resident.file(TestApp.streetLamp()).getString("number");
        Client worker = app.staff("worker-" + app.grid());
        assertNull(worker.seeCase(number).getString("smsBouncedAt"));
        bounce(phone);

        assertEquals("BOUNCED", way(mine(resident), "sms").getString("state"));
        JsonObject seen = worker.seeCase(number);
        assertTrue(seen.getString("smsBouncedAt") != null, seen::encode);
        assertNull(resident.seeCase(number).getString("smsBouncedAt"), "the resident reads it under notices");

        JsonObject listed = admin.get("/api/staff/notices/bounced").expect(200).json();
        JsonObject one = find(listed, "items", "phone", "139****" + phone.substring(7));
        assertFalse(listed.encode().contains(phone));
        admin.post("/api/staff/notices/bounced/" + one.getString("person") + "/trust", null)
                .expect(204);
        assertEquals("READY", way(mine(resident), "sms").getString("state"));
        assertEquals("TRUST_NUMBER", lastAction().getString("action"));
        assertFalse(lastAction().encode().contains(phone));

        bounceAgain(phone);
        resident.post("/api/me/notices/phone", null).expect(200);
        assertEquals("READY", way(mine(resident), "sms").getString("state"));
    }

    private static void bounceAgain(String phone) {
        app.sql(db -> db.preparedQuery("UPDATE addresses SET bounced_at = now(), bounce = '停机' WHERE value = $1")
                .execute(Tuple.of(phone)));
    }

    @Test
    void a_code_that_arrived_proves_a_number_that_had_bounced_and_a_wrong_one_proves_nothing() {
        String phone = TestApp.phone();
        Client resident = app.resident(phone);
        bounce(phone);
        app.forward(Duration.ofMinutes(2));
        app.nobody()
                .post("/api/sms-codes", new JsonObject().put("phone", phone))
                .expect(202);
        String right = app.code(phone);
        app.nobody()
                .post(
                        "/api/sessions",
                        new JsonObject().put("phone", phone).put("code", right.equals("000000") ? "111111" : "000000"))
                .refused(401, "wrong-credentials");
        assertEquals("BOUNCED", way(mine(resident), "sms").getString("state"));
        app.nobody()
                .post("/api/sessions", new JsonObject().put("phone", phone).put("code", right))
                .expect(201);
        assertEquals("READY", way(mine(resident), "sms").getString("state"));
        assertFalse(
                admin.get("/api/staff/notices/bounced").expect(200).text().contains("139****" + phone.substring(7)));
    }

    @Test
    void an_anonymous_case_tells_that_sms_bounce_but_not_where() {
        String phone = TestApp.phone();
        Client resident = app.resident(phone);
        String number =
                resident.file(TestApp.streetLamp().put("anonymous", true)).getString("number");
        bounce(phone);
        JsonObject seen = app.staff("worker-" + app.grid()).seeCase(number);
        assertTrue(seen.getString("smsBouncedAt") != null);
        assertNull(seen.getJsonObject("reporter"));
        assertFalse(seen.encode().contains(phone.substring(7)), seen::encode);
    }

    @Test
    void a_parked_notice_is_sent_again_to_another_number_once_and_on_record() {
        long id = parked(app.resident(), "MOBILE_NUMBER_ILLEGAL 号码不对");
        JsonObject item = item(id);
        assertEquals("MOBILE_NUMBER_ILLEGAL 号码不对", item.getString("reason"));
        assertFalse(item.getString("title").isBlank());
        String other = TestApp.phone();
        String path = "/api/staff/notices/parked/" + id + "/resend";
        admin.post(path, new JsonObject().put("phone", "12")).refused(400, "bad-input");
        admin.post(path, new JsonObject().put("phone", other).put("channel", "sms"))
                .refused(400, "bad-input");
        admin.post(path, new JsonObject().put("channel", "web-push")).refused(422, "not-sensible");
        assertTrue(item(id) != null, "what was refused changed nothing");

        admin.post(path, new JsonObject().put("phone", other)).expect(204);
        Eventually.holds(
                "it arrived at the other number",
                () -> app.count("SELECT count(*) FROM sms_messages WHERE delivery = $1 AND phone = $2", id, other)
                        == 1);
        admin.post(path, new JsonObject()).refused(409, "out-of-turn");
        JsonObject action = lastAction();
        assertEquals("RESEND", action.getString("action"));
        assertEquals(id, action.getJsonObject("what").getLong("id"));
        assertFalse(action.encode().contains(other), action::encode);
        assertEquals(
                1,
                app.count(
                        "SELECT count(*) FROM notice_actions WHERE action = 'RESEND' AND (what ->> 'id')::bigint = $1",
                        id));
    }

    @Test
    void all_of_one_reason_go_again_at_once() {
        List<Long> ids = List.of(
                parked(app.resident(), "余额不足 AABBCCDD-1"),
                parked(app.resident(), "余额不足 11223344-2"),
                parked(app.resident(), "别的原因"));
        JsonObject group =
                find(admin.get("/api/staff/notices/parked").expect(200).json(), "groups", "reason", "余额不足 …");
        assertEquals(2, group.getInteger("count"));
        JsonObject body = new JsonObject().put("channel", "sms").put("reason", group.getString("reason"));
        assertEquals(
                2,
                admin.post("/api/staff/notices/parked/resend", body)
                        .expect(200)
                        .json()
                        .getInteger("count"));
        Eventually.holds(
                "both arrived",
                () -> app.count("SELECT count(*) FROM sms_messages WHERE delivery IN ($1, $2)", ids.get(0), ids.get(1))
                        == 2);
        assertTrue(item(ids.get(2)) != null, "the other stays");
        assertEquals(2, lastAction().getJsonObject("what").getInteger("count"));
        assertEquals(
                0,
                admin.post("/api/staff/notices/parked/resend", body)
                        .expect(200)
                        .json()
                        .getInteger("count"));
    }

    @Test
    void a_dropped_notice_is_gone_with_its_reason() {
        long id = parked(app.resident(), "空号");
        String path = "/api/staff/notices/parked/" + id + "/drop";
        admin.post(path, new JsonObject().put("why", "  ")).refused(400, "bad-input");
        admin.post(path, new JsonObject().put("why", "已上门告知")).expect(204);
        assertNull(item(id));
        assertEquals("已上门告知", lastAction().getJsonObject("what").getString("why"));
        admin.post(path, new JsonObject().put("why", "再来一次")).refused(409, "out-of-turn");
    }

    @Test
    void a_template_is_mapped_checked_and_never_overwritten_unseen() {
        String path = "/api/staff/notices/templates/case-accepted/wechat-template";
        JsonObject keys = new JsonObject().put("thing4", "thing9");
        JsonObject wanted =
                new JsonObject().put("id", "aBc_-9").put("keys", keys).putNull("was");
        admin.put(path, wanted.copy().put("id", "有 空格")).refused(422, "not-sensible");
        admin.put(path, wanted.copy().put("keys", new JsonObject().put("thing99", "thing1")))
                .refused(422, "not-sensible");
        admin.put(path, wanted.copy().put("keys", new JsonObject().put("thing4", "phrase1")))
                .refused(422, "not-sensible");
        JsonObject kept = admin.put(path, wanted).expect(200).json();
        assertEquals("aBc_-9", kept.getString("id"));
        admin.put(path, wanted.copy().put("id", "other")).refused(409, "stale-version");
        admin.put("/api/staff/notices/templates/no-such/wechat-template", wanted)
                .refused(404, "not-found");
        admin.put("/api/staff/notices/templates/case-accepted/sms", wanted).refused(404, "not-found");

        JsonObject listed = find(
                admin.get("/api/staff/notices/templates").expect(200).json(), "items", "template", "case-accepted");
        JsonObject mapping = find(listed, "mappings", "platform", "wechat-template");
        assertEquals("aBc_-9", mapping.getString("id"));
        assertEquals(keys, mapping.getJsonObject("keys"));
        assertEquals(lastAction().getString("who"), mapping.getString("changedBy"));

        admin.put(path, new JsonObject().put("id", " ").put("was", "aBc_-9")).expect(200);
        assertEquals(0, app.count("SELECT count(*) FROM template_map WHERE template = 'case-accepted'"));
    }

    @Test
    void a_preview_reads_as_the_person_would() {
        JsonObject body = new JsonObject().put("template", "case-accepted");
        JsonObject preview =
                admin.post("/api/staff/notices/preview", body).expect(200).json();
        JsonObject sms = find(preview, "channels", "channel", "sms");
        assertTrue(sms.getString("text").startsWith("【邻格】"), sms::encode);
        assertEquals(1, sms.getInteger("messages"));
        JsonObject without = admin.post(
                        "/api/staff/notices/preview", body.copy().put("fields", new JsonObject().put("number", "")))
                .expect(200)
                .json();
        assertEquals(List.of("number"), without.getJsonArray("missing").getList());
        admin.post("/api/staff/notices/preview", new JsonObject().put("template", "no-such"))
                .refused(404, "not-found");
    }

    @Test
    void the_desk_shows_rates_step_by_step_and_quotas_that_can_be_set() {
        parked(app.resident(), "算数用");
        JsonObject desk = admin.get("/api/staff/notices/desk").expect(200).json();
        assertEquals(
                List.of("inbox", "sms", "web-push"),
                desk.getJsonArray("channels").getList());
        assertTrue(desk.getInteger("parked") > 0, desk::encode);
        JsonObject quota = find(desk, "quotas", "name", "sms-day");
        assertNull(quota.getInteger("most"));
        JsonObject set = admin.put("/api/staff/notices/quotas/sms-day", new JsonObject().put("most", 5000))
                .expect(200)
                .json();
        assertEquals(5000, set.getInteger("most"));
        assertEquals(5000, set.getInteger("left") + set.getInteger("used"));
        assertEquals("SET_QUOTA", lastAction().getString("action"));
        admin.put("/api/staff/notices/quotas/no-such", new JsonObject().put("most", 1))
                .refused(404, "not-found");
        admin.put("/api/staff/notices/quotas/sms-day", new JsonObject().putNull("most"))
                .expect(200);

        for (String span : List.of("day", "week", "month")) {
            JsonObject rates = admin.get("/api/staff/notices/rates?span=" + span)
                    .expect(200)
                    .json();
            JsonObject inbox = find(rates, "channels", "channel", "inbox");
            int steps = span.equals("day") ? 24 : span.equals("week") ? 7 : 30;
            assertEquals(steps, inbox.getJsonArray("steps").size());
            int sum = inbox.getJsonArray("steps").stream()
                    .mapToInt(step -> ((JsonObject) step).getInteger("sent"))
                    .sum();
            assertEquals(inbox.getJsonObject("total").getInteger("sent"), sum, span);
            assertTrue(sum > 0 && inbox.getJsonObject("total").getInteger("p50") >= 0, inbox::encode);
        }
    }

    @Test
    void only_administrators_of_the_whole_city_work_at_the_desk() {
        String user = "county-admin-" + System.nanoTime();
        admin.post(
                        "/api/staff",
                        new JsonObject()
                                .put("user", user)
                                .put("name", "县管理员")
                                .put("role", "ADMINISTRATOR")
                                .put("area", "140403")
                                .put("password", linge.demo.DemoStaff.PASSWORD))
                .expect(201);
        app.staff(user).get("/api/staff/notices/desk").refused(403, "not-allowed");
        app.resident().get("/api/staff/notices/desk").refused(403, "not-allowed");
        app.nobody().get("/api/staff/notices/desk").refused(401, "not-signed-in");
    }

    @Test
    void the_record_can_be_added_to_and_nothing_else() {
        long id = parked(app.resident(), "留痕");
        admin.post("/api/staff/notices/parked/" + id + "/drop", new JsonObject().put("why", "试一试"))
                .expect(204);
        for (String change : List.of(
                "UPDATE notice_actions SET who = '别人'", "DELETE FROM notice_actions", "TRUNCATE notice_actions")) {
            assertThrows(Throwable.class, () -> app.sql(db -> db.query(change).execute()));
        }
        assertEquals(lastAction().getJsonObject("what").getLong("id"), id);
    }
}
