package linge.wechat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import linge.shared.Refusal;
import me.chanjar.weixin.common.util.crypto.SHA1;
import me.chanjar.weixin.common.util.crypto.WxCryptUtil;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a push is WeChat's, opens what is encrypted, seals what answers it. Opening is our own: the library's believes
 * the length it finds, and the wrong one of two keys finds any number up to two thousand million.
 */
final class Seal {

    /** A signature is worth this long: clocks differ, and a push that was caught on its way is soon worth nothing. */
    private static final Duration WINDOW = Duration.ofMinutes(10);

    /** Hears by how much the time of a push that is the platform's differs from ours. */
    @FunctionalInterface
    interface LateHeard {
        void isOff(Duration by);
    }

    /** What came with a push in its address. */
    record Signed(
            @Nullable String signature,
            @Nullable String timestamp,
            @Nullable String nonce) {}

    /** @param key the account's key that opened it, null when it came in plain */
    record Opened(String xml, @Nullable Key key) {}

    /** One of the account's keys, and what seals with it. */
    record Key(byte[] aes, WxCryptUtil sealing) {}

    private static final int BLOCK = 16;
    /** Random bytes, then four that tell the length. */
    private static final int HEAD = 20;

    private final Account account;
    private final InstantSource clock;
    private final LateHeard late;
    private final List<Key> keys = new ArrayList<>();

    Seal(Account account, InstantSource clock) {
        this(account, clock, by -> {});
    }

    Seal(Account account, InstantSource clock, LateHeard late) {
        this.late = late;
        this.account = account;
        this.clock = clock;
        for (String key : account.aesKeys()) {
            keys.add(new Key(
                    Base64.getDecoder().decode(key + "="), new WxCryptUtil(account.token(), key, account.appId())));
        }
    }

    /** Whether the account encrypts: then nothing in plain is believed, whose signature does not cover its words. */
    boolean encrypts() {
        return !keys.isEmpty();
    }

    /** @throws Refusal when the address was not signed by who knows the token, or long ago */
    void check(Signed signed) {
        check(signed, null);
    }

    /** The words of an encrypted push; CPU work. */
    Opened open(Signed signed, String encrypted) {
        check(signed, encrypted);
        for (Key key : keys) {
            String xml = open(key.aes(), encrypted);
            if (xml != null) {
                return new Opened(xml, key);
            }
        }
        throw Refusal.notAllowed("不能解密。");
    }

    /** Null when it was sealed by another key, or for another account. */
    private @Nullable String open(byte[] key, String encrypted) {
        byte[] plain;
        try {
            byte[] sealed = Base64.getMimeDecoder().decode(encrypted);
            if (sealed.length == 0 || sealed.length % BLOCK != 0) {
                return null;
            }
            Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
            cipher.init(
                    Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(Arrays.copyOf(key, BLOCK)));
            plain = cipher.doFinal(sealed);
        } catch (GeneralSecurityException | IllegalArgumentException unreadable) {
            return null;
        }
        int padding = plain[plain.length - 1];
        int end = plain.length - padding;
        if (padding < 1 || padding > 32 || end < HEAD) {
            return null;
        }
        int length = ByteBuffer.wrap(plain, BLOCK, 4).getInt();
        if (length < 0 || length > end - HEAD) {
            return null;
        }
        byte[] forWhom = Arrays.copyOfRange(plain, HEAD + length, end);
        return MessageDigest.isEqual(forWhom, bytes(account.appId()))
                ? new String(plain, HEAD, length, StandardCharsets.UTF_8)
                : null;
    }

    /** The answer to a push, sealed as it came. */
    static String seal(@Nullable Key key, String xml) {
        return key == null ? xml : key.sealing().encrypt(xml);
    }

    private void check(Signed signed, @Nullable String encrypted) {
        String signature = signed.signature();
        String timestamp = signed.timestamp();
        String nonce = signed.nonce();
        if (signature == null || timestamp == null || nonce == null || timestamp.isEmpty() || nonce.isEmpty()) {
            throw Refusal.notAllowed("没有签名。");
        }
        String expected = encrypted == null
                ? SHA1.gen(account.token(), timestamp, nonce)
                : SHA1.gen(account.token(), timestamp, nonce, encrypted);
        if (!MessageDigest.isEqual(bytes(expected), bytes(signature)) || !timestamp.matches("\\d{1,12}")) {
            throw tooOldOrForged();
        }
        Instant signedAt = Instant.ofEpochSecond(Long.parseLong(timestamp));
        Duration by = Duration.between(clock.instant(), signedAt);
        if (by.abs().compareTo(WINDOW) > 0) {
            late.isOff(by);
            throw tooOldOrForged();
        }
    }

    private static Refusal tooOldOrForged() {
        return Refusal.notAllowed("签名不对或已过期。");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
