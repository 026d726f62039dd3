package linge;

import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The gateway that gives privacy numbers, so that staff call residents without either learning the other's.
 *
 * @param url null where there is none
 * @param secret its bearer token
 */
record CallSettings(@Nullable URI url, @Nullable String secret) {

    private static final Set<String> OURS = Set.of("localhost", "127.0.0.1", "[::1]");

    static CallSettings read(Settings.Reader read) {
        URI url = read.orNull("LINGE_CALL_URL", CallSettings::gateway);
        String secret = read.orNull("LINGE_CALL_SECRET", Settings::word);
        if ((url == null) != (secret == null)) {
            throw new Settings.Wrong("接入隐私号码还缺 " + (url == null ? "LINGE_CALL_URL" : "LINGE_CALL_SECRET"));
        }
        return new CallSettings(url, secret);
    }

    /** Both numbers travel there: sealed, or not off this machine. */
    private static URI gateway(String text) {
        URI uri = Settings.web(text);
        if (!"https".equals(uri.getScheme()) && !OURS.contains(uri.getHost())) {
            throw new IllegalArgumentException("应为 https:// 开头的地址");
        }
        return uri;
    }

    /** Says nothing of the secret. */
    @Override
    public String toString() {
        return url == null ? "(未接入)" : url.getScheme() + "://" + url.getAuthority();
    }
}
