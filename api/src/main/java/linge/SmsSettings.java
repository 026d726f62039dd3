package linge;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import linge.notify.Sms;
import linge.notify.sms.SmsAccount;
import org.jspecify.annotations.Nullable;

/**
 * Who carries our SMS.
 *
 * @param accounts of providers, in the order they are asked; none: the local gateway, which shows them on a page
 * @param sign the signature before texts of ours, without brackets
 * @param reportSecret last part of the address that vendors push status reports to, or null where none are heard
 */
record SmsSettings(
        List<SmsAccount> accounts, String sign, @Nullable String reportSecret) {

    static SmsSettings read(Settings.Reader read) {
        String sign = read.get("LINGE_SMS_SIGN", Sms.SIGNATURE, SmsSettings::sign);
        List<SmsAccount> accounts = new ArrayList<>();
        for (String provider : read.get("LINGE_SMS", List.<String>of(), SmsSettings::providers)) {
            accounts.add(
                    switch (provider) {
                        case "aliyun" -> aliyun(read, sign);
                        case "tencent" -> tencent(read, sign);
                        default -> smpp(read);
                    });
        }
        return new SmsSettings(
                List.copyOf(accounts), sign, read.orNull("LINGE_SMS_REPORT_SECRET", SmsSettings::secret));
    }

    private static SmsAccount aliyun(Settings.Reader read, String sign) {
        return new SmsAccount.Aliyun(
                read.get("LINGE_SMS_ALIYUN_ENDPOINT", URI.create("https://dysmsapi.aliyuncs.com"), Settings::web),
                needed(read, "LINGE_SMS_ALIYUN_KEY"),
                needed(read, "LINGE_SMS_ALIYUN_SECRET"),
                read.get("LINGE_SMS_ALIYUN_SIGN", sign, SmsSettings::sign));
    }

    private static SmsAccount tencent(Settings.Reader read, String sign) {
        return new SmsAccount.Tencent(
                read.get("LINGE_SMS_TENCENT_ENDPOINT", URI.create("https://sms.tencentcloudapi.com"), Settings::web),
                read.get("LINGE_SMS_TENCENT_REGION", "ap-guangzhou", Settings::word),
                needed(read, "LINGE_SMS_TENCENT_KEY"),
                needed(read, "LINGE_SMS_TENCENT_SECRET"),
                needed(read, "LINGE_SMS_TENCENT_APP"),
                read.get("LINGE_SMS_TENCENT_SIGN", sign, SmsSettings::sign));
    }

    private static SmsAccount smpp(Settings.Reader read) {
        URI endpoint = read.orNull("LINGE_SMS_SMPP_ENDPOINT", SmsSettings::gateway);
        if (endpoint == null) {
            throw new Settings.Wrong("用 smpp 发短信还缺 LINGE_SMS_SMPP_ENDPOINT");
        }
        return new SmsAccount.Smpp(
                endpoint,
                needed(read, "LINGE_SMS_SMPP_USER"),
                needed(read, "LINGE_SMS_SMPP_SECRET"),
                needed(read, "LINGE_SMS_SMPP_SOURCE"),
                read.get("LINGE_SMS_SMPP_WINDOW", 10, text -> Settings.number(text, 1, 100)));
    }

    private static String needed(Settings.Reader read, String name) {
        String value = read.orNull(name, Settings::word);
        if (value == null) {
            throw new Settings.Wrong("用 " + name.split("_")[2].toLowerCase(java.util.Locale.ROOT) + " 发短信还缺 " + name);
        }
        return value;
    }

    private static List<String> providers(String text) {
        List<String> providers = new ArrayList<>();
        for (String one : text.split(",", -1)) {
            String name = one.strip();
            if (!List.of("aliyun", "tencent", "smpp").contains(name) || providers.contains(name)) {
                throw new IllegalArgumentException("应为 aliyun、tencent、smpp 里的几个，用逗号隔开，先写的先用");
            }
            providers.add(name);
        }
        return providers;
    }

    private static String sign(String text) {
        if (!text.matches("[^【】\\s]{2,16}")) {
            throw new IllegalArgumentException("应为 2 到 16 个字，不带【】");
        }
        return text;
    }

    private static String secret(String text) {
        if (!text.matches("[A-Za-z0-9_-]{16,100}")) {
            throw new IllegalArgumentException("应为 16 到 100 个字母或数字");
        }
        return text;
    }

    private static URI gateway(String text) {
        URI uri = URI.create(text);
        if (!("smpp".equals(uri.getScheme()) || "smpps".equals(uri.getScheme()))
                || uri.getHost() == null
                || uri.getPort() < 0) {
            throw new IllegalArgumentException("应形如 smpp://主机:2775 或 smpps://主机:3550");
        }
        return uri;
    }

    /** Without secrets. */
    @Override
    public String toString() {
        if (accounts.isEmpty()) {
            return "(本地网关，不发给运营商)";
        }
        return accounts + (reportSecret == null ? " 不收回执" : " 收回执");
    }
}
