package linge;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import linge.bot.knowledge.Hardship;
import linge.db.PostgresServer;
import linge.notify.push.VapidKeys;
import linge.notify.webhook.Network;
import linge.notify.webhook.Vault;
import linge.wechat.Account;
import org.jspecify.annotations.Nullable;

/** Every setting, typed and read once from the environment; an unknown or malformed one is refused by name. */
public record Settings(
        String host,
        int port,
        Path data,
        @Nullable String dbUrl,
        int dbPool,
        boolean demo,
        Log log,
        List<String> cluster,
        @Nullable String clusterHost,
        int clusterPort,
        @Nullable URI publicUrl,
        boolean proxy,
        @Nullable String tiles,
        @Nullable S3 s3,
        Duration keepChats,
        Duration keepQuestions,
        BigDecimal hardship,
        @Nullable Path replies,
        SmsSettings sms,
        Push push,
        @Nullable String webhookKey,
        List<Network> webhookNetworks,
        @Nullable WeChat weChat) {

    /** How log lines look. */
    public enum Log {
        JSON,
        TEXT
    }

    /** An S3-compatible store for photos and videos. */
    public record S3(URI endpoint, String bucket, String region, String key, String secret) {
        @Override
        public String toString() {
            return endpoint + "/" + bucket + " (" + region + ", key " + key + ")";
        }
    }

    /**
     * Web Push.
     *
     * @param keys the pair push services know us by, or null for one that is made here and kept in the database
     * @param contact how push services reach whoever runs this, or null
     * @param loopback whether devices may be on this machine itself, for tests
     */
    public record Push(@Nullable VapidKeys keys, @Nullable String contact, boolean loopback) {}

    /** The official account on WeChat; the key before is accepted while the account changes keys. */
    public record WeChat(
            String appId,
            String secret,
            String token,
            @Nullable String aesKey,
            @Nullable String aesKeyBefore,
            URI api) {
        @Override
        public String toString() {
            return appId + " (" + api + (aesKey == null ? ", 明文" : ", 加密") + ")";
        }
    }

    /** What stops the start, in one line. */
    public static final class Wrong extends RuntimeException {
        public Wrong(String message) {
            super(message, null, false, false);
        }
    }

    private static final String PREFIX = "LINGE_";
    private static final Set<String> KNOWN = Set.of(
            "LINGE_HOST",
            "LINGE_PORT",
            "LINGE_DATA",
            "LINGE_DB_URL",
            "LINGE_DB_POOL",
            "LINGE_DEMO",
            "LINGE_LOG",
            "LINGE_CLUSTER",
            "LINGE_CLUSTER_HOST",
            "LINGE_CLUSTER_PORT",
            "LINGE_PUBLIC_URL",
            "LINGE_PROXY",
            "LINGE_TILES",
            "LINGE_S3_ENDPOINT",
            "LINGE_S3_BUCKET",
            "LINGE_S3_REGION",
            "LINGE_S3_KEY",
            "LINGE_S3_SECRET",
            "LINGE_CHAT_DAYS",
            "LINGE_QUESTION_DAYS",
            "LINGE_HARDSHIP",
            "LINGE_REPLIES",
            "LINGE_SMS",
            "LINGE_SMS_SIGN",
            "LINGE_SMS_TEMPLATES",
            "LINGE_SMS_REPORT_SECRET",
            "LINGE_SMS_ALIYUN_KEY",
            "LINGE_SMS_ALIYUN_SECRET",
            "LINGE_SMS_ALIYUN_SIGN",
            "LINGE_SMS_ALIYUN_ENDPOINT",
            "LINGE_SMS_TENCENT_KEY",
            "LINGE_SMS_TENCENT_SECRET",
            "LINGE_SMS_TENCENT_APP",
            "LINGE_SMS_TENCENT_SIGN",
            "LINGE_SMS_TENCENT_REGION",
            "LINGE_SMS_TENCENT_ENDPOINT",
            "LINGE_SMS_SMPP_ENDPOINT",
            "LINGE_SMS_SMPP_USER",
            "LINGE_SMS_SMPP_SECRET",
            "LINGE_SMS_SMPP_SOURCE",
            "LINGE_SMS_SMPP_WINDOW",
            "LINGE_VAPID_PUBLIC",
            "LINGE_VAPID_PRIVATE",
            "LINGE_VAPID_SUBJECT",
            "LINGE_PUSH_LOOPBACK",
            "LINGE_WEBHOOK_KEY",
            "LINGE_WEBHOOK_NETWORKS",
            "LINGE_WECHAT_APP_ID",
            "LINGE_WECHAT_SECRET",
            "LINGE_WECHAT_TOKEN",
            "LINGE_WECHAT_AES_KEY",
            "LINGE_WECHAT_AES_KEY_BEFORE",
            "LINGE_WECHAT_API",
            // Read by the command that makes the first administrator, never kept.
            "LINGE_ADMIN_PASSWORD",
            // Read by the browser tests only.
            "LINGE_CHROMIUM");

    /** @throws Wrong naming the setting that is unknown or malformed */
    public static Settings from(Map<String, String> environment) {
        environment.keySet().stream()
                .filter(name -> name.startsWith(PREFIX) && !KNOWN.contains(name))
                .sorted()
                .findFirst()
                .ifPresent(unknown -> {
                    throw new Wrong("不认识的设置 " + unknown + "；可用的有 "
                            + String.join(" ", KNOWN.stream().sorted().toList()));
                });
        Reader read = new Reader(environment);
        boolean demo = read.get("LINGE_DEMO", false, Settings::flag);
        List<String> cluster = read.get("LINGE_CLUSTER", List.<String>of(), Settings::members);
        String dbUrl =
                read.orNull("LINGE_DB_URL", text -> PostgresServer.parse(text).toString());
        if (!cluster.isEmpty() && dbUrl == null) {
            throw new Wrong("LINGE_CLUSTER 需要各节点共用的数据库，请同时设置 LINGE_DB_URL");
        }
        return new Settings(
                // The passwords of demo mode are printed on a page: only this machine may use them unless told
                // otherwise.
                read.get("LINGE_HOST", demo ? "127.0.0.1" : "0.0.0.0", Settings::word),
                read.get("LINGE_PORT", 8080, text -> number(text, 0, 65535)),
                read.get("LINGE_DATA", Path.of("data"), Path::of)
                        .toAbsolutePath()
                        .normalize(),
                dbUrl,
                read.get("LINGE_DB_POOL", 12, text -> number(text, 2, 200)),
                demo,
                read.get("LINGE_LOG", Log.JSON, text -> choice(Log.class, text)),
                cluster,
                read.orNull("LINGE_CLUSTER_HOST", Settings::word),
                read.get("LINGE_CLUSTER_PORT", 5701, text -> number(text, 1, 65535)),
                read.orNull("LINGE_PUBLIC_URL", Settings::web),
                read.get("LINGE_PROXY", false, Settings::flag),
                read.orNull("LINGE_TILES", Settings::tiles),
                s3(read),
                Duration.ofDays(read.get("LINGE_CHAT_DAYS", 90, text -> number(text, 1, 3650))),
                Duration.ofDays(read.get("LINGE_QUESTION_DAYS", 365, text -> number(text, 1, 3650))),
                read.get("LINGE_HARDSHIP", Hardship.DEFAULT.monthlyIncome(), Settings::yuan),
                read.orNull(
                        "LINGE_REPLIES", text -> Path.of(text).toAbsolutePath().normalize()),
                SmsSettings.read(read),
                push(read),
                read.orNull("LINGE_WEBHOOK_KEY", Settings::sealingKey),
                read.get("LINGE_WEBHOOK_NETWORKS", List.<Network>of(), Settings::networks),
                weChat(read));
    }

    /** The official account as the way in needs it; null where none is set. */
    public @Nullable Account account() {
        WeChat set = weChat;
        if (set == null) {
            return null;
        }
        List<String> keys = new ArrayList<>();
        if (set.aesKey() != null) {
            keys.add(set.aesKey());
        }
        if (set.aesKeyBefore() != null) {
            keys.add(set.aesKeyBefore());
        }
        String url = publicUrl == null ? null : publicUrl.toString().replaceFirst("/+$", "");
        return new Account(
                set.appId(), set.secret(), set.token(), List.copyOf(keys), set.api(), Account.openFor(set.api()), url);
    }

    /** Every setting as it is in force, secrets masked. */
    public Map<String, String> printed() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("LINGE_HOST", host);
        all.put("LINGE_PORT", String.valueOf(port));
        all.put("LINGE_DATA", data.toString());
        all.put(
                "LINGE_DB_URL",
                dbUrl == null ? "(内置 PostgreSQL)" : dbUrl.replaceFirst("(://[^:/@]+):[^@]*@", "$1:****@"));
        all.put("LINGE_DB_POOL", String.valueOf(dbPool));
        all.put("LINGE_DEMO", String.valueOf(demo));
        all.put("LINGE_LOG", log.name().toLowerCase(java.util.Locale.ROOT));
        all.put("LINGE_CLUSTER", cluster.isEmpty() ? "(单节点)" : String.join(",", cluster));
        all.put("LINGE_PUBLIC_URL", publicUrl == null ? "(未设置)" : publicUrl.toString());
        all.put("LINGE_PROXY", String.valueOf(proxy));
        all.put("LINGE_TILES", tiles == null ? "(无底图)" : tiles);
        all.put("LINGE_S3", s3 == null ? "(存在数据文件夹)" : s3.toString());
        all.put("LINGE_CHAT_DAYS", String.valueOf(keepChats.toDays()));
        all.put("LINGE_QUESTION_DAYS", String.valueOf(keepQuestions.toDays()));
        all.put("LINGE_HARDSHIP", hardship.toPlainString());
        all.put("LINGE_SMS", sms.toString());
        all.put("LINGE_WECHAT", weChat == null ? "(未接入)" : weChat.toString());
        all.put("LINGE_REPLIES", replies == null ? "(自带的话)" : replies.toString());
        VapidKeys vapid = push.keys();
        all.put("LINGE_VAPID_PUBLIC", vapid == null ? "(自动生成，存在数据库)" : vapid.publicText());
        all.put("LINGE_VAPID_PRIVATE", vapid == null ? "(自动生成，存在数据库)" : "****");
        all.put("LINGE_VAPID_SUBJECT", push.contact() == null ? "(未设置)" : push.contact());
        all.put("LINGE_PUSH_LOOPBACK", String.valueOf(push.loopback()));
        all.put("LINGE_WEBHOOK_KEY", webhookKey != null ? "****" : cluster.isEmpty() ? "(在数据文件夹里)" : "(未设置)");
        all.put(
                "LINGE_WEBHOOK_NETWORKS",
                webhookNetworks.isEmpty()
                        ? "(只有互联网)"
                        : String.join(
                                ",",
                                webhookNetworks.stream().map(Network::toString).toList()));
        return all;
    }

    private static @Nullable S3 s3(Reader read) {
        Map<String, String> given = new TreeMap<>();
        for (String name : List.of("ENDPOINT", "BUCKET", "REGION", "KEY", "SECRET")) {
            String value = read.orNull("LINGE_S3_" + name, Settings::word);
            if (value != null) {
                given.put(name, value);
            }
        }
        if (given.isEmpty()) {
            return null;
        }
        given.putIfAbsent("REGION", "us-east-1");
        for (String name : List.of("ENDPOINT", "BUCKET", "KEY", "SECRET")) {
            if (!given.containsKey(name)) {
                throw new Wrong("用 S3 存照片还缺 LINGE_S3_" + name);
            }
        }
        URI endpoint = read.parse("LINGE_S3_ENDPOINT", String.valueOf(given.get("ENDPOINT")), Settings::web);
        return new S3(
                endpoint,
                String.valueOf(given.get("BUCKET")),
                String.valueOf(given.get("REGION")),
                String.valueOf(given.get("KEY")),
                String.valueOf(given.get("SECRET")));
    }

    /** Who says nothing is reached through the public address; push services of some makers insist on a contact. */
    private static Push push(Reader read) {
        String publicKey = read.orNull("LINGE_VAPID_PUBLIC", Settings::word);
        String privateKey = read.orNull("LINGE_VAPID_PRIVATE", Settings::word);
        if ((publicKey == null) != (privateKey == null)) {
            throw new Wrong("LINGE_VAPID_PUBLIC 和 LINGE_VAPID_PRIVATE 是一对，要么都设，要么都不设");
        }
        VapidKeys keys = publicKey == null || privateKey == null
                ? null
                : read.parse("LINGE_VAPID_PRIVATE", privateKey, text -> vapid(publicKey, text));
        URI publicUrl = read.orNull("LINGE_PUBLIC_URL", Settings::web);
        String otherwise = publicUrl != null && "https".equals(publicUrl.getScheme()) ? publicUrl.toString() : null;
        String contact = read.orNull("LINGE_VAPID_SUBJECT", Settings::contact);
        return new Push(
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

    private static @Nullable WeChat weChat(Reader read) {
        String appId = read.orNull("LINGE_WECHAT_APP_ID", Settings::word);
        String secret = read.orNull("LINGE_WECHAT_SECRET", Settings::word);
        String token = read.orNull("LINGE_WECHAT_TOKEN", Settings::word);
        String key = read.orNull("LINGE_WECHAT_AES_KEY", Settings::aesKey);
        String before = read.orNull("LINGE_WECHAT_AES_KEY_BEFORE", Settings::aesKey);
        if (appId == null && secret == null && token == null && key == null && before == null) {
            return null;
        }
        if (appId == null || secret == null || token == null) {
            throw new Wrong("接入微信还缺 LINGE_WECHAT_" + (appId == null ? "APP_ID" : secret == null ? "SECRET" : "TOKEN"));
        }
        if (read.orNull("LINGE_PUBLIC_URL", Settings::web) == null) {
            throw new Wrong("接入微信还缺 LINGE_PUBLIC_URL：消息里的链接要指向它");
        }
        URI api = read.get("LINGE_WECHAT_API", URI.create("https://api.weixin.qq.com"), Settings::web);
        return new WeChat(appId, secret, token, key, before, api);
    }

    private static String aesKey(String text) {
        if (!text.matches("[A-Za-z0-9+/]{43}")) {
            throw new IllegalArgumentException("应为 43 个字母或数字");
        }
        return text;
    }

    /** Reads one setting after the other; empty counts as not set. */
    record Reader(Map<String, String> environment) {

        <T> T get(String name, T otherwise, Function<String, T> parse) {
            String text = environment.get(name);
            return text == null || text.isBlank() ? otherwise : parse(name, text.strip(), parse);
        }

        <T> @Nullable T orNull(String name, Function<String, T> parse) {
            String text = environment.get(name);
            return text == null || text.isBlank() ? null : parse(name, text.strip(), parse);
        }

        <T> T parse(String name, String text, Function<String, T> parse) {
            try {
                return parse.apply(text);
            } catch (IllegalArgumentException malformed) {
                boolean secret = name.endsWith("SECRET")
                        || name.endsWith("URL")
                        || name.endsWith("PRIVATE")
                        || name.endsWith("WEBHOOK_KEY")
                        || name.contains("_AES_KEY")
                        || name.endsWith("_TOKEN");
                throw new Wrong(name + (secret ? "" : "=" + text) + " 不对：" + malformed.getMessage());
            }
        }
    }

    private static boolean flag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("应为 true 或 false");
        };
    }

    static int number(String text, int least, int most) {
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("应为 " + least + " 到 " + most + " 的整数", e);
        }
        throw new IllegalArgumentException("应为 " + least + " 到 " + most + " 的整数");
    }

    private static BigDecimal yuan(String text) {
        if (text.matches("\\d{1,7}(\\.\\d{1,2})?") && new BigDecimal(text).signum() > 0) {
            return new BigDecimal(text);
        }
        throw new IllegalArgumentException("应为每人每月的元数，例如 1500");
    }

    private static <E extends Enum<E>> E choice(Class<E> choices, String text) {
        for (E choice : choices.getEnumConstants()) {
            if (choice.name().equalsIgnoreCase(text)) {
                return choice;
            }
        }
        throw new IllegalArgumentException("应为 " + List.of(choices.getEnumConstants()));
    }

    static String word(String text) {
        if (text.chars().anyMatch(Character::isWhitespace)) {
            throw new IllegalArgumentException("不能有空格");
        }
        return text;
    }

    private static List<String> members(String text) {
        List<String> members = new ArrayList<>();
        for (String member : text.split(",", -1)) {
            if (!member.strip().matches("[A-Za-z0-9._-]+(:\\d{1,5})?")) {
                throw new IllegalArgumentException("应形如 主机:5701,主机:5702");
            }
            members.add(member.strip());
        }
        return List.copyOf(members);
    }

    private static String sealingKey(String text) {
        try {
            Vault.of(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("应为 32 个字节的 base64，例如 openssl rand -base64 32 的输出", e);
        }
        return text;
    }

    private static List<Network> networks(String text) {
        List<Network> networks = new ArrayList<>();
        for (String one : text.split(",", -1)) {
            try {
                networks.add(Network.parse(one.strip()));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("应形如 10.12.0.0/16,192.168.3.7", e);
            }
        }
        return List.copyOf(networks);
    }

    static URI web(String text) {
        URI uri = URI.create(text);
        if (uri.getHost() == null || !("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
            throw new IllegalArgumentException("应为 http:// 或 https:// 开头的地址");
        }
        return uri;
    }

    private static String tiles(String text) {
        if (!text.matches("https?://\\S+") || !text.contains("{z}") || !text.contains("{x}") || !text.contains("{y}")) {
            throw new IllegalArgumentException("应形如 https://主机/{z}/{x}/{y}.png");
        }
        return text;
    }
}
