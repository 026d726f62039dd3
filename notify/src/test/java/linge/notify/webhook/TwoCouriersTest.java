package linge.notify.webhook;

import static linge.notify.webhook.Lines.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several nodes carry, and nodes die. */
class TwoCouriersTest {

    private static Lines lines;
    private Receiver receiver;

    @BeforeAll
    static void open() {
        lines = new Lines();
    }

    @AfterAll
    static void close() {
        lines.close();
    }

    @BeforeEach
    void begin() {
        lines.clear();
        receiver = new Receiver(lines.vertx);
    }

    @AfterEach
    void end() {
        receiver.close();
    }

    @Test
    void two_nodes_send_each_event_once_and_each_line_in_order() {
        List<String> names = IntStream.range(0, 6).mapToObj(i -> "line" + i).toList();
        names.forEach(name -> lines.hook(receiver.url() + "&n=" + name, List.of(), "1404", null));
        String[] ids = IntStream.range(0, 30).mapToObj(i -> "e-" + i).toArray(String[]::new);
        Courier one = lines.courier("one");
        Courier other = lines.courier("other");
        List<Future<Void>> carrying = new ArrayList<>();
        for (String id : ids) {
            lines.put(id);
            carrying.add(one.carry());
            carrying.add(other.carry());
        }
        await(Future.join(carrying));
        lines.carry(one);
        lines.carry(other);

        Map<String, List<String>> heard = new HashMap<>();
        receiver.got.forEach(got -> heard.computeIfAbsent(got.path().replaceAll(".*n=", ""), n -> new ArrayList<>())
                .add(got.id()));
        assertEquals(6, heard.size());
        heard.forEach((name, got) -> assertEquals(List.of(ids), got, name));
    }

    @Test
    void a_node_that_dies_while_sending_leaves_the_line_to_the_other_and_its_late_mark_counts_for_nothing() {
        Webhooks.Added hook = lines.hook(receiver);
        Promise<HttpServerResponse> hanging = Promise.promise();
        receiver.answering((got, response) -> {
            if (!hanging.tryComplete(response)) {
                response.end();
            }
        });
        lines.put("e-1", "e-2");
        Future<Void> dying = lines.courier("dying").carry();
        HttpServerResponse late = await(hanging.future());

        Courier other = lines.courier("other");
        lines.carry(other);
        assertEquals(1, receiver.got.size(), "the line is leased");
        lines.clock.pass(Lines.LEASE);
        lines.carry(other);
        assertEquals(List.of("e-1", "e-1", "e-2"), receiver.ids(), "once in effect: the id is the same");

        late.setStatusCode(410).end();
        await(dying);
        assertTrue(lines.look(hook).active(), "the answer to a lost lease switches nothing off");
        assertEquals("SENT", lines.delivery(hook, "e-1").getString("state"));
        assertEquals(1, lines.delivery(hook, "e-1").getInteger("attempts"));
    }

    @Test
    void a_commit_wakes_a_courier_and_stopping_finishes_what_is_on_its_way() {
        Webhooks.Added hook = lines.hook(receiver);
        Promise<HttpServerResponse> asked = Promise.promise();
        receiver.answering((got, response) -> asked.tryComplete(response));
        Courier courier = lines.courier("a", lines.vault, Duration.ofHours(1));
        await(courier.start());
        lines.put("e-1", "e-2");
        HttpServerResponse response = await(asked.future());

        Future<Void> stopped = courier.stop();
        response.end();
        await(stopped);
        assertEquals("SENT", lines.delivery(hook, "e-1").getString("state"));
        assertEquals("PENDING", lines.delivery(hook, "e-2").getString("state"));
        assertEquals(0, lines.count("webhooks WHERE lease_until IS NOT NULL"));
    }

    @Test
    void a_courier_that_takes_over_does_not_wait_for_the_lease_of_the_dead() {
        lines.hook(receiver);
        Promise<HttpServerResponse> hanging = Promise.promise();
        receiver.answering((got, response) -> {
            if (!hanging.tryComplete(response)) {
                response.end();
            }
        });
        lines.put("e-1");
        Future<Void> dying = lines.courier("dying").carry();
        await(hanging.future());
        Courier next = lines.courier("next");
        await(next.takeOver());
        lines.carry(next);
        assertEquals(List.of("e-1", "e-1"), receiver.ids());
        await(hanging.future()).end();
        await(dying);
    }
}
