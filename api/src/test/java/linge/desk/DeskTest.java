package linge.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import linge.Client;
import linge.Reply;
import linge.TestApp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Saved filters are one's own or the office's; a batch tells of every case; a suggestion says why. */
class DeskTest {

    private static TestApp app;
    private static String county;
    private static Client resident;
    private static Client dispatcher;
    private static Client colleague;
    private static Client elsewhere;

    @BeforeAll
    static void start() {
        app = TestApp.demo();
        county = app.grid().substring(0, 6);
        resident = app.resident();
        dispatcher = app.staff("dispatcher-" + county);
        app.count("""
                WITH another AS (
                  INSERT INTO staff (username, name, role, area, department, phone, password_hash, active, demo, created_at)
                  SELECT 'second-' || username, '同事', role, area, department, phone, password_hash, active, demo, created_at
                  FROM staff WHERE username = $1 RETURNING 1)
                SELECT count(*) FROM another""", "dispatcher-" + county);
        colleague = app.staff("second-dispatcher-" + county);
        elsewhere = app.staff("dispatcher-140404");
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @Test
    void a_saved_filter_is_its_owners_until_it_is_shared_with_the_office() {
        long id = save(dispatcher, "今天到期", new JsonObject().put("due", "today"), false)
                .getLong("id");
        assertTrue(names(dispatcher).contains("今天到期"));
        assertFalse(names(colleague).contains("今天到期"));
        dispatcher
                .patch(
                        "/api/queue/filters/" + id,
                        new JsonObject().put("shared", true).put("name", "今天必办"))
                .expect(200);
        JsonObject seen = filters(colleague).stream()
                .filter(one -> one.getString("name").equals("今天必办"))
                .findFirst()
                .orElseThrow();
        assertFalse(seen.getBoolean("mine"));
        assertFalse(names(elsewhere).contains("今天必办"));
        // Others look through it and leave it as it is.
        colleague
                .patch("/api/queue/filters/" + id, new JsonObject().put("name", "改"))
                .refused(404, "not-found");
        colleague.delete("/api/queue/filters/" + id).refused(404, "not-found");
        dispatcher.delete("/api/queue/filters/" + id).expect(204);
        assertFalse(names(colleague).contains("今天必办"));
    }

    @Test
    void saved_filters_stand_in_the_order_they_were_put_and_count_as_they_are() {
        resident.file(TestApp.streetLamp().put("text", "天线杆歪了"));
        long first =
                save(elsewhere, "甲", new JsonObject().put("view", "all"), false).getLong("id");
        long second = save(elsewhere, "乙", new JsonObject().put("view", "open"), false)
                .getLong("id");
        elsewhere
                .put("/api/queue/filter-order", new JsonObject().put("ids", new JsonArray(List.of(second, first))))
                .expect(204);
        assertEquals(List.of("乙", "甲"), names(elsewhere));
        save(colleague, "天线", new JsonObject().put("view", "all").put("q", "天线杆"), false);
        assertEquals(
                new JsonObject().put("n", 1).put("more", false),
                filters(colleague).stream()
                        .filter(one -> one.getString("name").equals("天线"))
                        .findFirst()
                        .orElseThrow()
                        .getJsonObject("total"));
        elsewhere.post("/api/queue/filters", named("甲")).refused(409, "already-there");
        elsewhere
                .post("/api/queue/filters", named("丙").put("filter", new JsonObject().put("colour", "red")))
                .refused(400, "bad-input");
    }

    @Test
    void a_person_keeps_a_bounded_number_of_filters() {
        Client other = app.staff("supervisor-" + county);
        for (int i = 0; i < 20; i++) {
            save(other, "第" + i + "组", new JsonObject(), false);
        }
        other.post("/api/queue/filters", named("太多")).refused(422, "not-sensible");
    }

    @Test
    void a_batch_tells_of_every_case_what_became_of_it() {
        String good = filed();
        String changed = filed();
        String gone = filed();
        JsonObject batch = batch("ACCEPT", good, changed, gone);
        dispatcher.move(changed, "NOTE", "words", "先打电话问过");
        resident.move(gone, "WITHDRAW");
        JsonObject told = send(dispatcher, UUID.randomUUID().toString(), batch)
                .expect(200)
                .json();
        assertEquals(1, told.getInteger("done"));
        assertEquals(2, told.getInteger("refused"));
        JsonArray items = told.getJsonArray("items");
        assertEquals("DONE", items.getJsonObject(0).getString("state"));
        assertEquals("STALE_VERSION", items.getJsonObject(1).getString("refused"));
        assertTrue(items.getJsonObject(2).getString("detail").length() > 4);
        assertEquals("ACCEPTED", state(good));
        assertEquals("SUBMITTED", state(changed));
        assertEquals("WITHDRAWN", state(gone));
    }

    @Test
    void a_batch_asked_for_again_does_nothing_twice_and_another_under_its_key_is_refused() {
        String key = UUID.randomUUID().toString();
        String number = filed();
        JsonObject batch = batch("NOTE", number).put("words", "已电话联系");
        JsonObject first = send(dispatcher, key, batch).expect(200).json();
        assertEquals(first, send(dispatcher, key, batch).expect(200).json());
        assertEquals(1, app.count("SELECT count(*) FROM case_history WHERE words = '已电话联系'"));
        send(dispatcher, key, batch.copy().put("words", "别的话")).refused(409, "key-reused");
        // The same key is somebody else's own.
        assertEquals(0, send(elsewhere, key, batch).expect(200).json().getInteger("done"));
    }

    @Test
    void a_batch_that_was_cut_off_goes_on_where_it_stopped() {
        String key = UUID.randomUUID().toString();
        String before = filed();
        String after = filed();
        JsonObject batch = batch("NOTE", before, after).put("words", "接着办");
        send(dispatcher, key, batch).expect(200);
        // As if the node had died after the first move and before its outcome, and never come to the second.
        app.count("""
                WITH gone AS (DELETE FROM case_batch_outcomes o USING case_batches b WHERE b.id = o.batch_id AND b.key = $1
                  RETURNING 1) SELECT count(*) FROM gone""", key);
        app.count("""
                WITH gone AS (DELETE FROM case_move_keys WHERE key LIKE '%:' || $1 || ':' || $2 RETURNING 1)
                SELECT count(*) FROM gone""", key, after);
        JsonObject told = send(dispatcher, key, batch).expect(200).json();
        assertEquals("DONE", told.getJsonArray("items").getJsonObject(0).getString("state"));
        // Nothing of the second was left but its version, which is another now.
        assertEquals(
                "STALE_VERSION", told.getJsonArray("items").getJsonObject(1).getString("refused"));
        assertEquals(2, app.count("SELECT count(*) FROM case_history WHERE words = '接着办'"));
    }

    @Test
    void a_batch_is_bounded_and_names_no_case_twice() {
        String number = filed();
        send(dispatcher, UUID.randomUUID().toString(), batch("ACCEPT", number, number))
                .refused(400, "bad-input");
        String[] many = new String[101];
        for (int i = 0; i < many.length; i++) {
            many[i] = String.format(java.util.Locale.ROOT, "%012d", i);
        }
        JsonArray cases = new JsonArray();
        for (String one : many) {
            cases.add(new JsonObject().put("number", one).put("version", 0));
        }
        send(
                        dispatcher,
                        UUID.randomUUID().toString(),
                        new JsonObject().put("move", "ACCEPT").put("cases", cases))
                .refused(400, "bad-input");
        send(
                        dispatcher,
                        UUID.randomUUID().toString(),
                        new JsonObject()
                                .put("move", "DECLINE")
                                .put("cases", new JsonArray().add(cases.getJsonObject(0))))
                .refused(400, "bad-input");
    }

    @Test
    void somebody_elses_cases_are_not_there_in_a_batch() {
        String number = filed();
        JsonObject told = send(elsewhere, UUID.randomUUID().toString(), batch("ACCEPT", number))
                .expect(200)
                .json();
        assertEquals("NOT_FOUND", told.getJsonArray("items").getJsonObject(0).getString("refused"));
        assertEquals("SUBMITTED", state(number));
    }

    @Test
    void a_suggestion_says_why_and_learns_where_such_cases_go() {
        JsonObject lamp = resident.file(TestApp.streetLamp());
        String number = lamp.getString("number");
        JsonArray before = dispatcher
                .get("/api/cases/" + number + "/suggestions")
                .expect(200)
                .items();
        JsonObject first = before.getJsonObject(0);
        assertEquals(lamp.getJsonObject("department").getString("code"), first.getString("department"));
        assertTrue(first.getJsonArray("reasons").getString(0).contains("归这里管"), first::encode);
        // This county has its street lamps mended by somebody else, and does so eight times.
        String other = dispatcher.seeCase(number).getJsonArray("moves").stream()
                .map(JsonObject.class::cast)
                .filter(move -> move.getString("move").equals("DISPATCH"))
                .flatMap(move -> move.getJsonArray("targets").stream())
                .map(JsonObject.class::cast)
                .map(target -> target.getString("department"))
                .filter(code -> code != null && !code.equals(first.getString("department")))
                .findFirst()
                .orElseThrow();
        for (int i = 0; i < 8; i++) {
            dispatcher.move(filed(), "DISPATCH", "department", other);
        }
        JsonObject learnt = dispatcher
                .get("/api/cases/" + number + "/suggestions")
                .expect(200)
                .items()
                .getJsonObject(0);
        assertEquals(other, learnt.getString("department"));
        assertTrue(
                learnt.getJsonArray("reasons").stream()
                        .anyMatch(why -> why.toString().contains("8 件交给这里")),
                learnt::encode);
        assertTrue(app.staff("supervisor-" + county)
                .get("/api/cases/" + number + "/suggestions")
                .expect(200)
                .items()
                .isEmpty());
    }

    private static JsonObject save(Client who, String name, JsonObject filter, boolean shared) {
        return who.post("/api/queue/filters", named(name).put("filter", filter).put("shared", shared))
                .expect(201)
                .json();
    }

    private static JsonObject named(String name) {
        return new JsonObject().put("name", name).put("filter", new JsonObject());
    }

    private static List<JsonObject> filters(Client who) {
        return who.get("/api/queue/filters").expect(200).items().stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    private static List<String> names(Client who) {
        return filters(who).stream().map(one -> one.getString("name")).toList();
    }

    private static JsonObject batch(String move, String... numbers) {
        List<JsonObject> cases = new ArrayList<>();
        for (String number : numbers) {
            cases.add(new JsonObject().put("number", number).put("version", version(number)));
        }
        return new JsonObject().put("move", move).put("cases", new JsonArray(cases));
    }

    private static Reply send(Client who, String key, JsonObject batch) {
        return who.with("Idempotency-Key", key).post("/api/queue/batches", batch);
    }

    private static String filed() {
        return resident.file(TestApp.streetLamp()).getString("number");
    }

    private static String state(String number) {
        return dispatcher.seeCase(number).getString("state");
    }

    private static int version(String number) {
        return dispatcher.seeCase(number).getInteger("version");
    }
}
