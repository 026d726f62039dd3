package linge.notify.wechat.platform;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Web pages asking who is there: the page that grants, codes, tokens of their own, and what they tell. */
final class OAuth {

    /** Who opens the page: a header, a cookie of that name, or whoever holds the phone. */
    static final String WHO = "x-wechat-user";

    private static final Duration CODE_LIFE = Duration.ofMinutes(5);
    private static final Duration TOKEN_LIFE = Duration.ofSeconds(7200);
    private static final Duration REFRESH_LIFE = Duration.ofDays(30);
    private static final int LONGEST_STATE = 128;

    private record Grant(String openid, String scope, Instant at) {}

    private final WeChatPlatform platform;
    private final HttpClient client;
    private final Random random;
    private final Map<String, Grant> codes = new HashMap<>();
    private final Map<String, Grant> used = new HashMap<>();
    private final Map<String, Grant> tokens = new HashMap<>();
    private final Map<String, Grant> refreshes = new HashMap<>();

    OAuth(WeChatPlatform platform, HttpClient client, Random random) {
        this.platform = platform;
        this.client = client;
        this.random = random;
    }

    /** Where {@link #authorize} leads: a redirect, or a page to look at. */
    record Page(int status, @Nullable String location, String html) {}

    synchronized Page authorize(MultiMap asked, @Nullable String who) {
        String scope = asked.contains("scope") ? asked.get("scope") : "";
        String redirect = asked.get("redirect_uri");
        String state = asked.contains("state") ? asked.get("state") : "";
        if (!platform.account().appId().equals(asked.get("appid"))) {
            return wrong("AppID 参数错误");
        }
        if (!"code".equals(asked.get("response_type"))
                || !scope.equals("snsapi_base") && !scope.equals("snsapi_userinfo")) {
            return wrong("Scope 参数错误或没有 Scope 权限");
        }
        if (redirect == null || !redirect.startsWith("http") || !platform.isRedirectAllowed(redirect)) {
            return wrong("redirect_uri 域名与后台配置不一致");
        }
        if (state.length() > LONGEST_STATE) {
            return wrong("state 参数过长");
        }
        if (who == null || who.isEmpty()) {
            return wrong("请在微信客户端打开链接");
        }
        if (scope.equals("snsapi_userinfo") && !asked.contains("allow")) {
            StringBuilder fields = new StringBuilder();
            asked.forEach(field -> fields.append("<input type=\"hidden\" name=\"")
                    .append(escape(field.getKey()))
                    .append("\" value=\"")
                    .append(escape(field.getValue()))
                    .append("\">"));
            return new Page(
                    200,
                    null,
                    page("<form>" + fields + "<p>申请获取你的昵称、头像</p>"
                            + "<button name=\"allow\" value=\"1\">允许</button></form>"));
        }
        String code = word(32);
        codes.put(code, new Grant(who, scope, platform.now()));
        String glue = redirect.contains("?") ? "&" : "?";
        int hash = redirect.indexOf('#');
        String target = hash < 0 ? redirect : redirect.substring(0, hash);
        String rest = hash < 0 ? "" : redirect.substring(hash);
        String to =
                target + glue + "code=" + code + "&state=" + URLEncoder.encode(state, StandardCharsets.UTF_8) + rest;
        return new Page(302, to, "");
    }

    private static Page wrong(String words) {
        return new Page(200, null, page("<p>" + words + "</p>"));
    }

    private static String page(String inner) {
        return "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width\"><title>微信</title><body>" + inner;
    }

    private static String escape(String value) {
        return value.replace("&", "&amp;").replace("\"", "&quot;").replace("<", "&lt;");
    }

    Future<String> openAs(Follower who, String url) {
        String granted = url.contains("snsapi_userinfo") ? url.replaceFirst("\\?", "?allow=1&") : url;
        String local = granted.replaceFirst("^https?://[^/]+", platform.api()).replaceFirst("#.*$", "");
        return client.request(new RequestOptions().setMethod(HttpMethod.GET).setAbsoluteURI(local))
                .compose(request -> request.putHeader(WHO, who.openid())
                        .send()
                        .compose(response -> response.statusCode() == 302
                                ? Future.succeededFuture(response.getHeader("location"))
                                : response.body().compose(page -> Future.failedFuture("no redirect but: " + page))));
    }

    synchronized JsonObject accessToken(MultiMap asked) {
        if (!platform.account().appId().equals(asked.get("appid"))) {
            return Code.INVALID_APP_ID.json();
        }
        if (!platform.account().secret().equals(asked.get("secret"))) {
            return Code.INVALID_SECRET.json();
        }
        String code = asked.contains("code") ? asked.get("code") : "";
        if (used.containsKey(code)) {
            return Code.CODE_USED.json();
        }
        Grant grant = codes.remove(code);
        if (grant == null) {
            return Code.INVALID_CODE.json();
        }
        if (!platform.now().isBefore(grant.at().plus(CODE_LIFE))) {
            return Code.CODE_EXPIRED.json();
        }
        used.put(code, grant);
        String refresh = word(64);
        refreshes.put(refresh, new Grant(grant.openid(), grant.scope(), platform.now()));
        return issue(grant, refresh);
    }

    synchronized JsonObject refresh(MultiMap asked) {
        String refresh = asked.contains("refresh_token") ? asked.get("refresh_token") : "";
        Grant grant = refreshes.get(refresh);
        if (grant == null || !platform.now().isBefore(grant.at().plus(REFRESH_LIFE))) {
            return Code.INVALID_REFRESH_TOKEN.json();
        }
        return issue(grant, refresh);
    }

    private JsonObject issue(Grant grant, String refresh) {
        String token = word(96);
        tokens.put(token, new Grant(grant.openid(), grant.scope(), platform.now()));
        JsonObject answer = new JsonObject()
                .put("access_token", token)
                .put("expires_in", TOKEN_LIFE.toSeconds())
                .put("refresh_token", refresh)
                .put("openid", grant.openid())
                .put("scope", grant.scope());
        return grant.scope().equals("snsapi_userinfo")
                ? answer.put("unionid", platform.follower(grant.openid()).unionid())
                : answer;
    }

    synchronized JsonObject userInfo(MultiMap asked) {
        Grant grant = tokens.get(asked.contains("access_token") ? asked.get("access_token") : "");
        if (grant == null) {
            return Code.INVALID_CREDENTIAL.json();
        }
        if (!platform.now().isBefore(grant.at().plus(TOKEN_LIFE))) {
            return Code.TOKEN_EXPIRED.json();
        }
        if (!grant.openid().equals(asked.get("openid"))) {
            return Code.INVALID_OPENID.json();
        }
        if (!grant.scope().equals("snsapi_userinfo")) {
            return Code.UNAUTHORIZED.json();
        }
        Follower who = platform.follower(grant.openid());
        return new JsonObject()
                .put("openid", who.openid())
                .put("nickname", who.nickname())
                .put("sex", 0)
                .put("province", "")
                .put("city", "")
                .put("country", "")
                .put("headimgurl", platform.api() + "/mmopen/" + who.openid() + "/132")
                .put("privilege", new JsonArray())
                .put("unionid", who.unionid());
    }

    private String word(int length) {
        StringBuilder word = new StringBuilder("0");
        while (word.length() < length) {
            word.append(Integer.toString(random.nextInt(36), 36));
        }
        return word.toString();
    }
}
