package linge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Settings from the environment: what is understood, what is refused and how. */
class SettingsTest {

    private static final String DB = "postgresql://linge:s3cret@db.local:5433/linge";

    @Test
    void nothing_set_is_a_service_for_everybody_with_its_own_database() {
        Settings settings = Settings.from(Map.of("PATH", "/bin"));
        assertEquals("0.0.0.0", settings.host());
        assertEquals(8080, settings.port());
        assertNull(settings.dbUrl());
        assertFalse(settings.demo());
        assertTrue(settings.data().isAbsolute());
    }

    @Test
    void demo_mode_listens_to_this_machine_only_unless_told_otherwise() {
        assertEquals("127.0.0.1", Settings.from(Map.of("LINGE_DEMO", "true")).host());
        assertEquals(
                "0.0.0.0",
                Settings.from(Map.of("LINGE_DEMO", "true", "LINGE_HOST", "0.0.0.0"))
                        .host());
    }

    @Test
    void an_empty_setting_counts_as_not_set() {
        assertEquals(
                8080,
                Settings.from(Map.of("LINGE_PORT", " ", "LINGE_DB_URL", "")).port());
    }

    @Test
    void an_official_account_needs_all_of_its_words_and_shows_none_of_them() {
        String key = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOP0";
        Map<String, String> whole = Map.of(
                "LINGE_PUBLIC_URL", "https://linge.example.cn/",
                "LINGE_WECHAT_APP_ID", "wx1",
                "LINGE_WECHAT_SECRET", "s3cret",
                "LINGE_WECHAT_TOKEN", "t0ken",
                "LINGE_WECHAT_AES_KEY", key);
        Settings settings = Settings.from(whole);
        String printed = settings.printed().toString();
        assertFalse(printed.contains("s3cret") || printed.contains("t0ken") || printed.contains(key), printed);
        assertTrue(printed.contains("wx1"), printed);
        for (String name : List.of("PUBLIC_URL", "WECHAT_APP_ID", "WECHAT_SECRET", "WECHAT_TOKEN")) {
            Map<String, String> without = new java.util.HashMap<>(whole);
            without.remove("LINGE_" + name);
            assertTrue(wrong(without).contains("LINGE_" + name), name);
        }
        Map<String, String> broken = new java.util.HashMap<>(whole);
        broken.put("LINGE_WECHAT_AES_KEY", "too-short-a-key");
        assertTrue(wrong(broken).contains("LINGE_WECHAT_AES_KEY"));
        assertFalse(wrong(broken).contains("too-short-a-key"));
        assertNull(Settings.from(Map.of()).weChat());
    }

    @Test
    void an_unknown_setting_is_refused_by_name() {
        assertTrue(wrong(Map.of("LINGE_PROT", "80")).contains("LINGE_PROT"));
    }

    @TestFactory
    Stream<DynamicTest> a_malformed_value_is_refused_with_the_name_of_its_setting() {
        return Stream.of(
                        "LINGE_PORT=eighty",
                        "LINGE_PORT=-1",
                        "LINGE_PORT=65536",
                        "LINGE_PORT=80.5",
                        "LINGE_DB_POOL=1",
                        "LINGE_DB_POOL=9999",
                        "LINGE_DEMO=yes",
                        "LINGE_DEMO=1",
                        "LINGE_PROXY=on",
                        "LINGE_LOG=xml",
                        "LINGE_HOST=a b",
                        "LINGE_DATA=\u0000",
                        "LINGE_DB_URL=mysql://localhost/linge",
                        "LINGE_DB_URL=postgresql://localhost",
                        "LINGE_DB_URL=not a url",
                        "LINGE_CLUSTER=one;two",
                        "LINGE_CLUSTER=,",
                        "LINGE_PUBLIC_URL=linge.local",
                        "LINGE_PUBLIC_URL=ftp://linge.local",
                        "LINGE_TILES=https://tiles.local/",
                        "LINGE_SMS=aliyun",
                        "LINGE_SMS=smpp",
                        "LINGE_SMS=carrier-pigeon",
                        "LINGE_SMS=aliyun,aliyun",
                        "LINGE_SMS=,",
                        "LINGE_SMS_SIGN=【邻格】",
                        "LINGE_SMS_REPORT_SECRET=short",
                        "LINGE_S3_ENDPOINT=http://s3.local",
                        "LINGE_WEBHOOK_KEY=short",
                        "LINGE_WEBHOOK_KEY=c2hvcnQ=",
                        "LINGE_WEBHOOK_NETWORKS=inside.example",
                        "LINGE_WEBHOOK_NETWORKS=10.0.0.0/40",
                        "LINGE_S3_BUCKET=photos",
                        "LINGE_VAPID_PUBLIC=BAAA",
                        "LINGE_VAPID_PRIVATE=AAAA",
                        "LINGE_VAPID_SUBJECT=linge.example.cn",
                        "LINGE_VAPID_SUBJECT=mailto:nobody",
                        "LINGE_PUSH_LOOPBACK=1")
                .map(setting -> DynamicTest.dynamicTest(setting.replace('\u0000', '?'), () -> {
                    String[] parts = setting.split("=", 2);
                    String told = wrong(Map.of(parts[0], parts[1]));
                    assertTrue(told.contains(parts[0].startsWith("LINGE_S3") ? "LINGE_S3_" : parts[0]), told);
                    assertEquals(1, told.lines().count(), told);
                }));
    }

    @Test
    void a_cluster_needs_a_database_they_share() {
        assertTrue(wrong(Map.of("LINGE_CLUSTER", "a:5701,b:5701")).contains("LINGE_DB_URL"));
        Settings settings = Settings.from(Map.of("LINGE_CLUSTER", "a:5701, b:5701", "LINGE_DB_URL", DB));
        assertEquals(List.of("a:5701", "b:5701"), settings.cluster());
    }

