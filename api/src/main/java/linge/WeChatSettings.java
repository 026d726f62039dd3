package linge;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import linge.wechat.Account;
import org.jspecify.annotations.Nullable;

/** The official account on WeChat; the key before is accepted while the account changes keys. */
record WeChatSettings(
        String appId,
        String secret,
        String token,
        @Nullable String aesKey,
        @Nullable String aesKeyBefore,
        URI api) {

    static @Nullable WeChatSettings read(Settings.Reader read) {
        String appId = read.orNull("LINGE_WECHAT_APP_ID", Settings::word);
        String secret = read.orNull("LINGE_WECHAT_SECRET", Settings::word);
        String token = read.orNull("LINGE_WECHAT_TOKEN", Settings::word);
        String key = read.orNull("LINGE_WECHAT_AES_KEY", WeChatSettings::aesKey);
        String before = read.orNull("LINGE_WECHAT_AES_KEY_BEFORE", WeChatSettings::aesKey);
        if (appId == null && secret == null && token == null && key == null && before == null) {
            return null;
        }
        if (appId == null || secret == null || token == null) {
            throw new Settings.Wrong(
                    "接入微信还缺 LINGE_WECHAT_" + (appId == null ? "APP_ID" : secret == null ? "SECRET" : "TOKEN"));
        }
        if (read.orNull("LINGE_PUBLIC_URL", Settings::web) == null) {
            throw new Settings.Wrong("接入微信还缺 LINGE_PUBLIC_URL：消息里的链接要指向它");
        }
        URI api = read.get("LINGE_WECHAT_API", URI.create("https://api.weixin.qq.com"), Settings::web);
        return new WeChatSettings(appId, secret, token, key, before, api);
    }

    private static String aesKey(String text) {
        if (!text.matches("[A-Za-z0-9+/]{43}")) {
            throw new IllegalArgumentException("应为 43 个字母或数字");
        }
        return text;
    }

    /**
     * The account as the way in needs it.
     *
     * @param publicUrl how browsers reach the service
     */
    Account account(@Nullable URI publicUrl) {
        List<String> keys = new ArrayList<>();
        if (aesKey != null) {
            keys.add(aesKey);
        }
        if (aesKeyBefore != null) {
            keys.add(aesKeyBefore);
        }
        String url = publicUrl == null ? null : publicUrl.toString().replaceFirst("/+$", "");
        return new Account(appId, secret, token, List.copyOf(keys), api, Account.openFor(api), url);
    }

    @Override
    public String toString() {
        return appId + " (" + api + (aesKey == null ? ", 明文" : ", 加密") + ")";
    }
}
