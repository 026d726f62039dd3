package linge.notify.sms;

import java.net.URI;

/** An account with a provider; none of them says its secret when printed. */
public sealed interface SmsAccount {

    /** The provider's name in the settings. */
    String provider();

    /** Alibaba Cloud. @param sign the registered signature, without brackets */
    record Aliyun(URI endpoint, String key, String secret, String sign) implements SmsAccount {
        @Override
        public String provider() {
            return linge.notify.sms.Aliyun.NAME;
        }

        @Override
        public String toString() {
            return "aliyun " + endpoint + " (key " + key + ", 【" + sign + "】)";
        }
    }

    /** Tencent Cloud. @param app the SdkAppId; {@code sign} the registered signature, without brackets */
    record Tencent(URI endpoint, String region, String key, String secret, String app, String sign)
            implements SmsAccount {
        @Override
        public String provider() {
            return linge.notify.sms.Tencent.NAME;
        }

        @Override
        public String toString() {
            return "tencent " + endpoint + " (key " + key + ", app " + app + ", 【" + sign + "】)";
        }
    }

    /**
     * A carrier's gateway over SMPP 3.4.
     *
     * @param endpoint {@code smpp://host:port}, or {@code smpps} for TLS
     * @param source the number messages come from
     * @param window how many messages may be under way at once, 1 to 100
     */
    record Smpp(URI endpoint, String user, String secret, String source, int window) implements SmsAccount {
        @Override
        public String provider() {
            return linge.notify.sms.Smpp.NAME;
        }

        @Override
        public String toString() {
            return "smpp " + endpoint + " (" + user + ", from " + source + ", window " + window + ")";
        }
    }
}
