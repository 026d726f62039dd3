package linge.media.store;

import java.net.URI;

/**
 * An S3-compatible service.
 *
 * @param endpoint e.g. {@code https://s3.example.cn}
 * @param prefix before every key, e.g. {@code linge/}; may be empty
 * @param pathStyle true for {@code endpoint/bucket/key}, false for {@code bucket.endpoint/key}, as most public clouds want
 */
public record S3Settings(
        URI endpoint, String region, String bucket, String prefix, String key, String secret, boolean pathStyle) {

    /** Without the secret: settings are logged at the start. */
    @Override
    public String toString() {
        return endpoint + "/" + bucket + "/" + prefix;
    }
}
