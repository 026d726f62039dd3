package linge.wechat;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import linge.notify.NotSent;
import org.jspecify.annotations.Nullable;

/** What the platform is asked here, one call a question. A token it does not know any more is changed for another, once. */
final class Platform {

    private static final long PATIENCE_MILLIS = 8_000;
    private static final int MOST_BYTES = 10 * 1024 * 1024;
    private static final Set<Integer> TOKEN_GONE = Set.of(40001, 40014, 42001);
    private static final int NO_SUCH_MEDIA = 40007;

    /** The account's access token, one for all nodes. */
    interface Tokens {
        Future<String> token();

        /** Another one, as the platform refused that. */
        Future<String> after(String refused);
    }

    /** Who signed in, as far as they agreed to tell. */
    record Identity(
            String openid,
            @Nullable String unionid,
            @Nullable String name) {}

    private final WebClient http;
    private final Account account;
    private final Tokens tokens;
    private final Clock clock;

    Platform(WebClient http, Account account, Tokens tokens, Clock clock) {
        this.http = http;
        this.account = account;
        this.tokens = tokens;
        this.clock = clock;
    }

    /** Changes a code of a sign-in, once, for who it is. */
    Future<Identity> identity(String code) {
        HttpRequest<Buffer> asked = request("/sns/oauth2/access_token")
                .addQueryParam("appid", account.appId())
                .addQueryParam("secret", account.secret())
                .addQueryParam("code", code)
                .addQueryParam("grant_type", "authorization_code");
        return asked.send().map(Platform::json).compose(grant -> {
            String openid = grant.getString("openid");
            String scope = grant.getString("scope", "");
            if (!scope.contains("snsapi_userinfo")) {
                return Future.succeededFuture(new Identity(openid, grant.getString("unionid"), null));
            }
            return request("/sns/userinfo")
                    .addQueryParam("access_token", grant.getString("access_token"))
                    .addQueryParam("openid", openid)
                    .addQueryParam("lang", "zh_CN")
                    .send()
                    .map(Platform::json)
                    .map(info -> new Identity(openid, info.getString("unionid"), name(info.getString("nickname"))));
        });
    }

    private static @Nullable String name(@Nullable String nickname) {
        String words = linge.shared.Words.of(nickname);
        return words == null
                ? null
                : words.substring(
                        0, words.offsetByCodePoints(0, Math.min(30, words.codePointCount(0, words.length()))));
    }

    Future<JsSdk.Ticket> ticket() {
        return ask("/cgi-bin/ticket/getticket", Map.of("type", "jsapi"), null)
                .map(answer -> new JsSdk.Ticket(
                        answer.getString("ticket"), clock.instant().plusSeconds(answer.getLong("expires_in", 7200L))));
    }

    /** The address in a code with a scene that does not end. */
    Future<String> code(String scene) {
        JsonObject wanted = new JsonObject()
                .put("action_name", "QR_LIMIT_STR_SCENE")
                .put("action_info", new JsonObject().put("scene", new JsonObject().put("scene_str", scene)));
        return ask("/cgi-bin/qrcode/create", Map.of(), wanted).map(answer -> answer.getString("url"));
    }

    Future<Void> menu(JsonObject menu) {
        return ask("/cgi-bin/menu/create", Map.of(), menu).mapEmpty();
    }

    /** Whether the account has a menu. */
    Future<Boolean> hasMenu() {
        return ask(Watchman.MENU, Map.of(), null)
                .map(true)
                .recover(failure -> failure instanceof Refused refused && refused.code == Watchman.NO_MENU
                        ? Future.succeededFuture(false)
                        : Future.failedFuture(failure));
    }

    /** One customer-service message; fails with {@link Refused} where the platform says that it took none. */
    Future<Void> say(HeardStore.Words words) {
        JsonObject message = new JsonObject()
                .put("touser", words.openid())
                .put("msgtype", "text")
                .put("text", new JsonObject().put("content", words.text()));
        // The platform does not look at the name; whoever reads its logs beside ours does.
        return ask("/cgi-bin/message/custom/send", Map.of(), message, "wechat-said-" + words.id())
                .mapEmpty();
    }

    /** What somebody sent; fails with {@link NotSent.Kind#NEVER} when it is gone. */
    Future<Buffer> media(String id) {
        return tokens.token()
                .compose(token -> media(id, token).recover(failure -> {
                    boolean gone = failure instanceof Refused refused && TOKEN_GONE.contains(refused.code);
                    return gone
                            ? tokens.after(token).compose(fresh -> media(id, fresh))
                            : failure instanceof Refused refused && refused.code == NO_SUCH_MEDIA
                                    ? Future.failedFuture(NotSent.never(refused.words))
                                    : Future.failedFuture(failure);
                }));
    }

    private Future<Buffer> media(String id, String token) {
        return request("/cgi-bin/media/get")
                .addQueryParam("access_token", token)
                .addQueryParam("media_id", id)
                .send()
                .map(response -> {
                    String type = String.valueOf(response.getHeader("content-type"));
                    Buffer body = response.body();
                    if (type.startsWith("application/json") || type.startsWith("text/")) {
                        json(response);
                    }
                    if (response.statusCode() != 200 || body == null || body.length() > MOST_BYTES) {
                        throw new IllegalStateException("the platform has no such bytes now");
                    }
                    return body;
                });
    }

    private Future<JsonObject> ask(String path, Map<String, String> query, @Nullable JsonObject body) {
        return ask(path, query, body, Secrets.random(12));
    }

    private Future<JsonObject> ask(String path, Map<String, String> query, @Nullable JsonObject body, String name) {
        return tokens.token()
                .compose(token -> ask(path, query, body, name, token).recover(failure -> {
                    boolean gone = failure instanceof Refused refused && TOKEN_GONE.contains(refused.code);
                    return gone
                            ? tokens.after(token).compose(fresh -> ask(path, query, body, name, fresh))
                            : Future.failedFuture(failure);
                }));
    }

    private Future<JsonObject> ask(
            String path, Map<String, String> query, @Nullable JsonObject body, String name, String token) {
        HttpRequest<Buffer> request =
                request(path).addQueryParam("access_token", token).putHeader("X-Request-Id", name);
        query.forEach(request::addQueryParam);
        Future<HttpResponse<Buffer>> sent = body == null
                ? request.send()
                : request.method(io.vertx.core.http.HttpMethod.POST).sendJsonObject(body);
        return sent.map(Platform::json);
    }

    private HttpRequest<Buffer> request(String path) {
        return http.getAbs(account.api() + path).timeout(PATIENCE_MILLIS);
    }

    /** An answer; what the platform refuses is a failure with its code and words. */
    static JsonObject json(HttpResponse<Buffer> response) {
        JsonObject answer;
        try {
            // Told as text/plain by some of its interfaces.
            answer = new JsonObject(response.body());
        } catch (RuntimeException unreadable) {
            throw new IllegalStateException("the platform answered " + response.statusCode() + " without JSON");
        }
        int code = answer.getInteger("errcode", 0);
        if (code != 0) {
            throw new Refused(code, code + " " + answer.getString("errmsg", ""));
        }
        return answer;
    }

    /** What the platform answered instead. */
    static final class Refused extends RuntimeException {
        final int code;
        final String words;

        Refused(int code, String words) {
            super(words, null, false, false);
            this.code = code;
            this.words = words;
        }
    }
}
