package linge.notify.webhook;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Seals secrets for the database (AES-256-GCM) with a key that is not in it: a copy of the database signs nothing. */
public final class Vault {

    private static final int KEY_BYTES = 32;
    private static final int IV_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final byte FORM = 1;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final @Nullable SecretKeySpec key;

    private Vault(@Nullable SecretKeySpec key) {
        this.key = key;
    }

    /** @throws IllegalArgumentException unless it is base64 of 32 bytes; without repeating it */
    public static Vault of(String base64) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("not base64", e);
        }
        if (bytes.length != KEY_BYTES) {
            throw new IllegalArgumentException("not " + KEY_BYTES + " bytes");
        }
        return new Vault(new SecretKeySpec(bytes, "AES"));
    }

    /** Where no key is known: nothing can be put in or taken out. */
    public static Vault closed() {
        return new Vault(null);
    }

    public static String freshKey() {
        byte[] bytes = new byte[KEY_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    public boolean isOpen() {
        return key != null;
    }

    /** @param whose bound into the seal: sealed for one, it opens for no other */
    public Buffer seal(String whose, Secret secret) {
        byte[] iv = new byte[IV_BYTES];
        RANDOM.nextBytes(iv);
        return Buffer.buffer()
                .appendByte(FORM)
                .appendBytes(iv)
                .appendBytes(run(Cipher.ENCRYPT_MODE, iv, whose, secret.bytes()));
    }

    /** @throws IllegalStateException when it was sealed with another key, or for another */
    public Secret open(String whose, Buffer sealed) {
        byte[] all = sealed.getBytes();
        if (all.length <= 1 + IV_BYTES || all[0] != FORM) {
            throw new IllegalStateException("no sealed secret");
        }
        byte[] iv = Arrays.copyOfRange(all, 1, 1 + IV_BYTES);
        return Secret.of(run(Cipher.DECRYPT_MODE, iv, whose, Arrays.copyOfRange(all, 1 + IV_BYTES, all.length)));
    }

    private byte[] run(int mode, byte[] iv, String whose, byte[] bytes) {
        if (key == null) {
            throw new IllegalStateException("there is no key for the secrets of other systems (LINGE_WEBHOOK_KEY)");
        }
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, iv));
            cipher.updateAAD(whose.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the secret was sealed with another key (LINGE_WEBHOOK_KEY)", e);
        }
    }
}
