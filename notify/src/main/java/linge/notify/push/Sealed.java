package linge.notify.push;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Seals a message for one device, so that the push service that carries it cannot read it: RFC 8291 over RFC 8188, one record. */
final class Sealed {

    /** The longest message: a push service need not take more than 4,096 bytes, of which 103 are head, end mark and tag. */
    static final int LONGEST = 3_993;

    static final int SALT = 16;
    static final int AUTH = 16;

    private static final int RECORD = 4_096;
    private static final int KEY = 16;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    /** Marks the end of the words in the last record. */
    private static final byte LAST = 2;

    private static final SecureRandom RANDOM = new SecureRandom();

    private Sealed() {}

    /** The body of a push, for the device with this public key and this secret of 16 bytes. */
    static byte[] of(byte[] message, ECPublicKey device, byte[] auth) {
        byte[] salt = new byte[SALT];
        RANDOM.nextBytes(salt);
        return of(message, device, auth, P256.generate(), salt);
    }

    /** The same with the key of this one message, and the salt, given: what the RFC's example computes. */
    static byte[] of(byte[] message, ECPublicKey device, byte[] auth, KeyPair once, byte[] salt) {
        if (message.length > LONGEST) {
            throw new IllegalArgumentException("a push holds " + LONGEST + " bytes, not " + message.length);
        }
        byte[] sender = P256.bytes((ECPublicKey) once.getPublic());
        byte[] secret = P256.agree((ECPrivateKey) once.getPrivate(), device);
        byte[] shared = shared(auth, secret, P256.bytes(device), sender);
        byte[] padded = Arrays.copyOf(message, message.length + 1);
        padded[message.length] = LAST;
        byte[] cipher = crypt(Cipher.ENCRYPT_MODE, salt, shared, padded);
        return ByteBuffer.allocate(SALT + 4 + 1 + sender.length + cipher.length)
                .put(salt)
                .putInt(RECORD)
                .put((byte) sender.length)
                .put(sender)
                .put(cipher)
                .array();
    }

    /** What both sides derive from the agreed secret: RFC 8291, 3.3 and 3.4. */
    static byte[] shared(byte[] auth, byte[] secret, byte[] device, byte[] sender) {
        return hkdf(auth, secret, join(ascii("WebPush: info\0"), device, sender), 32);
    }

    /** AES-128-GCM with the key and nonce of RFC 8188, 2.2 and 2.3, for the first and only record. */
    static byte[] crypt(int mode, byte[] salt, byte[] shared, byte[] text) {
        byte[] key = hkdf(salt, shared, ascii("Content-Encoding: aes128gcm\0"), KEY);
        byte[] nonce = hkdf(salt, shared, ascii("Content-Encoding: nonce\0"), NONCE);
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            return cipher.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** HKDF with SHA-256 (RFC 5869) for up to 32 bytes, which take one round. */
    private static byte[] hkdf(byte[] salt, byte[] secret, byte[] info, int length) {
        byte[] once = hmac(hmac(salt, secret), join(info, new byte[] {1}));
        return Arrays.copyOf(once, length);
    }

    private static byte[] hmac(byte[] key, byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
