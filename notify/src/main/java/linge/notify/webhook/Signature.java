package linge.notify.webhook;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The signature of <a href="https://www.standardwebhooks.com">Standard Webhooks</a>: HMAC-SHA256 over
 * {@code id.timestamp.body}, one {@code v1,base64} for each secret that is good, separated by blanks.
 *
 * @param id of the message; the same when it is sent again
 * @param timestamp when it was signed, seconds since 1970
 */
public record Signature(
        @Nullable String id,
        @Nullable String timestamp,
        @Nullable String signatures) {

    public static final String ID = "webhook-id";
    public static final String TIMESTAMP = "webhook-timestamp";
    public static final String SIGNATURE = "webhook-signature";

    /** How far the clocks of both sides may differ. */
    public static final Duration TOLERANCE = Duration.ofMinutes(5);

    /** No full stop: it parts the id from the timestamp. */
    private static final Pattern IDS = Pattern.compile("[A-Za-z0-9_:-]{1,100}");

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,11}");
    private static final String VERSION = "v1,";
    private static final int LONGEST = 1_000;

    /** What came of a check. */
    public enum Verdict {
        GOOD,
        /** A header is missing or cannot be one. */
        UNREADABLE,
        FORGED,
        /** Rightly signed, but not within five minutes of our clock. */
        OUT_OF_TIME
    }

    /** Signs with every secret that is good, the newest first. */
    public static Signature sign(List<Secret> secrets, String id, Instant at, Buffer body) {
        String seconds = String.valueOf(at.getEpochSecond());
        byte[] signed = signed(id, seconds, body);
        return new Signature(
                id,
                seconds,
                secrets.stream()
                        .map(secret -> VERSION + Base64.getEncoder().encodeToString(secret.hmac(signed)))
                        .collect(Collectors.joining(" ")));
    }

    /** Whether one of the secrets signed this body, now. The time is looked at last: only who signs is told of it. */
    public Verdict check(List<Secret> secrets, Buffer body, Instant now) {
        if (id == null
                || timestamp == null
                || signatures == null
                || !IDS.matcher(id).matches()
                || !SECONDS.matcher(timestamp).matches()
                || signatures.length() > LONGEST) {
            return Verdict.UNREADABLE;
        }
        byte[] signed = signed(id, timestamp, body);
        boolean good = false;
        for (Secret secret : secrets) {
            byte[] wanted = secret.hmac(signed);
            for (String one : signatures.split(" ", -1)) {
                good |= one.startsWith(VERSION)
                        && MessageDigest.isEqual(wanted, decoded(one.substring(VERSION.length())));
            }
        }
        if (!good) {
            return Verdict.FORGED;
        }
        Duration apart = Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), now)
                .abs();
        return apart.compareTo(TOLERANCE) > 0 ? Verdict.OUT_OF_TIME : Verdict.GOOD;
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private static byte[] signed(String id, String timestamp, Buffer body) {
        return Buffer.buffer((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8))
                .appendBuffer(body)
                .getBytes();
    }
}
