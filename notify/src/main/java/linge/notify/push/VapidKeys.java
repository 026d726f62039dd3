package linge.notify.push;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.util.Base64;

/** The pair by which push services know us (RFC 8292). Browsers subscribe to the public key; only who has the private one may push. */
public final class VapidKeys {

    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

    private final ECPublicKey publicKey;
    private final ECPrivateKey privateKey;

    private VapidKeys(ECPublicKey publicKey, ECPrivateKey privateKey) {
        this.publicKey = publicKey;
        this.privateKey = privateKey;
    }

    public static VapidKeys generate() {
        KeyPair pair = P256.generate();
        return new VapidKeys((ECPublicKey) pair.getPublic(), (ECPrivateKey) pair.getPrivate());
    }

    /**
     * Reads a pair as the usual tools write it: base64url, 65 bytes and 32.
     *
     * @throws IllegalArgumentException in words that do not repeat the private key
     */
    public static VapidKeys of(String publicText, String privateText) {
        VapidKeys keys = new VapidKeys(
                P256.publicKey(decoded(publicText, "public")), P256.privateKey(decoded(privateText, "private")));
        byte[] probe = "linge".getBytes(StandardCharsets.US_ASCII);
        if (!keys.signed(probe, keys.sign(probe))) {
            throw new IllegalArgumentException("the two keys are not a pair");
        }
        return keys;
    }

    private static byte[] decoded(String text, String which) {
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            // Not with its cause, which quotes the text.
            throw new IllegalArgumentException("the " + which + " key is not base64url");
        }
    }

    /** The public key as a page hands it to its browser: base64url of 65 bytes. */
    public String publicText() {
        return TEXT.encodeToString(P256.bytes(publicKey));
    }

    /** The private key, base64url of 32 bytes: to be kept, and shown to nobody. */
    String privateText() {
        return TEXT.encodeToString(P256.bytes(privateKey));
    }

    /** ES256 as a JWT wants it: 64 bytes. */
    byte[] sign(byte[] message) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(privateKey);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean signed(byte[] message, byte[] with) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initVerify(publicKey);
            signature.update(message);
            return signature.verify(with);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The public half only, so that a log line never holds the private one. */
    @Override
    public String toString() {
        return "VAPID " + publicText();
    }
}