    @Test
    void carriers_of_sms_are_asked_in_the_order_given_and_each_needs_its_account() {
        Map<String, String> all = new HashMap<>(Map.of(
                "LINGE_SMS", "smpp, aliyun",
                "LINGE_SMS_SIGN", "长治综治",
                "LINGE_SMS_ALIYUN_KEY", "key-1",
                "LINGE_SMS_ALIYUN_SECRET", "top-secret",
                "LINGE_SMS_SMPP_ENDPOINT", "smpps://smsc.local:3550",
                "LINGE_SMS_SMPP_USER", "linge",
                "LINGE_SMS_SMPP_SECRET", "top-secret-too",
                "LINGE_SMS_SMPP_SOURCE", "10690001",
                "LINGE_SMS_REPORT_SECRET", "a-long-enough-secret"));
        Settings settings = Settings.from(all);
        assertEquals(
                List.of("smpp", "aliyun"),
                settings.sms().accounts().stream().map(one -> one.provider()).toList());
        String printed = settings.printed().toString();
        assertTrue(
                printed.contains("LINGE_SMS=[smpp smpps://smsc.local:3550 (linge, from 10690001, window 10), "
                        + "aliyun https://dysmsapi.aliyuncs.com (key key-1, 【长治综治】)] 收回执"),
                printed);
        assertFalse(printed.contains("secret"), printed);
        all.put("LINGE_SMS_SMPP_ENDPOINT", "smsc.local:3550");
        assertTrue(wrong(all).contains("LINGE_SMS_SMPP_ENDPOINT"));
        all.remove("LINGE_SMS_ALIYUN_SECRET");
        all.put("LINGE_SMS", "aliyun");
        assertEquals("用 aliyun 发短信还缺 LINGE_SMS_ALIYUN_SECRET", wrong(all));
        all.put("LINGE_SMS", "aliyun,tencent");
        all.put("LINGE_SMS_REPORT_SECRET", "sh0rt");
        assertFalse(wrong(all).contains("sh0rt"));
    }

    @Test
    void what_is_printed_holds_every_setting_and_no_secret() {
        Map<String, String> all = new HashMap<>(Map.of(
                "LINGE_DB_URL", DB,
                "LINGE_S3_ENDPOINT", "https://s3.local",
                "LINGE_S3_BUCKET", "photos",
                "LINGE_S3_KEY", "key-1",
                "LINGE_S3_SECRET", "top-secret",
                "LINGE_WEBHOOK_KEY", "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlYzE="));
        String printed = Settings.from(all).printed().toString();
        assertTrue(printed.contains("linge:****@db.local:5433/linge"), printed);
        assertFalse(printed.contains("s3cret"), printed);
        assertFalse(printed.contains("top-secret"), printed);
        assertFalse(printed.contains("c2VjcmV0"), printed);
        for (String password : List.of("p@ss@word", "p:a:ss", "p%40ss", "p/ss")) {
            String url = "postgresql://linge:" + password + "@db.local/linge";
            try {
                String shown =
                        Settings.from(Map.of("LINGE_DB_URL", url)).printed().toString();
                assertFalse(shown.contains(password), shown);
                assertFalse(shown.contains("word@"), shown);
            } catch (Settings.Wrong malformed) {
                assertFalse(malformed.getMessage().contains(password), malformed.getMessage());
            }
        }
    }

    @Test
    void the_keys_for_pushes_come_as_a_pair_and_the_private_one_is_never_repeated() {
        // The example of RFC 8291: a pair nobody uses in earnest.
        String publicKey = "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8";
        String privateKey = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw";
        Settings settings = Settings.from(Map.of("LINGE_VAPID_PUBLIC", publicKey, "LINGE_VAPID_PRIVATE", privateKey));
        assertEquals(publicKey, settings.printed().get("LINGE_VAPID_PUBLIC"));
        assertFalse(settings.printed().toString().contains(privateKey));
        assertFalse(settings.toString().contains(privateKey));
        String other = privateKey.replace('y', 'z');
        String told = wrong(Map.of("LINGE_VAPID_PUBLIC", publicKey, "LINGE_VAPID_PRIVATE", other));
        assertTrue(told.contains("LINGE_VAPID_PRIVATE") && !told.contains(other), told);
        assertTrue(wrong(Map.of("LINGE_VAPID_PRIVATE", privateKey)).contains("LINGE_VAPID_PUBLIC"));
    }

    @Test
    void push_services_are_given_the_public_address_when_no_contact_is_set() {
        assertNull(Settings.from(Map.of()).push().contact());
        assertNull(Settings.from(Map.of("LINGE_PUBLIC_URL", "http://linge.local"))
                .push()
                .contact());
        assertEquals(
                "https://linge.example.cn",
                Settings.from(Map.of("LINGE_PUBLIC_URL", "https://linge.example.cn"))
                        .push()
                        .contact());
        assertEquals(
                "mailto:it@example.cn",
                Settings.from(Map.of(
                                "LINGE_PUBLIC_URL",
                                "https://linge.example.cn",
                                "LINGE_VAPID_SUBJECT",
                                "mailto:it@example.cn"))
                        .push()
                        .contact());
    }

    @Test
    void a_malformed_database_url_is_refused_without_repeating_its_password() {
        String told = wrong(Map.of("LINGE_DB_URL", "postgresql://linge:s3cret@ db.local/linge"));
        assertFalse(told.contains("s3cret"), told);
    }

    private static String wrong(Map<String, String> environment) {
        return assertThrows(Settings.Wrong.class, () -> Settings.from(environment))
                .getMessage();
    }
}
