package linge.wechat;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The official account.
 *
 * @param token signs what the platform pushes
 * @param aesKeys 43 letters each, the key in force first, then the one before during a rotation; empty for plain pushes
 * @param api where the platform's interfaces are, without a slash at the end
 * @param open where people are sent to sign in
 * @param publicUrl how browsers reach us, without a slash at the end; null when nobody said
 */
public record Account(
        String appId,
        String secret,
        String token,
        List<String> aesKeys,
        URI api,
        URI open,
        @Nullable String publicUrl) {

    /** The platform's own. */
    public static final URI API = URI.create("https://api.weixin.qq.com");

    private static final URI OPEN = URI.create("https://open.weixin.qq.com");

    /** Where people sign in: with the platform, or with the one for tests that stands in for it. */
    public static URI openFor(URI api) {
        return api.equals(API) ? OPEN : api;
    }

    /** A page of ours for who reads inside WeChat: signed in on the way, where the WeChat is known. */
    public String page(String path) {
        return at("/wechat/login?to=" + URLEncoder.encode(path, StandardCharsets.UTF_8));
    }

    /** The page about a notice's subject: a case's number, {@code chat:…}, or anything else. */
    public String pageAbout(String subject) {
        return page(
                subject.matches("[0-9]{8,20}")
                        ? "/cases/" + subject
                        : subject.startsWith("chat:") ? "/chat" : "/inbox");
    }

    /** An address of ours as others reach it. */
    String at(String path) {
        return (publicUrl == null ? "" : publicUrl) + path;
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return appId;
    }
}
