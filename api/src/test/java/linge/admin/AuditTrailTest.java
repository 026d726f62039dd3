package linge.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.List;
import linge.Client;
import linge.SampleRequests;
import linge.TestApp;
import linge.grids.Grids;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who did what can be looked up, by those who look after the area, and looking is written down too. */
class AuditTrailTest {

    private static TestApp app;
    private static String county;
    private static Client admin;
    private static Client supervisor;

    @BeforeAll
    static void start() {
        app = TestApp.demo();
        county = app.grid().substring(0, 6);
        admin = app.staff("admin");
        supervisor = app.staff("supervisor-" + county);
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    private static List<JsonObject> lines(Client who, String query) {
        return who.get("/api/admin/audit" + query).expect(200).items().stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    private static void leave(String user) {
        admin.post(
                        "/api/staff/" + user + "/leave",
                        new JsonObject().put("from", "2099-03-01").put("until", "2099-03-02"))
                .expect(204);
    }

    @Test
    void a_line_says_who_did_what_to_whom_in_words() {
        String user = "deputy-" + app.grid();
        leave(user);

        JsonObject line = lines(admin, "?act=post.leave&subject=" + user).get(0);

        assertEquals("登记休假", line.getString("actName"));
        assertEquals("管理员", line.getString("roleName"));
        assertEquals("admin", line.getString("user"));
        assertEquals(user, line.getString("subject"));
        assertTrue(line.getJsonArray("details")
                .contains(new JsonObject().put("name", "自").put("value", "2099-03-01")));
    }

    @Test
    void pages_follow_each_other_the_newest_first() {
        String user = "assistant-" + app.grid();
        for (int i = 0; i < 3; i++) {
            leave(user);
        }
        JsonObject first = admin.get("/api/admin/audit?limit=2&subject=" + user)
                .expect(200)
                .json();
        JsonObject second = admin.get("/api/admin/audit?limit=2&subject=" + user + "&after=" + first.getString("next"))
                .expect(200)
                .json();

        assertEquals(2, first.getJsonArray("items").size());
        assertEquals(1, second.getJsonArray("items").size());
        assertNull(second.getString("next"));
        assertTrue(first.getJsonArray("items").getJsonObject(1).getLong("id")
                > second.getJsonArray("items").getJsonObject(0).getLong("id"));
    }

    @Test
    void a_supervisor_sees_the_own_area_and_no_other() {
        leave("worker-" + app.grid());
        SampleRequests.withHeaders("addCampaign", app.staff("dispatcher-" + county))
                .post("/api/field/campaigns", SampleRequests.campaign())
                .expect(201);

        List<JsonObject> seen = lines(supervisor, "?limit=100");

        assertTrue(seen.stream().anyMatch(line -> line.getString("act").equals("campaign.add")));
        assertTrue(seen.stream().allMatch(line -> line.getString("area").startsWith(county)));
        supervisor.get("/api/admin/audit?area=1404").refused(403, "not-allowed");
    }

    @Test
    void looking_is_written_down_once_for_all_pages_of_one_look() {
        long before = app.count("SELECT count(*) FROM audit_log WHERE act = 'audit.read'");
        lines(admin, "?who=somebody&limit=1");
        lines(admin, "?who=somebody&limit=1&after=1");
        assertEquals(1, app.count("SELECT count(*) FROM audit_log WHERE act = 'audit.read'") - before);

        JsonObject line = lines(supervisor, "?act=audit").get(0);
        assertEquals("查看操作记录", line.getString("actName"));
    }

    @Test
    void a_day_is_wholly_in_or_out() {
        leave("leader-" + app.grid());
        LocalDate today = LocalDate.ofInstant(app.clock().instant(), Grids.SHANGHAI);

        assertFalse(
                lines(admin, "?subject=leader&from=" + today + "&to=" + today).isEmpty());
        assertTrue(lines(admin, "?subject=leader&to=" + today.minusDays(1)).isEmpty());
        assertTrue(lines(admin, "?subject=leader&from=" + today.plusDays(1)).isEmpty());
        admin.get("/api/admin/audit?from=" + today + "&to=" + today.minusDays(1))
                .refused(422, "not-sensible");
        admin.get("/api/admin/audit?from=2026-13-01").refused(400, "bad-input");
    }

    @Test
    void a_file_of_it_runs_no_formula_and_is_on_record() {
        app.staff("dispatcher-" + county)
                .post("/api/field/campaigns", SampleRequests.campaign().put("title", "=HYPERLINK(\"x\")"))
                .expect(201);

        String csv = admin.get("/api/admin/audit/export?act=campaign.add")
                .expect(200)
                .text();

        assertTrue(csv.startsWith("\uFEFF\"时间\",\"姓名\""), csv);
        assertTrue(csv.contains("\"'=HYPERLINK(\"\"x\"\")\""), csv);
        assertEquals("导出操作记录", lines(admin, "?act=audit.export").get(0).getString("actName"));
        admin.get("/api/admin/audit/export?act=DROP").refused(400, "bad-input");
    }

    @Test
    void what_was_written_cannot_be_changed() {
        leave("deputy-" + app.grid());
        boolean refused = app.sql(db ->
                db.query("DELETE FROM audit_log").execute().transform(done -> Future.succeededFuture(done.failed())));
        assertTrue(refused);
    }
}
