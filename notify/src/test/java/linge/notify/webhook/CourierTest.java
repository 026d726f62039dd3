package linge.notify.webhook;

import static linge.notify.webhook.Lines.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import linge.notify.webhook.Signature.Verdict;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a receiver hears, in which order, and what happens when it does not listen. */
class CourierTest {

    private static Lines lines;
    private Receiver receiver;
    private Courier courier;

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
        courier = lines.courier("a");
    }

    @AfterEach
    void end() {
        receiver.close();
    }

    @Test
    void an_event_arrives_once_signed_and_in_its_envelope() {
        Webhooks.Added hook = lines.hook(receiver);
        lines.put("261126000017-1");
        lines.put("261126000017-1");
        lines.carry(courier);

        assertEquals(1, receiver.got.size());
        Receiver.Got got = receiver.got.get(0);
        assertEquals("/hear?from=linge", got.path());
        assertEquals("127.0.0.1:" + receiver.port(), got.host());
        assertEquals("application/cloudevents+json; charset=utf-8", got.contentType());
        assertEquals("261126000017-1", got.signature().id());
        assertEquals(Verdict.GOOD, got.signature().check(List.of(hook.secret()), got.body(), lines.clock.instant()));
        JsonObject event = got.event();
        assertEquals("1.0", event.getString("specversion"));
        assertEquals("cn.linge.case.accepted", event.getString("type"));
        assertEquals("261126000017", event.getString("subject"));
        assertEquals(Lines.SOURCE, event.getString("source"));
        assertEquals(new JsonObject().put("state", "ACCEPTED"), event.getJsonObject("data"));

        JsonObject delivery = lines.delivery(hook, "261126000017-1");
        assertEquals("SENT", delivery.getString("state"));
        assertEquals(204, delivery.getInteger("status"));
        assertEquals(0, lines.look(hook).waiting());
    }

    @Test
    void a_webhook_hears_its_types_in_its_area_and_of_its_origin_only() {
        Webhooks.Added typed = lines.hook(receiver.url() + "&n=typed", List.of("cn.linge.case.filed"), "1404", null);
        Webhooks.Added county = lines.hook(receiver.url() + "&n=county", List.of(), "140404", null);
        Webhooks.Added own = lines.hook(receiver.url() + "&n=own", List.of(), "1404", "pingan");
        lines.put("e-1", "cn.linge.case.filed", "140403001001001", null);
        lines.put("e-2", "cn.linge.case.accepted", "140404001", "pingan");
        lines.put("e-3", "cn.linge.case.accepted", "140403", "helpbox");
        lines.put("e-4", "cn.linge.case.accepted", "150101", "helpbox");
        lines.carry(courier);

        assertEquals(
                List.of("typed e-1", "county e-2", "own e-2"),
                receiver.got.stream()
                        .sorted((a, b) -> Integer.compare(rank(a), rank(b)))
                        .map(got -> got.path().replaceAll(".*n=", "") + " " + got.id())
                        .toList());
        for (Webhooks.Added one : List.of(typed, county, own)) {
            JsonObject data = receiver.got.stream()
                    .filter(got -> one.webhook().url().endsWith(got.path().replaceAll(".*&", "")))
                    .findFirst()
                    .orElseThrow()
                    .event()
                    .getJsonObject("data");
            assertEquals(one == own, data.containsKey("report"), "what is the origin's is only told to it");
        }
        assertEquals(2, lines.count("webhook_events"), "what nobody hears is not kept");
    }

    private static int rank(Receiver.Got got) {
        return List.of("typed", "county", "own").indexOf(got.path().replaceAll(".*n=", ""));
    }

    @Test
    void an_event_of_a_transaction_that_rolls_back_never_was() {
        lines.hook(receiver);
        Events.Event event = new Events.Event(
                "x-1", "t", "s", "1404", null, new JsonObject(), new JsonObject(), lines.clock.instant());
        assertNotNull(lines.db
                .withTransaction(tx ->
                        Events.put(tx, event).compose(put -> io.vertx.core.Future.failedFuture("the move was refused")))
                .transform((ok, failure) -> io.vertx.core.Future.succeededFuture(failure))
                .await());
        lines.carry(courier);
        assertEquals(List.of(), receiver.ids());
    }

    @Test
    void an_outage_of_days_loses_nothing_and_keeps_the_order() {
        Webhooks.Added hook = lines.hook(receiver);
        receiver.answeringStatus(got -> 503);
        lines.put("e-1");
        lines.carry(courier);
        lines.put("e-2", "f-1", "e-3");
        // Three days: every pause passes, and every look finds the same first one. From the twelfth on one of another
        // case is
        // asked for as well, which is not taken either.
        int tries = 1;
        for (Duration passed = Duration.ZERO; passed.toHours() < 72; passed = passed.plus(Lines.LONGEST_PAUSE)) {
            lines.clock.pass(Lines.LONGEST_PAUSE);
            lines.carry(courier);
            tries++;
        }
        assertEquals(tries, receiver.ids().stream().filter("e-1"::equals).count());
        assertEquals(tries - 11, receiver.ids().stream().filter("f-1"::equals).count());
        assertEquals(List.of("e-1", "f-1"), receiver.ids().stream().distinct().toList());
        assertEquals(tries, lines.look(hook).failures());
        assertEquals(4, lines.look(hook).waiting());
        assertTrue(lines.look(hook).active());

        receiver.got.clear();
        receiver.answeringStatus(got -> 200);
        lines.clock.pass(Lines.LONGEST_PAUSE);
        lines.carry(courier);
        assertEquals(List.of("e-1", "e-2", "f-1", "e-3"), receiver.ids());
        assertEquals(0, lines.look(hook).failures());
        assertNull(lines.look(hook).failingSince());
    }

    @Test
    void while_a_line_waits_nothing_is_sent_and_the_pauses_grow() {
        Webhooks.Added hook = lines.hook(receiver);
        receiver.answeringStatus(got -> 500);
        lines.put("e-1");
        Duration before = Duration.ZERO;
        for (int i = 1; i <= 6; i++) {
            lines.carry(courier);
            lines.put("more-" + i);
            lines.carry(courier);
            assertEquals(i, receiver.got.size(), "the breaker is open");
            Duration pause =
                    Duration.between(lines.clock.instant(), lines.look(hook).nextTry());
            assertTrue(pause.compareTo(before) > 0, pause + " after " + before);
            before = pause;
            lines.clock.pass(pause.plusMillis(1));
        }
    }

    @Test
    void a_receiver_that_asks_for_time_gets_it() {
        lines.hook(receiver);
        receiver.answering((got, response) ->
                response.setStatusCode(429).putHeader("Retry-After", "7200").end());
        lines.put("e-1");
        lines.carry(courier);
        lines.clock.pass(Duration.ofSeconds(7100));
        lines.carry(courier);
        assertEquals(1, receiver.got.size());
        lines.clock.pass(Duration.ofSeconds(101));
        lines.carry(courier);
        assertEquals(2, receiver.got.size());
    }

    @Test
    void who_is_gone_is_switched_off_and_what_waited_goes_out_when_it_is_on_again() {
        Webhooks.Added hook = lines.hook(receiver);
        receiver.answeringStatus(got -> 410);
        lines.put("e-1", "e-2");
        lines.carry(courier);
        assertEquals("GONE", lines.look(hook).offBecause());
        assertEquals(
                List.of("平安山西 GONE"),
                lines.off.stream().map(one -> one.name() + " " + one.because()).toList());
        lines.put("while-off");
        lines.clock.pass(Duration.ofDays(1));
        lines.carry(courier);
        assertEquals(1, receiver.got.size());

        receiver.answeringStatus(got -> 200);
        await(lines.webhooks.turn(hook.webhook().id(), true));
        lines.carry(courier);
        assertEquals(List.of("e-1", "e-1", "e-2"), receiver.ids());
    }

    @Test
    void who_cannot_be_reached_for_five_days_is_switched_off() {
        Webhooks.Added hook = lines.hook("http://127.0.0.1:1/", List.of(), "1404", null);
        lines.put("e-1");
        lines.carry(courier);
        JsonObject tried = lines.delivery(hook, "e-1");
        assertNull(tried.getInteger("status"));
        assertTrue(tried.getString("problem").contains("refused"), tried::encode);
        lines.clock.pass(Lines.PATIENCE.minusMinutes(1));
        lines.carry(courier);
        assertTrue(lines.look(hook).active());
        lines.clock.pass(Lines.LONGEST_PAUSE);
        lines.carry(courier);
        assertEquals("UNREACHABLE", lines.look(hook).offBecause());
        assertEquals(
                List.of("UNREACHABLE"),
                lines.off.stream().map(Watch.Off::because).toList());
        assertEquals(1, lines.look(hook).waiting());
    }

    @Test
    void a_message_that_is_refused_again_and_again_is_left_out_and_the_line_goes_on() {
        Webhooks.Added hook = lines.hook(receiver);
        receiver.answeringStatus(got -> got.id().equals("bad") ? 422 : 200);
        lines.put("e-1", "bad", "e-2");
        for (int i = 0; i < Lines.REFUSALS; i++) {
            lines.carry(courier);
            lines.clock.pass(Lines.LONGEST_PAUSE);
        }
        assertEquals(List.of("e-1", "bad", "bad", "bad", "e-2"), receiver.ids());
        JsonObject bad = lines.delivery(hook, "bad");
        assertEquals("REFUSED", bad.getString("state"));
        assertEquals("HTTP 422", bad.getString("problem"));
        assertEquals(0, lines.look(hook).failures());

        receiver.answeringStatus(got -> 200);
        assertTrue(await(lines.webhooks.sendAgain(hook.webhook().id(), bad.getLong("id"))));
        lines.carry(courier);
        assertEquals("SENT", lines.delivery(hook, "bad").getString("state"));
        assertEquals("bad", receiver.got.get(5).signature().id(), "under the same id");
    }

    /** Tries the line over and over until so many hours have passed. */
    private void carryForHours(int hours) {
        for (int hour = 0; hour < hours; hour++) {
            lines.carry(courier);
            lines.clock.pass(Lines.LONGEST_PAUSE);
        }
    }

    @Test
    void an_event_a_receiver_chokes_on_holds_up_its_line_for_a_while_and_not_for_days() {
        Webhooks.Added hook = lines.hook(receiver);
        receiver.answeringStatus(got -> got.id().equals("poison-1") ? 500 : 200);
        lines.put("poison-1", "poison-2");
        lines.put("e-1", "e-2");
        carryForHours(12);
        // Its own case waits for it to the last; then one of another case shows that it is not the receiver.
        List<String> seen = receiver.ids();
        assertEquals(16, seen.size(), seen::toString);
        assertEquals(List.of("e-1", "poison-1", "poison-2", "e-2"), seen.subList(12, 16));
        assertEquals(Set.of("poison-1"), Set.copyOf(seen.subList(0, 12)));
        JsonObject left = lines.delivery(hook, "poison-1");
        assertEquals("REFUSED", left.getString("state"));
        assertEquals("试了 12 次都没有收下，别的收下了：HTTP 500", left.getString("problem"));
        assertEquals(List.of(hook.webhook().id()), lines.leftOut);
        assertEquals(0, lines.look(hook).failures());
        assertEquals(0, lines.look(hook).waiting());
    }

    @Test
    void while_nothing_of_another_case_waits_an_event_is_only_tried_again() {
        lines.hook(receiver);
        receiver.answeringStatus(got -> got.id().equals("poison-1") ? 500 : 200);
        lines.put("poison-1", "poison-2");
        carryForHours(20);
        assertEquals(Set.of("poison-1"), Set.copyOf(receiver.ids()));
        assertEquals(20, receiver.got.size());
        lines.put("e-1");
        lines.carry(courier);
        assertEquals(
                List.of("poison-1", "e-1", "poison-1", "poison-2"),
                receiver.ids().subList(20, 24));
    }

    @Test
    void a_receiver_that_is_back_just_when_another_is_sent_loses_nothing() {
        Webhooks.Added hook = lines.hook(receiver);
        receiver.answeringStatus(got -> receiver.got.size() <= 12 ? 500 : 200);
        lines.put("e-1", "f-1");
        carryForHours(12);
        assertEquals(List.of("e-1", "f-1", "e-1"), receiver.ids().subList(11, 14));
        assertEquals("SENT", lines.delivery(hook, "e-1").getString("state"));
        assertEquals(List.of(), lines.leftOut);
    }

    @Test
    void an_administrator_says_how_often() {
        Webhooks.Added hook = lines.hook(receiver);
        assertEquals(12, hook.webhook().tries());
        assertEquals(
                3,
                await(lines.webhooks.change(hook.webhook().id(), new Webhooks.Change(null, null, null, 3)))
                        .tries());
        receiver.answeringStatus(got -> got.id().equals("poison-1") ? 500 : 200);
        lines.put("poison-1", "e-1");
        carryForHours(3);
        assertEquals("REFUSED", lines.delivery(hook, "poison-1").getString("state"));
    }

    @Test
    void an_operator_takes_out_of_the_line_what_holds_it_up() {
        Webhooks.Added hook = lines.hook(receiver);
        receiver.answeringStatus(got -> got.id().equals("poison") ? 500 : 200);
        lines.put("poison", "e-2");
        lines.carry(courier);
        long poison = lines.delivery(hook, "poison").getLong("id");
        assertTrue(await(lines.webhooks.skip(hook.webhook().id(), poison)));
        assertFalse(await(lines.webhooks.skip(hook.webhook().id(), poison)), "it waits no longer");
        assertFalse(await(lines.webhooks.skip(hook.webhook().id() + 1, poison)), "nor is it another's");
        lines.clock.pass(Lines.LONGEST_PAUSE);
        lines.carry(courier);
        assertEquals(List.of("poison", "e-2"), receiver.ids());
        assertEquals("SKIPPED", lines.delivery(hook, "poison").getString("state"));
    }

    @Test
    void after_a_rotation_both_secrets_sign_for_a_day() {
        Webhooks.Added hook = lines.hook(receiver);
        Webhooks.Rotated rotated = await(lines.webhooks.rotate(hook.webhook().id()));
        lines.put("e-1");
        lines.carry(courier);
        lines.clock.pass(Keys.OVERLAP);
        lines.put("e-2");
        lines.carry(courier);
        Receiver.Got during = receiver.got.get(0);
        Receiver.Got after = receiver.got.get(1);
        assertEquals(Verdict.GOOD, during.signature().check(List.of(hook.secret()), during.body(), sentAt(during)));
        assertEquals(Verdict.GOOD, during.signature().check(List.of(rotated.secret()), during.body(), sentAt(during)));
        assertEquals(Verdict.FORGED, after.signature().check(List.of(hook.secret()), after.body(), sentAt(after)));
        assertEquals(Verdict.GOOD, after.signature().check(List.of(rotated.secret()), after.body(), sentAt(after)));
    }

    private static java.time.Instant sentAt(Receiver.Got got) {
        return java.time.Instant.ofEpochSecond(
                Long.parseLong(String.valueOf(got.signature().timestamp())));
    }

    @Test
    void a_slow_receiver_holds_up_its_own_line_only() {
        lines.hook(receiver.url() + "&n=slow", List.of(), "1404", null);
        lines.hook(receiver.url() + "&n=quick", List.of(), "1404", null);
        AtomicInteger quick = new AtomicInteger();
        receiver.answering((got, response) -> {
            if (got.path().endsWith("quick")) {
                quick.incrementAndGet();
                response.end();
            }
        });
        lines.put("e-1", "e-2", "e-3");
        lines.carry(courier);
        assertEquals(3, quick.get());
        assertEquals(4, receiver.got.size(), "the slow one was asked once and did not answer in time");
    }

    @Test
    void a_long_line_goes_out_in_order() {
        lines.hook(receiver);
        String[] ids = IntStream.range(0, 250).mapToObj(i -> "e-" + i).toArray(String[]::new);
        lines.put(ids);
        lines.carry(courier);
        assertEquals(List.of(ids), receiver.ids());
    }

    @Test
    void a_ping_goes_past_the_line_and_says_how_it_was_answered() {
        Webhooks.Added hook = lines.hook(receiver);
        receiver.answeringStatus(got -> got.event().getString("type").equals(Webhooks.PING) ? 202 : 500);
        lines.put("e-1");
        lines.carry(courier);
        Tried tried = await(lines.webhooks.ping(hook.webhook().id()));
        assertTrue(tried.taken());
        assertEquals(202, tried.status());
        Receiver.Got ping = receiver.got.get(1);
        assertEquals(Verdict.GOOD, ping.signature().check(List.of(hook.secret()), ping.body(), sentAt(ping)));
        assertEquals(1, lines.look(hook).waiting(), "the line waits as before");
    }

    @Test
    void a_secret_that_cannot_be_unsealed_sends_nothing_and_loses_nothing() {
        Webhooks.Added hook = lines.hook(receiver);
        lines.put("e-1");
        lines.carry(lines.courier("b", Vault.of(Vault.freshKey()), Duration.ofHours(1)));
        assertEquals(List.of(), receiver.ids());
        lines.clock.pass(Lines.LEASE);
        lines.carry(courier);
        assertEquals(List.of("e-1"), receiver.ids());
        assertEquals(0, lines.look(hook).waiting());
    }

    @Test
    void what_is_delivered_is_forgotten_after_thirty_days_and_what_waits_is_not() {
        Webhooks.Added hook = lines.hook(receiver);
        lines.put("e-1");
        lines.carry(courier);
        receiver.answeringStatus(got -> 500);
        lines.put("e-2");
        lines.carry(courier);
        lines.clock.pass(Duration.ofDays(31));
        await(Events.sweep(lines.db, lines.clock));
        assertEquals(1, lines.count("webhook_events WHERE id = 'e-2'"));
        assertEquals(0, lines.count("webhook_events WHERE id = 'e-1'"));
        await(lines.webhooks.turn(hook.webhook().id(), false));
        await(Events.sweep(lines.db, lines.clock));
        assertEquals(0, lines.count("webhook_deliveries"));
    }
}
