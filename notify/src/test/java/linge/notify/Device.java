package linge.notify;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** A browser's side of a subscription: its keys, and opening what was sealed for it. Written from the RFCs, with nothing of ours. */
public final class Device {

    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

    private final byte[] publicKey;
    private final PrivateKey privateKey;
    private final byte[] auth;

    private Device(byte[] publicKey, PrivateKey privateKey, byte[] auth) {
        this.publicKey = publicKey;
        this.privateKey = privateKey;
        this.auth = auth;
    }

    public static Device fresh() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            byte[] auth = new byte[16];
            new SecureRandom().nextBytes(auth);
            ECPoint w = ((ECPublicKey) pair.getPublic()).getW();
            byte[] point = ByteBuffer.allocate(65)
                    .put((byte) 4)
                    .put(unsigned(w.getAffineX()))
                    .put(unsigned(w.getAffineY()))
                    .array();
            return new Device(point, pair.getPrivate(), auth);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static Device of(byte[] publicKey, byte[] privateKey, byte[] auth) {
        try {
            PrivateKey key = KeyFactory.getInstance("EC")
                    .generatePrivate(new ECPrivateKeySpec(new BigInteger(1, privateKey), curve()));
            return new Device(publicKey, key, auth);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public byte[] publicKey() {
        return publicKey;
    }

    public byte[] auth() {
        return auth;
    }

    String p256dh() {
        return TEXT.encodeToString(publicKey);
    }

    String secret() {
        return TEXT.encodeToString(auth);
    }

    /** The words of a push's body; {@link IllegalStateException} when it was not sealed for this device. */
    public String open(byte[] body) {
        try {
            ByteBuffer in = ByteBuffer.wrap(body);
            byte[] salt = take(in, 16);
            int record = in.getInt();
            byte[] sender = take(in, in.get() & 0xff);
            byte[] sealed = take(in, in.remaining());
            if (sealed.length > record) {
                throw new IllegalStateException("more than one record");
            }
            KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
            agreement.init(privateKey);
            agreement.doPhase(point(sender), true);
            byte[] info = ByteBuffer.allocate(14 + 130)
                    .put("WebPush: info\0".getBytes(StandardCharsets.US_ASCII))
                    .put(publicKey)
                    .put(sender)
                    .array();
            byte[] secret = expand(mac(auth, agreement.generateSecret()), info, 32);
            byte[] once = mac(salt, secret);
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    new SecretKeySpec(expand(once, label("Content-Encoding: aes128gcm\0"), 16), "AES"),
                    new GCMParameterSpec(128, expand(once, label("Content-Encoding: nonce\0"), 12)));
            byte[] padded = cipher.doFinal(sealed);
            int end = padded.length - 1;
            while (padded[end] == 0) {
                end--;
            }
            if (padded[end] != 2) {
                throw new IllegalStateException("the record does not end with its mark");
            }
            return new String(padded, 0, end, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("not sealed for this device", e);
        }
    }

    /** A public key of 65 bytes. */
    static PublicKey point(byte[] bytes) throws GeneralSecurityException {
        ECPoint w = new ECPoint(
                new BigInteger(1, Arrays.copyOfRange(bytes, 1, 33)),
                new BigInteger(1, Arrays.copyOfRange(bytes, 33, 65)));
        return KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(w, curve()));
    }

    private static ECParameterSpec curve() throws GeneralSecurityException {
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec("secp256r1"));
        return parameters.getParameterSpec(ECParameterSpec.class);
    }

    private static byte[] expand(byte[] key, byte[] info, int length) throws GeneralSecurityException {
        byte[] once = mac(
                key,
                ByteBuffer.allocate(info.length + 1).put(info).put((byte) 1).array());
        return Arrays.copyOf(once, length);
    }

    private static byte[] mac(byte[] key, byte[] message) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(message);
    }

    private static byte[] label(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] take(ByteBuffer from, int length) {
        byte[] taken = new byte[length];
        from.get(taken);
        return taken;
    }

    private static byte[] unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        byte[] whole = new byte[32];
        int from = Math.max(0, bytes.length - 32);
        System.arraycopy(bytes, from, whole, 32 - (bytes.length - from), bytes.length - from);
        return whole;
    }
}
