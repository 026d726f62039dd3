package linge.fieldwork;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import linge.Client;
import linge.Pictures;
import linge.Reply;
import linge.SampleRequests;
import linge.TestApp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a grid's team does in the field: written once, counted once, and honest about whose clock it was. */
class FieldworkTest {

    private static final ZoneId CITY = ZoneId.of("Asia/Shanghai");

    private static TestApp app;
    private static Client resident;
    private static Client worker;
    private static Client leader;
    private static Client dispatcher;
    private static Client elsewhere;

    @BeforeAll
    static void start() {
        app = TestApp.demo();
        String grid = app.grid();
        resident = app.resident();
        worker = app.staff("worker-" + grid);
        leader = app.staff("leader-" + grid);
        dispatcher = app.staff("dispatcher-" + grid.substring(0, 6));
        elsewhere = app.staff("worker-" + gridIn("140404"));
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    // Moves that are sent again.

    @Test
    void a_move_sent_again_with_its_key_is_made_once_and_answered_as_it_stands() {
        String number = filed();
        Client keyed = worker.with("Idempotency-Key", UUID.randomUUID().toString());
        JsonObject accept = move("ACCEPT", 0, "离线时写的：马上去看。");
        assertEquals("ACCEPTED", keyed.post(moves(number), accept).expect(200).string("state"));
        leader.move(number, "NOTE", "words", "我也在路上。");
        Reply again = keyed.post(moves(number), accept).expect(200);
        assertEquals(2, again.json().getInteger("version"), "as it stands now");
        assertEquals(1, lines(number, "ACCEPT"));
    }

    @Test
    void the_same_key_sent_at_once_from_everywhere_makes_one_move() {
        String number = filed();
        Client keyed = worker.with("Idempotency-Key", UUID.randomUUID().toString());
        List<CompletableFuture<Integer>> sent = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> keyed.post(moves(number), move("ACCEPT", 0, null)).status()))
                .toList();
        sent.forEach(one -> assertEquals(200, one.join()));
        assertEquals(1, lines(number, "ACCEPT"));
    }

    @Test
    void a_refused_move_leaves_its_key_free_and_a_key_says_one_thing_only() {
        String number = filed();
        Client keyed = worker.with("Idempotency-Key", UUID.randomUUID().toString());
        leader.move(number, "NOTE", "words", "先记一笔。");
        keyed.post(moves(number), move("ACCEPT", 0, null)).refused(409, "stale-version");
        keyed.post(moves(number), move("ACCEPT", 1, null)).expect(200);
        keyed.post(moves(number), move("NOTE", 2, "别的话")).refused(409, "key-reused");
        String other = filed();
        keyed.post(moves(other), move("ACCEPT", 0, null)).refused(409, "key-reused");
        assertEquals("SUBMITTED", worker.seeCase(other).getString("state"));
    }

    @Test
    void anothers_key_is_another_key() {
        String number = filed();
        String key = UUID.randomUUID().toString();
        worker.with("Idempotency-Key", key)
                .post(moves(number), move("NOTE", 0, "甲说"))
                .expect(200);
        leader.with("Idempotency-Key", key)
                .post(moves(number), move("NOTE", 1, "乙说"))
                .expect(200);
        assertEquals(2, lines(number, "NOTE"));
    }

    // Today.

    @Test
    void today_counts_the_own_desk_and_shows_where_things_are_but_never_asks_where_the_worker_is() {
        JsonObject before = worker.get("/api/field/today").expect(200).json().getJsonObject("counts");
        String number = filed();
        JsonObject today = worker.get("/api/field/today").expect(200).json();
        assertEquals(
                before.getInteger("todo") + 1, today.getJsonObject("counts").getInteger("todo"));
        JsonObject item = item(today, number);
        assertTrue(item.getBoolean("mine"));
        assertEquals(TestApp.LON, item.getJsonObject("point").getDouble("lon"), 1e-9);
        worker.move(number, "ACCEPT");
        JsonObject after = worker.get("/api/field/today").expect(200).json().getJsonObject("counts");
        assertEquals(before.getInteger("done") + 1, after.getInteger("done"));
        worker.move(number, "ESCALATE", "words", "网格办不了。");
        assertFalse(
                item(worker.get("/api/field/today").expect(200).json(), number).getBoolean("mine"));
        JsonObject elsewheres = elsewhere.get("/api/field/today").expect(200).json();
        assertTrue(elsewheres.getJsonArray("items").stream()
                .noneMatch(one -> ((JsonObject) one).getString("number").equals(number)));
    }

    @Test
    void what_is_taken_along_has_words_moves_and_history_but_not_who_filed_it() {
        String phone = TestApp.phone();
        Client named = app.resident(phone);
        named.put("/api/me", new JsonObject().put("name", "郝梅")).expect(200);
        String number = named.file(TestApp.streetLamp()).getString("number");
        Reply taken = worker.get("/api/field/cases").expect(200);
        assertFalse(taken.text().contains("郝梅"));
        assertFalse(taken.text().contains(phone));
        assertFalse(taken.text().contains("****"), "nor the masked number");
        JsonObject mine = taken.items().stream()
                .map(JsonObject.class::cast)
                .filter(one -> one.getJsonObject("case").getString("number").equals(number))
                .findFirst()
                .orElseThrow();
        assertEquals(1, mine.getJsonArray("history").size());
        assertFalse(mine.getJsonObject("case").getJsonArray("moves").isEmpty());
    }

    // Whose clock.

    @Test
    void a_photo_and_a_move_carry_what_the_phone_said_and_how_far_its_clock_was_off() throws IOException {
        String number = filed();
        String photo = uploaded(worker);
        String key = UUID.randomUUID().toString();
        Instant phoneNow = Instant.now().plus(Duration.ofMinutes(7));
        Instant written = phoneNow.minus(Duration.ofHours(2));
        JsonObject point = TestApp.streetLamp().getJsonObject("point").put("accuracy", 12);
        worker.post(
                        "/api/field/stamps",
                        new JsonObject()
                                .put("sentAt", phoneNow.toString())
                                .put(
                                        "items",
                                        new JsonArray()
                                                .add(new JsonObject()
                                                        .put("media", photo)
                                                        .put("at", written.toString())
                                                        .put("point", point))
                                                .add(new JsonObject()
                                                        .put("key", key)
                                                        .put("at", written.toString()))))
                .expect(204);
        worker.with("Idempotency-Key", key)
                .post(moves(number), move("NOTE", 0, "到现场看过。").put("media", new JsonArray().add(photo)))
                .expect(200);
        JsonArray stamps =
                leader.get("/api/field/cases/" + number).expect(200).json().getJsonArray("stamps");
        assertEquals(2, stamps.size());
        JsonObject onPhoto = stamps.stream()
                .map(JsonObject.class::cast)
                .filter(one -> one.getString("media") != null)
                .findFirst()
                .orElseThrow();
        assertEquals(photo, onPhoto.getString("media"));
        assertEquals(1, onPhoto.getInteger("seq"));
        assertEquals(
                written.toEpochMilli(),
                Instant.parse(onPhoto.getString("saidAt")).toEpochMilli());
        assertEquals(420, onPhoto.getInteger("aheadSeconds"), 60);
        assertEquals(0, onPhoto.getInteger("metres"));
        assertTrue(Instant.parse(onPhoto.getString("receivedAt")).isAfter(written));
    }

    @Test
    void the_first_word_of_a_stamp_counts_and_nobody_stamps_anothers_photo() throws IOException {
        String number = filed();
        String photo = uploaded(leader);
        stamp(worker, photo, Instant.now().minus(Duration.ofDays(1)));
        leader.move(number, "NOTE", "words", "照片附后。", "media", new JsonArray().add(photo));
        assertTrue(stamps(number).isEmpty());
        stamp(leader, photo, Instant.now().minus(Duration.ofHours(1)));
        String said = stamps(number).getJsonObject(0).getString("saidAt");
        stamp(leader, photo, Instant.now());
        assertEquals(said, stamps(number).getJsonObject(0).getString("saidAt"));
    }

    // Found on patrol.

    @Test
    void what_is_found_on_patrol_is_the_offices_goes_the_ordinary_way_and_nobody_is_told_by_sms() throws IOException {
        String photo = uploaded(worker);
        String key = UUID.randomUUID().toString();
        JsonObject matter = new JsonObject()
                .put("text", "巡查发现路灯杆倾斜，灯不亮了")
                .put("point", TestApp.streetLamp().getJsonObject("point"))
                .put("media", new JsonArray().add(photo));
        Client keyed = worker.with("Idempotency-Key", key);
        JsonObject receipt = keyed.post("/api/field/found", matter).expect(201).json();
        assertTrue(receipt.getBoolean("mine"));
        String number = receipt.getString("number");
        assertEquals(number, keyed.post("/api/field/found", matter).expect(201).string("number"));
        keyed.post("/api/field/found", matter.copy().put("text", "别的事")).refused(409, "key-reused");

        JsonObject seen = worker.seeCase(number);
        assertEquals(app.grid(), seen.getJsonObject("grid").getString("code"));
        assertEquals(1, seen.getJsonArray("media").size());
        assertNull(seen.getJsonObject("reporter").getString("phone"));
        assertTrue(seen.getJsonObject("reporter").getString("name").endsWith("（巡查）"));
        JsonObject first = worker.get("/api/cases/" + number + "/history")
                .expect(200)
                .items()
                .getJsonObject(0);
        assertEquals("FILE", first.getString("move"));
        assertEquals("STAFF", first.getJsonObject("by").getString("kind"));
        JsonObject field = worker.get("/api/field/cases/" + number).expect(200).json();
        assertTrue(field.getBoolean("found"));
        assertEquals("NOBODY", field.getString("calling"));
        assertEquals(
                0, app.count("SELECT count(*) FROM notices WHERE audience_kind = 'RESIDENT' AND subject = $1", number));
        resident.get("/api/cases/" + number).expect(404);
    }

    @Test
    void what_staff_found_is_worked_like_any_case_and_rests_by_the_clock_as_nobody_rates_it() {
        String number = found(worker, "巡查发现楼道堆物");
        worker.move(number, "ACCEPT");
        worker.move(number, "HANDLE");
        worker.move(number, "REPORT_BACK", "words", "已和住户清理干净。");
        resident.post("/api/cases/" + number + "/rating", new JsonObject().put("score", 5))
                .expect(404);
        worker.post("/api/cases/" + number + "/rating", new JsonObject().put("score", 5))
                .expect(403);
        app.forward(Duration.ofDays(8));
        // Back, as the staff's sessions have ended by then.
        app.clock().forward(Duration.ofDays(-8));
        assertEquals("ARCHIVED", worker.seeCase(number).getString("state"));
    }

    @Test
    void staff_still_file_nothing_as_residents_and_residents_find_nothing_on_patrol() {
        worker.with("Idempotency-Key", UUID.randomUUID().toString())
                .post("/api/cases", TestApp.streetLamp())
                .refused(403, "not-allowed");
        resident.with("Idempotency-Key", UUID.randomUUID().toString())
                .post("/api/field/found", new JsonObject().put("text", "路灯坏了"))
                .refused(403, "not-allowed");
    }

    @Test
    void without_a_place_it_is_in_the_own_grid_and_beyond_it_the_finder_reads_only_the_receipt() {
        assertEquals(
                app.grid(),
                worker.seeCase(found(worker, "小区门口的垃圾桶破了"))
                        .getJsonObject("grid")
                        .getString("code"));
        JsonObject receipt = elsewhere
                .with("Idempotency-Key", UUID.randomUUID().toString())
                .post(
                        "/api/field/found",
                        new JsonObject()
                                .put("text", "路过看到井盖没了")
                                .put("point", TestApp.streetLamp().getJsonObject("point")))
                .expect(201)
                .json();
        assertFalse(receipt.getBoolean("mine"));
        elsewhere.get("/api/cases/" + receipt.getString("number")).expect(404);
        assertEquals("SUBMITTED", worker.seeCase(receipt.getString("number")).getString("state"));
    }

    // Visits, patrols, door-knocks.

    @Test
    void a_visit_is_written_once_counts_people_and_never_says_who() {
        Client keyed = worker.with("Idempotency-Key", UUID.randomUUID().toString());
        JsonObject visit = SampleRequests.visit().put("words", "老人电话 13912345678，身份证 140402194001011234，一切都好。");
        JsonObject first = keyed.post("/api/field/logs", visit).expect(201).json();
        assertEquals("老人电话 …，身份证 …，一切都好。", first.getString("words"));
        visit.put("sentAt", Instant.now().plusSeconds(90).toString());
        assertEquals(
                first.getString("id"),
                keyed.post("/api/field/logs", visit).expect(201).string("id"),
                "when it is sent again does not make it another");
        keyed.post("/api/field/logs", visit.put("people", 9)).refused(409, "key-reused");
        assertEquals(1, mine(worker, first.getString("id")));
        assertEquals(0, mine(elsewhere, first.getString("id")));
    }

    @Test
    void a_log_written_hours_ago_stands_at_that_hour_less_the_phones_error_and_never_in_the_future() {
        Instant phone = Instant.now().plus(Duration.ofHours(1));
        JsonObject log = add(
                worker,
                SampleRequests.visit()
                        .put("at", phone.minus(Duration.ofHours(3)).toString())
                        .put("sentAt", phone.toString()));
        assertEquals(
                Instant.now().minus(Duration.ofHours(3)).toEpochMilli(),
                Instant.parse(log.getString("at")).toEpochMilli(),
                60_000);
        assertEquals(3600, log.getInteger("aheadSeconds"), 60);
        JsonObject ahead = add(
                worker,
                SampleRequests.visit()
                        .put("at", Instant.now().plus(Duration.ofDays(2)).toString()));
        assertEquals(ahead.getString("receivedAt"), ahead.getString("at"));
        worker.with("Idempotency-Key", UUID.randomUUID().toString())
                .post(
                        "/api/field/logs",
                        SampleRequests.visit()
                                .put(
                                        "at",
                                        Instant.now().minus(Duration.ofDays(40)).toString()))
                .refused(422, "not-sensible");
    }

    @Test
    void a_log_without_anything_is_none_and_a_door_knock_counts_doors() {
        Client keyed = worker.with("Idempotency-Key", UUID.randomUUID().toString());
        JsonObject bare = SampleRequests.visit();
        bare.remove("words");
        bare.put("households", 0).put("people", 0);
        keyed.post("/api/field/logs", bare).refused(422, "not-sensible");
        keyed.post(
                        "/api/field/logs",
                        SampleRequests.visit().put("kind", "PATROL").put("about", "ALONE"))
                .refused(422, "not-sensible");
        JsonObject knock = SampleRequests.visit().put("kind", "DOOR_KNOCK").put("households", 0);
        knock.remove("about");
        keyed.post("/api/field/logs", knock).refused(422, "not-sensible");
    }

    @Test
    void photos_of_a_log_are_its_writers_and_its_leaders_to_see() throws IOException {
        String photo = uploaded(worker);
        JsonObject log = add(worker, SampleRequests.visit().put("media", new JsonArray().add(photo)));
        assertEquals(1, log.getJsonArray("media").size());
        for (Client one : List.of(worker, leader, dispatcher)) {
            assertEquals(200, one.send("GET", "/api/media/" + photo, null).status());
        }
        for (Client one : List.of(elsewhere, resident)) {
            assertEquals(404, one.send("GET", "/api/media/" + photo, null).status());
        }
    }

    @Test
    void a_mistyped_log_is_struck_out_with_its_reason_and_counts_no_more() {
        JsonObject log = add(worker, SampleRequests.visit().put("households", 777));
        String day = day(Instant.parse(log.getString("at")));
        long before = households(worker, day);
        elsewhere
                .post("/api/field/logs/" + log.getString("id") + "/void", new JsonObject().put("why", "不是我写的"))
                .expect(404);
        JsonObject struck = worker.post(
                        "/api/field/logs/" + log.getString("id") + "/void", new JsonObject().put("why", "多按了一个 7"))
                .expect(200)
                .json();
        assertEquals("多按了一个 7", struck.getString("voidReason"));
        assertEquals(before - 777, households(worker, day));
        assertEquals(1, mine(worker, log.getString("id")), "it stays to be read");
        worker.post("/api/field/logs/" + log.getString("id") + "/void", new JsonObject().put("why", "再来一次"))
                .expect(404);
    }

    @Test
    void a_campaign_counts_households_covered_grid_by_grid() {
        JsonObject called = dispatcher
                .post("/api/field/campaigns", SampleRequests.campaign())
                .expect(201)
                .json();
        long id = called.getLong("id");
        assertTrue(called.getBoolean("running"));
        JsonObject seen = worker.get("/api/field/campaigns/" + id).expect(200).json();
        assertEquals(1, seen.getJsonArray("grids").size(), "a worker reads of the own grid");
        assertTrue(seen.getInteger("households") > 0);
        JsonObject knock = SampleRequests.visit()
                .put("kind", "DOOR_KNOCK")
                .put("campaign", id)
                .put("households", 12)
                .put("absent", 5);
        knock.remove("about");
        add(worker, knock);
        JsonObject wrong = add(worker, knock.copy().put("households", 100));
        worker.post("/api/field/logs/" + wrong.getString("id") + "/void", new JsonObject().put("why", "写错了"))
                .expect(200);
        JsonObject counted =
                dispatcher.get("/api/field/campaigns/" + id).expect(200).json();
        assertEquals(12, counted.getInteger("covered"));
        assertEquals(5, counted.getInteger("absent"));
        JsonObject own = counted.getJsonArray("grids").stream()
                .map(JsonObject.class::cast)
                .filter(one -> one.getString("code").equals(app.grid()))
                .findFirst()
                .orElseThrow();
        assertEquals(12, own.getInteger("covered"));
        elsewhere
                .with("Idempotency-Key", UUID.randomUUID().toString())
                .post("/api/field/logs", knock)
                .refused(422, "not-sensible");
        dispatcher.post("/api/field/campaigns/" + id + "/end", new JsonObject()).expect(200);
        worker.with("Idempotency-Key", UUID.randomUUID().toString())
                .post(
                        "/api/field/logs",
                        knock.put("at", Instant.now().plusSeconds(5).toString()))
                .refused(422, "not-sensible");
    }

    // The ledger.

    @Test
    void the_ledger_has_everything_i_did_and_nothing_others_did() {
        String number = filed();
        worker.move(number, "ACCEPT", "words", "收到。");
        leader.move(number, "NOTE", "words", "网格长来看过。");
        String found = found(worker, "巡查发现消防栓漏水");
        add(worker, SampleRequests.visit().put("words", "台账里的走访"));
        String today = day(Instant.now());
        JsonArray entries =
                worker.get("/api/field/ledger/days/" + today).expect(200).items();
        List<String> of = entries.stream()
                .map(JsonObject.class::cast)
                .filter(one -> number.equals(one.getString("number")))
                .map(one -> one.getString("label"))
                .toList();
        assertEquals(List.of("受理"), of);
        assertTrue(entries.stream()
                .map(JsonObject.class::cast)
                .anyMatch(one -> found.equals(one.getString("number"))
                        && one.getString("label").equals("巡查上报")));
        assertTrue(entries.stream()
                .map(JsonObject.class::cast)
                .anyMatch(one -> "台账里的走访".equals(one.getString("words"))
                        && one.getString("label").equals("走访·独居老人")));
        JsonObject day = worker
                .get("/api/field/ledger?month=" + today.substring(0, 7))
                .expect(200)
                .json()
                .getJsonArray("days")
                .stream()
                .map(JsonObject.class::cast)
                .filter(one -> one.getString("day").equals(today))
                .findFirst()
                .orElseThrow();
        long counted = day.getLong("moves")
                + day.getLong("found")
                + day.getLong("visits")
                + day.getLong("patrols")
                + day.getLong("doorKnocks");
        assertEquals(
                worker.get("/api/field/ledger/days/" + today)
                        .expect(200)
                        .items()
                        .size(),
                counted);
    }

    @Test
    void the_exported_ledger_opens_in_a_spreadsheet_and_runs_nothing_there() {
        add(worker, SampleRequests.visit().put("words", "=HYPERLINK(\"http://x\")，第一行\n第二行"));
        String today = day(Instant.now());
        Reply csv = worker.get("/api/field/ledger/csv?from=" + today + "&to=" + today)
                .expect(200);
        assertEquals("text/csv; charset=utf-8", csv.header("content-type"));
        assertTrue(csv.text().startsWith("\uFEFF日期,时间,事项,"));
        assertTrue(csv.text().contains("\"'=HYPERLINK(\"\"http://x\"\")，第一行\n第二行\""), csv::text);
        worker.get("/api/field/ledger/csv?from=" + today + "&to=2020-01-01").refused(422, "not-sensible");
        worker.get("/api/field/ledger/csv?from=today&to=" + today).refused(400, "bad-input");
        app.nobody().get("/api/field/ledger/csv?from=" + today + "&to=" + today).refused(401, "not-signed-in");
    }

    @Test
    void ten_thousand_lines_flow_out_without_being_held() {
        app.sql(db -> db.query("""
                INSERT INTO field_logs (id, staff_id, client_key, request_hash, kind, area, at, said_at, phone_ahead, received_at,
                  households, absent, people, words)
                SELECT gen_random_uuid(), s.id, 'many-' || n, '', 'PATROL', s.area, timestamptz '2025-05-05 08:00+08' + n * interval '1 second',
                  now(), 0, now(), 0, 0, 0, '例行巡查第 ' || n || ' 处'
                FROM staff s, generate_series(1, 10000) n WHERE s.username = 'leader-%s'""".formatted(app.grid())).execute());
        Reply csv = leader.get("/api/field/ledger/csv?from=2025-05-05&to=2025-05-05")
                .expect(200);
        assertEquals(10_001, csv.text().lines().count());
        assertTrue(csv.text().contains("例行巡查第 10000 处"));
        assertTrue(leader.get("/api/field/ledger/days/2025-05-05")
                .expect(200)
                .json()
                .getBoolean("more"));
    }

    private static String filed() {
        return resident.file(TestApp.streetLamp()).getString("number");
    }

    private static String found(Client who, String text) {
        return who.with("Idempotency-Key", UUID.randomUUID().toString())
                .post("/api/field/found", new JsonObject().put("text", text))
                .expect(201)
                .string("number");
    }

    private static JsonObject add(Client who, JsonObject log) {
        return who.with("Idempotency-Key", UUID.randomUUID().toString())
                .post("/api/field/logs", log)
                .expect(201)
                .json();
    }

    private static String uploaded(Client who) throws IOException {
        return who.send("POST", "/api/media", "application/octet-stream", Pictures.png())
                .expect(201)
                .string("id");
    }

    private static void stamp(Client who, String photo, Instant at) {
        who.post(
                        "/api/field/stamps",
                        new JsonObject()
                                .put("sentAt", Instant.now().toString())
                                .put(
                                        "items",
                                        new JsonArray()
                                                .add(new JsonObject()
                                                        .put("media", photo)
                                                        .put("at", at.toString()))))
                .expect(204);
    }

    private static JsonArray stamps(String number) {
        return worker.get("/api/field/cases/" + number).expect(200).json().getJsonArray("stamps");
    }

    private static JsonObject move(String move, int version, String words) {
        JsonObject body = new JsonObject().put("move", move).put("version", version);
        return words == null ? body : body.put("words", words);
    }

    private static String moves(String number) {
        return "/api/cases/" + number + "/moves";
    }

    private static long lines(String number, String move) {
        return app.count("""
                SELECT count(*) FROM case_history h JOIN cases c ON c.id = h.case_id
                WHERE c.number = $1 AND h.move = $2::text::case_move""", number, move);
    }

    private static JsonObject item(JsonObject today, String number) {
        return today.getJsonArray("items").stream()
                .map(JsonObject.class::cast)
                .filter(one -> one.getString("number").equals(number))
                .findFirst()
                .orElseThrow();
    }

    private static long mine(Client who, String id) {
        return who.get("/api/field/logs?limit=50").expect(200).items().stream()
                .filter(one -> ((JsonObject) one).getString("id").equals(id))
                .count();
    }

    private static long households(Client who, String day) {
        return who
                .get("/api/field/ledger?month=" + day.substring(0, 7))
                .expect(200)
                .json()
                .getJsonArray("days")
                .stream()
                .map(JsonObject.class::cast)
                .filter(one -> one.getString("day").equals(day))
                .mapToLong(one -> one.getLong("households"))
                .sum();
    }

    private static String day(Instant at) {
        return LocalDate.ofInstant(at, CITY).toString();
    }

    private static String gridIn(String county) {
        return app.sql(db -> db.preparedQuery(
                        "SELECT min(area) AS area FROM staff WHERE length(area) = 15 AND area LIKE $1 || '%'")
                .execute(io.vertx.sqlclient.Tuple.of(county))
                .map(rows -> rows.iterator().next().getString("area")));
    }
}
