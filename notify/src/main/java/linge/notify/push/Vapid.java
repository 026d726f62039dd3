package linge.notify.push;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Says to a push service who sends: a token for its origin, signed with our key (RFC 8292), used again until it is half spent. */
final class Vapid {

    /** The RFC allows 24 hours; half of it leaves room for clocks that differ. */
    private static final Duration LIFE = Duration.ofHours(12);

    private static final int ORIGINS = 1_000;
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();
    private static final String HEAD = text(new JsonObject().put("typ", "JWT").put("alg", "ES256"));

    private final VapidKeys keys;
    private final @Nullable String subject;
    private final InstantSource clock;
    private final Map<String, Token> tokens = new ConcurrentHashMap<>();

    private record Token(String header, Instant renew) {}

    /** @param subject how a push service reaches whoever runs this: {@code mailto:} or {@code https:}, or null */
    Vapid(VapidKeys keys, @Nullable String subject, InstantSource clock) {
        this.keys = keys;
        this.subject = subject;
        this.clock = clock;
    }

    /** The header {@code Authorization} for a push to this endpoint. */
    String authorization(URI endpoint) {
        String origin = origin(endpoint);
        Instant now = clock.instant();
        Token token = tokens.get(origin);
        if (token == null || !now.isBefore(token.renew())) {
            token = new Token(
                    "vapid t=" + jwt(origin, now.plus(LIFE)) + ", k=" + keys.publicText(), now.plus(LIFE.dividedBy(2)));
            if (tokens.size() >= ORIGINS) {
                tokens.clear();
            }
            tokens.put(origin, token);
        }
        return token.header();
    }

    private String jwt(String origin, Instant expires) {
        JsonObject claims = new JsonObject().put("aud", origin).put("exp", expires.getEpochSecond());
        if (subject != null) {
            claims.put("sub", subject);
        }
        String signed = HEAD + "." + text(claims);
        return signed + "." + TEXT.encodeToString(keys.sign(signed.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String text(JsonObject part) {
        return TEXT.encodeToString(part.encode().getBytes(StandardCharsets.UTF_8));
    }

    private static String origin(URI endpoint) {
        return endpoint.getScheme() + "://" + endpoint.getRawAuthority();
    }
}
