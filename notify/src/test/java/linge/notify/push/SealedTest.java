package linge.notify.push;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.interaso.webpush.WebPush;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.Arrays;
import java.util.Base64;
import linge.notify.Device;
import org.junit.jupiter.api.Test;

class SealedTest {

    private static final byte[] AUTH = bytes("BTBZMqHH6r4Tts7J_aSIgg");
    private static final byte[] DEVICE_PUBLIC =
            bytes("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4");
    private static final byte[] DEVICE_PRIVATE = bytes("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94");
    private static final byte[] SENDER_PUBLIC =
            bytes("BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8");
    private static final byte[] SENDER_PRIVATE = bytes("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw");
    private static final byte[] SALT = bytes("DGv6ra1nlYgDCS1FRnbzlw");
    private static final String WORDS = "When I grow up, I want to be a watermelon";
    private static final String BODY =
            "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLoc"
                    + "InmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN";

    @Test
    void the_example_of_rfc_8291_is_sealed_to_the_byte() {
        KeyPair once = new KeyPair(P256.publicKey(SENDER_PUBLIC), P256.privateKey(SENDER_PRIVATE));
        byte[] body = Sealed.of(utf8(WORDS), P256.publicKey(DEVICE_PUBLIC), AUTH, once, SALT);
        assertEquals(BODY, text(body));
    }

    @Test
    void the_example_of_rfc_8291_is_opened_by_its_device() {
        Device device = Device.of(DEVICE_PUBLIC, DEVICE_PRIVATE, AUTH);
        assertEquals(WORDS, device.open(bytes(BODY)));
    }

    @Test
    void a_message_is_opened_by_its_device_and_by_no_other() {
        Device device = Device.fresh();
        String words = "您的诉求已受理：灯杆今天换好了。";
        byte[] body = Sealed.of(utf8(words), P256.publicKey(device.publicKey()), device.auth());
        assertEquals(words, device.open(body));
        assertThrows(IllegalStateException.class, () -> Device.fresh().open(body));
        body[body.length - 1] ^= 1;
        assertThrows(IllegalStateException.class, () -> device.open(body));
    }

    @Test
    void what_another_library_seals_is_opened_alike() {
        Device device = Device.fresh();
        WebPush other = new WebPush("mailto:other@example.org", com.interaso.webpush.VapidKeys.generate());
        byte[] body = other.getBody(utf8(WORDS), device.publicKey(), device.auth());
        assertEquals(WORDS, device.open(body));
    }

    @Test
    void the_same_message_twice_looks_different() {
        Device device = Device.fresh();
        byte[] one = Sealed.of(utf8(WORDS), P256.publicKey(device.publicKey()), device.auth());
        byte[] other = Sealed.of(utf8(WORDS), P256.publicKey(device.publicKey()), device.auth());
        assertNotEquals(text(one), text(other));
    }

    @Test
    void the_longest_message_fills_what_every_push_service_takes_and_a_longer_one_is_refused() {
        Device device = Device.fresh();
        byte[] longest = new byte[Sealed.LONGEST];
        Arrays.fill(longest, (byte) 'a');
        byte[] body = Sealed.of(longest, P256.publicKey(device.publicKey()), device.auth());
        assertEquals(4_096, body.length);
        assertEquals(Sealed.LONGEST, device.open(body).length());
        assertThrows(
                IllegalArgumentException.class,
                () -> Sealed.of(new byte[Sealed.LONGEST + 1], P256.publicKey(device.publicKey()), device.auth()));
    }

    @Test
    void a_key_that_is_no_point_of_the_curve_is_refused() {
        byte[] off = DEVICE_PUBLIC.clone();
        off[64] ^= 1;
        assertThrows(IllegalArgumentException.class, () -> P256.publicKey(off));
        byte[] compressed = DEVICE_PUBLIC.clone();
        compressed[0] = 2;
        assertThrows(IllegalArgumentException.class, () -> P256.publicKey(compressed));
        assertThrows(IllegalArgumentException.class, () -> P256.publicKey(new byte[65]));
        assertThrows(IllegalArgumentException.class, () -> P256.publicKey(Arrays.copyOf(DEVICE_PUBLIC, 64)));
        byte[] above = new byte[65];
        Arrays.fill(above, (byte) 0xff);
        above[0] = 4;
        assertThrows(IllegalArgumentException.class, () -> P256.publicKey(above));
    }

    @Test
    void keys_keep_their_length_whatever_they_begin_with() {
        // One in 256 coordinates begins with a zero, which Java would leave out.
        for (int i = 0; i < 600; i++) {
            KeyPair pair = P256.generate();
            byte[] point = P256.bytes((java.security.interfaces.ECPublicKey) pair.getPublic());
            assertEquals(P256.POINT, point.length);
            assertEquals(pair.getPublic(), P256.publicKey(point));
            byte[] scalar = P256.bytes((java.security.interfaces.ECPrivateKey) pair.getPrivate());
            assertArrayEquals(scalar, P256.bytes(P256.privateKey(scalar)));
        }
    }

    private static byte[] bytes(String text) {
        return Base64.getUrlDecoder().decode(text);
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
