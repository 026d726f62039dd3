package linge.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import linge.Client;
import linge.Eventually;
import linge.TestApp;
import linge.residents.Phone;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who filed a case is seen by whom the resident meant, and by others only for a purpose that is kept and told. */
class PrivacyTest {

    private static final String NAME = "欧阳静宜";

    private static TestApp app;
    private static Map<String, Client> staff;
    private static Client resident;
    private static String phone;

    @BeforeAll
    static void start() {
        app = TestApp.demo();
        String grid = app.grid();
        staff = Map.of(
                "assistant", app.staff("assistant-" + grid),
                "worker", app.staff("worker-" + grid),
                "leader", app.staff("leader-" + grid),
                "village dispatcher", app.staff("dispatcher-" + grid.substring(0, 12)),
                "county dispatcher", app.staff("dispatcher-" + grid.substring(0, 6)),
                "town supervisor", app.staff("supervisor-" + grid.substring(0, 9)),
                "county supervisor", app.staff("supervisor-" + grid.substring(0, 6)),
                "city supervisor", app.staff("supervisor-1404"));
        phone = TestApp.phone();
        resident = app.resident(phone);
        resident.put("/api/me", new JsonObject().put("name", NAME)).expect(200);
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @Test
    void whoever_gave_the_name_is_seen_by_those_who_handle_it() {
        String number = filed("NAMED");
        JsonObject reporter = staff.get("worker").seeCase(number).getJsonObject("reporter");
        assertEquals(NAME, reporter.getString("name"));
        assertEquals(Phone.masked(phone), reporter.getString("phone"), "a grid's phones get lost");
        assertEquals(
                phone,
                staff.get("county dispatcher")
                        .seeCase(number)
                        .getJsonObject("reporter")
                        .getString("phone"));
        assertNull(staff.get("assistant").seeCase(number).getJsonObject("reporter"));
    }

    @Test
    void a_confidential_or_anonymous_reporter_is_nowhere_to_be_found() {
        for (String privacy : List.of("CONFIDENTIAL", "ANONYMOUS")) {
            String number = filed(privacy);
            resident.move(number, "SUPPLEMENT", "words", "补充一点");
            resident.move(number, "URGE");
            Eventually.holds(
                    "the desk is told",
                    () -> staff.get("worker").get("/api/inbox").text().contains(number));
            staff.forEach((who, client) -> {
                for (String path : List.of(
                        "/api/cases/" + number,
                        "/api/cases/" + number + "/history",
                        "/api/cases?view=all&limit=100",
                        "/api/cases?view=todo&limit=100",
                        "/api/inbox?limit=100")) {
                    String seen = client.get(path).expect(200).text();
                    assertFalse(seen.contains(NAME), () -> who + " read the name at " + path);
                    assertFalse(seen.contains(phone), () -> who + " read the phone at " + path);
                    assertFalse(
                            seen.contains(phone.substring(0, 3) + "****"),
                            () -> who + " read part of the phone at " + path);
                }
                assertNull(client.seeCase(number).getJsonObject("reporter"));
            });
            assertEquals(
                    NAME, resident.seeCase(number).getJsonObject("reporter").getString("name"));
        }
    }

    @Test
    void nobody_finds_a_hidden_reporter_by_searching_for_the_phone() {
        filed("ANONYMOUS");
        staff.values()
                .forEach(client -> assertTrue(client.get("/api/cases?view=all&q=" + phone)
                        .expect(200)
                        .items()
                        .isEmpty()));
    }

    @Test
    void a_confidential_reporter_is_revealed_to_the_handler_for_a_purpose_kept_and_told() {
        String number = filed("CONFIDENTIAL");
        Client worker = staff.get("worker");
        assertTrue(worker.seeCase(number).getBoolean("mayReveal"));
        JsonObject told = reveal(worker, number, "需要上门核实漏水位置").expect(200).json();
        assertEquals(NAME, told.getString("name"));
        assertEquals(phone, told.getString("phone"));
        assertEquals(1, app.count("""
                SELECT count(*) FROM identity_reveals r JOIN cases c ON c.id = r.case_id JOIN staff s ON s.id = r.staff_id
                WHERE c.number = $1 AND r.purpose = '需要上门核实漏水位置' AND s.username LIKE 'worker-%'""", number));
        CaseStoryTest.told(resident, number, "需要上门核实漏水位置");
        // It was told to who asked; the case itself stays as closed as before.
        assertNull(worker.seeCase(number).getJsonObject("reporter"));
    }

    @Test
    void those_who_may_not_are_refused_and_nothing_is_kept() {
        String confidential = filed("CONFIDENTIAL");
        String anonymous = filed("ANONYMOUS");
        Map<String, String> refused = Map.of("assistant", confidential, "town supervisor", confidential);
        refused.forEach((who, number) -> {
            assertFalse(staff.get(who).seeCase(number).getBoolean("mayReveal"), who);
            reveal(staff.get(who), number, "只是好奇而已").refused(403, "not-allowed");
        });
        for (String who : List.of(
                "assistant", "worker", "leader", "village dispatcher", "county dispatcher", "town supervisor")) {
            assertFalse(staff.get(who).seeCase(anonymous).getBoolean("mayReveal"), who);
            reveal(staff.get(who), anonymous, "只是好奇而已").refused(403, "not-allowed");
        }
        reveal(resident, anonymous, "看看自己的").refused(403, "not-allowed");
        assertEquals(0, app.count("""
                SELECT count(*) FROM identity_reveals r JOIN cases c ON c.id = r.case_id WHERE c.number IN ($1, $2)""", confidential, anonymous));
        assertEquals(
                NAME,
                reveal(staff.get("county supervisor"), anonymous, "涉嫌打击报复，依规核查")
                        .expect(200)
                        .string("name"));
    }

    @Test
    void a_purpose_that_says_nothing_reveals_nothing() {
        String number = filed("CONFIDENTIAL");
        reveal(staff.get("worker"), number, "看看").refused(400, "bad-input");
        reveal(staff.get("worker"), number, "    \u200b").refused(422, "not-sensible");
        assertEquals(
                0,
                app.count(
                        "SELECT count(*) FROM identity_reveals r JOIN cases c ON c.id = r.case_id WHERE c.number = $1",
                        number));
    }

    @Test
    void what_was_revealed_and_what_was_done_cannot_be_unwritten() {
        String number = filed("CONFIDENTIAL");
        reveal(staff.get("worker"), number, "需要上门核实情况").expect(200);
        for (String sql : List.of(
                "DELETE FROM identity_reveals",
                "UPDATE identity_reveals SET purpose = ''",
                "DELETE FROM case_history")) {
            boolean refused =
                    app.sql(db -> db.query(sql).execute().map(done -> false).otherwise(true));
            assertTrue(refused, sql);
        }
    }

    private static linge.Reply reveal(Client who, String number, String purpose) {
        return who.post("/api/cases/" + number + "/identity", new JsonObject().put("purpose", purpose));
    }

    private static String filed(String privacy) {
        return resident.file(TestApp.streetLamp()
                        .put("confidential", privacy.equals("CONFIDENTIAL"))
                        .put("anonymous", privacy.equals("ANONYMOUS")))
                .getString("number");
    }
}
