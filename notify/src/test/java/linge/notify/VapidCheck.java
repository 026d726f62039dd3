package linge.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a push service looks at who sends: RFC 8292, written from the RFC with nothing of ours. */
public final class VapidCheck {

    private static final Pattern HEADER = Pattern.compile("vapid t=([^.]+)\\.([^.]+)\\.([^,]+), k=([A-Za-z0-9_-]+)");

    private VapidCheck() {}

    /** What a token says; {@link AssertionError} when it is malformed or not signed by the key it comes with. */
    public static JsonObject claims(String header) {
        Matcher token = HEADER.matcher(header);
        assertTrue(token.matches(), header);
        JsonObject head = json(token.group(1));
        assertEquals("ES256", head.getString("alg"));
        assertEquals("JWT", head.getString("typ"));
        assertTrue(signed(token), "signed by " + token.group(4));
        return json(token.group(2));
    }

    /** The key it comes with. */
    static String key(String header) {
        return header.substring(header.indexOf("k=") + 2);
    }

    private static boolean signed(Matcher token) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initVerify(Device.point(bytes(token.group(4))));
            signature.update((token.group(1) + "." + token.group(2)).getBytes(StandardCharsets.US_ASCII));
            return signature.verify(bytes(token.group(3)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonObject json(String part) {
        return new JsonObject(new String(bytes(part), StandardCharsets.UTF_8));
    }

    private static byte[] bytes(String text) {
        return Base64.getUrlDecoder().decode(text);
    }
}
