package linge.notify.wechat.platform;

import static linge.notify.wechat.platform.WeChatPlatform.SERVICE;
import static linge.notify.wechat.platform.WeChatPlatform.STABLE_TOKEN;
import static linge.notify.wechat.platform.WeChatPlatform.SUBSCRIPTION;
import static linge.notify.wechat.platform.WeChatPlatform.TEMPLATE;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The platform's addresses: who may call them, what breaks on the way, and where they lead. */
final class Endpoints implements Handler<HttpServerRequest> {

    private static final String REQUEST_ID = "x-request-id";
    private static final Set<String> POSTED =
            Set.of(STABLE_TOKEN, TEMPLATE, SUBSCRIPTION, SERVICE, "/cgi-bin/menu/create", "/cgi-bin/qrcode/create");

    private final WeChatPlatform platform;

    Endpoints(WeChatPlatform platform) {
        this.platform = platform;
    }

    @Override
    public void handle(HttpServerRequest request) {
        request.body().onSuccess(body -> answer(request, body));
    }

    private void answer(HttpServerRequest request, Buffer body) {
        String path = request.path();
        platform.called(path);
        Fault fault = platform.faults().draw(path);
        if (fault == Fault.LOST_REQUEST) {
            request.connection().close();
        } else if (fault == Fault.BUSY) {
            refuse(request, body, Code.BUSY.json());
        } else if (fault == Fault.TOKEN_REFUSED) {
            refuse(request, body, Code.INVALID_CREDENTIAL.json());
        } else if (fault == Fault.BAD_GATEWAY) {
            request.response()
                    .setStatusCode(502)
                    .putHeader("content-type", "text/html")
                    .end("<html><body><h1>502 Bad Gateway</h1></body></html>");
        } else {
            Runnable answer = act(request, body);
            if (fault == Fault.LOST_ANSWER) {
                request.connection().close();
            } else if (fault == Fault.HELD_ANSWER) {
                platform.faults().hold(answer);
            } else {
                answer.run();
            }
        }
    }

    /** Does what is asked; the answer is sent by running what comes back. */
    private Runnable act(HttpServerRequest request, Buffer body) {
        String path = request.path();
        HttpServerResponse response = request.response();
        if (path.equals("/connect/oauth2/authorize")) {
            OAuth.Page page = platform.oauth.authorize(request.params(), who(request));
            return () -> {
                if (page.location() != null) {
                    response.putHeader("location", page.location());
                }
                response.setStatusCode(page.status())
                        .putHeader("content-type", "text/html; charset=utf-8")
                        .end(page.html());
            };
        }
        if (path.equals("/cgi-bin/showqrcode")) {
            String ticket = request.getParam("ticket");
            return () -> {
                if (platform.qrCodes.scene(ticket) == null) {
                    response.setStatusCode(404).end();
                } else {
                    response.putHeader("content-type", "image/jpg").end(QrCodes.picture(ticket));
                }
            };
        }
        if (path.startsWith("/mmbiz/")) {
            return () -> bytes(response, platform.media.find(path.substring("/mmbiz/".length())));
        }
        if (path.equals("/cgi-bin/media/get")) {
            Code token = platform.tokens.check(request.getParam("access_token"));
            Media.Item item = platform.media.find(request.getParam("media_id"));
            if (token == Code.OK && item != null && platform.isGranted(path)) {
                return () -> bytes(response, item);
            }
        }
        JsonObject said = json(request, body);
        return () -> refuse(request, body, said);
    }

    private static void bytes(HttpServerResponse response, Media.@Nullable Item item) {
        if (item == null) {
            response.setStatusCode(404).end();
            return;
        }
        response.putHeader("content-type", item.type())
                .putHeader("content-disposition", "attachment; filename=\"" + item.name() + "\"")
                .end(item.bytes());
    }

    /** Every JSON is sent with status 200, an error's as well; the latter are remembered. */
    private void refuse(HttpServerRequest request, Buffer body, JsonObject said) {
        if (said.getInteger("errcode", 0) != 0) {
            JsonObject asked = parsed(body);
            platform.refused(new Refusal(
                    request.path(),
                    said.getInteger("errcode"),
                    said.getString("errmsg"),
                    asked == null ? "" : asked.getString("touser", ""),
                    key(request, asked),
                    platform.now()));
            said.put("errmsg", said.getString("errmsg") + " rid: " + Long.toHexString(platform.nextNumber()));
        }
        // WeChat itself says text/plain for some of these.
        request.response().putHeader("content-type", "text/plain").end(said.toBuffer());
    }

