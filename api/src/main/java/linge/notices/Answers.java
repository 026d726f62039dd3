package linge.notices;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import linge.http.Answer;
import linge.http.Call;
import linge.http.Contract;
import linge.notices.Actions.Done;
import linge.notices.Actions.Kind;
import linge.shared.Caller;
import linge.shared.Refusal;
import linge.shared.Words;

/** Answers over WeChat that stopped on their way: looked at, sent again or let be, on record. */
final class Answers {

    private static final int PAGE = 30;

    private final NoticesApi.Ground on;
    private final Actions actions;

    Answers(NoticesApi.Ground on, Actions actions) {
        this.on = on;
        this.actions = actions;
    }

    void mount(Contract contract) {
        contract.on("listStoppedAnswers", this::list)
                .on("resendAnswer", this::resend)
                .on("dropAnswer", this::drop);
    }

    private Future<Answer> list(Call call) {
        NoticePolicy.operates(call);
        OfficialAccount account = on.account();
        String before = call.query("before");
        return account == null
                ? Future.succeededFuture(Answer.ok(new JsonObject().put("items", new JsonArray())))
                : account.stopped(before == null ? null : Long.valueOf(before), call.integer("limit", PAGE))
                        .map(Answer::ok);
    }

    private Future<Answer> resend(Call call) {
        Caller.Staff who = NoticePolicy.operates(call);
        OfficialAccount account = configured();
        return actions.recorded(
                who,
                Kind.RESEND_ANSWER,
                tx -> account.sendAgain(tx, id(call)).map(done -> done(done, new JsonObject().put("id", id(call)))));
    }

    private Future<Answer> drop(Call call) {
        Caller.Staff who = NoticePolicy.operates(call);
        OfficialAccount account = configured();
        String why = Words.of(call.body().getString("why"));
        if (why == null) {
            throw Refusal.badInput("/why", "请写明为什么不再发。");
        }
        JsonObject what = new JsonObject().put("id", id(call)).put("why", why);
        return actions.recorded(
                who, Kind.DROP_ANSWER, tx -> account.drop(tx, id(call)).map(done -> done(done, what)));
    }

    private static Done<Answer> done(boolean done, JsonObject what) {
        if (!done) {
            throw Refusal.notFound("这条回话，可能刚有人处理过");
        }
        return new Done<>(what, Answer.nothing());
    }

    private OfficialAccount configured() {
        OfficialAccount account = on.account();
        if (account == null) {
            throw Refusal.notFound("微信公众号，这里没有接入");
        }
        return account;
    }

    private static long id(Call call) {
        return Long.parseLong(call.path("id"));
    }
}
