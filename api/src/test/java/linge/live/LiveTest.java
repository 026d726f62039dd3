package linge.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import linge.Client;
import linge.TestApp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LiveTest {

    private static TestApp app;

    @BeforeAll
    static void start() {
        app = TestApp.demo();
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    private static Client worker() {
        return app.staff("worker-" + app.grid());
    }

    @Test
    void a_move_reaches_the_residents_open_page_as_notice_and_hint() {
        Client resident = app.resident();
        try (Events page = Events.open(resident)) {
            page.next("ready");
            String number = resident.file(TestApp.streetLamp()).getString("number");
            assertEquals(number, page.next("case").data().getString("number"));
            Events.Event filed = page.next("notice");
            assertNotNull(filed.id());
            assertEquals(number, filed.data().getString("subject"));
            worker().tryMove(number, "ACCEPT").expect(200);
            assertEquals("您的诉求已受理", page.next("notice").data().getString("title"));
        }
    }

    @Test
    void a_new_case_reaches_the_open_page_of_the_grids_worker_and_of_nobody_elses_grid() {
        Client resident = app.resident();
        try (Events desk = Events.open(worker())) {
            desk.next("ready");
            String number = resident.file(TestApp.streetLamp()).getString("number");
            assertEquals(number, desk.next("case").data().getString("number"));
            assertEquals(number, desk.next("notice").data().getString("subject"));
        }
    }

    @Test
    void a_page_that_comes_back_gets_what_it_missed_in_order_and_nothing_twice() {
        Client resident = app.resident();
        String number;
        String seen;
        try (Events page = Events.open(resident)) {
            page.next("ready");
            number = resident.file(TestApp.streetLamp()).getString("number");
            seen = page.next("notice").id();
        }
        Client worker = worker();
        for (String move : List.of("ACCEPT", "HANDLE")) {
            worker.tryMove(number, move).expect(200);
        }
        worker.tryMove(number, "NOTE", "words", "已联系电工").expect(200);
        for (boolean byHeader : new boolean[] {true, false}) {
            Client back = byHeader ? resident.with("Last-Event-ID", seen) : resident;
            try (Events page = Events.open(back, byHeader ? "" : "?lastEventId=" + seen)) {
                List<String> titles = new ArrayList<>();
                long last = Long.parseLong(seen);
                for (int i = 0; i < 3; i++) {
                    Events.Event event = page.next("notice");
                    assertTrue(Long.parseLong(event.id()) > last, "ids go up");
                    last = Long.parseLong(event.id());
                    titles.add(event.data().getString("title"));
                }
                assertEquals(List.of("您的诉求已受理", "您的诉求开始办理了", "您的诉求有新进展"), titles);
            }
        }
    }

    @Test
    void a_stream_ends_with_its_session() {
        Client resident = app.resident();
        try (Events page = Events.open(resident)) {
            page.next("ready");
            resident.delete("/api/sessions?everywhere=true").expect(204);
            page.awaitEnd();
        }
    }

    @Test
    void a_stream_is_for_the_signed_in_and_wants_a_number_it_gave() {
        JsonObject nobody = app.nobody().get("/api/live").expect(401).json();
        assertEquals("urn:linge:problem:not-signed-in", nobody.getString("type"));
        app.resident().with("Last-Event-ID", "yesterday").get("/api/live").expect(400);
    }

    @Test
    void five_hundred_pages_hear_of_one_case() {
        Client resident = app.resident();
        List<Events> pages = new ArrayList<>();
        try {
            for (int i = 0; i < 500; i++) {
                pages.add(Events.open(resident));
            }
            pages.forEach(page -> page.next("ready"));
            String number = resident.file(TestApp.streetLamp()).getString("number");
            pages.forEach(
                    page -> assertEquals(number, page.next("notice").data().getString("subject")));
        } finally {
            pages.forEach(Events::close);
        }
    }
}
