package linge.notify.webhook;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What both sides of a webhook know: {@code whsec_} and base64 of 24 to 64 bytes, as Standard Webhooks writes it. */
public final class Secret {

    private static final String PREFIX = "whsec_";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] key;

    private Secret(byte[] key) {
        if (key.length < 24 || key.length > 64) {
            throw new IllegalArgumentException("a secret has 24 to 64 bytes, this has " + key.length);
        }
        this.key = key.clone();
    }

    /** 32 bytes nobody knew before. */
    public static Secret fresh() {
        byte[] key = new byte[32];
        RANDOM.nextBytes(key);
        return new Secret(key);
    }

    /** @throws IllegalArgumentException without repeating the text */
    public static Secret parse(String text) {
        if (!text.startsWith(PREFIX)) {
            throw new IllegalArgumentException("a secret begins with " + PREFIX);
        }
        byte[] key;
        try {
            key = Base64.getDecoder().decode(text.substring(PREFIX.length()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("a secret is base64 after " + PREFIX, e);
        }
        return new Secret(key);
    }

    /** As the other side enters it. */
    public String text() {
        return PREFIX + Base64.getEncoder().encodeToString(key);
    }

    byte[] bytes() {
        return key.clone();
    }

    static Secret of(byte[] key) {
        return new Secret(key);
    }

    byte[] hmac(byte[] signed) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(signed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return PREFIX + "****";
    }
}
