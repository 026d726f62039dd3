package linge.notify.wechat.platform;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * WeChat's end of the encryption of pushes, written from its description and not from a library: so that it can tell a
 * library's mistakes.
 */
final class Crypt {

    private static final int BLOCK = 32;
    private static final int RANDOM = 16;

    private Crypt() {}

    /** {@code sha1} over the sorted parts, in hex. */
    static String signature(String... parts) {
        String[] sorted = parts.clone();
        Arrays.sort(sorted);
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            return HexFormat.of().formatHex(sha1.digest(String.join("", sorted).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** 16 random bytes, the length, the words, the app id; padded to 32; AES-256-CBC; Base64. */
    static String encrypt(Random random, String aesKey, String appId, String words) {
        byte[] noise = new byte[RANDOM];
        random.nextBytes(noise);
        byte[] text = words.getBytes(StandardCharsets.UTF_8);
        byte[] app = appId.getBytes(StandardCharsets.UTF_8);
        int length = RANDOM + 4 + text.length + app.length;
        int pad = BLOCK - length % BLOCK;
        byte[] plain = new byte[length + pad];
        ByteBuffer.wrap(plain).put(noise).putInt(text.length).put(text).put(app);
        Arrays.fill(plain, length, plain.length, (byte) pad);
        return Base64.getEncoder().encodeToString(cipher(Cipher.ENCRYPT_MODE, aesKey, plain));
    }

    static String decrypt(String aesKey, String appId, String encrypted) {
        byte[] plain = cipher(Cipher.DECRYPT_MODE, aesKey, Base64.getDecoder().decode(encrypted));
        int pad = plain[plain.length - 1];
        ByteBuffer read = ByteBuffer.wrap(plain, 0, plain.length - pad);
        read.position(RANDOM);
        byte[] text = new byte[read.getInt()];
        read.get(text);
        byte[] app = new byte[read.remaining()];
        read.get(app);
        if (!appId.equals(new String(app, StandardCharsets.UTF_8))) {
            throw new IllegalArgumentException("encrypted for another app");
        }
        return new String(text, StandardCharsets.UTF_8);
    }

    private static byte[] cipher(int mode, String aesKey, byte[] bytes) {
        byte[] key = Base64.getDecoder().decode(aesKey + "=");
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new IvParameterSpec(key, 0, 16));
            return cipher.doFinal(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not encrypted with this key", e);
        }
    }
}
