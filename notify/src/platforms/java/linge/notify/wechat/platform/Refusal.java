package linge.notify.wechat.platform;

import java.time.Instant;

/** A call that WeChat answered with an error: {@code openid} is empty where it named none. */
public record Refusal(String path, int code, String words, String openid, String key, Instant at) {}