    private static String key(HttpServerRequest request, @Nullable JsonObject asked) {
        String id = request.getHeader(REQUEST_ID);
        String client = asked == null ? null : asked.getString("client_msg_id");
        return client != null ? client : id == null ? "" : id;
    }

    private JsonObject json(HttpServerRequest request, Buffer body) {
        String path = request.path();
        boolean post = request.method() == HttpMethod.POST;
        if (POSTED.contains(path) && !post) {
            return Code.POST_WANTED.json();
        }
        JsonObject asked = parsed(body);
        if (POSTED.contains(path) && asked == null) {
            return body.length() == 0 ? Code.EMPTY_POST.json() : Code.BAD_JSON.json();
        }
        JsonObject said = asked == null ? new JsonObject() : asked;
        return switch (path) {
            case STABLE_TOKEN -> platform.tokens.stable(said);
            case "/sns/oauth2/access_token" -> platform.oauth.accessToken(request.params());
            case "/sns/oauth2/refresh_token" -> platform.oauth.refresh(request.params());
            case "/sns/userinfo" -> platform.oauth.userInfo(request.params());
            default -> withToken(request, said);
        };
    }

    private JsonObject withToken(HttpServerRequest request, JsonObject asked) {
        String path = request.path();
        Code token = platform.tokens.check(request.getParam("access_token"));
        if (token != Code.OK) {
            return token.json();
        }
        if (!platform.isGranted(path)) {
            return Code.UNAUTHORIZED.json();
        }
        Quota quota = platform.quota(path);
        return switch (path) {
            case TEMPLATE -> platform.sends.template(asked, quota);
            case SUBSCRIPTION -> platform.sends.subscription(asked, key(request, asked), quota);
            case SERVICE -> platform.sends.service(asked, key(request, asked), quota);
            case "/cgi-bin/ticket/getticket" -> counted(quota, platform.tokens::ticket);
            case "/cgi-bin/menu/create" -> counted(quota, () -> platform.menus.create(asked));
            case "/cgi-bin/menu/get" -> counted(quota, platform.menus::get);
            case "/cgi-bin/menu/delete" -> counted(quota, platform.menus::delete);
            case "/cgi-bin/qrcode/create" -> counted(quota, () -> platform.qrCodes.create(asked));
            case "/cgi-bin/user/info" -> counted(quota, () -> userInfo(request.getParam("openid")));
            case "/cgi-bin/media/get" -> Code.INVALID_MEDIA.json();
            default -> Code.UNAUTHORIZED.json("no such address on loopback: " + path);
        };
    }

    private JsonObject counted(Quota quota, java.util.function.Supplier<JsonObject> call) {
        return quota.take(platform.now()) ? call.get() : Code.QUOTA_USED_UP.json();
    }

    private JsonObject userInfo(@Nullable String openid) {
        Follower who = openid == null ? null : platform.known(openid);
        if (who == null) {
            return Code.INVALID_OPENID.json();
        }
        if (!who.isFollowing()) {
            return new JsonObject().put("subscribe", 0).put("openid", openid).put("unionid", who.unionid());
        }
        return new JsonObject()
                .put("subscribe", 1)
                .put("openid", openid)
                .put("language", "zh_CN")
                .put("subscribe_time", who.followedAt().getEpochSecond())
                .put("unionid", who.unionid())
                .put("remark", "")
                .put("groupid", 0)
                .put("tagid_list", List.of())
                .put("subscribe_scene", who.scene().isEmpty() ? "ADD_SCENE_SEARCH" : "ADD_SCENE_QR_CODE")
                .put("qr_scene", 0)
                .put("qr_scene_str", who.scene());
    }

    private String who(HttpServerRequest request) {
        String header = request.getHeader(OAuth.WHO);
        Cookie cookie = request.getCookie(OAuth.WHO);
        return header != null ? header : cookie != null ? cookie.getValue() : platform.phoneOf();
    }

    private static @Nullable JsonObject parsed(Buffer body) {
        try {
            return body.length() == 0 ? null : body.toJsonObject();
        } catch (DecodeException | ClassCastException e) {
            return null;
        }
    }
}
