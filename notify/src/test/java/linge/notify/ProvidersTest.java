package linge.notify;

import static linge.notify.World.await;
import static linge.notify.World.refusal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import linge.notify.Providers.Provider;
import org.junit.jupiter.api.Test;

class ProvidersTest {

    private final SettableClock clock = new SettableClock();
    private final List<String> asked = new ArrayList<>();
    private Supplier<Future<Sent>> first = () -> Future.succeededFuture(new Sent("first"));
    private Supplier<Future<Sent>> second = () -> Future.succeededFuture(new Sent("second"));
    private final Providers<String> providers = new Providers<>(
            List.of(
                    new Provider<>("first", message -> {
                        asked.add("first");
                        return first.get();
                    }),
                    new Provider<>("second", message -> {
                        asked.add("second");
                        return second.get();
                    })),
            clock,
            3,
            Duration.ofSeconds(30));

    private String send() {
        return await(providers.send("message")).receipt();
    }

    private NotSent refused() {
        return assertInstanceOf(NotSent.class, refusal(providers.send("message")));
    }

    private static Supplier<Future<Sent>> failing(NotSent refusal) {
        return () -> Future.failedFuture(refusal);
    }

    @Test
    void the_first_that_takes_it_has_it() {
        assertEquals("first", send());
        assertEquals(List.of("first"), asked);
    }

    @Test
    void one_known_not_to_have_taken_it_makes_way_for_the_next() {
        first = failing(NotSent.tryAgain("busy"));
        assertEquals("second", send());
        assertEquals(List.of("first", "second"), asked);
    }

    @Test
    void one_that_perhaps_took_it_keeps_it() {
        first = failing(NotSent.unknown("no answer"));
        assertEquals(NotSent.Kind.UNKNOWN, refused().kind());
        first = () -> Future.failedFuture("connection was closed");
        assertEquals(NotSent.Kind.UNKNOWN, refused().kind());
        first = () -> {
            throw new IllegalStateException("bug");
        };
        assertEquals(NotSent.Kind.UNKNOWN, refused().kind());
        assertEquals(List.of("first", "first", "first"), asked);
    }

    @Test
    void what_is_wrong_with_the_message_is_wrong_everywhere_and_nobodys_failure() {
        first = failing(NotSent.never("no such number"));
        for (int i = 0; i < 5; i++) {
            assertEquals(NotSent.Kind.NEVER, refused().kind());
        }
        assertEquals(Map.of("first", "CLOSED", "second", "CLOSED"), providers.states());
    }

    @Test
    void after_failures_in_a_row_it_rests_and_one_call_tries_it_again() {
        first = failing(NotSent.tryAgain("down"));
        for (int i = 0; i < 3; i++) {
            assertEquals("second", send());
        }
        assertEquals("OPEN", providers.states().get("first"));
        asked.clear();
        assertEquals("second", send());
        assertEquals(List.of("second"), asked, "left alone");

        clock.pass(Duration.ofSeconds(30));
        Promise<Sent> slow = Promise.promise();
        first = slow::future;
        Future<Sent> trying = providers.send("message");
        assertEquals("HALF_OPEN", providers.states().get("first"));
        asked.clear();
        assertEquals("second", send());
        assertEquals(List.of("second"), asked, "one tries at a time");
        slow.complete(new Sent("back"));
        assertEquals("back", await(trying).receipt());
        first = () -> Future.succeededFuture(new Sent("first"));
        assertEquals("first", send());
        assertEquals("CLOSED", providers.states().get("first"));
    }

    @Test
    void a_try_that_fails_rests_it_again() {
        first = failing(NotSent.tryAgain("down"));
        for (int i = 0; i < 3; i++) {
            send();
        }
        clock.pass(Duration.ofSeconds(30));
        send();
        assertEquals("OPEN", providers.states().get("first"));
        asked.clear();
        send();
        assertEquals(List.of("second"), asked);
    }

    @Test
    void failures_that_are_not_in_a_row_rest_nobody() {
        for (int i = 0; i < 10; i++) {
            first = failing(NotSent.tryAgain("busy"));
            send();
            send();
            first = () -> Future.succeededFuture(new Sent("first"));
            send();
        }
        assertEquals("CLOSED", providers.states().get("first"));
    }

    @Test
    void a_full_quota_is_no_failure_and_the_soonest_time_is_passed_on() {
        first = failing(NotSent.tryAgainAfter(Duration.ofHours(3), "full"));
        second = failing(NotSent.tryAgainAfter(Duration.ofHours(1), "full too"));
        NotSent refused = refused();
        for (int i = 0; i < 5; i++) {
            refused = refused();
        }
        assertEquals(Duration.ofHours(1), refused.earliest());
        assertEquals("full; full too", refused.reason());
        assertEquals(Map.of("first", "CLOSED", "second", "CLOSED"), providers.states());
    }

    @Test
    void when_all_rest_the_message_waits_for_the_first_to_be_asked_again() {
        first = failing(NotSent.tryAgain("down"));
        second = failing(NotSent.tryAgain("down as well"));
        for (int i = 0; i < 3; i++) {
            assertEquals("down; down as well", refused().reason());
        }
        clock.pass(Duration.ofSeconds(10));
        NotSent refused = refused();
        assertEquals(NotSent.Kind.TRY_AGAIN, refused.kind());
        assertEquals(Duration.ofSeconds(20), refused.earliest());
    }

    @Test
    void a_channel_has_a_provider() {
        assertThrows(IllegalArgumentException.class, () -> new Providers<>(List.of(), clock));
    }
}
