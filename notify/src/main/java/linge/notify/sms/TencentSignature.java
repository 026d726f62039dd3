package linge.notify.sms;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.time.ZoneOffset;

/** Tencent Cloud's signature v3 (TC3-HMAC-SHA256) of a JSON body. Source: 腾讯云 API 3.0 “签名方法 v3”. */
final class TencentSignature {

    static final String TYPE = "application/json; charset=utf-8";

    private static final String ALGORITHM = "TC3-HMAC-SHA256";
    private static final String SIGNED = "content-type;host";

    private TencentSignature() {}

    /** The header Authorization; {@code at} counts in seconds and travels as X-TC-Timestamp. */
    static String authorization(String key, String secret, String service, String host, String body, Instant at) {
        String request =
                "POST\n/\n\ncontent-type:" + TYPE + "\nhost:" + host + "\n\n" + SIGNED + "\n" + Digests.sha256(body);
        String day = at.atZone(ZoneOffset.UTC).toLocalDate().toString();
        String scope = day + "/" + service + "/tc3_request";
        String toSign = ALGORITHM + "\n" + at.getEpochSecond() + "\n" + scope + "\n" + Digests.sha256(request);
        byte[] dated = Digests.hmac(("TC3" + secret).getBytes(UTF_8), day);
        byte[] signing = Digests.hmac(Digests.hmac(dated, service), "tc3_request");
        return ALGORITHM + " Credential=" + key + "/" + scope + ", SignedHeaders=" + SIGNED + ", Signature="
                + Digests.hex(Digests.hmac(signing, toSign));
    }
}
