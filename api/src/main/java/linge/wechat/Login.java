package linge.wechat;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;
import linge.db.Times;
import linge.http.Brake;
import linge.sessions.Sessions;
import linge.shared.Refusal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signing in by WeChat. {@code /wechat/login?to=…} sends the browser to the platform with a state that only this browser may
 * bring back, once; {@code /wechat/oauth} learns the openid. Who is bound to a phone is signed in, anybody else is shown the
 * page that binds one.
 */
final class Login {

    private static final Logger log = LoggerFactory.getLogger(Login.class);

    /** Tells whose browser began a sign-in; also whose openid waits for a phone. */
    static final String BROWSER_COOKIE = "linge_wechat";

    static final String VISIT_COOKIE = "linge_wechat_visit";
    static final Duration VISIT = Duration.ofMinutes(30);

    private static final Duration LIFE = Duration.ofMinutes(10);
    private static final int LONGEST_PATH = 500;
    /** A path of our own and nothing else: no host, no backslash a browser would take for a slash, no line breaks. */
    private static final Pattern OWN_PATH = Pattern.compile("/(?![/\\\\])[\\x21-\\x5B\\x5D-\\x7E]*");

    private static final String BEGIN =
            "INSERT INTO wechat_logins (state, browser, to_path, again, expires_at) VALUES ($1, $2, $3, $4, $5)";
    private static final String END =
            "DELETE FROM wechat_logins WHERE state = $1 AND browser = $2 RETURNING to_path, again, expires_at";
    private static final String VISITS = "INSERT INTO wechat_visits (token, openid, expires_at) VALUES ($1, $2, $3)";
    private static final String FORGET_OLD = """
            WITH logins AS (DELETE FROM wechat_logins WHERE expires_at < $1)
            DELETE FROM wechat_visits WHERE expires_at < $1""";

    /** What signing in stands on. */
    record Ground(
            Pool db,
            Clock clock,
            Account account,
            Platform platform,
            Followers followers,
            Sessions sessions,
            Brake brake,
            boolean secureCookies) {}

    /** A sign-in that was begun. */
    private record Begun(String to, boolean again) {}

    private final Ground on;

    Login(Ground on) {
        this.on = on;
    }

    void mount(Router router) {
        router.get("/wechat/login").handler(this::begin);
        router.get("/wechat/oauth").handler(this::end);
    }

    /** The path when it is one of ours, else the first page. */
    static String ownPath(@Nullable String to) {
        return to != null && to.length() <= LONGEST_PATH && OWN_PATH.matcher(to).matches() ? to : "/";
    }

    private void begin(RoutingContext ctx) {
        on.brake().take(String.valueOf(ctx.request().remoteAddress().hostAddress()));
        String to = ownPath(ctx.queryParams().get("to"));
        boolean again = "1".equals(ctx.queryParams().get("again"));
        // Name and picture are asked for only where somebody wants to be called by them.
        String scope = "1".equals(ctx.queryParams().get("info")) ? "snsapi_userinfo" : "snsapi_base";
        String browser = Objects.requireNonNullElseGet(cookie(ctx, BROWSER_COOKIE), () -> Secrets.random(24));
        String state = Secrets.random(24);
        on.db()
                .preparedQuery(BEGIN)
                .execute(Tuple.of(
                        Secrets.hash(state),
                        Secrets.hash(browser),
                        to,
                        again,
                        Times.at(on.clock().instant().plus(LIFE))))
                .onSuccess(begun -> {
                    ctx.response().addCookie(cookie(BROWSER_COOKIE, browser, "/wechat", LIFE));
                    redirect(ctx, authorize(ctx, scope, state));
                })
                .onFailure(ctx::fail);
    }

    private String authorize(RoutingContext ctx, String scope, String state) {
        Account account = on.account();
        String back = account.publicUrl() == null ? origin(ctx) + "/wechat/oauth" : account.at("/wechat/oauth");
        return account.open() + "/connect/oauth2/authorize?appid=" + encoded(account.appId()) + "&redirect_uri="
                + encoded(back) + "&response_type=code&scope=" + scope + "&state=" + state + "#wechat_redirect";
    }

