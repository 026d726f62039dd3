package linge.notify.wechat;

import java.net.URI;

/**
 * Whose name we write in.
 *
 * @param api where WeChat's interfaces are, without a slash at the end
 */
public record OfficialAccount(String appId, String secret, URI api) {

    /** WeChat's own address. */
    public static final URI WECHAT = URI.create("https://api.weixin.qq.com");

    /** Without the secret. */
    @Override
    public String toString() {
        return appId + " at " + api;
    }
}
