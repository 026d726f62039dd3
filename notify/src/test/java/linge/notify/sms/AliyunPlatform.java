package linge.notify.sms;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.net.URLDecoder;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Alibaba Cloud's Dysmsapi as its documents describe it; verifies signature V3 with code of its own. */
final class AliyunPlatform extends VendorPlatform {

    static final String KEY = "testid";
    static final String SECRET = "testsecret";

    private static final Pattern AUTHORIZATION =
            Pattern.compile("ACS3-HMAC-SHA256 Credential=(.+),SignedHeaders=(.+),Signature=([0-9a-f]{64})");
    private static final Duration SKEW = Duration.ofMinutes(15);

    private final Set<String> nonces = new HashSet<>();

    private AliyunPlatform(InstantSource clock) {
        super(clock);
    }

    static Future<AliyunPlatform> start(Vertx vertx, InstantSource clock) {
        AliyunPlatform platform = new AliyunPlatform(clock);
        return platform.listen(vertx).map(platform);
    }

    @Override
    @Nullable
    String fault(HttpServerRequest request, Buffer body) {
        Matcher given = AUTHORIZATION.matcher(String.valueOf(request.getHeader("authorization")));
        if (!given.matches()) {
            return "no signature";
        }
        if (!given.group(1).equals(KEY)) {
            return "unknown key";
        }
        if (!hex(sha256(body.getBytes())).equals(request.getHeader("x-acs-content-sha256"))) {
            return "another body";
        }
        List<String> signed = List.of(given.group(2).split(";"));
        if (!signed.containsAll(List.of(
                "host",
                "x-acs-action",
                "x-acs-version",
                "x-acs-date",
                "x-acs-signature-nonce",
                "x-acs-content-sha256"))) {
            return "not all is signed";
        }
        StringBuilder canonical = new StringBuilder()
                .append(request.method().name())
                .append('\n')
                .append(request.path())
                .append('\n')
                .append(canonicalQuery(request))
                .append('\n');
        signed.stream()
                .sorted()
                .forEach(name -> canonical
                        .append(name)
                        .append(':')
                        .append(request.getHeader(name).trim())
                        .append('\n'));
        canonical.append('\n').append(given.group(2)).append('\n').append(request.getHeader("x-acs-content-sha256"));
        String hashed = hex(sha256(canonical.toString().getBytes(UTF_8)));
        String wanted = hex(hmac(SECRET.getBytes(UTF_8), "ACS3-HMAC-SHA256\n" + hashed));
        if (!wanted.equals(given.group(3))) {
            return "signature of something else";
        }
        Instant at = Instant.parse(request.getHeader("x-acs-date"));
        if (Duration.between(at, clock().instant()).abs().compareTo(SKEW) > 0) {
            return "another time";
        }
        synchronized (nonces) {
            return nonces.add(request.getHeader("x-acs-signature-nonce")) ? null : "seen before";
        }
    }

    private static String canonicalQuery(HttpServerRequest request) {
        List<String> pairs = new ArrayList<>();
        query(request).forEach((name, value) -> pairs.add(percent(name) + "=" + percent(value)));
        return String.join("&", pairs);
    }

    private static Map<String, String> query(HttpServerRequest request) {
        Map<String, String> query = new TreeMap<>();
        for (String pair : request.query().split("&")) {
            int eq = pair.indexOf('=');
            query.put(
                    URLDecoder.decode(pair.substring(0, eq), UTF_8), URLDecoder.decode(pair.substring(eq + 1), UTF_8));
        }
        return query;
    }

    /** RFC 3986, byte by byte. */
    private static String percent(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || "-_.~".indexOf(c) >= 0);
            encoded.append(plain ? String.valueOf(c) : String.format("%%%02X", b & 0xff));
        }
        return encoded.toString();
    }

    @Override
    JsonObject parameters(HttpServerRequest request, Buffer body) {
        JsonObject all = new JsonObject();
        query(request).forEach(all::put);
        return all.put("Action", request.getHeader("x-acs-action")).put("Version", request.getHeader("x-acs-version"));
    }

    @Override
    String ok(int nth) {
        return new JsonObject()
                .put("Message", "OK")
                .put("RequestId", "F655A8D5-B967-440B-8683-DAD6FF8DE990")
                .put("Code", "OK")
                .put("BizId", "90061974693650617" + nth + "^0")
                .encode();
    }

    @Override
    String error(String code, String message) {
        return new JsonObject()
                .put("Code", code)
                .put("Message", message)
                .put("RequestId", "F655A8D5-B967-440B-8683-DAD6FF8DE990")
                .encode();
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
