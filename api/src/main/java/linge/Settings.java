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
        PushSettings push,
        WebhookSettings webhooks,
        @Nullable WeChatSettings weChat,
        CallSettings calls) {

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
            "LINGE_CALL_URL",
            "LINGE_CALL_SECRET",
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
                PushSettings.read(read),
                WebhookSettings.read(read),
                WeChatSettings.read(read),
                CallSettings.read(read));
    }

    /** The official account as the way in needs it; null where none is set. */
    public @Nullable Account account() {
        return weChat == null ? null : weChat.account(publicUrl);
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
        all.put("LINGE_CALL_URL", calls.toString());
        all.put("LINGE_REPLIES", replies == null ? "(自带的话)" : replies.toString());
        all.putAll(push.printed());
        all.put("LINGE_WEBHOOK_KEY", webhooks.key() != null ? "****" : cluster.isEmpty() ? "(在数据文件夹里)" : "(未设置)");
        all.put("LINGE_WEBHOOK_NETWORKS", webhooks.shownNetworks());
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

    static boolean flag(String text) {
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
