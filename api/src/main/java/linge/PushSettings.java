package linge;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import linge.notify.push.VapidKeys;
import org.jspecify.annotations.Nullable;

/**
 * Web Push.
 *
 * @param keys the pair push services know us by, or null for one that is made here and kept in the database
 * @param contact how push services reach whoever runs this, or null
 * @param loopback whether devices may be on this machine itself, for tests
 */
record PushSettings(@Nullable VapidKeys keys, @Nullable String contact, boolean loopback) {

    /** Who says nothing is reached through the public address; push services of some makers insist on a contact. */
    static PushSettings read(Settings.Reader read) {
        String publicKey = read.orNull("LINGE_VAPID_PUBLIC", Settings::word);
        String privateKey = read.orNull("LINGE_VAPID_PRIVATE", Settings::word);
        if ((publicKey == null) != (privateKey == null)) {
            throw new Settings.Wrong("LINGE_VAPID_PUBLIC 和 LINGE_VAPID_PRIVATE 是一对，要么都设，要么都不设");
        }
        VapidKeys keys = publicKey == null || privateKey == null
                ? null
                : read.parse("LINGE_VAPID_PRIVATE", privateKey, text -> vapid(publicKey, text));
        URI publicUrl = read.orNull("LINGE_PUBLIC_URL", Settings::web);
        String otherwise = publicUrl != null && "https".equals(publicUrl.getScheme()) ? publicUrl.toString() : null;
        String contact = read.orNull("LINGE_VAPID_SUBJECT", PushSettings::contact);
        return new PushSettings(
                keys, contact == null ? otherwise : contact, read.get("LINGE_PUSH_LOOPBACK", false, Settings::flag));
    }

    private static VapidKeys vapid(String publicKey, String privateKey) {
        try {
            return VapidKeys.of(publicKey, privateKey);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("应是一对 VAPID 密钥（P-256，base64url，65 字节和 32 字节）");
        }
    }

    private static String contact(String text) {
        if (text.matches("mailto:[^\\s@]+@[^\\s@]+|https://\\S+")) {
            return text;
        }
        throw new IllegalArgumentException("应为 mailto:邮箱 或 https:// 开头的网址");
    }

    /** As they are in force, secrets masked. */
    Map<String, String> printed() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("LINGE_VAPID_PUBLIC", keys == null ? "(自动生成，存在数据库)" : keys.publicText());
        all.put("LINGE_VAPID_PRIVATE", keys == null ? "(自动生成，存在数据库)" : "****");
        all.put("LINGE_VAPID_SUBJECT", contact == null ? "(未设置)" : contact);
        all.put("LINGE_PUSH_LOOPBACK", String.valueOf(loopback));
        return all;
    }
}
