package linge.chat;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import linge.shared.Caller;
import org.jspecify.annotations.Nullable;

/**
 * Whose conversation it is: a resident's, or a visitor's who brings the key their browser was given. Who has signed in and
 * still brings the key takes the conversation along.
 *
 * @param key as the browser keeps it; null when it brought none
 */
record Owner(Caller.@Nullable Resident resident, @Nullable String key) {

    private static final SecureRandom RANDOM = new SecureRandom();

    /** What only the browser knows is kept as a hash. */
    @Nullable
    Buffer visitor() {
        return key == null ? null : hash(key);
    }

    /** The same visitor, with a key made where none was brought. */
    Owner keyed() {
        return resident == null && key == null ? new Owner(null, random(24)) : this;
    }

    /** A conversation's id, or a visitor's key: so many random bytes in letters that may stand in an address. */
    static String random(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    static Buffer hash(String text) {
        try {
            return Buffer.buffer(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
