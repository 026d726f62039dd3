package linge.notify.push;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicReference;
import linge.notify.VapidCheck;
import org.junit.jupiter.api.Test;

class VapidTest {

    private static final URI ENDPOINT = URI.create("https://push.example.org/send/1?token=2");

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-02T01:00:00Z"));
    private final VapidKeys keys = VapidKeys.generate();
    private final Vapid vapid = new Vapid(keys, "mailto:push@example.cn", now::get);

    /** RFC 8292, 2.4: what our check of a signature has to find right. */
    @Test
    void the_example_of_rfc_8292_is_verified_and_a_changed_one_is_not() {
        String header =
                "vapid t=eyJ0eXAiOiJKV1QiLCJhbGciOiJFUzI1NiJ9.eyJhdWQiOiJodHRwczovL3B1c2guZXhhbXBsZS5uZXQiLCJleHA"
                        + "iOjE0NTM1MjM3NjgsInN1YiI6Im1haWx0bzpwdXNoQGV4YW1wbGUuY29tIn0.i3CYb7t4xfxCDquptFOepC9GAu_HLGkMlMuCGSK2rpi"
                        + "UfnK9ojFwDXb1JrErtmysazNjjvW2L9OkSSHzvoD1oA, k=BA1Hxzyi1RUM1b5wjxsn7nGxAszw2u61m164i3MrAIxHF6YK5h4SDYic-"
                        + "dRuU_RCPCfA5aq9ojSwk5Y2EmClBPs";
        JsonObject claims = VapidCheck.claims(header);
        assertEquals("https://push.example.net", claims.getString("aud"));
        assertEquals("mailto:push@example.com", claims.getString("sub"));
        assertThrows(AssertionError.class, () -> VapidCheck.claims(header.replace("i3CYb7t4", "i3CYb7t5")));
    }

    @Test
    void a_token_names_the_origin_its_end_and_whom_to_ask() {
        JsonObject claims = VapidCheck.claims(vapid.authorization(ENDPOINT));
        assertEquals("https://push.example.org", claims.getString("aud"));
        assertEquals(now.get().plus(Duration.ofHours(12)).getEpochSecond(), claims.getLong("exp"));
        assertEquals("mailto:push@example.cn", claims.getString("sub"));
    }

    @Test
    void the_port_belongs_to_the_origin() {
        JsonObject claims = VapidCheck.claims(vapid.authorization(URI.create("http://127.0.0.1:8081/1")));
        assertEquals("http://127.0.0.1:8081", claims.getString("aud"));
    }

    @Test
    void a_token_is_used_again_until_it_is_half_spent() {
        String first = vapid.authorization(ENDPOINT);
        now.updateAndGet(t -> t.plus(Duration.ofHours(6).minusMillis(1)));
        assertEquals(first, vapid.authorization(ENDPOINT));
        assertNotEquals(first, vapid.authorization(URI.create("https://other.example.org/1")));
        now.updateAndGet(t -> t.plusMillis(1));
        assertNotEquals(first, vapid.authorization(ENDPOINT));
    }

    @Test
    void keys_are_the_same_after_they_were_written_down() {
        VapidKeys read = VapidKeys.of(keys.publicText(), keys.privateText());
        assertEquals(keys.publicText(), read.publicText());
        assertEquals(keys.privateText(), read.privateText());
    }

    @Test
    void keys_that_are_no_pair_or_no_keys_are_refused_without_repeating_the_private_one() {
        String secret = keys.privateText();
        for (String[] pair : new String[][] {
            {VapidKeys.generate().publicText(), secret},
            {"", secret},
            {keys.publicText() + "AA", secret},
            {keys.publicText(), secret + "AA"},
            {keys.publicText(), "!" + secret},
            {keys.publicText(), Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[32])}
        }) {
            IllegalArgumentException refused =
                    assertThrows(IllegalArgumentException.class, () -> VapidKeys.of(pair[0], pair[1]));
            assertFalse(refused.toString().contains(secret));
            assertEquals(null, refused.getCause());
        }
        assertFalse(keys.toString().contains(secret));
    }

    @Test
    void a_signature_is_64_bytes() {
        for (int i = 0; i < 20; i++) {
            assertEquals(64, keys.sign(("message " + i).getBytes(StandardCharsets.UTF_8)).length);
        }
    }
}
