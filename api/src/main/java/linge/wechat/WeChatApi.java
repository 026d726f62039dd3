package linge.wechat;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Objects;
import linge.http.Answer;
import linge.http.Brake;
import linge.http.Call;
import linge.http.Contract;
import linge.residents.Phone;
import linge.sessions.Sessions;
import linge.shared.AreaLevel;
import linge.shared.Caller;
import linge.shared.Names;
import linge.shared.Refusal;
import org.jspecify.annotations.Nullable;

/** The contract's part of WeChat: binding a phone, signing pages, posters. Without an account only posters are there. */
final class WeChatApi {

    private static final int MOST_POSTERS = 3000;

    /** What an account adds. */
    record Bound(Binding binding, JsSdk jsSdk, Login login) {}

    private final @Nullable Bound bound;
    private final Posters posters;
    private final Names names;
    private final Sessions sessions;
    private final Brake brake;
    private final @Nullable String publicUrl;

    WeChatApi(
            @Nullable Bound bound,
            Posters posters,
            Names names,
            Sessions sessions,
            Brake brake,
            @Nullable String publicUrl) {
        this.bound = bound;
        this.posters = posters;
        this.names = names;
        this.sessions = sessions;
        this.brake = brake;
        this.publicUrl = publicUrl;
    }

    void mount(Contract contract) {
        contract.on("getWeChatVisit", this::visit)
                .on("bindWeChat", this::bind)
                .on("unbindWeChat", this::unbind)
                .on("getWeChatJsSdk", this::jsSdk)
                .on("listWeChatPosters", this::listPosters)
                .on("getWeChatPoster", this::poster);
    }

    /** Whether this browser came from WeChat and waits for a phone; and which phone its WeChat is bound to, if one is. */
    private Future<Answer> visit(Call call) {
        Bound on = bound;
        if (on == null) {
            return Future.succeededFuture(
                    Answer.ok(new JsonObject().put("waits", false).put("phone", null)));
        }
        return on.binding().visit(Login.visit(call.ctx())).compose(visit -> {
            if (visit == null) {
                return Future.succeededFuture(
                        Answer.ok(new JsonObject().put("waits", false).put("phone", null)));
            }
            return on.binding().follower(visit.openid()).map(who -> {
                Caller.Resident resident = who == null ? null : who.resident();
                return Answer.ok(new JsonObject()
                        .put("waits", true)
                        .put("phone", resident == null ? null : Phone.masked(resident.phone())));
            });
        });
    }

    private Future<Answer> bind(Call call) {
        Bound on = configured();
        brake.take(call.address());
        Buffer token = Login.visit(call.ctx());
        if (token == null) {
            throw Refusal.of(Refusal.Kind.NOT_SIGNED_IN, "请在微信里打开这个页面。");
        }
        JsonObject body = call.body();
        String phone = Phone.parse(body.getString("phone"));
        boolean confirm = Boolean.TRUE.equals(body.getBoolean("confirm"));
        return on.binding()
                .bind(token, phone, body.getString("code"), confirm)
                .compose(resident -> sessions.open(resident).map(opened -> {
                    call.ctx().response().addCookie(sessions.cookie(opened));
                    call.ctx().response().addCookie(on.login().noVisit());
                    return Answer.created(
                            new JsonObject().put("csrf", opened.csrf()).put("phone", Phone.masked(phone)));
                }));
    }

    private Future<Answer> unbind(Call call) {
        Caller.Resident resident = call.resident();
        Bound on = bound;
        return on == null
                ? Future.succeededFuture(Answer.nothing())
                : on.binding().unbind(resident).map(done -> Answer.nothing());
    }

    private Future<Answer> jsSdk(Call call) {
        Bound on = configured();
        brake.take(call.address());
        String url = Objects.requireNonNullElse(call.query("url"), "");
        return on.jsSdk().sign(url, origin(call.ctx())).map(Answer::ok);
    }

    private Future<Answer> listPosters(Call call) {
        Caller.Staff who = call.staff();
        String area = Objects.requireNonNullElse(call.query("area"), who.area());
        mine(who, area);
        JsonArray items = new JsonArray();
        posters.within(area).stream()
                .limit(MOST_POSTERS)
                .forEach(code -> items.add(new JsonObject()
                        .put("area", code)
                        .put(
                                "name",
                                code.length() == AreaLevel.GRID.digits()
                                        ? names.area(AreaLevel.above(code)) + " " + names.area(code)
                                        : names.area(code))));
        return Future.succeededFuture(Answer.ok(new JsonObject().put("items", items)));
    }

    private Future<Answer> poster(Call call) {
        Caller.Staff who = call.staff();
        String area = call.path("area");
        mine(who, area);
        Posters.Form form = "pdf".equals(call.query("form")) ? Posters.Form.PDF : Posters.Form.SVG;
        return posters.of(area, origin(call.ctx()), form)
                .map(drawn -> Answer.bytes(form.type(), drawn)
                        .with("cache-control", "no-store")
                        .with("content-disposition", "inline; filename=\"poster-" + area + "." + form.label() + "\""));
    }

    private static void mine(Caller.Staff who, String area) {
        if (!AreaLevel.isCode(area) || !AreaLevel.covers(who.area(), area)) {
            throw Refusal.notAllowed("只能打印本区域的海报。");
        }
    }

    /** Where our pages are: as set, else as this request reached us. */
    private String origin(RoutingContext ctx) {
        String set = publicUrl;
        return set == null
                ? (ctx.request().scheme() + "://" + ctx.request().authority()).toLowerCase(Locale.ROOT)
                : JsSdk.originOf(set);
    }

    private Bound configured() {
        Bound on = bound;
        if (on == null) {
            throw Refusal.notFound("微信公众号，这里没有接入");
        }
        return on;
    }
}
