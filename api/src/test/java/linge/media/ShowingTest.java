package linge.media;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import linge.media.clean.SamplePhotos;
import linge.media.clean.SampleVideos;
import linge.shared.Caller;
import linge.shared.Refusal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShowingTest {

    @TempDir
    static Path folder;

    static MediaHouse house;

    @BeforeAll
    static void open() throws IOException {
        house = new MediaHouse(folder, MediaSettings.USUAL);
    }

    @AfterAll
    static void close() throws Exception {
        house.close();
    }

    @Test
    void what_is_not_filed_is_shown_to_its_owner_only() {
        JsonObject item = photo("zhang");
        assertEquals(200, house.get("zhang", item.getString("url")).statusCode());
        assertEquals(200, house.get("zhang", item.getString("thumbnail")).statusCode());
        assertEquals(404, house.get("li", item.getString("url")).statusCode());
        assertEquals(404, house.get("li", item.getString("thumbnail")).statusCode());
        assertEquals(404, house.get("wang", item.getString("url")).statusCode());
        assertEquals(401, house.get("nobody", item.getString("url")).statusCode());
    }

    @Test
    void what_is_filed_is_shown_to_whoever_may_see_the_case() {
        JsonObject item = photo("zhang");
        UUID caseId = UUID.randomUUID();
        attach(caseId, 0, MediaHouse.ZHANG, item);
        house.seers.put(caseId, Set.of(MediaHouse.ZHANG, MediaHouse.WANG));
        assertEquals(200, house.get("zhang", item.getString("url")).statusCode());
        assertEquals(200, house.get("wang", item.getString("url")).statusCode());
        assertEquals(404, house.get("li", item.getString("url")).statusCode());
    }

    @Test
    void what_is_not_there_and_what_is_no_id_are_not_found() {
        assertEquals(404, house.get("zhang", "/api/media/" + UUID.randomUUID()).statusCode());
        for (String id : List.of("x", "1'%20OR%201=1", "..%2f..%2fetc%2fpasswd", UUID.randomUUID() + "0")) {
            assertEquals(404, house.get("zhang", "/api/media/" + id).statusCode(), id);
        }
    }

    @Test
    void a_browser_is_told_to_believe_the_type_and_run_nothing() {
        HttpResponse<byte[]> answer = house.get("zhang", photo("zhang").getString("url"));
        Map<String, String> told = Map.of(
                "content-type", "image/jpeg",
                "x-content-type-options", "nosniff",
                "content-disposition", "inline",
                "content-security-policy", "default-src 'none'",
                "accept-ranges", "bytes");
        told.forEach((name, value) ->
                assertEquals(value, answer.headers().firstValue(name).orElse(""), name));
        assertTrue(answer.headers().firstValue("cache-control").orElse("").startsWith("private, max-age="));
        assertEquals(
                answer.body().length,
                answer.headers().firstValueAsLong("content-length").orElse(-1));
    }

    @Test
    void a_player_gets_the_part_it_asks_for() {
        JsonObject item = house.uploaded("zhang", SampleVideos.mp4(folder, 192, 112, 10));
        String url = item.getString("url");
        byte[] whole = house.get("zhang", url).body();
        assertEquals(item.getInteger("bytes"), whole.length);
        assertPart(url, "bytes=0-1", 206, Arrays.copyOf(whole, 2), "bytes 0-1/" + whole.length);
        assertPart(
                url,
                "bytes=100-",
                206,
                Arrays.copyOfRange(whole, 100, whole.length),
                "bytes 100-" + (whole.length - 1) + "/" + whole.length);
        assertPart(
                url,
                "bytes=-50",
                206,
                Arrays.copyOfRange(whole, whole.length - 50, whole.length),
                "bytes " + (whole.length - 50) + "-" + (whole.length - 1) + "/" + whole.length);
        assertPart(url, "bytes=0-99999999", 206, whole, "bytes 0-" + (whole.length - 1) + "/" + whole.length);
        assertPart(url, "bytes=" + whole.length + "-", 416, new byte[0], "bytes */" + whole.length);
        assertPart(url, "bytes=-0", 416, new byte[0], "bytes */" + whole.length);
        assertPart(url, "bytes=5-2", 200, whole, "");
        assertPart(url, "bytes=0-1,4-5", 200, whole, "");
        assertPart(url, "lines=1-2", 200, whole, "");
    }

    @Test
    void what_the_browser_has_is_not_sent_again() {
        String url = photo("zhang").getString("url");
        String tag = house.get("zhang", url).headers().firstValue("etag").orElse("");
        HttpResponse<byte[]> again = house.send(
                house.request(url, "zhang").header("If-None-Match", tag).GET());
        assertEquals(304, again.statusCode());
        assertEquals(0, again.body().length);
        HttpResponse<byte[]> stale = house.send(house.request(url, "zhang")
                .header("If-Range", "\"another\"")
                .header("Range", "bytes=0-1")
                .GET());
        assertEquals(200, stale.statusCode());
    }

    @Test
    void an_owner_takes_back_what_is_not_filed() throws IOException {
        long before = house.files();
        String id = photo("zhang").getString("id");
        assertEquals(before + 2, house.files());
        assertEquals(404, house.delete("li", id).statusCode());
        assertEquals(204, house.delete("zhang", id).statusCode());
        assertEquals(404, house.delete("zhang", id).statusCode());
        assertEquals(404, house.get("zhang", "/api/media/" + id).statusCode());
        assertEquals(before, house.files());
    }

    @Test
    void what_is_filed_stays() {
        JsonObject item = photo("zhang");
        UUID caseId = UUID.randomUUID();
        attach(caseId, 0, MediaHouse.ZHANG, item);
        house.seers.put(caseId, Set.of(MediaHouse.ZHANG));
        assertEquals(404, house.delete("zhang", item.getString("id")).statusCode());
        assertEquals(200, house.get("zhang", item.getString("url")).statusCode());
    }

    @Test
    void a_case_has_its_photos_by_line_of_history_in_the_order_given() {
        JsonObject first = photo("zhang");
        JsonObject second = photo("zhang");
        JsonObject third = photo("wang");
        UUID caseId = UUID.randomUUID();
        attach(caseId, 0, MediaHouse.ZHANG, second, first);
        attach(caseId, 3, MediaHouse.WANG, third);
        Map<Integer, List<MediaItem>> kept =
                house.media.ofCase(house.db, caseId).await();
        assertEquals(Set.of(0, 3), kept.keySet());
        assertEquals(
                List.of(id(second), id(first)),
                kept.get(0).stream().map(MediaItem::id).toList());
        assertEquals(third, kept.get(3).get(0).toJson());
    }

    @Test
    void what_belongs_to_another_or_to_a_case_is_not_attached_and_nothing_else_is() {
        JsonObject mine = photo("zhang");
        JsonObject hers = photo("li");
        Refusal stranger = refused(MediaHouse.ZHANG, mine, hers);
        assertEquals(Refusal.Kind.NOT_SENSIBLE, stranger.kind());
        assertEquals("/media/1", stranger.faults().get(0).pointer());
        UUID caseId = UUID.randomUUID();
        attach(caseId, 0, MediaHouse.ZHANG, mine);
        assertEquals("/media/0", refused(MediaHouse.ZHANG, mine).faults().get(0).pointer());
        assertEquals(
                "/media", refused(MediaHouse.LI, hers, hers).faults().get(0).pointer());
        Caller.Resident staffsTwin = new Caller.Resident(MediaHouse.WANG.id(), "13800000009", null);
        assertEquals(
                "/media/0", refused(staffsTwin, photo("wang")).faults().get(0).pointer());
    }

    private static Refusal refused(Caller caller, JsonObject... items) {
        return assertThrows(Refusal.class, () -> attach(UUID.randomUUID(), 0, caller, items));
    }

    private static void attach(UUID caseId, int seq, Caller caller, JsonObject... items) {
        List<UUID> ids = Arrays.stream(items).map(ShowingTest::id).toList();
        house.db
                .withTransaction(tx -> house.media.attach(tx, caseId, seq, caller, ids))
                .await();
    }

    private static UUID id(JsonObject item) {
        return UUID.fromString(item.getString("id"));
    }

    private static JsonObject photo(String who) {
        return house.uploaded(who, SamplePhotos.jpeg(40, 30));
    }

    private static void assertPart(String url, String range, int status, byte[] body, String told) {
        HttpResponse<byte[]> answer =
                house.send(house.request(url, "zhang").header("Range", range).GET());
        assertEquals(status, answer.statusCode(), range);
        assertArrayEquals(body, answer.body(), range);
        assertEquals(told, answer.headers().firstValue("content-range").orElse(""), range);
    }
}
