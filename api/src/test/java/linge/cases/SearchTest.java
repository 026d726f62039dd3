package linge.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import linge.Client;
import linge.TestApp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Words are found where they were said, in Chinese, however few characters, and by nobody who may not read them. */
class SearchTest {

    private static TestApp app;
    private static Client dispatcher;
    private static Client resident;
    private static String phone;
    private static String lamp;
    private static String wages;
    private static String drain;
    private static String hidden;

    @BeforeAll
    static void start() {
        app = TestApp.demo();
        String grid = app.grid();
        dispatcher = app.staff("dispatcher-" + grid.substring(0, 6));
        phone = TestApp.phone();
        resident = app.resident(phone);
        resident.put("/api/me", new JsonObject().put("name", "欧阳静宜")).expect(200);
        lamp = filed(TestApp.streetLamp().put("text", "３号楼门口的路灯坏了，灯泡碎在地上"));
        wages = filed(TestApp.streetLamp().put("text", "老板拖欠工资 100%_不给，还说\\随便告\\"));
        drain = filed(TestApp.streetLamp().put("text", "下水道堵了，LED 灯也不亮").put("address", "梧桐巷 7 号院"));
        hidden = filed(TestApp.streetLamp().put("text", "有人在楼道里熬中药").put("confidential", true));
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @Test
    void words_of_one_and_two_characters_are_found() {
        assertEquals(Set.of(lamp, drain), found("灯"));
        assertEquals(Set.of(lamp), found("路灯"));
        assertEquals(Set.of(hidden), found("药"));
        assertEquals(Set.of(), found("鲸"));
    }

    @Test
    void a_longer_word_is_found_only_where_it_stands_as_a_whole() {
        assertEquals(Set.of(lamp), found("路灯坏了"));
        // Both its pairs are there, 路灯 and 灯泡, but not one after the other.
        assertEquals(Set.of(), found("路灯泡"));
    }

    @Test
    void every_word_must_be_there_in_whatever_order_width_or_case() {
        assertEquals(Set.of(lamp), found("灯泡 路灯"));
        assertEquals(Set.of(), found("路灯 工资"));
        assertEquals(Set.of(drain), found("led"));
        assertEquals(Set.of(lamp), found("3号楼"));
        assertEquals(Set.of(lamp), found("３号楼，"));
    }

    @Test
    void an_address_a_place_and_an_answer_are_searched_too() {
        assertEquals(Set.of(drain), found("梧桐巷"));
        String village = dispatcher.seeCase(lamp).getJsonObject("grid").getString("placeName");
        assertTrue(found(village).containsAll(Set.of(lamp, wages, drain, hidden)), village);
        Client worker = app.staff("worker-" + app.grid());
        String done = filed(TestApp.streetLamp().put("text", "水管漏水"));
        worker.move(done, "ACCEPT");
        worker.move(done, "HANDLE");
        worker.move(done, "REPORT_BACK", "words", "已换成梅花形阀门");
        assertEquals(Set.of(done), found("梅花形"));
    }

    @Test
    void a_number_comes_first_and_its_beginning_finds_the_day() {
        filed(TestApp.streetLamp().put("text", "再问一次 " + lamp + " 什么时候修"));
        List<String> order = items("q=" + lamp).stream()
                .map(item -> item.getString("number"))
                .toList();
        assertEquals(lamp, order.get(0));
        assertEquals(2, order.size(), order::toString);
        String spoken = lamp.substring(0, 4) + " " + lamp.substring(4, 8) + "-" + lamp.substring(8);
        assertEquals(lamp, items("q=" + QueueTest.encoded(spoken)).get(0).getString("number"));
        assertTrue(found(lamp.substring(0, 6)).containsAll(Set.of(lamp, wages, drain, hidden)));
    }

    @Test
    void signs_of_the_database_are_words_like_others() {
        assertEquals(Set.of(wages), found("100_"));
        assertEquals(Set.of(wages), found("拖欠_工资"));
        assertEquals(Set.of(wages), found("/随便告/"));
        assertEquals(Set.of(wages), found("\\随便告\\"));
        assertEquals(Set.of(), found("'; DROP TABLE cases; --"));
        assertEquals(Set.of(lamp), found("路灯 & ! | ( ) : * <-> '"));
    }

    @Test
    void whatever_a_person_types_is_searched_as_it_was_typed() {
        String quoted = filed(TestApp.streetLamp().put("text", "牌子上写着\"止步\"，坡度有50%，1+1路公交绕行3.5公里，路径C:\\temp"));
        for (String typed : List.of(
                "\"止步\"",
                "50%",
                "坡度 %",
                "%E6 50%",
                "1+1路",
                "3.5",
                "3.5公里",
                "C:\\temp",
                "\\",
                "\"",
                "%",
                "{\"止步\": 50}",
                "[3.5]",
                "\t止步\n")) {
            if (!typed.contains("E6")) {
                assertTrue(found(typed).contains(quoted), typed);
            }
            assertEquals(
                    200,
                    dispatcher.get("/api/queue?q=" + QueueTest.encoded(typed)).status(),
                    typed);
            assertEquals(
                    200,
                    dispatcher
                            .get("/api/cases?view=all&q=" + QueueTest.encoded(typed))
                            .status(),
                    typed);
        }
        assertEquals(400, dispatcher.get("/api/queue?q=%00").status());
    }

    @Test
    void nothing_but_signs_finds_everything_rather_than_failing() {
        assertTrue(found("__").containsAll(Set.of(lamp, wages, drain, hidden)));
    }

    @Test
    void where_it_stands_is_marked() {
        JsonObject hit = items("q=" + QueueTest.encoded("灯泡 路灯")).get(0).getJsonObject("hit");
        String text = hit.getString("text");
        List<String> marked = hit.getJsonArray("marks").stream()
                .map(JsonArray.class::cast)
                .map(mark -> text.substring(mark.getInteger(0), mark.getInteger(1)))
                .toList();
        assertEquals(List.of("路灯", "灯泡"), marked);
    }

    @Test
    void who_filed_is_not_found_by_name_or_phone_and_others_find_nothing() {
        assertEquals(Set.of(), found("欧阳静宜"));
        assertEquals(Set.of(), found(phone));
        for (String user : List.of("dispatcher-140404", "worker-" + elsewhere(), "admin")) {
            Client other = app.staff(user);
            assertTrue(
                    other.get("/api/queue?view=all&q=" + QueueTest.encoded("熬中药"))
                            .expect(200)
                            .items()
                            .isEmpty(),
                    user);
            assertTrue(
                    other.get("/api/queue?view=all&q=" + lamp)
                            .expect(200)
                            .items()
                            .isEmpty(),
                    user);
        }
        JsonObject row = items("q=" + QueueTest.encoded("熬中药")).get(0);
        assertFalse(row.encode().contains("欧阳") || row.encode().contains(phone), row::encode);
    }

    @Test
    void the_plain_list_finds_the_same() {
        JsonArray items = dispatcher
                .get("/api/cases?view=all&q=" + QueueTest.encoded("路灯坏了"))
                .expect(200)
                .items();
        assertEquals(1, items.size());
        assertEquals(lamp, items.getJsonObject(0).getString("number"));
        assertEquals(
                1,
                resident.get("/api/cases?view=all&q=" + QueueTest.encoded("下水道"))
                        .expect(200)
                        .items()
                        .size());
    }

    @Test
    void what_half_the_city_says_is_found_along_the_list() {
        app.count("""
                WITH more AS (
                  INSERT INTO cases (number, resident_id, client_key, request_hash, text, urgency, area, privacy, filed_at, state,
                    version, holder_area, supervised, urges, updated_at)
                  SELECT lpad((900000000000 + i)::text, 12, '0'), resident_id, 'many-' || i, request_hash, '噪音扰民，第' || i || '次说',
                    urgency, area, privacy, filed_at - i * interval '1 minute', 'SUBMITTED', 0, holder_area, false, 0, updated_at
                  FROM cases, generate_series(1, 4200) AS i WHERE number = $1 RETURNING 1)
                SELECT count(*) FROM more""", lamp);
        JsonObject page = dispatcher
                .get("/api/queue?view=all&limit=100&q=" + QueueTest.encoded("噪音"))
                .expect(200)
                .json();
        assertEquals(100, page.getJsonArray("items").size());
        assertEquals(new JsonObject().put("n", 1000).put("more", true), page.getJsonObject("total"));
        JsonObject second = dispatcher
                .get("/api/queue?view=all&limit=100&q=" + QueueTest.encoded("噪音") + "&after=" + page.getString("next"))
                .expect(200)
                .json();
        assertEquals(100, second.getJsonArray("items").size());
        // Filtered, it is counted as far as it was looked at, and says so.
        JsonObject open = dispatcher
                .get("/api/queue?view=open&limit=1&q=" + QueueTest.encoded("噪音"))
                .expect(200)
                .json()
                .getJsonObject("total");
        assertTrue(open.getBoolean("more"), open::encode);
        assertEquals(Set.of(), dispatcherFinds("view=closed&q=" + QueueTest.encoded("噪音")));
        app.count(
                "WITH gone AS (DELETE FROM cases WHERE client_key LIKE 'many-%' RETURNING 1) SELECT count(*) FROM gone");
    }

    private static Set<String> found(String words) {
        return dispatcherFinds("view=all&q=" + QueueTest.encoded(words));
    }

    private static Set<String> dispatcherFinds(String query) {
        return items(query).stream()
                .map(item -> item.getString("number"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<JsonObject> items(String query) {
        return dispatcher
                .get("/api/queue?limit=100&" + (query.contains("view=") ? query : "view=all&" + query))
                .expect(200)
                .items()
                .stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    private static String filed(JsonObject filing) {
        return resident.file(filing).getString("number");
    }

    private static String elsewhere() {
        return app.sql(
                db -> db.query("SELECT min(area) AS area FROM staff WHERE length(area) = 15 AND area LIKE '140404%'")
                        .execute()
                        .map(rows -> rows.iterator().next().getString("area")));
    }
}
