package linge.notify.sms;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * Alibaba Cloud's signature V3 (ACS3-HMAC-SHA256) of a request without a body. Source: 阿里云 OpenAPI “V3 版本请求体 & 签名机制”.
 */
final class AliyunSignature {

    static final String ALGORITHM = "ACS3-HMAC-SHA256";

    /** SHA-256 of nothing. */
    static final String NO_BODY = Digests.sha256("");

    private AliyunSignature() {}

    /**
     * The header Authorization.
     *
     * @param headers all that are signed, in lower case: host and the x-acs ones
     */
    static String authorization(
            String key, String secret, SortedMap<String, String> query, SortedMap<String, String> headers) {
        String signed = String.join(";", headers.keySet());
        String request = "POST\n/\n" + encoded(query) + "\n" + lines(headers) + "\n" + signed + "\n" + NO_BODY;
        String signature =
                Digests.hex(Digests.hmac(secret.getBytes(UTF_8), ALGORITHM + "\n" + Digests.sha256(request)));
        return ALGORITHM + " Credential=" + key + ",SignedHeaders=" + signed + ",Signature=" + signature;
    }

    /** The query as it is both sent and signed. */
    static String encoded(SortedMap<String, String> query) {
        return query.entrySet().stream()
                .map(one -> encoded(one.getKey()) + "=" + encoded(one.getValue()))
                .collect(Collectors.joining("&"));
    }

    /** RFC 3986: all but letters, digits and {@code -_.~} in percent. */
    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    private static String lines(SortedMap<String, String> headers) {
        return headers.entrySet().stream()
                .map(one -> one.getKey() + ":" + one.getValue().strip() + "\n")
                .collect(Collectors.joining());
    }
}