    private static String origin(RoutingContext ctx) {
        return ctx.request().scheme() + "://" + ctx.request().authority();
    }

    private void end(RoutingContext ctx) {
        on.brake().take(String.valueOf(ctx.request().remoteAddress().hostAddress()));
        String code = ctx.queryParams().get("code");
        begun(ctx).onFailure(ctx::fail).onSuccess(begun -> {
            if (begun == null) {
                // A link opened twice, or in another browser than it began in: begin anew, or say so.
                ctx.fail(Refusal.of(Refusal.Kind.FORGED_FORM, "这个登录链接已经用过或过期了，请回到微信重新打开页面。"));
                return;
            }
            if (code == null || code.isBlank() || code.length() > 200) {
                redirect(ctx, "/sign-in?back=" + encoded(begun.to()));
                return;
            }
            on.platform()
                    .identity(code)
                    .compose(who -> on.followers().know(who.openid(), who.unionid(), who.name()))
                    .compose(who -> enter(ctx, who, begun))
                    .onFailure(failure -> {
                        log.warn("a sign-in by WeChat failed", failure);
                        redirect(ctx, "/sign-in?back=" + encoded(begun.to()));
                    });
        });
    }

    /** What this browser began with that state; null when it did not, or long ago. */
    private Future<@Nullable Begun> begun(RoutingContext ctx) {
        String state = ctx.queryParams().get("state");
        String browser = cookie(ctx, BROWSER_COOKIE);
        if (state == null || browser == null || state.length() > 128) {
            return Future.succeededFuture();
        }
        return on.db()
                .preparedQuery(END)
                .execute(Tuple.of(Secrets.hash(state), Secrets.hash(browser)))
                .map(rows -> {
                    if (rows.size() == 0) {
                        return null;
                    }
                    Row row = rows.iterator().next();
                    boolean fresh =
                            Times.of(row, "expires_at").isAfter(on.clock().instant());
                    return fresh ? new Begun(row.getString("to_path"), row.getBoolean("again")) : null;
                });
    }

    private Future<Void> enter(RoutingContext ctx, Followers.Follower who, Begun begun) {
        if (who.resident() != null && !begun.again()) {
            return on.sessions().open(who.resident()).map(opened -> {
                ctx.response().addCookie(on.sessions().cookie(opened));
                redirect(ctx, begun.to());
                return null;
            });
        }
        String token = Secrets.random(24);
        return on.db()
                .preparedQuery(VISITS)
                .execute(Tuple.of(
                        Secrets.hash(token),
                        who.openid(),
                        Times.at(on.clock().instant().plus(VISIT))))
                .map(kept -> {
                    ctx.response().addCookie(cookie(VISIT_COOKIE, token, "/api/wechat", VISIT));
                    redirect(ctx, "/wechat/bind?back=" + encoded(begun.to()));
                    return null;
                });
    }

    /** Housekeeping: what ran out. */
    Future<Void> forgetOld() {
        return on.db()
                .preparedQuery(FORGET_OLD)
                .execute(Tuple.of(Times.at(on.clock().instant())))
                .mapEmpty();
    }

    Cookie noVisit() {
        return cookie(VISIT_COOKIE, "", "/api/wechat", Duration.ZERO);
    }

    /** The hash of the visit's token that a request brings; null for none. */
    static @Nullable Buffer visit(RoutingContext ctx) {
        String token = cookie(ctx, VISIT_COOKIE);
        return token == null ? null : Secrets.hash(token);
    }

    private Cookie cookie(String name, String value, String path, Duration life) {
        return Cookie.cookie(name, value)
                .setPath(path)
                .setHttpOnly(true)
                .setSameSite(CookieSameSite.LAX)
                .setSecure(on.secureCookies())
                .setMaxAge(life.toSeconds());
    }

    private static @Nullable String cookie(RoutingContext ctx, String name) {
        Cookie cookie = ctx.request().getCookie(name);
        String value = cookie == null ? null : cookie.getValue();
        return value != null && value.matches("[A-Za-z0-9_-]{20,60}") ? value : null;
    }

    private static void redirect(RoutingContext ctx, String to) {
        ctx.response()
                .setStatusCode(302)
                .putHeader(HttpHeaders.LOCATION, to)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
