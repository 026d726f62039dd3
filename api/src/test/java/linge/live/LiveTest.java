package linge.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import linge.Client;
import linge.Eventually;
import linge.TestApp;
import linge.clocks.WorkingTime;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Pages that stay open: they hear what happens at once, and miss nothing when they were away. */
class LiveTest {

    private static final int CROWD = 500;

    private static TestApp app;
    private static Client worker;

    @BeforeAll
    static void start() {
        app = TestApp.demo();
        worker = app.staff("worker-" + app.grid());
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @Test
    void a_stream_opens_with_ready_and_is_neither_kept_nor_held_back() {
        try (LiveEvents page = new LiveEvents(app.resident(), "/api/live")) {
            assertEquals("{}", page.next("ready").data());
            assertTrue(page.header("content-type").startsWith("text/event-stream"));
            assertEquals("no-store", page.header("cache-control"));
            assertEquals("no", page.header("x-accel-buffering"));
        }
    }

    @Test
    void a_move_arrives_on_both_sides_as_a_notice_and_a_hint() {
        Client resident = app.resident();
        try (LiveEvents theirs = new LiveEvents(resident, "/api/live");
                LiveEvents desk = new LiveEvents(worker, "/api/live")) {
            theirs.next("ready");
            desk.next("ready");
            String number = resident.file(TestApp.streetLamp()).getString("number");
            assertEquals(number, noticeOf(desk, number).getString("subject"));
            assertEquals(number, noticeOf(theirs, number).getString("subject"));
            worker.move(number, "ACCEPT");
            JsonObject hint = theirs.next("case").json();
            while (!hint.getString("number").equals(number) || hint.getInteger("version") < 1) {
                hint = theirs.next("case").json();
            }
            assertEquals(JsonObject.of("number", number, "version", 1), hint);
            assertTrue(noticeOf(theirs, number).getString("text").contains("受理"));
        }
    }

    @Test
    void who_is_called_in_and_who_stands_in_for_somebody_hear_of_the_case_too() {
        String county = app.grid().substring(0, 6);
        Client officer = app.staff("officer-" + county + "-housing");
        Client standIn = app.staff("dispatcher-140404");
        Client admin = app.staff("admin");
        String village = app.grid().substring(0, 12);
        String today =
                LocalDate.ofInstant(app.clock().instant(), WorkingTime.ZONE).toString();
        String post = admin.get("/api/posts?limit=200&area=" + village).expect(200).items().stream()
                .map(JsonObject.class::cast)
                .filter(one -> one.getString("role").equals("DISPATCHER")
                        && one.getString("area").equals(village))
                .findFirst()
                .orElseThrow()
                .getString("id");
        admin.post(
                        "/api/posts/" + post + "/holders",
                        new JsonObject()
                                .put("user", "dispatcher-140404")
                                .put("hold", "DELEGATE")
                                .put("until", today))
                .expect(201);
        String number = app.resident().file(TestApp.streetLamp()).getString("number");
        try (LiveEvents called = new LiveEvents(officer, "/api/live");
                LiveEvents delegate = new LiveEvents(standIn, "/api/live")) {
            called.next("ready");
            delegate.next("ready");
            worker.move(number, "ACCEPT");
            assertEquals(number, delegate.next("case").json().getString("number"));
            // Nothing of it until the department is called in; then the whistle itself, and what follows.
            app.staff("dispatcher-" + app.grid().substring(0, 9))
                    .with("Idempotency-Key", UUID.randomUUID().toString())
                    .post(
                            "/api/cases/" + number + "/whistle",
                            new JsonObject()
                                    .put("reason", "要一起查")
                                    .put("lead", "HOUSING")
                                    .put("assisting", new JsonArray()))
                    .expect(201);
            assertEquals(2, called.next("case").json().getInteger("version"));
            worker.move(number, "NOTE", "words", "约好下午");
            assertEquals(3, called.next("case").json().getInteger("version"));
        }
    }

    @Test
    void a_strangers_case_is_not_heard_of() {
        Client stranger = app.resident();
        Client resident = app.resident();
        try (LiveEvents page = new LiveEvents(stranger, "/api/live")) {
            page.next("ready");
            String theirs = resident.file(TestApp.streetLamp()).getString("number");
            String own = stranger.file(TestApp.streetLamp()).getString("number");
            assertEquals(own, page.next("case").json().getString("number"), theirs);
            assertEquals(own, page.next("notice").json().getString("subject"), theirs);
        }
    }

    @Test
    void what_was_missed_comes_again_in_order_and_nothing_twice() {
        Client resident = app.resident();
        String number = resident.file(TestApp.streetLamp()).getString("number");
        List<Integer> ids = inbox(resident, 1);
        List<LiveEvents.Event> seen;
        try (LiveEvents page = new LiveEvents(resident, "/api/live?lastEventId=0")) {
            seen = page.notices(1);
        }
        assertEquals(String.valueOf(ids.get(0)), seen.get(0).id());
        // More than the service reads at once.
        for (int i = 0; i < 60; i++) {
            worker.move(number, "NOTE", "words", "第 " + i + " 步");
        }
        List<String> missed =
                inbox(resident, 61).stream().skip(1).map(String::valueOf).toList();
        String last = seen.get(0).id();
        try (LiveEvents byHeader = new LiveEvents(resident.with("Last-Event-ID", last), "/api/live");
                LiveEvents byQuery = new LiveEvents(resident, "/api/live?lastEventId=" + last)) {
            for (LiveEvents page : List.of(byHeader, byQuery)) {
                assertEquals(
                        missed,
                        page.notices(60).stream().map(LiveEvents.Event::id).toList());
            }
            // The next to come is the next to happen: nothing was sent twice in between.
            worker.move(number, "NOTE", "words", "又一步");
            assertTrue(byHeader.next("notice").data().contains("又一步"));
            assertTrue(byQuery.next("notice").data().contains("又一步"));
        }
    }

    @Test
    void a_page_that_saw_nothing_yet_starts_with_what_happens_next() {
        Client resident = app.resident();
        String number = resident.file(TestApp.streetLamp()).getString("number");
        inbox(resident, 1);
        try (LiveEvents page = new LiveEvents(resident, "/api/live")) {
            page.next("ready");
            worker.move(number, "ACCEPT");
            assertTrue(page.next("notice").json().getString("text").contains("受理"));
        }
    }

    @Test
    void nobody_listens_unless_signed_in_and_only_from_a_number() {
        app.nobody().get("/api/live").refused(401, "not-signed-in");
        app.nobody().bearer("no such token").get("/api/live").refused(401, "not-signed-in");
        Client resident = app.resident();
        resident.with("Last-Event-ID", "yesterday").get("/api/live").refused(400, "bad-input");
        resident.get("/api/live?lastEventId=1e3").refused(400, "bad-input");
    }

    @Test
    @Timeout(60)
    void a_stream_ends_with_its_session() {
        Client resident = app.resident();
        try (LiveEvents page = new LiveEvents(resident, "/api/live")) {
            page.next("ready");
            resident.delete("/api/sessions").expect(204);
            page.next("ended");
        }
        Client admin = app.staff("admin");
        String user = "assistant-" + app.grid();
        try (LiveEvents page = new LiveEvents(app.staff(user), "/api/live");
                LiveEvents other = new LiveEvents(worker, "/api/live")) {
            page.next("ready");
            other.next("ready");
            admin.patch("/api/staff/" + user, new JsonObject().put("active", false))
                    .expect(200);
            page.next("ended");
            String number = app.resident().file(TestApp.streetLamp()).getString("number");
            assertEquals(number, noticeOf(other, number).getString("subject"));
        }
    }

    @Test
    void events_are_not_held_back_by_compression() throws IOException {
        Client resident = app.resident();
        try (Socket socket = new Socket("127.0.0.1", app.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write(("GET /api/live HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip, deflate\r\n"
                                    + "Authorization: Bearer " + resident.token() + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            String head = Chunks.line(in);
            boolean zipped = false;
            for (String header = Chunks.line(in); !header.isEmpty(); header = Chunks.line(in)) {
                zipped |= header.toLowerCase(java.util.Locale.ROOT).contains("content-encoding: gzip");
            }
            assertEquals("HTTP/1.1 200 OK", head);
            InputStream body = zipped ? new GZIPInputStream(new Chunks(in)) : new Chunks(in);
            assertTrue(Chunks.readUntil(body, "event: ready"));
            resident.file(TestApp.streetLamp());
            assertTrue(Chunks.readUntil(body, "event: notice"));
        }
    }

    @Test
    @Timeout(120)
    void five_hundred_pages_hear_of_one_move() {
        Client resident = app.resident();
        List<LiveEvents> pages = IntStream.range(0, CROWD)
                .mapToObj(i -> new LiveEvents(resident, "/api/live"))
                .toList();
        pages.forEach(page -> page.next("ready"));
        assertTrue(openStreams() >= CROWD, () -> "open: " + openStreams());
        String number = resident.file(TestApp.streetLamp()).getString("number");
        pages.forEach(page -> assertEquals(number, page.next("notice").json().getString("subject")));
        pages.forEach(LiveEvents::close);
        Eventually.holds("all closed", () -> openStreams() < 20);
    }

    @Test
    void the_inbox_is_paged_and_read_up_to_where_it_was_read() {
        Client resident = app.resident();
        String number = resident.file(TestApp.streetLamp()).getString("number");
        worker.move(number, "ACCEPT");
        worker.move(number, "HANDLE");
        List<Integer> ids = inbox(resident, 3);
        JsonObject first = resident.get("/api/inbox?limit=2").expect(200).json();
        assertEquals(3, first.getInteger("unread"));
        assertEquals(2, first.getJsonArray("items").size());
        JsonObject second = resident.get("/api/inbox?limit=2&before=" + first.getLong("next"))
                .expect(200)
                .json();
        assertEquals(ids.get(0), second.getJsonArray("items").getJsonObject(0).getInteger("id"));
        assertFalse(second.containsKey("next"));
        assertEquals(
                1,
                resident.post("/api/inbox/read", new JsonObject().put("upTo", ids.get(1)))
                        .expect(200)
                        .json()
                        .getInteger("unread"));
    }

    private static JsonObject noticeOf(LiveEvents page, String number) {
        JsonObject notice = page.next("notice").json();
        while (!number.equals(notice.getString("subject"))) {
            notice = page.next("notice").json();
        }
        return notice;
    }

    /** The ids of the inbox, oldest first, once it holds so many. */
    private static List<Integer> inbox(Client who, int many) {
        return Eventually.get(
                        "inbox of " + many,
                        () -> who.get("/api/inbox?limit=100").expect(200).items(),
                        items -> items.size() >= many)
                .stream()
                .map(item -> ((JsonObject) item).getInteger("id"))
                .sorted()
                .toList();
    }

    private static int openStreams() {
        return app.nobody()
                .get("/metrics")
                .text()
                .lines()
                .filter(line -> line.startsWith("linge_live_streams"))
                .mapToInt(line -> (int) Double.parseDouble(line.replaceFirst(".* ", "")))
                .findFirst()
                .orElse(0);
    }
}
