package linge.chat;

import io.vertx.core.Future;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import linge.http.Answer;
import linge.http.Authenticator;
import linge.http.Brake;
import linge.http.Call;
import linge.http.Contract;
import linge.shared.Caller;
import linge.shared.Refusal;
import linge.shared.Words;
import org.jspecify.annotations.Nullable;

/** Talking to the bot, going on later, one's own conversations, and the desk of those who answer in person. */
public final class ChatApi {

    static final String COOKIE = "linge_chat";
    static final String KEY_HEADER = "X-Chat-Key";

    private static final int LAST = 100;
    private static final String FRESH = "linge.chat.key";

    private final Chat chat;
    private final Desk desk;
    private final Authenticator authenticator;
    private final Brake brake;
    private final Duration keep;
    private final boolean secureCookies;

    /** @param keep how long the browser keeps a visitor's key */
    public ChatApi(
            Chat chat, Desk desk, Authenticator authenticator, Brake brake, Duration keep, boolean secureCookies) {
        this.chat = chat;
        this.desk = desk;
        this.authenticator = authenticator;
        this.brake = brake;
        this.keep = keep;
        this.secureCookies = secureCookies;
    }

    public void mount(Contract contract) {
        contract.open("chat", this::chat)
                .on("getConversation", this::conversation)
                .on("deleteConversation", this::forget)
                .on("exportConversations", this::export)
                .on("deleteConversations", this::forgetAll)
                .on("listDesk", this::list)
                .on(
                        "readDesk",
                        call -> desk.read(call.staff(), call.path("conversation"))
                                .map(Answer::ok))
                .on("answerDesk", this::answer)
                .on(
                        "closeDesk",
                        call -> desk.close(call.staff(), call.path("conversation"))
                                .map(Answer::ok));
    }

    private void chat(Call call) {
        RoutingContext ctx = call.ctx();
        String accepts = call.header("Accept");
        ChatStream stream =
                accepts != null && accepts.contains("text/event-stream") ? new ChatStream(ctx.response()) : null;
        Chat.Ears ears = stream == null ? ChatStream.DEAF : stream;
        Future.<JsonObject>future(told -> {
                    brake.take(call.address());
                    Said said = Said.of(call.body(), call.header("Idempotency-Key"));
                    chat.hear(() -> keyed(ctx), said, call.address(), ears).onComplete(told);
                })
                .onSuccess(answer -> show(ctx, stream, answer.copy().put("key", ctx.<String>get(FRESH))))
                .onFailure(failure -> {
                    if (stream == null || !stream.failed(ctx, failure)) {
                        ctx.fail(failure);
                    }
                });
    }

    private static void show(RoutingContext ctx, @Nullable ChatStream stream, JsonObject answer) {
        if (stream == null) {
            Contract.show(ctx, Answer.ok(answer));
        } else {
            stream.done(answer);
        }
    }

    private Cookie cookie(String key) {
        return Cookie.cookie(COOKIE, key)
                .setPath("/api/chat")
                .setHttpOnly(true)
                .setSameSite(CookieSameSite.LAX)
                .setSecure(secureCookies)
                .setMaxAge(keep.toSeconds());
    }

    /** A visitor who brings no key is given one. */
    private Future<Owner> keyed(RoutingContext ctx) {
        return authenticator.callerOf(ctx).map(caller -> {
            Owner owner = owner(ctx, caller);
            if (owner.resident() != null || owner.key() != null) {
                return owner;
            }
            Owner fresh = owner.keyed();
            ctx.put(FRESH, fresh.key());
            if (!ctx.response().headWritten()) {
                ctx.response().addCookie(cookie(java.util.Objects.requireNonNull(fresh.key())));
            }
            return fresh;
        });
    }

    private static Owner owner(RoutingContext ctx, Caller caller) {
        return new Owner(caller instanceof Caller.Resident resident ? resident : null, key(ctx));
    }

    /** What the browser or program keeps; anything that is no key of ours counts as none. */
    private static @Nullable String key(RoutingContext ctx) {
        String header = ctx.request().getHeader(KEY_HEADER);
        Cookie cookie = ctx.request().getCookie(COOKIE);
        String key = header != null ? header : cookie == null ? null : cookie.getValue();
        return key != null && key.matches("[A-Za-z0-9_-]{20,60}") ? key : null;
    }

    private Future<Answer> conversation(Call call) {
        long after = (long) call.number("after", 0);
        return chat.find(owner(call.ctx(), call.caller()), call.path("conversation"))
                .compose(found -> chat.shown(found, after, LAST))
                .map(Answer::ok);
    }

    private Future<Answer> forget(Call call) {
        return chat.forget(owner(call.ctx(), call.caller()), call.path("conversation"))
                .map(done -> Answer.nothing());
    }

    private Future<Answer> export(Call call) {
        return chat.export(call.resident().id()).map(items -> Answer.ok(new JsonObject().put("items", items)));
    }

    private Future<Answer> forgetAll(Call call) {
        return chat.forgetAll(call.resident().id()).map(done -> Answer.nothing());
    }

    private Future<Answer> list(Call call) {
        return desk.list(call.staff(), "open".equals(call.query("view")))
                .map((JsonArray items) -> Answer.ok(new JsonObject().put("items", items)));
    }

    private Future<Answer> answer(Call call) {
        String words = Words.of(call.body().getString("text"));
        if (words == null) {
            throw Refusal.badInput("/text", "请写下要答复的话。");
        }
        return desk.answer(call.staff(), call.path("conversation"), words).map(Answer::ok);
    }
}
