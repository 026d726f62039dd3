package linge.notify;

import static linge.notify.World.await;
import static linge.notify.World.notice;
import static linge.notify.World.refusal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutboxTest {

    private static final Audience WANG = Audience.resident("wang", "13800000001");
    private static World world;

    @BeforeAll
    static void open() {
        world = new World();
    }

    @AfterAll
    static void close() {
        world.close();
    }

    @BeforeEach
    void clear() {
        world.clear();
    }

    @Test
    void a_rolled_back_transaction_leaves_no_notice() {
        Throwable undone = refusal(world.inTransaction(tx -> world.outbox
                .put(tx, notice("k", "case-filed", WANG, "CZ1"))
                .compose(put -> Future.failedFuture("the case could not be written"))));

        assertEquals("the case could not be written", undone.getMessage());
        assertEquals(0, world.count("notices"));
        assertEquals(0, world.count("deliveries"));
    }

    @Test
    void the_same_key_twice_is_one_notice() {
        world.put(notice("k", "case-filed", WANG, "CZ1"), notice("k", "case-filed", WANG, "CZ2"));
        world.put(notice("k", "case-filed", WANG, "CZ3"));

        await(world.drain(world.relay("a", world.inApp)));

        assertEquals(List.of("CZ1"), world.subjects(WANG));
        assertEquals(2, world.count("deliveries"), "inbox and SMS");
    }

    @Test
    void the_same_key_from_many_transactions_at_once_is_one_notice() {
        List<Future<Void>> puts = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            puts.add(world.inTransaction(tx -> world.outbox.put(tx, notice("k", "case-noted", WANG, "CZ1"))));
        }
        await(Future.all(puts));
        assertEquals(1, world.count("notices"));
        assertEquals(1, world.count("deliveries"));
    }

    @Test
    void an_sms_needs_words_and_a_phone() {
        world.put(
                notice("1", "case-filed", Audience.resident("a", null), "CZ1"),
                notice("2", "case-noted", WANG, "CZ1"),
                notice("3", "case-filed", WANG, "CZ1"));
        assertEquals(1, world.count("deliveries WHERE channel = 'sms'"));
        assertEquals(3, world.count("deliveries WHERE channel = 'inbox'"));
    }

    @Test
    void an_unknown_template_or_a_missing_field_is_refused_before_anything_is_written() {
        Notice whole = notice("k1", "case-filed", WANG, "CZ1");
        for (Notice wrong : List.of(
                notice("k", "case-teleported", WANG, "CZ1"),
                Notice.of("k", "case-filed", WANG, "CZ1", new JsonObject().put("number", "CZ1")),
                Notice.of("k", "case-filed", WANG, "CZ1", World.fields("CZ1").put("category", " ")),
                Notice.of("k", "case-filed", WANG, "CZ1", World.fields("CZ1").putNull("category")),
                Notice.of("k", "case-filed", WANG, "CZ1", World.fields("CZ1").put("category", "\u0000")),
                Notice.of("k", "case-filed", WANG, "CZ1", World.fields("CZ1").put("category", new JsonObject())))) {
            Throwable why = refusal(world.inTransaction(tx -> world.outbox.putAll(tx, List.of(whole, wrong))));
            assertInstanceOf(IllegalArgumentException.class, why);
            assertTrue(why.getMessage().contains("case-"), why.getMessage());
        }
        assertEquals(0, world.count("notices"));
    }

    @Test
    void keys_ids_and_phones_have_bounds() {
        assertThrows(IllegalArgumentException.class, () -> notice("", "case-filed", WANG, "CZ1"));
        assertThrows(IllegalArgumentException.class, () -> notice("k".repeat(201), "case-filed", WANG, "CZ1"));
        assertThrows(IllegalArgumentException.class, () -> notice("k", "case-filed", WANG, "C".repeat(101)));
        assertThrows(IllegalArgumentException.class, () -> Audience.staff(" "));
        assertThrows(IllegalArgumentException.class, () -> Audience.resident("a", "1".repeat(33)));
        assertFalse(WANG.toString().contains("138"), "a log line never holds a phone");
    }

    @Test
    void the_tables_refuse_what_would_make_no_sense() {
        world.put(notice("k", "case-filed", WANG, "CZ1"));
        for (String nonsense : List.of(
                "SET claimed_by = 'me' /* a_lease_has_a_holder */",
                "SET state = 'SENT' /* settled_deliveries_say_when */",
                "SET state = 'PARKED', settled_at = now() /* what_did_not_arrive_says_why */",
                "SET state = 'SENT', settled_at = now(), claimed_by = 'me', lease_until = now()"
                        + " /* only_open_deliveries_are_leased */",
                "SET attempts = -1 /* attempts_are_counted */",
                "SET channel = 'S M S' /* channels_are_named */")) {
            String rule = nonsense.replaceAll(".*/\\* (.*) \\*/", "$1");
            PgException refused = assertInstanceOf(
                    PgException.class,
                    refusal(world.pool.query("UPDATE deliveries " + nonsense).execute()));
            assertTrue(refused.getMessage().contains(rule), refused.getMessage());
        }
    }

    @Test
    void the_databases_words_for_states_are_the_programs() {
        assertEquals(names(DeliveryState.values()), labels("delivery_state"));
        assertEquals(names(Audience.Kind.values()), labels("audience_kind"));
    }

    private static List<String> names(Enum<?>[] values) {
        return Arrays.stream(values).map(Enum::name).sorted().toList();
    }

    private static List<String> labels(String type) {
        return StreamSupport.stream(
                        await(world.pool
                                        .query("SELECT unnest(enum_range(null::" + type + "))::text AS label")
                                        .execute())
                                .spliterator(),
                        false)
                .map(row -> row.getString("label"))
                .sorted()
                .toList();
    }

    @Test
    void old_notices_are_swept_and_those_under_way_are_kept() {
        world.put(notice("done", "case-noted", WANG, "CZ1"));
        await(world.drain(world.relay("a", world.inApp)));
        world.put(notice("under way", "case-filed", WANG, "CZ2"));
        await(world.gateway.keep(world.pool, "13800000001", "【邻格】验证码 000000", "sign-in"));

        world.clock.pass(Duration.ofDays(89));
        assertEquals(1, await(Keeping.DEFAULT.sweep(world.pool, world.clock)), "the SMS");
        world.clock.pass(Duration.ofDays(2));
        assertEquals(1, await(Keeping.DEFAULT.sweep(world.pool, world.clock)), "the notice that is done");
        assertEquals(1, world.count("notices WHERE key = 'under way'"));
        assertEquals(1, world.count("inbox"));
        world.clock.pass(Duration.ofDays(640));
        assertEquals(1, await(Keeping.DEFAULT.sweep(world.pool, world.clock)), "the inbox item");
    }

    @Test
    void someone_who_asks_to_be_forgotten_is() {
        Audience zhao = Audience.resident("zhao", "13800000002");
        world.put(notice("k1", "case-filed", WANG, "CZ1"), notice("k2", "case-filed", zhao, "CZ2"));
        await(world.drain(world.relay("a", world.inApp, new Sms(world.gateway))));
        world.put(notice("k3", "case-filed", WANG, "CZ1"));

        await(world.inTransaction(tx -> Keeping.forget(tx, WANG)));

        assertEquals(List.of(), world.subjects(WANG));
        assertEquals(0, world.count("notices WHERE audience = 'wang'"));
        assertEquals(0, world.count("sms_messages WHERE phone = '13800000001'"));
        assertEquals(List.of("CZ2"), world.subjects(zhao));
        assertEquals(1, world.count("sms_messages"));
    }

    @Test
    void who_is_forgotten_has_no_addresses_wishes_or_ledgers_either() {
        Audience zhao = Audience.resident("zhao", "13800000002");
        for (Audience who : List.of(WANG, zhao)) {
            String openid = "openid-" + who.id();
            await(world.addresses.keep(world.pool, who, "wechat", openid, new JsonObject()));
            await(world.addresses.bounced(who, "phone", String.valueOf(who.phone()), "空号"));
            await(world.preferences.set(world.pool, who, Preferences.Preference.NONE));
            await(world.ledgers.heard(openid, world.clock.instant()));
            assertTrue(await(world.ledgers.takeReply(openid, who.id().hashCode())));
            await(world.ledgers.takeQuota(
                    "sms-phone-day", String.valueOf(who.phone()), who.id().hashCode()));
            await(world.ledgers.consented(openid, "t1", "event"));
        }
        List<String> tables = List.of("addresses", "preferences", "quota_use", "quota_takes", "wechat_consents");
        List<Long> before = tables.stream().map(world::count).toList();

        await(world.inTransaction(tx -> Keeping.forget(tx, WANG)));

        assertEquals(
                before.stream().map(count -> count / 2).toList(),
                tables.stream().map(world::count).toList());
        assertEquals(0, world.count("addresses WHERE audience = 'wang' OR value = '13800000001'"));
    }

    @Test
    void ledgers_are_swept_when_nothing_counts_on_them_any_more() {
        await(world.ledgers.heard("o1", world.clock.instant()));
        assertTrue(await(world.ledgers.takeReply("o1", 1)));
        await(world.ledgers.consented("o1", "t1", "used"));
        assertTrue(await(world.ledgers.takeConsent("o1", "t1", 1)));
        await(world.ledgers.consented("o1", "t1", "unused"));
        await(world.receipts.arrived("sms", "of nobody", world.clock.instant()));

        world.clock.pass(Duration.ofDays(3));
        assertEquals(1, await(Keeping.DEFAULT.sweep(world.pool, world.clock)), "the receipt");
        world.clock.pass(Duration.ofDays(90));
        assertEquals(
                3, await(Keeping.DEFAULT.sweep(world.pool, world.clock)), "the take, the window, the used consent");
        assertTrue(await(world.ledgers.takeConsent("o1", "t1", 2)), "an unused consent stays");
    }
}
