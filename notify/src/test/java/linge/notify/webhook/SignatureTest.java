package linge.notify.webhook;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.standardwebhooks.Webhook;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import linge.notify.webhook.Signature.Verdict;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class SignatureTest {

    /** The example of the specification. */
    private static final Secret SECRET = Secret.parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static final Instant AT = Instant.ofEpochSecond(1614265330);
    private static final Buffer BODY = Buffer.buffer("{\"test\": 2432232314}");
    private static final String KNOWN = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    @Test
    void the_known_answer_of_the_specification_is_ours() {
        Signature signed = Signature.sign(List.of(SECRET), ID, AT, BODY);
        assertEquals(KNOWN, signed.signatures());
        assertEquals("1614265330", signed.timestamp());
        assertEquals(Verdict.GOOD, signed.check(List.of(SECRET), BODY, AT));
    }

    @Test
    void the_librarys_receivers_use_believes_what_we_sign_and_signs_what_we_believe() throws Exception {
        Webhook theirs = new Webhook(SECRET.text());
        Instant now = Instant.now();
        String body = "{\"text\":\"路灯坏了 😀\"}";
        Signature ours = Signature.sign(List.of(Secret.fresh(), SECRET), "evt-1", now, Buffer.buffer(body));
        Map<String, List<String>> headers = Map.of(
                Signature.ID, List.of("evt-1"),
                Signature.TIMESTAMP, List.of(String.valueOf(ours.timestamp())),
                Signature.SIGNATURE, List.of(String.valueOf(ours.signatures())));
        assertDoesNotThrow(() -> theirs.verify(body, headers));

        String signed = theirs.sign("evt-2", now.getEpochSecond(), body);
        Signature back = new Signature("evt-2", String.valueOf(now.getEpochSecond()), signed);
        assertEquals(Verdict.GOOD, back.check(List.of(SECRET), Buffer.buffer(body), now));
    }

    @Test
    void during_a_rotation_both_secrets_sign_and_either_is_enough() {
        Secret fresh = Secret.fresh();
        Keys keys = new Keys(fresh, SECRET, AT.plusSeconds(60));
        Signature both = Signature.sign(keys.at(AT), ID, AT, BODY);
        assertEquals(2, both.signatures().split(" ", -1).length);
        assertEquals(Verdict.GOOD, both.check(List.of(SECRET), BODY, AT));
        assertEquals(Verdict.GOOD, both.check(List.of(fresh), BODY, AT));
        assertEquals(List.of(fresh), keys.at(AT.plusSeconds(60)), "then the old one is over");
    }

    @TestFactory
    Stream<DynamicTest> what_was_changed_on_the_way_is_found_out() {
        Signature good = Signature.sign(List.of(SECRET), ID, AT, BODY);
        return Stream.of(
                        Map.entry("body", check(good, BODY.copy().appendString(" "))),
                        Map.entry("id", check(new Signature(ID + "x", good.timestamp(), KNOWN), BODY)),
                        Map.entry("time", check(new Signature(ID, "1614265331", KNOWN), BODY)),
                        Map.entry(
                                "version", check(new Signature(ID, good.timestamp(), KNOWN.replace("v1", "v2")), BODY)),
                        Map.entry("no base64", check(new Signature(ID, good.timestamp(), "v1,§§§ v1, v1 ,"), BODY)),
                        Map.entry("empty", check(new Signature(ID, good.timestamp(), ""), BODY)),
                        Map.entry("another secret", good.check(List.of(Secret.fresh(), Secret.fresh()), BODY, AT)))
                .map(one -> DynamicTest.dynamicTest(one.getKey(), () -> assertEquals(Verdict.FORGED, one.getValue())));
    }

    @TestFactory
    Stream<DynamicTest> headers_that_cannot_be_are_not_reckoned_with() {
        return Stream.of(
                        new Signature(null, "1614265330", KNOWN),
                        new Signature(ID, null, KNOWN),
                        new Signature(ID, "1614265330", null),
                        new Signature("", "1614265330", KNOWN),
                        new Signature("a.1614265330", "1614265330", KNOWN),
                        new Signature("x".repeat(101), "1614265330", KNOWN),
                        new Signature(ID, "-1", KNOWN),
                        new Signature(ID, "1614265330.0", KNOWN),
                        new Signature(ID, "99999999999999999999", KNOWN),
                        new Signature(ID, "1614265330", (KNOWN + " ").repeat(30)))
                .map(one -> DynamicTest.dynamicTest(
                        one.toString(), () -> assertEquals(Verdict.UNREADABLE, check(one, BODY))));
    }

    @Test
    void five_minutes_either_way_are_forgiven_and_no_more() {
        Signature signed = Signature.sign(List.of(SECRET), ID, AT, BODY);
        for (int sign : new int[] {1, -1}) {
            Instant edge = AT.plus(Duration.ofMinutes(5).multipliedBy(sign));
            assertEquals(Verdict.GOOD, signed.check(List.of(SECRET), BODY, edge));
            assertEquals(Verdict.OUT_OF_TIME, signed.check(List.of(SECRET), BODY, edge.plusSeconds(sign)));
        }
    }

    @Test
    void a_secret_is_never_printed_nor_repeated() {
        assertFalse(SECRET.toString().contains("MfKQ"));
        for (String wrong : List.of("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_MfKQ", "whsec_MfKQ§", "")) {
            String told = assertThrows(IllegalArgumentException.class, () -> Secret.parse(wrong))
                    .getMessage();
            assertFalse(told.contains("MfKQ"), told);
        }
    }

    @Test
    void a_sealed_secret_opens_with_the_same_key_for_the_same_webhook_only() {
        Vault vault = Vault.of(Vault.freshKey());
        Buffer sealed = vault.seal("webhook:1", SECRET);
        assertEquals(SECRET.text(), vault.open("webhook:1", sealed).text());
        assertFalse(sealed.toString().contains("MfKQ"));
        assertThrows(IllegalStateException.class, () -> vault.open("webhook:2", sealed));
        assertThrows(
                IllegalStateException.class, () -> Vault.of(Vault.freshKey()).open("webhook:1", sealed));
        assertThrows(IllegalStateException.class, () -> vault.open("webhook:1", Buffer.buffer("no seal")));
        assertThrows(IllegalStateException.class, () -> Vault.closed().seal("webhook:1", SECRET));
        assertThrows(IllegalArgumentException.class, () -> Vault.of("c2hvcnQ="));
    }

    private static Verdict check(Signature signature, Buffer body) {
        return signature.check(List.of(SECRET), body, AT);
    }
}
