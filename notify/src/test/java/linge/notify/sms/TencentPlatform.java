package linge.notify.sms;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tencent Cloud's SMS as its documents describe it; verifies signature v3 with code of its own. */
final class TencentPlatform extends VendorPlatform {

    static final String KEY = "AKIDtest";
    static final String SECRET = "testsecret";

    private static final Pattern AUTHORIZATION = Pattern.compile(
            "TC3-HMAC-SHA256 Credential=([^/]+)/([0-9-]+)/([a-z0-9]+)/tc3_request, SignedHeaders=([a-z;-]+), Signature=([0-9a-f]{64})");

    private TencentPlatform(InstantSource clock) {
        super(clock);
    }

    static Future<TencentPlatform> start(Vertx vertx, InstantSource clock) {
        TencentPlatform platform = new TencentPlatform(clock);
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
        long at = Long.parseLong(request.getHeader("x-tc-timestamp"));
        if (Math.abs(at - clock().instant().getEpochSecond()) > 300) {
            return "another time";
        }
        if (!Instant.ofEpochSecond(at).toString().startsWith(given.group(2))) {
            return "another day";
        }
        StringBuilder headers = new StringBuilder();
        for (String name : given.group(4).split(";")) {
            headers.append(name)
                    .append(':')
                    .append(request.getHeader(name).trim().toLowerCase(java.util.Locale.ROOT))
                    .append('\n');
        }
        String canonical = String.join(
                "\n",
                request.method().name(),
                request.path(),
                request.query() == null ? "" : request.query(),
                headers.toString(),
                given.group(4),
                AliyunPlatform.hex(AliyunPlatform.sha256(body.getBytes())));
        String scope = given.group(2) + "/" + given.group(3) + "/tc3_request";
        String toSign = "TC3-HMAC-SHA256\n" + at + "\n" + scope + "\n"
                + AliyunPlatform.hex(AliyunPlatform.sha256(canonical.getBytes(UTF_8)));
        byte[] key = AliyunPlatform.hmac(("TC3" + SECRET).getBytes(UTF_8), given.group(2));
        key = AliyunPlatform.hmac(AliyunPlatform.hmac(key, given.group(3)), "tc3_request");
        return AliyunPlatform.hex(AliyunPlatform.hmac(key, toSign)).equals(given.group(5))
                ? null
                : "signature of something else";
    }

    @Override
    JsonObject parameters(HttpServerRequest request, Buffer body) {
        return body.toJsonObject()
                .put("Action", request.getHeader("x-tc-action"))
                .put("Version", request.getHeader("x-tc-version"))
                .put("Region", request.getHeader("x-tc-region"));
    }

    @Override
    String ok(int nth) {
        return status("Ok", "send success", "5000:10457181601578446" + nth);
    }

    /** Errors of the request come in {@code Error}, those of a number or a template with the number's status. */
    @Override
    String error(String code, String message) {
        if (code.startsWith("LimitExceeded.Phone") || code.startsWith("FailedOperation.")) {
            return status(code, message, "");
        }
        JsonObject error = new JsonObject().put("Code", code).put("Message", message);
        return response(new JsonObject().put("Error", error));
    }

    private static String status(String code, String message, String serial) {
        JsonObject one = new JsonObject()
                .put("SerialNo", serial)
                .put("PhoneNumber", "+8613800000001")
                .put("Fee", 1)
                .put("SessionContext", "")
                .put("Code", code)
                .put("Message", message)
                .put("IsoCode", "CN");
        return response(new JsonObject().put("SendStatusSet", new JsonArray().add(one)));
    }

    private static String response(JsonObject response) {
        return new JsonObject()
                .put("Response", response.put("RequestId", "a0aabda6-cf91-4f3e-a81f-9198114a2279"))
                .encode();
    }
}
